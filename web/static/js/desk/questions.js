/** The audience's questions as the desk sorts them. */

/** @typedef {import("../../wire.d.ts").QuestionShown} QuestionShown */

/**
 * The one on air, those that can be asked now with the most wanted first, those that went to
 * somebody who has left the stage, and the others.
 * @param {readonly QuestionShown[]} all
 * @param {(question: QuestionShown) => boolean} goes whether one goes to those on stage
 */
export function sorted(all, goes) {
  const open = all
    .filter((each) => each.state === "open")
    .sort((one, other) => other.votes - one.votes || one.at - other.at);
  return {
    air: all.find((each) => each.state === "air") ?? null,
    open: open.filter(goes),
    earlier: open.filter((each) => !goes(each)),
    over: all.filter((each) => each.state === "answered" || each.state === "dismissed"),
  };
}

/**
 * Put the most wanted open question on air; null if there is none.
 * @param {readonly QuestionShown[]} all
 * @param {(question: QuestionShown) => boolean} goes
 */
export function nextQuestion(all, goes) {
  const first = sorted(all, goes).open[0];
  return first ? { type: "question.put-on-air", question: first.id } : null;
}
