/** The audience's questions as the desk sorts them. */

/** @typedef {import("../../wire.d.ts").QuestionShown} QuestionShown */

/**
 * The one on air, those that can still be asked with the most wanted first, and the others.
 * @param {readonly QuestionShown[]} all
 */
export function sorted(all) {
  const open = all.filter((each) => each.state === "open");
  return {
    air: all.find((each) => each.state === "air") ?? null,
    open: open.sort((one, other) => other.votes - one.votes || one.at - other.at),
    over: all.filter((each) => each.state === "answered" || each.state === "dismissed"),
  };
}

/**
 * Put the most wanted open question on air; null if there is none.
 * @param {readonly QuestionShown[]} all
 */
export function nextQuestion(all) {
  const first = sorted(all).open[0];
  return first ? { type: "question.put-on-air", question: first.id } : null;
}
