/** The sign that this is being recorded: to be seen while it is, and heard when it begins. */

import { html, useEffect, useState } from "../../vendor/preact.js";
import { sound } from "../media/tone.js";
import { rolling } from "../state/recording.js";
import { t } from "../words.js";
import { announce } from "./announce.js";

const LINGERS = 1500; // milliseconds; between two items it neither goes out nor sounds again

/** @param {{ recording: import("../../wire.d.ts").RecordingShown }} given */
export function Sign({ recording }) {
  const on = useLingering(rolling(recording).length > 0);
  useEffect(() => {
    if (!on) return undefined;
    announce(t("This is being recorded now."));
    void sound();
    return () => announce(t("The recording has ended."));
  }, [on]);
  return on ? html`<span class="tally" data-on="rec">${t("Recording")}</span>` : null;
}

/** @param {boolean} is */
function useLingering(is) {
  const [on, set] = useState(is);
  useEffect(() => {
    if (is) set(true);
    const timer = is ? undefined : setTimeout(() => set(false), LINGERS);
    return () => clearTimeout(timer);
  }, [is]);
  return on || is;
}
