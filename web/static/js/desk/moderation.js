/** The questions as the desk sorts them: on air, answered, later, merged, put aside. */

import { Icon } from "../parts/icon.js";
import { Question } from "../parts/question.js";
import { html } from "../../vendor/preact.js";
import { n, t } from "../words.js";
import { Menu } from "../parts/menu.js";
import { sorted } from "./questions.js";

/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("../../wire.d.ts").QuestionShown} QuestionShown */

/** @param {{desk: Desk}} props */
export function Questions({ desk }) {
  const { air, open, earlier, over } = sorted(desk.pitch.questions, desk.goesToStage);
  return html`<section class="qs" aria-labelledby="qs-h">
    <header>
      <h2 id="qs-h">${t("Questions")}</h2>
      <span class="soft"><small>${n("{n} open", "{n} open", open.length)}</small></span>
    </header>
    ${!air && !open.length && html`<p class="soft">${t("No questions yet.")}</p>`}
    <ol role="list">
      ${air &&
      html`<${Card} key=${air.id} desk=${desk} question=${air}>
        <${Act} desk=${desk} type="question.answer" question=${air}>${t("Answered")}</${Act}>
        <${Act} desk=${desk} type="question.put-back" question=${air} bare>${t("Later")}</${Act}>
      </${Card}>`}
      ${open.map(
        (question) =>
          html`<${Card} key=${question.id} desk=${desk} question=${question}>
            <${Act} desk=${desk} type="question.put-on-air" question=${question}>
              ${t("Put on stage")}
            </${Act}>
            <${More} desk=${desk} question=${question} others=${open} />
          </${Card}>`,
      )}
    </ol>
    ${earlier.length > 0 && html`<${Earlier} desk=${desk} questions=${earlier} />`}
    ${over.length > 0 && html`<${Over} desk=${desk} questions=${over} />`}
  </section>`;
}

/** @param {{desk: Desk, question: QuestionShown, children?: any}} props */
function Card({ desk, question, children }) {
  const author = question.by === null ? undefined : desk.foyer.people[question.by];
  return html`<${Question} question=${question} author=${author}>${children}</${Question}>`;
}

/** @param {{desk: Desk, type: string, question: QuestionShown, bare?: boolean, children?: any}} props */
function Act({ desk, type, question, bare = false, children }) {
  return html`<button
    class=${bare ? "btn bare" : "btn"} type="button"
    onClick=${() => desk.do({ type, question: question.id })}
  >
    ${children}
  </button>`;
}

/** @param {{desk: Desk, question: QuestionShown, others: QuestionShown[]}} props */
function More({ desk, question, others }) {
  const merge = (/** @type {string} */ into) => ({
    type: "question.merge",
    question: question.id,
    into,
  });
  return html`<${Menu} label=${t("More for this question")}>
    <button
      type="button" onClick=${() => desk.do({ type: "question.answer", question: question.id })}
    >
      ${t("Answered already")}
    </button>
    <button
      type="button" onClick=${() => desk.do({ type: "question.dismiss", question: question.id })}
    >
      ${t("Put aside")}
    </button>
    ${others
      .filter((each) => each.id !== question.id)
      .map(
        (each) =>
          html`<button type="button" key=${each.id} onClick=${() => desk.do(merge(each.id))}>
            <${Icon} name="merge" /><span>${t("Same as “{text}”", { text: each.text })}</span>
          </button>`,
      )}
  </${Menu}>`;
}

/** Open questions to those who have left the stage. @param {{desk: Desk, questions: QuestionShown[]}} props */
function Earlier({ desk, questions }) {
  return html`<details class="over">
    <summary>${n("{n} earlier question", "{n} earlier questions", questions.length)}</summary>
    <ol role="list">
      ${questions.map(
        (question) =>
          html`<${Card} key=${question.id} desk=${desk} question=${question}>
            <${Act} desk=${desk} type="question.put-on-air" question=${question}>
              ${t("Put on stage")}
            </${Act}>
            <${More} desk=${desk} question=${question} others=${questions} />
          </${Card}>`,
      )}
    </ol>
  </details>`;
}

/** @param {{desk: Desk, questions: QuestionShown[]}} props */
function Over({ desk, questions }) {
  return html`<details class="over">
    <summary>${n("{n} answered or put aside", "{n} answered or put aside", questions.length)}</summary>
    <ol role="list">
      ${questions.toReversed().map(
        (question) =>
          html`<${Card} key=${question.id} desk=${desk} question=${question}>
            <${Act} desk=${desk} type="question.put-back" question=${question} bare>
              ${t("Open again")}
            </${Act}>
          </${Card}>`,
      )}
    </ol>
  </details>`;
}
