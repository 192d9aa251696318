/** One's CV as a PDF: bring it; a Europass CV fills the empty fields of the form. */

import { Icon } from "../parts/icon.js";
import { upload } from "../parts/upload.js";
import { announce } from "../parts/announce.js";
import { html, useId, useState } from "../../vendor/preact.js";
import { n, t } from "../words.js";

const LARGEST = 10; // megabytes, as server/papers.py takes
const MEGABYTE = 1 << 20;

/** @param {{ pages: number }} given how many lie ready */
export function PaperBox({ pages: before }) {
  const [pages, setPages] = useState(before);
  const [sent, setSent] = useState(/** @type {number | null} */ (null));
  const [trouble, setTrouble] = useState("");
  const [filled, setFilled] = useState(false);
  const id = useId();
  const bring = async (/** @type {Event} */ event) => {
    const input = /** @type {HTMLInputElement} */ (event.target);
    const file = input.files?.[0];
    if (!file || sent !== null) return;
    const why = unfit(file);
    setTrouble(why);
    if (why) return;
    setSent(0);
    try {
      const answer = await upload("/me/cv/pdf", file, setSent);
      setPages(answer.pages);
      setFilled(Boolean(answer.europass) && fill(answer.europass));
      announce(t("Your CV lies ready."));
    } catch (wrong) {
      setTrouble(/** @type {Error} */ (wrong).message);
    } finally {
      setSent(null);
      input.value = "";
    }
  };
  return html`<p>${
    pages
      ? html`${n("{n} page lies ready.", "{n} pages lie ready.", pages)} <a href="/me/cv.pdf" download>${t("Download")}</a>`
      : t("There is none yet.")
  }</p>
    <div class="field">
      <label for=${id}>${pages ? t("Choose another PDF") : t("Choose a PDF")}</label>
      <input id=${id} type="file" accept="application/pdf,.pdf" disabled=${sent !== null} onChange=${bring} />
    </div>
    ${sent !== null && html`<p role="status">${sent < 1 ? t("{n} % sent", { n: Math.round(sent * 100) }) : t("It is looked through, one moment.")}</p>`}
    ${filled && html`<p class="notice" role="status"><${Icon} name="circle-check" /><span>${t("The empty fields above are filled from your Europass CV. Please look through them and keep the card.")}</span></p>`}
    ${trouble && html`<p class="notice" data-tone="wrong" role="alert"><${Icon} name="circle-alert" /><span>${trouble}</span></p>`}`;
}

/**
 * Why a file need not even be sent.
 * @param {File} file
 */
function unfit({ name, type, size }) {
  if (type !== "application/pdf" && !name.toLowerCase().endsWith(".pdf")) {
    return t("This is not a PDF. Please save it as a PDF and try again.");
  }
  return size > LARGEST * MEGABYTE
    ? t("This file is larger than {most} MB. Please make it smaller and try again.", { most: LARGEST })
    : "";
}

/**
 * Write into the fields that are empty; true if there was one.
 * @param {Record<string, string | string[]>} said
 */
function fill(said) {
  let filled = false;
  for (const name of ["field", "degree", "topics", "seeks", "mail", "phone"]) {
    const field = /** @type {HTMLInputElement | null} */ (document.getElementById(name));
    const words = said[name];
    const text = Array.isArray(words) ? words.join(", ") : (words ?? "");
    if (!field || field.value || !text) continue;
    field.value = text;
    filled = true;
  }
  return filled;
}
