/** The questions at a work: asked by anybody, answered by who made it, fetched as one may read. */

import { effect, html, signal, useState } from "../../vendor/preact.js";
import { heard, PersonMenu } from "../contacts/menu.js";
import { FAIR } from "../house.js";
import { Icon } from "../parts/icon.js";
import { attempt } from "../parts/toast.js";
import { machineTime, timeOfDay } from "../times.js";
import { t } from "../words.js";

/** @typedef {import("../house.js").House} House */
/** @typedef {{ by: string, text: string, at: number }} Reply */
/** @typedef {{ id: string, by: string, text: string, at: number, hidden: boolean, replies: Reply[] }} Question */
/** @typedef {{ hung: string, questions: Question[] }} Told */
/** @typedef {{ house: House, work: string, mayAnswer: boolean, desk: boolean }} Given */

const LONGEST = 500; // characters

/**
 * A work's thread, fetched anew whenever something there changed.
 * @param {House} house
 * @param {string} work
 * @returns {import("../../vendor/preact.js").Signal<Told | null>}
 */
export function threadOf(house, work) {
  const told = signal(/** @type {Told | null} */ (null));
  /** @type {number | undefined} */
  let revision;
  let before = "";
  effect(() => {
    const shown = house.fair().shown.value;
    if (!shown) return;
    const now = shown.gallery.revisions[work] ?? 0;
    const line = house.line.value;
    const back = line === "open" && before !== "open"; // what went on meanwhile was not heard
    before = line;
    if (now === revision && !back) return;
    revision = now;
    void fetch(`/exhibition/${work}/thread.json`, { headers: { Accept: "application/json" } })
      .then((answer) => (answer.ok ? answer.json() : null))
      .then((found) => found && revision === now && (told.value = found))
      .catch(() => undefined); // the banner says that the line is gone; it is asked again then
  });
  return told;
}

/** @param {Given & { told: Told, begun: string }} given `begun` is a question half written */
export function Thread({ told, begun, ...given }) {
  const questions = heard(given.house, told.questions);
  return html`${
    questions.length
      ? html`<ol class="thread" role="list" aria-live="polite">
          ${questions.map((each) => html`<${Asked} key=${each.id} ...${given} question=${each} />`)}
        </ol>`
      : html`<p class="soft">${t("Nobody has asked anything yet.")}</p>`
  }
  <${Writing}
    id="ask-it" label=${t("Ask those who made it")} act=${t("Ask")} icon="send" begun=${begun}
    say=${(/** @type {string} */ text) => doing(given, { type: "gallery.ask", work: given.work, text })}
  />`;
}

/** @param {Given & { question: Question }} given */
function Asked({ question, ...given }) {
  const [answering, setAnswering] = useState(false);
  const { house, mayAnswer, desk } = given;
  const { id, by, hidden } = question;
  const mine = by === house.me.value?.id;
  const answer = async (/** @type {string} */ text) => {
    const done = await doing(given, { type: "gallery.answer", question: id, text });
    if (done !== undefined) setAnswering(false);
    return done;
  };
  return html`<li class=${hidden ? "hidden-one" : ""}>
    <div class="said">
      <${Said} house=${house} line=${question} more=${hidden ? t("hidden") : ""} />
      <${PersonMenu} house=${house} person=${by} where="people" />
    </div>
    ${
      question.replies.length
        ? html`<ol class="replies" role="list">
            ${heard(house, question.replies).map((reply) => html`<li key=${reply.at}><${Said} house=${house} line=${reply} /></li>`)}
          </ol>`
        : null
    }
    <p class="acts">
      ${
        mayAnswer && !answering
          ? html`<button class="btn" type="button" onClick=${() => setAnswering(true)}>
              <${Icon} name="reply" />${t("Answer")}
            </button>`
          : null
      }
      ${
        mine
          ? html`<button class="btn bare" type="button" onClick=${() => doing(given, { type: "gallery.withdraw", question: id })}>
              <${Icon} name="undo-2" />${t("Take back")}
            </button>`
          : null
      }
      ${
        desk
          ? html`<button
              class="btn bare" type="button" aria-pressed=${hidden}
              onClick=${() => doing(given, { type: "gallery.hide", question: id, on: !hidden })}
            >
              <${Icon} name="eye" />${hidden ? t("Show again") : t("Hide")}
            </button>`
          : null
      }
    </p>
    ${
      answering
        ? html`<${Writing} id=${`answer-${id}`} label=${t("Your answer")} act=${t("Answer")} icon="reply" say=${answer} />`
        : null
    }
  </li>`;
}

/** @param {{ house: House, line: Reply, more?: string }} given */
const Said = ({ house, line, more = "" }) => html`<div>
  <p class="soft">
    <strong>${house.person(line.by)?.name ?? t("somebody who has left")}</strong>,${" "}
    <time datetime=${machineTime(line.at)}>${timeOfDay(line.at)}</time>${more ? `, ${more}` : ""}
  </p>
  <p class="text">${line.text}</p>
</div>`;

/**
 * @param {object} given
 * @param {string} given.id
 * @param {string} given.label
 * @param {string} given.act
 * @param {string} given.icon
 * @param {(text: string) => Promise<any>} given.say undefined if it was refused: the text stays
 * @param {string} [given.begun]
 */
function Writing({ id, label, act, icon, say, begun = "" }) {
  const [text, setText] = useState(begun);
  const send = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (text.trim() && (await say(text.trim())) !== undefined) setText("");
  };
  return html`<form class="ask-it" onSubmit=${send}>
    <div class="field">
      <label for=${id}>${label}</label>
      <textarea
        id=${id} rows="2" maxlength=${LONGEST} value=${text}
        onInput=${(/** @type {any} */ event) => setText(event.target.value)}
      ></textarea>
    </div>
    <button class="btn"><${Icon} name=${icon} />${act}</button>
  </form>`;
}

/**
 * @param {Given} given
 * @param {object} command
 */
const doing = ({ house }, command) => attempt(house.do(FAIR, command));
