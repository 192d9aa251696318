/** Bringing a poster, pictures and a clip to one's own work, and taking them down. */

import { html, useRef, useState } from "../../vendor/preact.js";
import { Icon } from "../parts/icon.js";
import { attempt } from "../parts/toast.js";
import { remove, upload } from "../parts/upload.js";
import { t } from "../words.js";

const KINDS = /** @type {const} */ ([
  ["poster", "file-text", "application/pdf,.pdf"],
  ["picture", "camera", "image/jpeg,image/png,image/webp"],
  ["clip", "video", "video/*"],
]);

/** @param {{ work: string }} given */
export function Hang({ work }) {
  const [sent, setSent] = useState(/** @type {number | null} */ (null));
  const [trouble, setTrouble] = useState("");
  const bring = async (/** @type {string} */ what, /** @type {File | undefined} */ file) => {
    if (!file || sent !== null) return;
    setTrouble("");
    setSent(0);
    try {
      await upload(`/works/${work}/${what}`, file, setSent);
      location.reload();
    } catch (why) {
      setTrouble(/** @type {Error} */ (why).message);
      setSent(null);
    }
  };
  return html`<p class="soft">
      ${t("A poster is a PDF of up to 6 pages and 10 MB; six pictures and a clip of two minutes may hang beside it.")}
    </p>
    ${
      sent === null
        ? html`<p class="acts">
            ${KINDS.map(([what, icon, accept]) => html`<${Choose} key=${what} what=${what} icon=${icon} accept=${accept} onFile=${(/** @type {File | undefined} */ file) => bring(what, file)} />`)}
          </p>`
        : html`<${Progress} sent=${sent} />`
    }
    ${trouble && html`<p class="notice" data-tone="wrong" role="alert"><${Icon} name="circle-alert" /><span>${trouble}</span></p>`}`;
}

/** @param {string} what */
function wordsOf(what) {
  if (what === "poster") return t("Bring a poster");
  return what === "clip" ? t("Bring a clip") : t("Bring a picture");
}

/** @param {{ what: string, icon: string, accept: string, onFile: (file: File | undefined) => void }} given */
function Choose({ what, icon, accept, onFile }) {
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  const chosen = () => {
    onFile(field.current?.files?.[0]);
    if (field.current) field.current.value = ""; // the same file may be chosen again
  };
  return html`<input
      ref=${field} type="file" accept=${accept} hidden data-what=${what}
      aria-label=${wordsOf(what)} onChange=${chosen}
    />
    <button class="btn" type="button" onClick=${() => field.current?.click()}>
      <${Icon} name=${icon} />${wordsOf(what)}
    </button>`;
}

/** @param {{ sent: number }} given */
const Progress = ({ sent }) => {
  const says = sent < 1 ? t("Your file is on its way.") : t("Your file is being prepared.");
  return html`<p class="sending" role="status">
    <span>${says}</span>
    <progress max="1" value=${sent < 1 ? sent : undefined} aria-label=${says}></progress>
  </p>`;
};

/** @param {{ work: string, hanging: string, name: string }} given */
export function TakeDown({ work, hanging, name }) {
  const take = async () => {
    const gone = await attempt(remove(`/works/${work}/${hanging}`).then(() => true));
    if (gone) location.reload();
  };
  return html`<button class="btn bare" type="button" onClick=${take}>
    <${Icon} name="trash-2" />${t("Take down")}<span class="sr">: ${name}</span>
  </button>`;
}
