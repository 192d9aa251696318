/** A pitch room as this browser knows it. */

import * as chat from "./chat.js";
import * as floor from "./floor.js";
import * as insurance from "./insurance.js";
import * as questions from "./questions.js";
import * as recording from "./recording.js";
import * as slides from "./slides.js";
import * as sources from "./sources.js";

/** @typedef {import("../../wire.d.ts").PitchShown} PitchShown */

export const WORDS = /** @type {PitchShown["myWords"]} */ (["bravo", "aha", "thanks"]);

/** @type {Record<string, (shown: PitchShown, message: any) => PitchShown>} */
const FOLDS = {
  "presence.shown": (shown, presence) => ({ ...shown, presence }),
  "reactions.shown": (shown, reactions) => ({ ...shown, reactions }),
  "reaction.sent": (shown, { word, on }) => ({
    ...shown,
    myWords: WORDS.filter((each) => (each === word ? on : shown.myWords.includes(each))),
  }),
  "floor.cued": (shown, { live }) =>
    live && live.item !== shown.floor.live?.item ? { ...shown, myWords: [] } : shown,
};

/**
 * @param {PitchShown} shown
 * @param {{ type: string }} message
 * @param {string} me
 * @returns {PitchShown}
 */
export function fold(shown, message, me) {
  const own = FOLDS[message.type]?.(shown, message) ?? shown;
  return parts(own, {
    floor: floor.fold(own.floor, message),
    questions: questions.fold(own.questions, message, me),
    chat: chat.fold(own.chat, message),
    sources: sources.fold(own.sources, message),
    recording: recording.fold(own.recording, message),
    slides: slides.fold(own.slides, message),
    insurance: insurance.fold(own.insurance, message),
  });
}

/**
 * The same picture if none of its parts is new, so that nothing is drawn twice.
 * @param {PitchShown} shown
 * @param {Partial<PitchShown>} folded
 */
function parts(shown, folded) {
  const names = /** @type {(keyof PitchShown)[]} */ (Object.keys(folded));
  return names.every((name) => folded[name] === shown[name]) ? shown : { ...shown, ...folded };
}
