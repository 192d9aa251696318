/** How a camera or a player is connected: for which seat, and then its address and its key. */

import { Dialog } from "../parts/dialog.js";
import { Icon } from "../parts/icon.js";
import { tell } from "../parts/toast.js";
import { html, useState } from "../../vendor/preact.js";
import { t } from "../words.js";
import { seatName } from "./sources.js";

/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("../../wire.d.ts").SourceShown} SourceShown */
/** @typedef {Partial<Pick<SourceShown, "way" | "place" | "name">>} Wish */
/** @typedef {{url: string, secret: string, way: SourceShown["way"]}} Made */

const PLACES = /** @type {const} */ (["guest", "speaker", "screen", "moderator"]);
const SECRET = 32; // bytes of chance in a key

/** @param {{desk: Desk, wish: Wish, onClose: () => void}} props */
export function Connect({ desk, wish, onClose }) {
  const [made, setMade] = useState(/** @type {Made | null} */ (null));
  return made
    ? html`<${Shown} key="made" made=${made} onClose=${onClose} />`
    : html`<${Form} key="form" desk=${desk} wish=${wish} onMade=${setMade} onClose=${onClose} />`;
}

/** @param {{desk: Desk, wish: Wish, onMade: (made: Made) => void, onClose: () => void}} props */
function Form({ desk, wish, onMade, onClose }) {
  const submit = async (/** @type {any} */ event) => {
    event.preventDefault();
    const { name, place, way = "in" } = Object.fromEntries(new FormData(event.currentTarget));
    const secret = randomText();
    const done = await desk.do({ type: "source.admit", way, place, name, secret: await print(secret) });
    const kind = way === "in" ? "whip" : "whep";
    if (done !== undefined) {
      onMade({ url: `${location.origin}/${kind}/${desk.stageId}/${place}`, secret, way: /** @type {any} */ (way) });
    }
  };
  return html`<${Dialog} title=${wish.place ? t("A new key for {name}", { name: wish.name ?? "" }) : t("Connect a camera")} onClose=${onClose}>
    <p>${t("For OBS, an encoder or another program that speaks WHIP. It is seen once you put it on stage.")}</p>
    <form class="connect" onSubmit=${submit}>
      <div class="field">
        <label for="source-name">${t("What is it called?")}</label>
        <input id="source-name" name="name" required maxlength="40" defaultValue=${wish.name ?? t("Hall camera")} />
      </div>
      <div class="field">
        <label for="source-place">${t("Which seat is it for?")}</label>
        <select id="source-place" name="place">
          ${PLACES.filter((place) => !wish.place || place === wish.place).map(
            (place) => html`<option key=${place} value=${place}>${seatName(place)}</option>`,
          )}
        </select>
      </div>
      ${desk.players && html`<${Way} wish=${wish} />`}
      ${wish.place && html`<p class="soft">${t("The key it has now ends, and so does its connection.")}</p>`}
      <div class="acts">
        <button class="btn bare" type="button" onClick=${onClose}>${t("Cancel")}</button>
        <button class="btn primary" type="submit">${t("Make address and key")}</button>
      </div>
    </form>
  </${Dialog}>`;
}

/** @param {{wish: Wish}} props */
function Way({ wish }) {
  const ways = /** @type {const} */ (["in", "out"]);
  return html`<div class="field">
    <label for="source-way">${t("What does it do?")}</label>
    <select id="source-way" name="way">
      ${ways
        .filter((way) => !wish.way || way === wish.way)
        .map(
          (way) =>
            html`<option key=${way} value=${way}>
              ${way === "in" ? t("It sends its picture to the seat") : t("It shows the seat in the hall")}
            </option>`,
        )}
    </select>
  </div>`;
}

/** The only time anybody sees the key. @param {{made: Made, onClose: () => void}} props */
function Shown({ made: { url, secret, way }, onClose }) {
  return html`<${Dialog} title=${t("Address and key")} onClose=${onClose}>
    <p>${t("The key is shown this once. Please copy it now; a new one can be made at any time.")}</p>
    <${Copied} id="source-url" label=${t("Address")} text=${url} />
    <${Copied} id="source-key" label=${t("Key (bearer token)")} text=${secret} />
    ${way === "in" &&
    html`<p class="soft">
      ${t("In OBS: Settings, Stream, service WHIP. Picture H264 baseline without B-frames, a keyframe every 2 seconds, sound Opus.")}
    </p>`}
    <div class="acts"><button class="btn primary" type="button" onClick=${onClose}>${t("Done")}</button></div>
  </${Dialog}>`;
}

/** @param {{id: string, label: string, text: string}} props */
function Copied({ id, label, text }) {
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    tell(t("Copied: {what}", { what: label }));
  };
  return html`<div class="field-row">
    <div class="field">
      <label for=${id}>${label}</label>
      <input id=${id} readonly value=${text} onFocus=${(/** @type {any} */ event) => event.currentTarget.select()} />
    </div>
    <button class="btn" type="button" aria-label=${t("Copy: {what}", { what: label })} onClick=${copy}>
      <${Icon} name="file-text" />${t("Copy")}
    </button>
  </div>`;
}

/** A key that nobody guesses, in letters that every program takes. */
function randomText() {
  const bytes = crypto.getRandomValues(new Uint8Array(SECRET));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/**
 * All the house learns of a key: its SHA-256.
 * @param {string} secret
 */
async function print(secret) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(secret));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
