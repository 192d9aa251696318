/** With whom the reader has sat, and what the reader and others show each other. */

/** @typedef {import("../../wire.d.ts").LoungeShown} LoungeShown */

export const EVENTS = ["acquaintance.met", "contacts.offered", "contacts.withdrawn"];

/** @type {Record<string, (shown: LoungeShown, event: any, me: string) => LoungeShown>} */
const FOLDS = {
  "acquaintance.met": (shown, { people }, me) => {
    const met = new Set([...shown.acquaintance.met, ...people]);
    met.delete(me);
    return { ...shown, acquaintance: { met: [...met].sort() } };
  },
  // Whoever is kept away is shown nowhere, as in a snapshot.
  "contacts.offered": (shown, { by, to, fields, at }, me) =>
    shown.safety.blocked.includes(by)
      ? shown
      : given(shown, by, to, me, (offers, other) => ({ ...offers, [other]: { fields, at } })),
  "contacts.withdrawn": (shown, { by, to }, me) =>
    given(shown, by, to, me, (offers, other) =>
      Object.fromEntries(Object.entries(offers).filter(([person]) => person !== other)),
    ),
};

/**
 * @param {LoungeShown} shown
 * @param {string} by
 * @param {string} to
 * @param {string} me
 * @param {(offers: Record<string, any>, other: string) => Record<string, any>} change
 * @returns {LoungeShown}
 */
function given(shown, by, to, me, change) {
  const [side, other] = by === me ? ["mine", to] : ["theirs", by];
  const offers = side === "mine" ? shown.contacts.mine : shown.contacts.theirs;
  return { ...shown, contacts: { ...shown.contacts, [side]: change(offers, other) } };
}

/**
 * Nothing passes between the reader and somebody kept away.
 * @param {LoungeShown} shown
 * @param {string} other
 * @returns {LoungeShown}
 */
export function parted(shown, other) {
  const without = (/** @type {Record<string, any>} */ offers) =>
    Object.fromEntries(Object.entries(offers).filter(([person]) => person !== other));
  const { mine, theirs } = shown.contacts;
  return { ...shown, contacts: { mine: without(mine), theirs: without(theirs) } };
}

/**
 * @param {LoungeShown} shown
 * @param {{ type: string }} event
 * @param {string} me
 * @returns {LoungeShown}
 */
export const fold = (shown, event, me) => FOLDS[event.type]?.(shown, event, me) ?? shown;
