/** What everybody says of themselves, and one's own list and refusals. */

/** @typedef {import("../../wire.d.ts").LoungeShown} LoungeShown */

export const EVENTS = ["wishes.described", "wishes.wished", "wishes.refused"];

/**
 * @param {LoungeShown} shown
 * @param {any} event
 * @returns {LoungeShown}
 */
export function fold(shown, event) {
  const { wishes } = shown;
  if (event.type === "wishes.described") {
    const profiles = { ...wishes.profiles, [event.person]: event.profile };
    return { ...shown, wishes: { ...wishes, profiles } };
  }
  if (event.type === "wishes.wished") {
    return { ...shown, wishes: { ...wishes, mine: event.wishes } };
  }
  const rest = wishes.refused.filter((person) => person !== event.person);
  const refused = event.on ? [...rest, event.person].sort() : rest;
  return { ...shown, wishes: { ...wishes, refused } };
}
