/** One's own partners in the rounds, and for the desk the whole plan. */

/** @typedef {import("../../wire.d.ts").LoungeShown} LoungeShown */
/** @typedef {import("../../wire.d.ts").PairingPart} PairingPart */

/** @type {Record<string, (shown: LoungeShown, message: any) => Partial<PairingPart>>} */
const FOLDS = {
  "pairing.mine": ({ rules }, { meetings }) => ({
    mine: rules.announced ? meetings : [],
    planned: true,
  }),
  "pairing.held": (_, { on }) => ({ held: on }),
  "pairing.shown": (_, desk) => ({ desk, planned: desk.published !== null }),
  "breakout.shown": (_, talks) => ({ talks }),
};

/** What is folded here. */
export const EVENTS = Object.keys(FOLDS);

/**
 * @param {LoungeShown} shown
 * @param {any} message
 * @returns {LoungeShown}
 */
export function fold(shown, message) {
  const news = FOLDS[message.type]?.(shown, message) ?? {};
  return { ...shown, pairing: { ...shown.pairing, ...news } };
}
