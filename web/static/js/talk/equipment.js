/** What one brings to a talk: camera, microphone, perhaps a screen. */

import { batch, signal } from "../../vendor/preact.js";
import { Devices } from "../media/devices.js";
import { measure } from "../media/level.js";
import { Screen } from "../media/screen.js";

/** @typedef {import("../media/devices.js").DevicesState} DevicesState */
/** @typedef {Partial<Record<import("../media/pair.js").Lane, MediaStreamTrack | null>>} Tracks */

/** One's own equipment on one page; its signals say how it stands. */
export class Equipment {
  devices = new Devices();
  /** @type {import("../../vendor/preact.js").Signal<DevicesState>} */
  state = signal(this.devices.state);
  /** How loud the own microphone is, 0 to 1. */
  level = signal(0);
  /** Whether a screen of this computer is shown to the others. */
  sharing = signal(false);
  /** @type {import("../../vendor/preact.js").Signal<string | null>} */
  screenTrouble = signal(null);

  #screen = new Screen(() => this.stopSharing());
  /** @type {MediaStreamTrack | null} */
  #measured = null;
  /** @type {() => void} */
  #stopMeasuring = () => undefined;
  /** @type {Set<() => void>} */
  #listeners = new Set();

  constructor() {
    this.devices.subscribe(() => this.#devicesChanged());
  }

  /**
   * Call `listener` whenever there may be other tracks to send.
   * @param {() => void} listener
   */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** What there is to send now. @returns {Tracks} */
  tracks() {
    const [screen = null] = this.#screen.stream?.getVideoTracks() ?? [];
    const [playing = null] = this.#screen.stream?.getAudioTracks() ?? [];
    const { devices } = this;
    return { voice: devices.track("microphone"), camera: devices.track("camera"), screen, playing };
  }

  /** What of it is to be seen and heard. @returns {import("../media/pair.js").Shown} */
  shows() {
    const { camera, microphone } = this.devices.state;
    const screen = this.sharing.value;
    return { camera: camera === "on", microphone: microphone === "on", screen };
  }

  /** The screen as it is shown, for oneself. */
  get screen() {
    return this.#screen.stream;
  }

  /** Whether the browser gives camera and microphone without asking; false if it does not say. */
  async allowed() {
    try {
      const asked = ["camera", "microphone"].map((name) =>
        navigator.permissions.query({ name: /** @type {PermissionName} */ (name) }),
      );
      return (await Promise.all(asked)).every(({ state }) => state === "granted");
    } catch {
      return false;
    }
  }

  /** @returns {Promise<boolean>} whether a screen is now shown */
  async share() {
    const chosen = await this.#screen.choose();
    batch(() => {
      this.screenTrouble.value = this.#screen.trouble;
      this.sharing.value = chosen;
    });
    this.#tell();
    return chosen;
  }

  stopSharing() {
    this.#screen.stop();
    if (!this.sharing.value) return;
    this.sharing.value = false;
    this.#tell();
  }

  /** Give everything back to the machine. */
  putAway() {
    this.stopSharing();
    this.devices.close();
  }

  #devicesChanged() {
    this.state.value = this.devices.state;
    this.#tell();
    const microphone = this.devices.track("microphone");
    if (microphone === this.#measured) return;
    this.#stopMeasuring();
    this.#measured = microphone;
    this.level.value = 0;
    this.#stopMeasuring = microphone
      ? measure(microphone, (level) => (this.level.value = level))
      : () => undefined;
  }

  #tell() {
    for (const listener of [...this.#listeners]) listener();
  }
}
