/** A stage's questions as this browser knows them. */

import { changed } from "./records.js";

/** @typedef {import("../../wire.d.ts").QuestionShown} QuestionShown */

/** @type {Record<string, (questions: QuestionShown[], message: any, me: string) => QuestionShown[]>} */
const FOLDS = {
  "question.asked": (questions, { id, text, by, item, at }, me) => [
    ...questions,
    {
      id,
      text,
      by,
      anonymous: by === null,
      item,
      at,
      state: "open",
      into: null,
      votes: 1,
      mine: by === me,
      supported: by === me,
    },
  ],
  "question.signed": (questions, { id, by }, me) =>
    changed(questions, id, { by, mine: by === me, supported: by === me }),
  "question.supported": (questions, { id, on }) => changed(questions, id, { supported: on }),
  "question.moved": (questions, { id, state, votes }) =>
    state === "withdrawn"
      ? questions.filter((question) => question.id !== id)
      : changed(questions, id, { state, votes }),
  "question.merged": (questions, { id, into, votes }) => {
    const part = questions.find((question) => question.id === id);
    const whole = questions.find((question) => question.id === into);
    const supported = Boolean(whole?.supported || part?.supported);
    const merged = changed(questions, into, { votes, supported });
    return changed(merged, id, { state: "merged", into, votes: 0, supported: false });
  },
  "questions.tallied": (questions, { votes }) =>
    questions.map((question) =>
      question.id in votes ? { ...question, votes: votes[question.id] } : question,
    ),
};

/**
 * @param {QuestionShown[]} questions
 * @param {{ type: string }} message
 * @param {string} me
 * @returns {QuestionShown[]}
 */
export const fold = (questions, message, me) =>
  FOLDS[message.type]?.(questions, message, me) ?? questions;

/**
 * Those that can still be asked, the one on air first, then by voices, then the oldest.
 * @param {QuestionShown[]} questions
 */
export const standing = (questions) =>
  questions
    .filter(({ state }) => state === "open" || state === "air")
    .sort(
      (a, b) =>
        Number(b.state === "air") - Number(a.state === "air") || b.votes - a.votes || a.at - b.at,
    );

/**
 * Says of a question whether it goes to those who are on stage now: asked during this item or
 * another one of theirs, or while nothing was on.
 * @param {import("../../wire.d.ts").AgendaShown | undefined} agenda
 * @param {string | null} live the item on stage
 * @returns {(question: QuestionShown) => boolean}
 */
export function goesToStage(agenda, live) {
  const people = (/** @type {string} */ item) => agenda?.items[item]?.people ?? [];
  const here = live === null ? [] : people(live);
  return ({ item, state }) =>
    state === "air" ||
    live === null ||
    item === null ||
    item === live ||
    people(item).some((person) => here.includes(person));
}

/**
 * The one everybody sees.
 * @param {QuestionShown[]} questions
 */
export const onAir = (questions) => questions.find(({ state }) => state === "air");
