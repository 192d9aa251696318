/** The order of a list that never changes under somebody's hand. */

/**
 * The ids as they were, those that are gone taken out; nothing moves and nothing is put in.
 * @param {string[]} before
 * @param {string[]} now
 */
export const held = (before, now) => before.filter((id) => now.includes(id));

/**
 * How many are new and wait to be shown.
 * @param {string[]} before
 * @param {string[]} now
 */
export const unseen = (before, now) => now.filter((id) => !before.includes(id)).length;
