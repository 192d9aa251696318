/** A representative's own side of the booth: there or not, on a break, and what is shown. */

import { effect, html, useEffect, useState } from "../../vendor/preact.js";
import { Gear, Mirror, Troubles } from "../green/gear.js";
import { Kit } from "../green/kit.js";
import { LOUNGE } from "../house.js";
import { Icon } from "../parts/icon.js";
import { Tally } from "../parts/tally.js";
import { attempt } from "../parts/toast.js";
import { roomOfShow } from "../state/booths.js";
import { boothOf } from "../state/counters.js";
import { t } from "../words.js";

/** @typedef {import("../house.js").House} House */

const LONGEST = 80; // characters of what one shows

/** One's camera at the booth: it goes to whoever looks while the house says that one shows. */
export class Showing {
  house;
  booth;
  kit;

  /**
   * @param {House} house
   * @param {string} booth
   */
  constructor(house, booth) {
    this.house = house;
    this.booth = booth;
    this.kit = new Kit(house, roomOfShow(booth), () => false, () => Promise.resolve());
  }

  get shown() {
    const lounge = this.house.lounge().shown.value;
    const showing = lounge ? boothOf(lounge, this.booth)?.showing : null;
    return showing?.person === this.house.me.value?.id ? (showing ?? null) : null;
  }

  /** Send for as long as one shows, after a reload as well. */
  start() {
    let sends = false;
    effect(() => {
      const on = this.shown !== null;
      if (on === sends) return;
      sends = on;
      queueMicrotask(() => (on ? void this.kit.send() : this.kit.putAway()));
    });
  }

  /**
   * @param {boolean} on
   * @param {string} caption
   */
  async turn(on, caption) {
    if (on) await this.kit.open();
    const command = { type: "booth.show", booth: this.booth, on, caption };
    const done = await attempt(this.house.do(LOUNGE, command));
    if (done === undefined && on) this.kit.rest();
  }
}

/** @param {{ house: House, booth: string }} given */
export function OnDuty({ house, booth }) {
  const lounge = house.lounge().shown.value;
  const me = house.me.value?.id ?? "";
  const duty = lounge ? boothOf(lounge, booth)?.staff[me] : undefined;
  const ask = (/** @type {string} */ type, /** @type {boolean} */ on) =>
    attempt(house.do(LOUNGE, { type, booth, on }));
  return html`<section class="panel own-state" aria-labelledby="own-h">
    <h2 id="own-h">${t("You at the booth")}</h2>
    <${Switch}
      id="be-there" on=${duty !== undefined} label=${t("I am at the booth")}
      hint=${t("Visitors see your name and whether you have time. In a talk, a round or on stage you are busy by yourself.")}
      onSwitch=${(/** @type {boolean} */ on) => ask("booth.be-there", on)}
    />
    <${Switch}
      id="pause" on=${duty?.state === "break"} label=${t("On a break")} disabled=${duty === undefined}
      hint=${t("Nobody is called for you; those who wait keep their places.")}
      onSwitch=${(/** @type {boolean} */ on) => ask("booth.pause", on)}
    />
  </section>`;
}

/**
 * @param {{ id: string, on: boolean, label: string, hint: string, disabled?: boolean,
 *   onSwitch: (on: boolean) => Promise<unknown> }} given
 */
function Switch({ id, on, label, hint, disabled = false, onSwitch }) {
  const change = async (/** @type {any} */ event) => {
    const box = event.currentTarget;
    const wanted = box.checked;
    box.checked = on; // it moves once the house has it
    await onSwitch(wanted);
  };
  return html`<label class="switch" for=${id}>
    <span class="label">${label}</span>
    <input
      type="checkbox" role="switch" id=${id} aria-describedby=${`${id}-h`}
      checked=${on} disabled=${disabled} onChange=${change}
    />
    <span class="hint" id=${`${id}-h`}>${hint}</span>
  </label>`;
}

/** Show something to whoever looks at the booth. @param {{ showing: Showing }} given */
export function OwnShow({ showing }) {
  const { house, booth, kit, shown } = showing;
  const lounge = house.lounge().shown.value;
  const now = lounge ? boothOf(lounge, booth) : null;
  const [caption, write] = useState("");
  useEffect(() => {
    if (shown?.caption) write(shown.caption);
  }, [shown?.caption]);
  const other = now?.showing && !shown ? house.person(now.showing.person)?.name : "";
  /** @param {SubmitEvent} event */
  const turn = (event) => {
    event.preventDefault();
    return showing.turn(shown === null, caption.trim());
  };
  return html`<section class="panel own-show" aria-labelledby="show-h">
    <h2 id="show-h">${t("Show something")}</h2>
    <p class="soft">${
      other
        ? t("{name} shows something just now.", { name: other })
        : t("Your camera stands large on the booth’s page. Whoever looks sees and hears you; nothing is recorded.")
    }</p>
    ${
      shown
        ? html`<${Mirror} kit=${kit}><${Tally} on="air">${t("At the booth")}</${Tally}></${Mirror}>
            <${Gear} kit=${kit} /><${Troubles} kit=${kit} />`
        : null
    }
    <form class="take-number" onSubmit=${turn}>
      <div class="field">
        <label for="caption">${t("What do you show? (if you like)")}</label>
        <input
          id="caption" value=${caption} maxlength=${LONGEST} autocomplete="off" readonly=${shown !== null}
          onInput=${(/** @type {any} */ event) => write(event.currentTarget.value)}
        />
      </div>
      <p class="acts">
        <button class="btn" type="submit" disabled=${Boolean(other)}>
          <${Icon} name=${shown ? "video-off" : "video"} />${shown ? t("Stop showing") : t("Show at the booth")}
        </button>
      </p>
    </form>
  </section>`;
}
