/** The slides of one item before its turn: bring them, look at them, exchange or remove them. */

import { html, useRef, useState } from "../../vendor/preact.js";
import { n, t } from "../words.js";
import { announce } from "./announce.js";
import { Icon } from "./icon.js";
import { Slide } from "./slide.js";
import { attempt, tell } from "./toast.js";
import { remove, upload } from "./upload.js";

/** @typedef {import("../../wire.d.ts").Deck} Deck */

const LARGEST = 25; // megabytes, as server/projector.py takes
const MEGABYTE = 1 << 20;

/**
 * What lies ready, in words.
 * @param {Deck | undefined} deck
 */
export function deckWords(deck) {
  if (!deck) return t("No slides yet. A PDF of up to 60 pages and 25 MB.");
  return n(
    "“{name}”, {n} page, lies ready",
    "“{name}”, {n} pages, the first one lies ready",
    deck.pages,
    { name: deck.name },
  );
}

/** @param {{ item: string, deck: Deck | undefined, label?: string }} given `label` names the item */
export function DeckBox({ item, deck, label = "" }) {
  const [sent, setSent] = useState(/** @type {number | null} */ (null));
  const [trouble, setTrouble] = useState("");
  const [over, setOver] = useState(false);
  const bring = async (/** @type {File | undefined} */ file) => {
    if (!file || sent !== null) return;
    setTrouble(unfit(file));
    if (unfit(file)) return;
    setSent(0);
    try {
      await upload(`/slides/${encodeURIComponent(item)}`, file, setSent);
      announce(t("Your slides lie ready."));
    } catch (why) {
      setTrouble(/** @type {Error} */ (why).message);
    } finally {
      setSent(null);
    }
  };
  const dropped = (/** @type {DragEvent} */ event) => {
    event.preventDefault();
    setOver(false);
    void bring(event.dataTransfer?.files[0]);
  };
  const above = (/** @type {DragEvent} */ event) => {
    event.preventDefault();
    setOver(true);
  };
  return html`<div
    class=${`deck-box ${over ? "over" : ""}`}
    onDragOver=${above} onDragLeave=${() => setOver(false)} onDrop=${dropped}
  >
    ${deck && html`<${Slide} deck=${deck} page=${1} small />`}
    ${
      sent === null
        ? html`<${Acts} item=${item} deck=${deck} label=${label} onFile=${bring} />`
        : html`<${Progress} sent=${sent} />`
    }
    ${trouble && html`<p class="notice" data-tone="wrong" role="alert"><${Icon} name="circle-alert" /><span>${trouble}</span></p>`}
  </div>`;
}

/**
 * Why a file need not even be sent.
 * @param {{ name: string, type: string, size: number }} file
 */
export function unfit({ name, type, size }) {
  if (type !== "application/pdf" && !name.toLowerCase().endsWith(".pdf")) {
    return t("This is not a PDF. Please export your slides as a PDF and try again.");
  }
  if (size > LARGEST * MEGABYTE) {
    return t("This file is larger than {most} MB. Please make it smaller and try again.", {
      most: LARGEST,
    });
  }
  return "";
}

/** @param {{ sent: number }} given */
const Progress = ({ sent }) => {
  const says = sent < 1 ? t("Your slides are on their way.") : t("Your slides are being drawn.");
  return html`<p class="sending" role="status">
    <span>${says}</span>
    <progress max="1" value=${sent < 1 ? sent : undefined} aria-label=${says}></progress>
  </p>`;
};

/** @param {{ item: string, deck: Deck | undefined, label: string, onFile: (file: File | undefined) => void }} given */
function Acts({ item, deck, label, onFile }) {
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  const chosen = () => {
    onFile(field.current?.files?.[0]);
    if (field.current) field.current.value = ""; // the same file may be chosen again
  };
  const takeAway = async () => {
    const gone = await attempt(remove(`/slides/${encodeURIComponent(item)}`).then(() => true));
    if (gone) tell(t("The slides are removed."), { tone: "done" });
  };
  const about = label ? html`<span class="sr">: ${label}</span>` : null;
  return html`<p class="acts">
    <input
      ref=${field} type="file" accept="application/pdf,.pdf" hidden
      aria-label=${t("Slides as a PDF")} onChange=${chosen}
    />
    <button class="btn" type="button" onClick=${() => field.current?.click()}>
      <${Icon} name="upload" />${deck ? t("Exchange slides") : t("Bring slides")}${about}
    </button>
    ${
      deck &&
      html`<button class="btn bare" type="button" onClick=${takeAway}>
        <${Icon} name="trash-2" />${t("Remove")}${about}
      </button>`
    }
    <span class="soft hint">${t("or drop a PDF here")}</span>
  </p>`;
}
