/** One page of a deck as a picture; its words are read out instead of it. */

import { html, signal, useEffect, useState } from "../../vendor/preact.js";
import { t } from "../words.js";

/** @typedef {import("../../wire.d.ts").Deck} Deck */

const AGAIN = 2000; // milliseconds until a page that did not arrive is asked for again

/** What is written on the pages of each deck. @type {Map<string, import("../../vendor/preact.js").Signal<string[]>>} */
const written = new Map();

/**
 * @param {object} given
 * @param {Deck} given.deck
 * @param {number} [given.page] another one than everybody sees
 * @param {boolean} [given.small]
 * @param {string} [given.class]
 * @param {any} [given.children] plates, small cameras
 */
export function Slide({ deck, page = deck.page, small = false, class: extra = "", children }) {
  const seen = useArrived(pageAddress(deck.id, page, small));
  useAhead(deck, page, small);
  return html`<div class=${`video contain page-frame ${small ? "thumb" : ""} ${extra}`}>
    <img class="slide-page" src=${seen} alt=${spoken(deck, page)} draggable=${false} />
    ${children}
  </div>`;
}

/**
 * Where a page lies. The address of a deck is its own, so what is there never changes.
 * @param {string} deck
 * @param {number} page
 * @param {boolean} [small]
 */
export const pageAddress = (deck, page, small = false) =>
  `/slides/${deck}/${page}${small ? "-small" : ""}.webp`;

/**
 * @param {Deck} deck
 * @param {number} page
 */
function spoken(deck, page) {
  const words = wordsOf(deck.id)[page - 1];
  if (words) return t("Slide {page}: {words}", { page, words });
  return t("Slide {page} of {pages}", { page, pages: deck.pages });
}

/** @param {string} deck */
function wordsOf(deck) {
  const known = written.get(deck);
  if (known) return known.value;
  const words = signal(/** @type {string[]} */ ([]));
  written.set(deck, words);
  fetch(`/slides/${deck}/words.json`)
    .then((answer) => (answer.ok ? answer.json() : []))
    .then((found) => (words.value = found))
    .catch(() => written.delete(deck)); // asked again with the next page
  return words.value;
}

/**
 * The newest address whose picture is there: the last page stays until the next can be seen.
 * @param {string} address
 */
function useArrived(address) {
  const [seen, setSeen] = useState(address);
  useEffect(() => {
    if (seen === address) return;
    let timer = 0;
    let over = false;
    const fetchIt = () => {
      const picture = new Image();
      picture.src = address;
      picture.decode().then(
        () => over || setSeen(address),
        () => over || (timer = setTimeout(fetchIt, AGAIN)),
      );
    };
    fetchIt();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [address]);
  return seen;
}

/**
 * The pages beside are fetched while nobody waits for them.
 * @param {Deck} deck
 * @param {number} page
 * @param {boolean} small
 */
function useAhead(deck, page, small) {
  useEffect(() => {
    for (const beside of [page + 1, page - 1]) {
      if (beside >= 1 && beside <= deck.pages) new Image().src = pageAddress(deck.id, beside, small);
    }
  }, [deck.id, page]);
}
