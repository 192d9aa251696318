/** How a talk ends well: its clock, two soft warnings, two minutes more if both want them. */

import { beat } from "../clock.js";
import { Refused } from "../connection.js";
import { LOUNGE } from "../house.js";
import { chime } from "../media/bell.js";
import { announce } from "../parts/announce.js";
import { Arch } from "../parts/arch.js";
import { Icon } from "../parts/icon.js";
import { attempt } from "../parts/toast.js";
import { html, useEffect, useRef, useState } from "../../vendor/preact.js";
import { reading, warning } from "../state/breakouts.js";
import { length, timeOfDay } from "../times.js";
import { t } from "../words.js";

/** @typedef {import("./talk.js").Talk} Talk */
/** @typedef {import("../../wire.d.ts").Breakout} Breakout */
/** @typedef {import("../state/breakouts.js").Reading} Reading */

const MOST = 2; // extensions of one talk, as rooms/breakout.py has it

/** @param {{ room: Talk, talk: Breakout }} given */
export function Ending({ room, talk }) {
  const now = reading(talk, beat.value);
  const { title, text } = words(room, talk, now);
  const together = Object.keys(talk.entered).length > 1 || room.atTable.value;
  const says = now.farewell ? t("left to say goodbye") : t("until goodbye");
  return html`<section class="ending" aria-labelledby="end-h" data-state=${now.state}>
    <${Arch}
      state=${now.state} fraction=${now.fraction} time=${length(now.seconds)}
      says=${now.state === "paused" ? t("paused") : says}
    />
    <div><h2 id="end-h">${title}</h2>
    <p role="status">${text}</p></div>
    ${talk.extended < MOST && together && html`<${More} key=${talk.id} room=${room} talk=${talk} />`}
    <${Warnings} talk=${talk} now=${now} />
  </section>`;
}

/**
 * The button; where somebody waits for one of them, the reason in its place.
 * @param {{ room: Talk, talk: Breakout }} given
 */
function More({ room, talk }) {
  const [refused, refuse] = useState("");
  const mine = talk.wantsMore.includes(room.me);
  if (refused) return html`<p class="soft" role="status"><small>${refused}</small></p>`;
  const ask = async () => {
    try {
      await room.house.do(LOUNGE, { type: "breakout.extend", breakout: talk.id, on: !mine });
    } catch (why) {
      if (why instanceof Refused) refuse(why.message);
      else await attempt(Promise.reject(why));
    }
  };
  return html`<div class="acts">
    <button class="btn brass big" type="button" aria-pressed=${mine} onClick=${ask}>
      <${Icon} name=${mine ? "check" : "plus"} />${t("2 minutes")}
    </button>
  </div>`;
}

/**
 * @param {Talk} room
 * @param {Breakout} talk
 * @param {Reading} now
 * @returns {{ title: string, text: string }}
 */
function words(room, talk, now) {
  const title = heading(talk, now);
  const others = talk.wantsMore.filter((each) => each !== room.me);
  if (others.length) {
    const name = room.name(others[0] ?? "");
    const text = t(
      "{name} would like to go on. If you want that as well, you have two minutes more.",
      { name },
    );
    return { title, text };
  }
  if (talk.wantsMore.includes(room.me)) {
    const text = t("{name} is told that you would like to go on.", { name: room.names });
    return { title, text };
  }
  if (now.farewell) {
    return { title, text: t("Afterwards you find everything to stay in touch here.") };
  }
  if (now.state === "soon") {
    return {
      title,
      text:
        talk.people.length > 2
          ? t("If all of you want it, you have two minutes more.")
          : t("If both of you want it, you have two minutes more."),
    };
  }
  return { title, text: t("A soft bell tells you when one minute is left.") };
}

/**
 * @param {Breakout} talk
 * @param {Reading} now
 */
function heading(talk, now) {
  if (now.state === "paused") return t("The clock stands still. Please go on talking.");
  if (now.farewell) return t("Time to say goodbye");
  if (now.state !== "soon") return t("You have until {time}.", { time: timeOfDay(talk.endsAt) });
  return now.seconds <= 15 ? t("A few seconds left") : t("Just under a minute left");
}

/** Says and sounds each warning once. @param {{ talk: Breakout, now: Reading }} given */
function Warnings({ talk, now }) {
  const before = useRef({ id: talk.id, now });
  useEffect(() => {
    const last = before.current.id === talk.id ? before.current.now : now;
    before.current = { id: talk.id, now };
    const at = warning(last, now);
    if (at === 60) announce(t("One minute left."));
    if (at === 15) announce(t("Fifteen seconds left."));
    if (now.farewell && !last.farewell) announce(t("Time to say goodbye: twenty seconds."));
    if (at) void chime(at === 60 ? 1 : 2);
  });
  return null;
}
