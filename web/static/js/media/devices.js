/**
 * The visitor's own camera, microphone and loudspeaker: opened once a visit, chosen,
 * muted, measured, and when one is lost, said in words with what to do.
 */

import { t } from "../words.js";

/** @typedef {"camera" | "microphone"} Device */
/** @typedef {"off" | "asking" | "on" | "muted" | "lost"} Standing */
/** @typedef {"denied" | "missing"} Fault  Forbidden by the browser, or not to be had. */
/**
 * @typedef {object} DevicesState
 * @property {Standing} camera
 * @property {Standing} microphone
 * @property {string | null} cameraTrouble  What is wrong and what helps, in the reader's words.
 * @property {string | null} microphoneTrouble
 * @property {Fault | null} cameraFault
 * @property {Fault | null} microphoneFault
 * @property {MediaDeviceInfo[]} cameras
 * @property {MediaDeviceInfo[]} microphones
 * @property {MediaDeviceInfo[]} speakers  Empty where the browser does not let pages choose.
 * @property {string} cameraId
 * @property {string} microphoneId
 * @property {string} speakerId
 */

const PICTURE = {
  width: { ideal: 1280, max: 1280 },
  height: { ideal: 720, max: 720 },
  frameRate: { ideal: 30, max: 30 },
};
const SOUND = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
const KINDS = /** @type {const} */ ({ camera: "videoinput", microphone: "audioinput" });
const KEPT = "foyer.devices"; // where this browser remembers the choice

/** Camera, microphone and loudspeaker of this page. One for each visit. */
export class Devices {
  /** @type {DevicesState} */
  state = {
    camera: "off",
    microphone: "off",
    cameraTrouble: null,
    microphoneTrouble: null,
    cameraFault: null,
    microphoneFault: null,
    cameras: [],
    microphones: [],
    speakers: [],
    ...remembered(),
  };

  /** @type {Map<Device, MediaStreamTrack>} */
  #tracks = new Map();
  /** @type {Set<() => void>} */
  #listeners = new Set();
  /** @type {Promise<void> | null} */
  #opening = null;
  #stream = new MediaStream();
  #listing = () => void this.#list();

  /** The picture and sound as they are now; the same object for the whole visit. */
  get stream() {
    return this.#stream;
  }

  /** @param {Device} device */
  track(device) {
    return this.#tracks.get(device) ?? null;
  }

