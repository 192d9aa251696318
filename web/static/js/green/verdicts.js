/** What a check has found, as the house keeps it and as people read it. */

import { t } from "../words.js";

/** @typedef {import("../../wire.d.ts").Check} Check */
/** @typedef {Check["camera"]} Verdict */
/** @typedef {Check["path"]} Path */
/** @typedef {import("../media/devices.js").DevicesState} DevicesState */

const SMALL = 240; // lines of a picture on which nobody is recognised

/**
 * @param {Pick<DevicesState, "camera" | "cameraFault">} devices
 * @param {number} lines  The picture's height; 0 if unknown.
 * @returns {Verdict}
 */
export function cameraVerdict({ camera, cameraFault }, lines) {
  if (camera === "lost") return cameraFault ?? "missing";
  if (camera !== "on") return "untested";
  return lines && lines < SMALL ? "poor" : "ok";
}

/**
 * @param {Pick<DevicesState, "microphone" | "microphoneFault">} devices
 * @param {boolean | null} heard
 * @returns {Verdict}
 */
export function microphoneVerdict({ microphone, microphoneFault }, heard) {
  if (microphone === "lost") return microphoneFault ?? "missing";
  if (microphone !== "on" || heard === null) return "untested";
  return heard ? "ok" : "poor";
}

/**
 * The network path in words.
 * @param {Path | "trying"} path
 * @returns {{is: "yes" | "wait" | "no", says: string}}
 */
export function pathWords(path) {
  switch (path) {
    case "direct":
      return { is: "yes", says: t("Picture and sound reach the house directly.") };
    case "relayed":
      return { is: "yes", says: t("Picture and sound reach the house by a detour. That works.") };
    case "none":
      return {
        is: "no",
        says: t("Your network blocks picture and sound. You see still pictures and slides; a phone hotspot helps."),
      };
    case "trying":
      return { is: "wait", says: t("We are trying the way to the house.") };
    default:
      return { is: "wait", says: t("not tried yet") };
  }
}

/**
 * All of it in one sentence.
 * @param {Omit<Check, "at" | "browser">} check
 */
export function summary({ camera, microphone, speaker, path }) {
  if ([camera, microphone, speaker, path].every((each) => each === "untested")) {
    return t("Nothing has been checked yet.");
  }
  if (path === "none") return t("Your network needs attention.");
  if (microphone !== "ok" && microphone !== "untested") return t("Your microphone needs attention.");
  if (camera !== "ok" && camera !== "untested") return t("Your camera needs attention.");
  if (speaker === "missing") return t("Your loudspeaker needs attention.");
  if ([camera, microphone, speaker, path].includes("untested")) return t("So far all is well.");
  return t("All is well. You can come to the stage as you are.");
}

const NAMES = [
  ["Firefox/", "Firefox"],
  ["Edg/", "Edge"],
  ["OPR/", "Opera"],
  ["Chrome/", "Chrome"],
  ["Version/", "Safari"],
];

/**
 * Name and version of a browser, from what it says of itself; empty if it says nothing known.
 * @param {string} userAgent
 */
export function browserName(userAgent) {
  for (const [mark = "", name = ""] of NAMES) {
    const at = userAgent.indexOf(mark);
    if (at >= 0) return `${name} ${parseInt(userAgent.slice(at + mark.length), 10)}`;
  }
  return "";
}
