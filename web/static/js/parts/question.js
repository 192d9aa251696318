/** A question card: voices, wording, who asked. */

import { html } from "../../vendor/preact.js";
import { n, t } from "../words.js";
import { Icon } from "./icon.js";
import { Place } from "./person.js";

/** @typedef {import("../../wire.d.ts").QuestionShown} QuestionShown */
/** @typedef {import("../../wire.d.ts").Person} Person */

/**
 * @param {object} given
 * @param {QuestionShown} given.question
 * @param {Person | undefined} given.author of whom the reader may know
 * @param {((on: boolean) => void)} [given.onSupport] without it the voices only stand there
 * @param {any} [given.children] actions below
 */
export const Question = ({ question, author, onSupport, children }) => html`
  <li class=${`question ${question.state === "air" ? "asked" : ""}`} data-question=${question.id}>
    <${Votes} question=${question} onSupport=${onSupport} />
    <div><blockquote>${question.text}</blockquote></div>
    <p class="by"><${Author} question=${question} author=${author} /></p>
    ${children ? html`<div class="acts">${children}</div>` : null}
  </li>
`;

/** @param {{ question: QuestionShown, onSupport?: (on: boolean) => void }} given */
function Votes({ question, onSupport }) {
  const voices = n("{n} voice", "{n} voices", question.votes);
  if (!onSupport || question.mine) {
    return html`<span class="votes still" role="img" aria-label=${voices}>${question.votes}</span>`;
  }
  return html`
    <button
      class="votes"
      type="button"
      aria-pressed=${question.supported}
      aria-label=${t("{voices}, support this question", { voices })}
      onClick=${() => onSupport(!question.supported)}
    >
      <${Icon} name="chevron-up" />${question.votes}
    </button>
  `;
}

/** @param {{ question: QuestionShown, author: Person | undefined }} given */
function Author({ question, author }) {
  const air = question.state === "air" ? html`<b>${t("being asked now")}</b>` : null;
  if (question.mine) {
    return html`${air}${
      question.anonymous ? t("your question, asked without a name") : t("your question")
    }`;
  }
  if (!author) return html`${air}${t("asked without a name")}`;
  const hidden = question.anonymous ? t("(asked without a name)") : "";
  return html`${air}${author.name} ${hidden}<${Place} place=${author.place} />`;
}