  /**
   * Call `listener` at each change of state or tracks. Returns how to stop that.
   * @param {() => void} listener
   */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /**
   * Ask for camera and microphone, in one question; does nothing for what is open already.
   * Whoever has only one of the two gets that one. Never throws: troubles are in `state`.
   */
  open() {
    this.#opening ??= this.#open().finally(() => {
      this.#opening = null;
    });
    return this.#opening;
  }

  /**
   * Use another camera or microphone from now on.
   * @param {Device} device
   * @param {string} id
   */
  async choose(device, id) {
    this.#remember(device === "camera" ? { cameraId: id } : { microphoneId: id });
    try {
      this.#take(await navigator.mediaDevices.getUserMedia(this.#constraints([device])));
      await this.#list();
    } catch {
      this.#drop(device); // many phones open only one camera at a time
      await this.#ask([device]);
    }
  }

  /** Use the camera on the other side of a phone. */
  async turnRound() {
    const outward = this.track("camera")?.getSettings().facingMode === "environment";
    const facingMode = { ideal: outward ? "user" : "environment" };
    this.#drop("camera"); // many phones open only one camera at a time
    try {
      const video = { ...PICTURE, facingMode };
      this.#take(await navigator.mediaDevices.getUserMedia({ video }));
      await this.#list();
    } catch {
      await this.#ask(["camera"]);
    }
  }

  /** @param {string} id */
  chooseSpeaker(id) {
    this.#remember({ speakerId: id });
    this.#tell();
  }

  /**
   * Mute, or be seen and heard again. The device stays open, so that nothing is asked anew.
   * @param {Device} device
   * @param {boolean} on
   */
  turn(device, on) {
    const track = this.#tracks.get(device);
    if (!track) return on ? this.choose(device, this.#chosen(device)) : Promise.resolve();
    track.enabled = on;
    this.#set(device, on ? "on" : "muted", null);
    return Promise.resolve();
  }

  /** Give camera and microphone back to the machine. */
  close() {
    navigator.mediaDevices?.removeEventListener("devicechange", this.#listing);
    for (const device of /** @type {Device[]} */ (["camera", "microphone"])) {
      this.#drop(device);
      this.#set(device, "off", null);
    }
  }

  async #open() {
    /** @type {Device[]} */
    const missing = [];
    // What was refused or is broken is asked for again only by a click.
    if (this.state.camera === "off") missing.push("camera");
    if (this.state.microphone === "off") missing.push("microphone");
    if (!missing.length) return;
    if (!navigator.mediaDevices) {
      for (const device of missing) this.#set(device, "lost", insecure(), "denied");
      return;
    }
    navigator.mediaDevices.addEventListener("devicechange", this.#listing);
    await this.#ask(missing);
  }

  /**
   * @param {Device[]} wanted
   * @returns {Promise<void>}
   */
  async #ask(wanted) {
    for (const device of wanted) this.#set(device, "asking", null);
    try {
      this.#take(await navigator.mediaDevices.getUserMedia(this.#constraints(wanted)));
    } catch (error) {
      if (wanted.length > 1 && !denied(error)) {
        for (const device of wanted) await this.#ask([device]);
        return;
      }
      for (const device of wanted) {
        if (await this.#stale(device, error)) return this.#ask([device]);
        const fault = denied(error) ? "denied" : "missing";
        this.#set(device, "lost", trouble(device, error), fault);
      }
    }
    for (const device of wanted) {
      if (this.state[device] !== "asking") continue;
      this.#set(device, "lost", trouble(device, null), "missing");
    }
    await this.#list();
  }

  /**
   * Whether the remembered device is simply not there today; then any other will do.
   * @param {Device} device
   * @param {unknown} error
   */
  async #stale(device, error) {
    if (!this.#chosen(device) || nameOf(error) !== "OverconstrainedError") return false;
    this.#remember(device === "camera" ? { cameraId: "" } : { microphoneId: "" });
    return true;
  }

  /** @param {Device[]} wanted */
  #constraints(wanted) {
    const { cameraId, microphoneId } = this.state;
    return {
      video:
        wanted.includes("camera") &&
        (cameraId ? { ...PICTURE, deviceId: { exact: cameraId } } : PICTURE),
      audio:
        wanted.includes("microphone") &&
        (microphoneId ? { ...SOUND, deviceId: { exact: microphoneId } } : SOUND),
    };
  }

  /** @param {MediaStream} stream */
  #take(stream) {
    for (const track of stream.getTracks()) {
      const device = track.kind === "video" ? "camera" : "microphone";
      track.enabled = this.#tracks.get(device)?.enabled ?? true; // who is muted stays so
      this.#drop(device);
      if ("contentHint" in track) track.contentHint = device === "camera" ? "motion" : "speech";
      track.addEventListener("ended", () => this.#lose(device, track));
      this.#tracks.set(device, track);
      this.#stream.addTrack(track);
      this.#set(device, track.enabled ? "on" : "muted", null);
    }
  }

  /**
   * @param {Device} device
   * @param {MediaStreamTrack} track
   */
  #lose(device, track) {
    if (this.#tracks.get(device) !== track) return;
    this.#drop(device);
    this.#set(device, "lost", gone(device), "missing");
  }

  /** @param {Device} device */
  #drop(device) {
    const track = this.#tracks.get(device);
    if (!track) return;
    this.#tracks.delete(device);
    this.#stream.removeTrack(track);
    track.stop();
  }

  async #list() {
    const all = await navigator.mediaDevices.enumerateDevices().catch(() => []);
    const known = all.filter((each) => each.deviceId);
    this.state = {
      ...this.state,
      cameras: known.filter((each) => each.kind === KINDS.camera),
      microphones: known.filter((each) => each.kind === KINDS.microphone),
      speakers: canChooseSpeaker() ? known.filter((each) => each.kind === "audiooutput") : [],
      cameraId: this.#tracks.get("camera")?.getSettings().deviceId ?? this.state.cameraId,
      microphoneId:
        this.#tracks.get("microphone")?.getSettings().deviceId ?? this.state.microphoneId,
    };
    this.#tell();
  }

  /** @param {Device} device */
  #chosen(device) {
    return device === "camera" ? this.state.cameraId : this.state.microphoneId;
  }

  /** @param {Partial<{cameraId: string, microphoneId: string, speakerId: string}>} choice */
  #remember(choice) {
    this.state = { ...this.state, ...choice };
    const { cameraId, microphoneId, speakerId } = this.state;
    try {
      localStorage.setItem(KEPT, JSON.stringify({ cameraId, microphoneId, speakerId }));
    } catch {
      // A browser that keeps nothing asks again next time; that is all.
    }
  }

  /**
   * @param {Device} device
   * @param {Standing} standing
   * @param {string | null} sentence
   * @param {Fault | null} fault
   */
  #set(device, standing, sentence, fault = null) {
    this.state =
      device === "camera"
        ? { ...this.state, camera: standing, cameraTrouble: sentence, cameraFault: fault }
        : {
            ...this.state,
            microphone: standing,
            microphoneTrouble: sentence,
            microphoneFault: fault,
          };
    this.#tell();
  }

  #tell() {
    for (const listener of [...this.#listeners]) listener();
  }
}

