/** CV cards as this browser knows them: what hangs, what is one's own, what one's company may see. */

/** @typedef {import("../../wire.d.ts").FairShown} FairShown */
/** @typedef {import("../../wire.d.ts").CvsShown} CvsShown */
/** @typedef {import("../../wire.d.ts").Grant} Grant */
/** @typedef {"card" | "contact" | "pdf"} What */

export const SPONSORS = "sponsors";
/** @type {What[]} */
const KINDS = ["card", "contact", "pdf"];

/**
 * @param {(cvs: CvsShown, event: any, me: string) => Partial<CvsShown>} change
 * @returns {(shown: FairShown, event: any, me: string) => FairShown}
 */
const part = (change) => (shown, event, me) => ({
  ...shown,
  cvs: { ...shown.cvs, ...change(shown.cvs, event, me) },
});

/**
 * @template T
 * @param {Record<string, T>} all
 * @param {string} key
 * @returns {Record<string, T>}
 */
const without = (all, key) =>
  Object.fromEntries(Object.entries(all).filter(([each]) => each !== key));

/** @type {Record<string, (shown: FairShown, message: any, me: string) => FairShown>} */
export const FOLDS = {
  "cv.hung": part((_, { card }) => ({ mine: card })),
  "cv.face": part(({ hanging }, { card, revision }) => ({
    hanging: revision ? { ...hanging, [card]: revision } : without(hanging, card),
  })),
  "cv.taken-down": part((cvs, { person, card, at }, me) =>
    person === me
      ? { mine: null, asks: {}, ledger: cvs.ledger.map((line) => ended(line, at)) }
      : {
          grants: cvs.grants.filter((each) => each.card !== card),
          asked: cvs.asked.filter((each) => each !== card),
        },
  ),
  "cv.granted": part((cvs, { grant }, me) =>
    grant.person === me
      ? {
          ledger: [...cvs.ledger, grant],
          apart: cvs.apart.filter((each) => each !== grant.to),
          asks: without(cvs.asks, grant.to),
        }
      : {
          grants: [...cvs.grants, grant],
          asked: cvs.asked.filter((each) => each !== grant.card),
        },
  ),
  "cv.withdrawn": part((cvs, { person, card, to, grants, whole, at }, me) => {
    const over = new Set(grants);
    if (person !== me) {
      const left = cvs.grants.filter(
        (each) => !over.has(each.id) && !(whole && each.card === card),
      );
      return { grants: left, asked: cvs.asked.filter((each) => !whole || each !== card) };
    }
    return {
      ledger: cvs.ledger.map((line) => (over.has(line.id) ? ended(line, at) : line)),
      apart: whole ? [...new Set([...cvs.apart, to])].sort() : cvs.apart,
      asks: whole ? without(cvs.asks, to) : cvs.asks,
    };
  }),
  "cv.expired": part((cvs, { person, grants }, me) => {
    const over = new Set(grants);
    if (person !== me) return { grants: cvs.grants.filter((each) => !over.has(each.id)) };
    const ledger = cvs.ledger.map((line) => (over.has(line.id) ? { ...line, expired: true } : line));
    return { ledger };
  }),
  "cv.looked": part(({ looks }, { look }) => ({ looks: [...looks, look] })),
  "cv.asked": part(({ asks, asked }, { person, card, booth, at }, me) =>
    person === me ? { asks: { ...asks, [booth]: at } } : { asked: [...new Set([...asked, card])] },
  ),
};

/**
 * @param {Grant} line
 * @param {number} at
 * @returns {Grant}
 */
const ended = (line, at) =>
  line.withdrawnAt === null && !line.expired ? { ...line, withdrawnAt: at } : line;

/**
 * Whether a line of the ledger holds now.
 * @param {Grant} line
 * @param {number} now
 */
const live = (line, now) => line.withdrawnAt === null && !line.expired && now < line.until;

/**
 * What the reader's company may open of a card now.
 * @param {FairShown} shown
 * @param {string} card
 * @param {number} now
 * @returns {What[]}
 */
export function openTo(shown, card, now) {
  if (!(card in shown.cvs.hanging)) return [];
  const held = shown.cvs.grants.filter((each) => each.card === card && live(each, now));
  return KINDS.filter((kind) => held.some((each) => each.what.includes(kind)));
}

/**
 * For each card that hangs something that changes whenever it may look different to the reader.
 * @param {FairShown} shown
 * @param {number} now
 * @returns {Record<string, string>}
 */
export const versions = (shown, now) =>
  Object.fromEntries(
    Object.entries(shown.cvs.hanging).map(([card, revision]) => {
      const asked = shown.cvs.asked.includes(card) ? "?" : "";
      return [card, `${revision}${openTo(shown, card, now).join("")}${asked}`];
    }),
  );

/**
 * @typedef {object} Company
 * @property {string} to a booth's id, or `SPONSORS`
 * @property {string} name
 * @property {What[]} what it may see now
 * @property {number | null} since Unix seconds
 * @property {number | null} until Unix seconds
 * @property {boolean} asks
 * @property {boolean} throughAll whether it sees the card as one of all sponsors alone
 */

/**
 * All companies with a booth and what each may see of the reader's card, all sponsors last.
 * @param {FairShown} shown
 * @param {number} now
 * @returns {Company[]}
 */
export function companies(shown, now) {
  const ledger = shown.cvs.ledger.filter((line) => live(line, now));
  const apart = new Set(shown.cvs.apart);
  const company = (
    /** @type {string} */ to,
    /** @type {string} */ name,
    /** @type {Grant[]} */ held,
  ) => ({
    to,
    name,
    what: KINDS.filter((kind) => held.some((line) => line.what.includes(kind))),
    since: held.length ? Math.min(...held.map((line) => line.at)) : null,
    until: held.length ? Math.max(...held.map((line) => line.until)) : null,
    asks: to in shown.cvs.asks,
    throughAll: to !== SPONSORS && held.length > 0 && held.every((line) => line.to === SPONSORS),
  });
  const everybody = ledger.filter((line) => line.to === SPONSORS);
  return [
    ...shown.booths.map(({ id, organisation, sponsor }) =>
      company(
        id,
        organisation,
        ledger.filter(
          (line) => line.to === id || (line.to === SPONSORS && sponsor && !apart.has(id)),
        ),
      ),
    ),
    company(SPONSORS, "", everybody),
  ];
}
