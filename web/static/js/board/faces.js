/** The CV cards that hang, kept as they may look to the reader now. */

import { effect, signal } from "../../vendor/preact.js";
import { clock } from "../clock.js";
import { versions } from "../state/cvs.js";

/** @typedef {import("./wanted.js").Face} Face */

const MOST = 60; // cards asked for at once, as in server/board.py
const AGAIN = 2000; // milliseconds until a failed question is asked again

/**
 * What changes about a card is asked for at once; what no longer hangs goes at once.
 * @param {import("../house.js").Room<import("../../wire.d.ts").FairShown>} fair
 * @param {Face[]} first as the page was made
 * @returns {import("../../vendor/preact.js").Signal<Record<string, Face>>} by card
 */
export function keepFaces(fair, first) {
  const faces = signal(/** @type {Record<string, Face>} */ (byCard(first)));
  /** @type {Record<string, string>} what is known of each, or asked for */
  const known = {};
  const learn = () => {
    if (!fair.shown.value) return;
    const seen = versions(fair.shown.value, clock.now());
    const left = Object.entries(faces.peek()).filter(([card]) => card in seen);
    if (left.length < Object.keys(faces.peek()).length) faces.value = Object.fromEntries(left);
    const news = Object.keys(seen).filter((card) => known[card] !== seen[card]);
    Object.assign(known, seen);
    for (let at = 0; at < news.length; at += MOST) void ask(news.slice(at, at + MOST), seen);
  };

  /**
   * @param {string[]} cards
   * @param {Record<string, string>} seen
   */
  async function ask(cards, seen) {
    try {
      const answer = await fetch(`/board/faces.json?cards=${cards.join(",")}`);
      if (!answer.ok) throw new Error(answer.statusText);
      const found = /** @type {Face[]} */ (await answer.json());
      // What changed again meanwhile has been asked for again.
      const fresh = found.filter(({ card }) => known[card] === seen[card]);
      faces.value = { ...faces.peek(), ...byCard(fresh) };
    } catch {
      for (const card of cards) if (known[card] === seen[card]) delete known[card];
      setTimeout(learn, AGAIN);
    }
  }

  // The first snapshot tells nothing new: the page was made from the same cards.
  for (const { card, revision } of first) known[card] = `${revision}`;
  effect(learn);
  return faces;
}

/** @param {Face[]} faces */
const byCard = (faces) => Object.fromEntries(faces.map((face) => [face.card, face]));
