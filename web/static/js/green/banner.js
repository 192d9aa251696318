/** The banner of the green room: you are next, you are called, you are invited. */

import { Banner } from "../parts/banner.js";
import { Icon } from "../parts/icon.js";
import { html } from "../../vendor/preact.js";
import { t } from "../words.js";

/** @typedef {import("./backstage.js").Backstage} Backstage */

/** @param {Backstage} room */
export function notice(room) {
  const { is } = room.standing.value;
  if (is === "invited") return html`<${Invited} room=${room} />`;
  if (is === "called") return html`<${Called} room=${room} />`;
  return is === "next" ? html`<${Next} room=${room} />` : null;
}

/** @param {{room: Backstage}} props */
function Next({ room }) {
  const { slot, agreed } = room.standing.value;
  if (agreed) {
    return html`<${Banner}
      title=${t("You go on stage as soon as “{title}” begins.", { title: slot?.title ?? "" })}
      text=${onNow(room)}
    >
      <button class="btn" type="button" onClick=${() => room.do({ type: "floor.leave-seat" })}>
        ${t("Not yet after all")}
      </button>
    </${Banner}>`;
  }
  return html`<${Banner}
    title=${t("You are next.")}
    text=${`${onNow(room)} ${t("You go on stage yourself, nobody puts you there unasked.")}`.trim()}
  >
    <${GoOn} room=${room} seat="speaker">${t("Go on stage")}</${GoOn}>
    <${TwoMinutes} room=${room} />
  </${Banner}>`;
}

/** @param {Backstage} room */
function onNow(room) {
  const { live } = room.floor;
  if (!live) return t("Nothing is on stage just now.");
  return t("“{title}” is on stage now.", { title: live.title });
}

/** @param {{room: Backstage}} props */
function Called({ room }) {
  const { seat, slot } = room.standing.value;
  return html`<${Banner}
    title=${t("It is your turn.")}
    text=${t("“{title}” has begun. The stage is yours when you are ready.", {
      title: slot?.title ?? "",
    })}
  >
    <${GoOn} room=${room} seat=${seat ?? "speaker"}>${t("Go on stage")}</${GoOn}>
    <${TwoMinutes} room=${room} />
  </${Banner}>`;
}

/** @param {{room: Backstage}} props */
function Invited({ room }) {
  return html`<${Banner}
    title=${t("You are invited to the guest's seat.")}
    text=${t("On the seat everybody sees and hears you. You can leave it at any time.")}
  >
    <${GoOn} room=${room} seat="guest">${t("Take the guest's seat")}</${GoOn}>
    <button class="btn" type="button" onClick=${() => room.do({ type: "floor.decline" })}>
      ${t("No, thank you")}
    </button>
  </${Banner}>`;
}

/** @param {{room: Backstage, seat: "speaker" | "guest" | "moderator", children?: any}} props */
function GoOn({ room, seat, children }) {
  return html`<button class="btn primary big" type="button" onClick=${() => room.goOn(seat)}>
    <${Icon} name="presentation" />${children}
  </button>`;
}

/** @param {{room: Backstage}} props */
function TwoMinutes({ room }) {
  const asked = room.floor.greenRoom[room.me]?.state === "nearly";
  return html`<button
    class="btn" type="button" aria-pressed=${asked}
    onClick=${() => room.do({ type: "floor.say-ready", state: asked ? "absent" : "nearly" })}
  >
    ${t("I need two more minutes")}
  </button>`;
}
