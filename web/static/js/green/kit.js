/** What one brings to a stage or a table: camera, microphone, screen, and their way to the house. */

import { batch, signal } from "../../vendor/preact.js";
import { Devices } from "../media/devices.js";
import { measure } from "../media/level.js";
import { Publisher } from "../media/publisher.js";
import { Screen } from "../media/screen.js";

/** @typedef {import("../house.js").House} House */
/** @typedef {import("../media/devices.js").DevicesState} DevicesState */

/** One's own equipment on one page; its signals say how it stands. */
export class Kit {
  devices = new Devices();
  /** @type {import("../../vendor/preact.js").Signal<DevicesState>} */
  state = signal(this.devices.state);
  /** How loud the own microphone is, 0 to 1. */
  level = signal(0);
  /** Whether that can be told at all just now. */
  measures = signal(false);
  /** @type {import("../../vendor/preact.js").Signal<import("../media/publisher.js").Sending>} */
  sending = signal("off");
  /** @type {import("../../vendor/preact.js").Signal<string | null>} */
  sentence = signal(null);
  /** Whether a screen of this computer goes to the stage. */
  sharing = signal(false);
  /** @type {import("../../vendor/preact.js").Signal<string | null>} */
  screenTrouble = signal(null);

  #camera;
  #screenway;
  #screen = new Screen(() => void this.stopSharing());
  #tellShared;
  /** @type {MediaStreamTrack | null} */
  #measured = null;
  /** @type {() => void} */
  #stopMeasuring = () => undefined;

  /**
   * @param {House} house
   * @param {string} room
   * @param {() => boolean} isLit  Whether the house gets one's camera from anywhere.
   * @param {(on: boolean) => Promise<unknown>} [tellShared]  Tells the room that one's screen is
   *   shown, or no longer; may be refused.
   */
  constructor(house, room, isLit, tellShared) {
    this.#tellShared = tellShared ?? ((on) => house.do(room, { type: "floor.share", on }));
    const wire = house.connection;
    const own = () => this.devices.stream.getTracks();
    this.#camera = new Publisher({ wire, room, what: "camera", tracks: own, isElsewhere: isLit });
    const shown = () => this.#screen.stream?.getTracks() ?? [];
    this.#screenway = new Publisher({ wire, room, what: "screen", tracks: shown });
    this.devices.subscribe(() => this.#devicesChanged());
    this.#camera.subscribe(() => {
      batch(() => {
        this.sending.value = this.#camera.state;
        this.sentence.value = this.#camera.sentence;
      });
    });
  }

  /** Open camera and microphone, for oneself alone. */
  open() {
    return this.devices.open();
  }

  /** Let the house have picture and sound. */
  async send() {
    await this.open();
    this.#camera.start();
  }

  /** Leave picture and sound to another device of one's own; a screen that is shown stays. */
  rest() {
    this.#camera.stop();
    this.devices.close();
  }

  /** Keep picture and sound to oneself again, and give the devices back. */
  putAway() {
    void this.stopSharing();
    this.rest();
  }

  /** @returns {Promise<boolean>} Whether a screen is now shown to everybody. */
  async share() {
    const chosen = await this.#screen.choose();
    this.screenTrouble.value = this.#screen.trouble;
    if (!chosen) return false;
    this.#screenway.start();
    this.#screenway.refresh();
    this.sharing.value = true;
    try {
      await this.#tellShared(true);
      return true;
    } catch (why) {
      this.#endSharing();
      throw why;
    }
  }

  async stopSharing() {
    if (!this.sharing.value) return;
    this.#endSharing();
    // Whoever left the seat shares no more; the house has said so already.
    await this.#tellShared(false).catch(() => undefined);
  }

  #endSharing() {
    this.#screen.stop();
    this.#screenway.stop();
    this.sharing.value = false;
  }

  #devicesChanged() {
    this.state.value = this.devices.state;
    this.#camera.refresh();
    const microphone = this.devices.track("microphone");
    if (microphone === this.#measured) return;
    this.#stopMeasuring();
    this.#measured = microphone;
    this.level.value = 0;
    this.measures.value = false;
    this.#stopMeasuring = microphone
      ? measure(microphone, (level) => this.#hear(level))
      : () => undefined;
  }

  /** @param {number} level */
  #hear(level) {
    batch(() => {
      this.level.value = level;
      this.measures.value = true;
    });
  }
}