/**
 * Let an element sound from the chosen loudspeaker, where the browser can.
 * @param {HTMLMediaElement} element
 * @param {string} speakerId
 */
export async function soundFrom(element, speakerId) {
  if (!canChooseSpeaker()) return;
  await element.setSinkId(speakerId).catch(() => undefined); // unplugged: the usual one sounds
}

/** Whether pages may choose the loudspeaker in this browser. */
function canChooseSpeaker() {
  return typeof HTMLMediaElement !== "undefined" && "setSinkId" in HTMLMediaElement.prototype;
}

const insecure = () =>
  t(
    "Camera and microphone work only over a secure connection. " +
      "Please open this page with https.",
  );

/** @param {Device} device */
const gone = (device) =>
  device === "camera"
    ? t("The camera is gone. Please plug it in again or choose another one.")
    : t("The microphone is gone. Please plug it in again or choose another one.");

/**
 * Why a device did not open, as a sentence that says what helps.
 * @param {Device} device
 * @param {unknown} error
 */
export function trouble(device, error) {
  const camera = device === "camera";
  switch (nameOf(error)) {
    case "NotAllowedError":
    case "SecurityError":
      return camera
        ? t("Your browser may not use the camera. Allow it next to the address.")
        : t("Your browser may not use the microphone. Allow it next to the address.");
    case "NotReadableError":
    case "AbortError":
      return camera
        ? t("Another program is using the camera. Please close it and try again.")
        : t("Another program is using the microphone. Please close it and try again.");
    default:
      return camera
        ? t("We found no camera. Please plug one in; you can also speak without a picture.")
        : t("We found no microphone. Please plug one in or use a headset.");
  }
}

/** @param {unknown} error */
export function denied(error) {
  return ["NotAllowedError", "SecurityError"].includes(nameOf(error));
}

/** @param {unknown} error */
function nameOf(error) {
  return error instanceof Error ? error.name : "";
}

function remembered() {
  const nothing = { cameraId: "", microphoneId: "", speakerId: "" };
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT) ?? "{}");
    return { ...nothing, ...kept };
  } catch {
    return nothing;
  }
}
