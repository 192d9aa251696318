/** A plan of the rounds as numbers and rows: how good it is, who meets whom, who sits out. */

/** @typedef {import("../../wire.d.ts").PlanShown} PlanShown */
/** @typedef {import("../../wire.d.ts").RoundTime} RoundTime */

/**
 * What somebody does in a round: meets these, sits out, or is busy elsewhere.
 * @typedef {{ is: "meets", with: string[] } | { is: "out" } | { is: "elsewhere" }} Cell
 */

/**
 * By how many per cent a better plan could exceed this one at most; 0 if it is proven optimal.
 * Rounded up, so that it is never promised too much.
 * @param {{ value: number, bound: number }} plan
 */
export function gap({ value, bound }) {
  if (bound <= value || bound <= 0) return 0;
  const percent = ((bound - value) / bound) * 100;
  const unit = percent < 0.1 ? 0.01 : 0.1;
  return Number((Math.ceil(percent / unit - 1e-9) * unit).toFixed(2));
}

/**
 * One row a person, those with the fewest meetings first.
 * @param {PlanShown} plan
 * @param {RoundTime[]} rounds
 * @param {(id: string) => string} name
 * @returns {{ person: string, cells: Cell[], meetings: number }[]}
 */
export function coverage(plan, rounds, name) {
  const partners = rounds.map(({ item }) => partnersIn(plan, item));
  const idle = rounds.map(({ item }) => new Set(plan.sittingOut[item] ?? []));
  return Object.entries(plan.coverage)
    .map(([person, meetings]) => ({
      person,
      meetings,
      cells: rounds.map((_, place) => cell(partners[place].get(person), idle[place].has(person))),
    }))
    .sort((a, b) => a.meetings - b.meetings || name(a.person).localeCompare(name(b.person)));
}

/**
 * @param {string[] | undefined} others
 * @param {boolean} idle
 * @returns {Cell}
 */
function cell(others, idle) {
  if (others) return { is: "meets", with: others };
  return { is: idle ? "out" : "elsewhere" };
}

/**
 * @param {PlanShown} plan
 * @param {string} item
 * @returns {Map<string, string[]>}
 */
function partnersIn(plan, item) {
  /** @type {Map<string, string[]>} */
  const found = new Map();
  for (const { people } of plan.rounds[item] ?? []) {
    for (const person of people) {
      found.set(person, people.filter((each) => each !== person));
    }
  }
  return found;
}

/**
 * The plan in a few figures.
 * @param {PlanShown} plan
 */
export function figures(plan) {
  const counts = Object.values(plan.coverage);
  return {
    meetings: Object.values(plan.rounds).reduce((sum, meetings) => sum + meetings.length, 0),
    people: counts.length,
    fewest: counts.length ? Math.min(...counts) : 0,
    most: counts.length ? Math.max(...counts) : 0,
  };
}
