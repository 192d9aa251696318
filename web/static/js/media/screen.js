/** The visitor's screen, as chosen in the browser's own dialogue. */

import { t } from "../words.js";
import { denied } from "./devices.js";

/** A document, a window or a tab while it is shown to everybody. */
export class Screen {
  /** @type {MediaStream | null} */
  stream = null;
  /** @type {string | null} */
  trouble = null;

  /** @type {() => void} */
  #ended;

  /** @param {() => void} ended  Called when the visitor stops it, here or in the browser's bar. */
  constructor(ended) {
    this.#ended = ended;
  }

  static get possible() {
    return Boolean(navigator.mediaDevices?.getDisplayMedia);
  }

  /** @returns {Promise<boolean>} Whether there is a screen to show now. */
  async choose() {
    this.trouble = null;
    try {
      this.#take(await navigator.mediaDevices.getDisplayMedia(WANTED));
      return true;
    } catch (error) {
      // Closing the dialogue and a system that forbids it look the same to a page.
      this.trouble = trouble(error);
      return false;
    }
  }

  stop() {
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = null;
  }

  /** @param {MediaStream} stream */
  #take(stream) {
    this.stop();
    this.stream = stream;
    for (const track of stream.getVideoTracks()) {
      track.contentHint = "detail"; // letters must stay sharp; movement may suffer
      track.addEventListener("ended", () => {
        if (this.stream !== stream) return;
        this.stop();
        this.#ended();
      });
    }
  }
}

const WANTED = { video: { frameRate: { ideal: 15, max: 30 }, width: { max: 1920 } }, audio: true };

/** @param {unknown} error */
const trouble = (error) =>
  denied(error)
    ? t(
        "No screen was chosen. If your computer forbids it, allow screen recording in its settings.",
      )
    : t("The screen cannot be shown just now. Please try again or choose a single window.");
