/** The audience's questions: a list by voices that keeps still under the hand, and a form. */

import { html, useEffect, useRef, useState } from "../../vendor/preact.js";
import { announce } from "../parts/announce.js";
import { Empty } from "../parts/empty.js";
import { Icon } from "../parts/icon.js";
import { Question } from "../parts/question.js";
import { attempt, tell } from "../parts/toast.js";
import { goesToStage, standing } from "../state/questions.js";
import { n, t } from "../words.js";
import { held, unseen } from "./order.js";

/** @typedef {import("../screens/stage.js").Stage} Stage */

const LONGEST = 240; // characters, as rooms/questions.py allows

/** @param {{ stage: Stage }} given */
export function Questions({ stage }) {
  const { questions, earlier } = parted(stage);
  const [holding, hold] = useState(false);
  const ids = questions.map(({ id }) => id);
  const shown = useRef(ids);
  if (!holding) shown.current = ids;
  const waiting = holding ? unseen(shown.current, ids) : 0;
  useEffect(() => {
    if (waiting) announce(n("{n} new question", "{n} new questions", waiting));
  }, [waiting]);
  const order = held(shown.current, ids);
  const rows = order.map((id) => questions.find((question) => question.id === id));
  return html`
    ${
      waiting
        ? html`<button class="btn wide" type="button" onClick=${() => hold(false)}>
          ${n("Show {n} new question", "Show {n} new questions", waiting)}
        </button>`
        : null
    }
    <ol
      role="list"
      class="questions"
      onPointerEnter=${() => hold(true)}
      onPointerLeave=${() => hold(false)}
      onFocusIn=${() => hold(true)}
      onFocusOut=${() => hold(false)}
    >
      ${rows.map(
        (question) =>
          question && html`<${Entry} key=${question.id} stage=${stage} question=${question} />`,
      )}
      ${rows.length ? null : html`<li><${None} /></li>`}
    </ol>
    ${earlier.length ? html`<${Earlier} stage=${stage} questions=${earlier} />` : null}
  `;
}

/**
 * The open questions to those on stage, and those to somebody before them.
 * @param {Stage} stage
 */
export function parted({ pitch, agenda }) {
  const goes = goesToStage(agenda, pitch.floor.live?.item ?? null);
  const all = standing(pitch.questions);
  return { questions: all.filter(goes), earlier: all.filter((each) => !goes(each)) };
}

/** @param {{ stage: Stage, questions: import("../../wire.d.ts").QuestionShown[] }} given */
function Earlier({ stage, questions }) {
  return html`
    <details class="earlier">
      <summary>${n("{n} earlier question", "{n} earlier questions", questions.length)}</summary>
      <ol role="list" class="questions">
        ${questions.map(
          (question) => html`<${Entry} key=${question.id} stage=${stage} question=${question} />`,
        )}
      </ol>
    </details>
  `;
}

const None = () =>
  html`<${Empty} title=${t("No question yet.")} text=${t("Yours would be the first.")} />`;

/** @param {{ stage: Stage, question: import("../../wire.d.ts").QuestionShown }} given */
function Entry({ stage: { house, room }, question }) {
  const { id, mine } = question;
  const support = (/** @type {boolean} */ on) =>
    void attempt(house.do(room, { type: "question.support", question: id, on }));
  return html`
    <${Question} question=${question} author=${house.person(question.by)} onSupport=${support}>
      ${
        mine && question.state === "open"
          ? html`<button class="btn bare small" type="button" onClick=${() => withdraw(house, room, id)}>
            ${t("Withdraw question")}
          </button>`
          : null
      }
    </${Question}>
  `;
}

/**
 * @param {import("../house.js").House} house
 * @param {string} room
 * @param {string} question
 */
async function withdraw(house, room, question) {
  const done = await attempt(house.do(room, { type: "question.withdraw", question }));
  if (done !== undefined) tell(t("Your question is withdrawn."), { tone: "done" });
}

/** @param {{ stage: Stage }} given */
export function AskForm({ stage: { house, room, pitchNow, me, pitch } }) {
  const [text, write] = useState("");
  const [anonymous, hide] = useState(false);
  const [busy, wait] = useState(false);
  /** @param {SubmitEvent} event */
  const ask = async (event) => {
    event.preventDefault();
    const wording = text.trim();
    if (!wording || busy) return;
    wait(true);
    const done = await attempt(house.do(room, { type: "question.ask", text: wording, anonymous }));
    wait(false);
    if (done === undefined) return;
    write("");
    const mine = pitchNow().questions.findLast((each) => each.mine && each.text === wording);
    tell(t("Your question is with the moderator."), {
      tone: "done",
      action: mine && { label: t("Withdraw"), act: () => void withdraw(house, room, mine.id) },
    });
  };
  return html`
    <form class="ask" onSubmit=${ask}>
      <div class="field">
        <label for="question">${t("Your question")}</label>
        <textarea
          id="question"
          rows="2"
          maxlength=${LONGEST}
          value=${text}
          placeholder=${t("Short and friendly, at most 240 characters")}
          onInput=${(/** @type {{ currentTarget: HTMLTextAreaElement }} */ event) =>
            write(event.currentTarget.value)}
        ></textarea>
      </div>
      <div class="ask-row">
        <label class="check"
          ><input
            type="checkbox"
            checked=${anonymous}
            onChange=${(/** @type {{ currentTarget: HTMLInputElement }} */ event) =>
              hide(event.currentTarget.checked)}
          />
          ${t("ask without my name")}</label
        >
        <button class="btn primary" type="submit" aria-disabled=${busy}>
          <${Icon} name="send" />${t("Ask a question")}
        </button>
      </div>
      <${Hand} house=${house} room=${room} up=${Boolean(pitch.floor.hands[me])} />
    </form>
  `;
}

/** To ask in person. @param {{ house: import("../house.js").House, room: string, up: boolean }} given */
const Hand = ({ house, room, up }) => html`
  <div class="ask-row hand">
    <small class="soft"
      >${up ? t("The moderator sees your hand.") : t("Rather ask in person?")}</small
    >
    <button
      class="btn bare"
      type="button"
      aria-pressed=${up}
      onClick=${() => attempt(house.do(room, { type: "floor.raise-hand", up: !up }))}
    >
      <${Icon} name="hand" />${up ? t("Put hand down") : t("Raise hand")}
    </button>
  </div>
`;
