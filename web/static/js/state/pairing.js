/** One's own partners in the rounds, and for the desk the whole plan. */

/** @typedef {import("../../wire.d.ts").LoungeShown} LoungeShown */

export const EVENTS = ["pairing.mine", "pairing.shown"];

/**
 * @param {LoungeShown} shown
 * @param {any} message
 * @returns {LoungeShown}
 */
export function fold(shown, message) {
  if (message.type === "pairing.shown") {
    return { ...shown, pairing: { ...shown.pairing, desk: message, planned: !!message.published } };
  }
  const mine = shown.rules.announced ? message.meetings : [];
  return { ...shown, pairing: { ...shown.pairing, mine, planned: true } };
}
