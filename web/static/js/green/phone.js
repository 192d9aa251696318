/** The own phone as camera: the code to scan, and which of the two sends now. */

import { readConfig } from "../config.js";
import { Icon } from "../parts/icon.js";
import { attempt } from "../parts/toast.js";
import { html, useEffect, useState } from "../../vendor/preact.js";
import { t } from "../words.js";

/** @typedef {import("./backstage.js").Backstage} Backstage */
/** @typedef {{address: string, code: {size: number, path: string}, seconds: number}} Code */

const RENEWED = 0.8; // of its time, after which a code is replaced by a fresh one
const AGAIN = 3000; // milliseconds until a code that did not come is asked for again

/** What is to be said and done about the phone, below one's own picture. @param {{room: Backstage}} props */
export function Phone({ room }) {
  const [open, setOpen] = useState(false);
  const { asked } = room.pitch.insurance;
  const wanted = asked === room.me;
  if (room.phoned) return html`<${OnPhone} room=${room} />`;
  return html`<div class="phone-offer">
    ${wanted &&
    html`<p class="notice" data-tone="soon" role="alert">
      <${Icon} name="smartphone" />
      <span>${t("Your picture does not arrive. The moderator asks you to take your phone as camera: please scan this code.")}</span>
    </p>`}
    ${
      wanted || open
        ? html`<${Scan} stage=${room.stageId} />`
        : html`<button class="btn bare" type="button" aria-expanded=${false} onClick=${() => setOpen(true)}>
            <${Icon} name="smartphone" />${t("Phone as camera")}
          </button>`
    }
    ${open && !wanted
      ? html`<button class="btn bare" type="button" onClick=${() => setOpen(false)}>${t("Close")}</button>`
      : null}
  </div>`;
}

/** The phone sends: the way back to this computer. @param {{room: Backstage}} props */
function OnPhone({ room }) {
  const lit = room.light === "live";
  const end = async () => {
    await room.usePhone(false);
    await attempt(post("/phone/revoke"));
  };
  return html`<div class="phone-offer">
    <p class="notice" role="status" data-tone=${lit ? undefined : "wrong"}>
      <${Icon} name="smartphone" />
      <span>${
        lit
          ? t("Your phone is your camera and microphone. Slides, clock and questions stay here.")
          : t("Your phone is to be your camera, but nothing arrives from it yet.")
      }</span>
    </p>
    <p class="acts">
      <button class="btn" type="button" onClick=${() => room.usePhone(false)}>
        <${Icon} name="monitor" />${t("Use this computer's camera")}
      </button>
      <button class="btn bare" type="button" onClick=${end}>
        <${Icon} name="phone-off" />${t("Disconnect the phone")}
      </button>
    </p>
  </div>`;
}

/** A code that is never too old to be scanned. @param {{stage: string}} props */
function Scan({ stage }) {
  const code = useCode(stage);
  if (!code) return html`<p class="soft" role="status">${t("The code is on its way.")}</p>`;
  const { size, path } = code.code;
  return html`<div class="scan">
    <svg class="qr" viewBox=${`0 0 ${size} ${size}`} role="img" aria-label=${t("QR code for your phone")}>
      <rect width=${size} height=${size} rx="1" fill="#fbf8f1" />
      <path d=${path} fill="#241a16" />
    </svg>
    <div>
      <p>${t("Scan this with your phone. Picture and sound then come from there, as soon as you allow it.")}</p>
      <p class="soft">${t("The code is for you alone and changes every few minutes.")}</p>
      <p class="soft"><a href=${code.address} data-phone-address>${t("The address behind the code")}</a></p>
    </div>
  </div>`;
}

/**
 * @param {string} stage
 * @returns {Code | null}
 */
function useCode(stage) {
  const [code, setCode] = useState(/** @type {Code | null} */ (null));
  useEffect(() => {
    let gone = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    const ask = async () => {
      /** @type {Code | null} */
      const fresh = await post(`/stage/${encodeURIComponent(stage)}/phone`)
        .then((answer) => answer.json())
        .catch(() => null);
      if (gone) return;
      if (fresh) setCode(fresh);
      timer = setTimeout(ask, fresh ? fresh.seconds * RENEWED * 1000 : AGAIN);
    };
    void ask();
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [stage]);
  return code;
}

/** @param {string} address */
async function post(address) {
  const headers = { "X-CSRF": readConfig().csrf ?? "" };
  const answer = await fetch(address, { method: "POST", headers });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer;
}
