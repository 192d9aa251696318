/** Picture and sound of a talk, from browser to browser; whatever breaks is connected anew. */

import { signal } from "../../vendor/preact.js";
import { newPeerId } from "./ice.js";
import { discreet } from "./path.js";

/** @typedef {"voice" | "camera" | "screen" | "playing"} Lane  `playing` is the screen's sound. */
/** @typedef {Partial<Record<Lane, MediaStream>>} Streams */
/** @typedef {{ camera: boolean, microphone: boolean, screen: boolean }} Shown */
/**
 * @typedef {object} Word  What one side tells the other. `of` is the offer that is answered.
 * @property {RTCSessionDescriptionInit} [description]
 * @property {string} [of]
 * @property {RTCIceCandidateInit | null} [candidate]
 * @property {Shown} [media]
 */
/**
 * @typedef {object} Given
 * @property {(call: string, word: Word) => Promise<unknown>} signal  to the partner, in order;
 *   `call` is the name of the sender's connection
 * @property {boolean} polite  gives way when both offer at once
 * @property {() => Promise<RTCConfiguration>} configuration
 * @property {() => Partial<Record<Lane, MediaStreamTrack | null>>} tracks  what to send now
 * @property {() => Shown} shows  what the partner is told of it
 * @property {() => void} [hushed]  all of a sudden nothing arrives any more
 * @property {(given: RTCConfiguration) => RTCPeerConnection} [makePeer]
 */
/**
 * @typedef {object} Attempt  One connection, being made or made.
 * @property {string} call
 * @property {RTCPeerConnection} pc
 * @property {string} remote  the partner's name for its end, once known
 * @property {boolean} offered  ours was the offer
 * @property {boolean} told  its description is on its way, candidates may follow
 * @property {RTCIceCandidate[]} waiting
 * @property {ReturnType<typeof setTimeout>} overdue
 */

const PATIENCE = 6; // seconds a connection may take
const FLICKER = 1; // seconds "disconnected" may last: a Wi-Fi roams faster than that
const LOOK = 0.25; // seconds between two looks at what arrives
const HUSH = 0.8; // seconds without a byte where sound came fifty times a second
const STILL = 3; // seconds without a frame until a camera's picture counts as gone
const WAITS = [0.3, 0.7, 1.5, 3]; // seconds before the next attempt, the last one again and again
const HOPELESS = 3; // attempts in vain until we say so

/** The lanes as they lie in every offer; none is ever added, so nothing is negotiated twice. */
const LANES = /** @type {const} */ (["voice", "camera", "screen", "playing"]);
const KINDS = /** @type {const} */ ({
  voice: "audio",
  camera: "video",
  screen: "video",
  playing: "audio",
});
/** Bits and frames a second at most. @type {Partial<Record<Lane, RTCRtpEncodingParameters>>} */
const LIMITS = {
  camera: { maxBitrate: 1_500_000, maxFramerate: 30 },
  screen: { maxBitrate: 1_800_000, maxFramerate: 15 },
};

export class Pair {
  /** @type {import("../../vendor/preact.js").Signal<"off" | "connecting" | "live">} */
  state = signal("off");
  /** @type {import("../../vendor/preact.js").Signal<Streams>} what the partner sends */
  streams = signal({});
  /** @type {import("../../vendor/preact.js").Signal<Set<Lane>>} the pictures that move */
  pictures = signal(new Set());
  /** @type {import("../../vendor/preact.js").Signal<Shown | null>} what the partner says it shows */
  partner = signal(null);
  /** Whether several attempts were in vain. */
  hopeless = signal(false);

  #given;
  #running = false;
  #tries = 0;
  /** @type {Attempt | null} the one that carries picture and sound */
  #current = null;
  /** @type {Attempt | null} the one that is being made */
  #next = null;
  /** @type {Promise<void>} what the partner said is taken one after the other */
  #heard = Promise.resolve();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #again;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #looking;
  #begun = {}; // the newest beginning, so that one that waited knows it was overtaken
  #arrived = { bytes: 0, at: Infinity };
  /** @type {Map<Lane, { frames: number, at: number }>} */
  #frames = new Map();

  /** @param {Given} given */
  constructor(given) {
    this.#given = given;
  }

  /** The connection that carries, if there is one; for those who measure it. */
  get peer() {
    return this.#current?.pc ?? null;
  }

  /** The partner is there: offer what we have, and stay connected. */
  start() {
    if (this.#running) return;
    this.#running = true;
    this.state.value = "connecting";
    this.#looking = setInterval(() => void this.#look(), LOOK * 1000);
    void this.#offer();
  }

  /** The partner is gone, or the talk is over. */
  stop() {
    this.#running = false;
    clearTimeout(this.#again);
    clearInterval(this.#looking);
    this.#end(this.#next);
    this.#end(this.#current);
    this.#next = this.#current = null;
    this.#tries = 0;
    this.#forget();
    this.state.value = "off";
    this.partner.value = null;
    this.hopeless.value = false;
  }

  /** Make a new connection; the one there is carries until then. */
  renew() {
    if (this.#running) this.#retry(0);
  }

  /** Connect now, unless that is so already: the way to the house is open again. */
  wake() {
    if (this.#running && !this.#next && this.#current?.pc.connectionState !== "connected") {
      this.#retry(0);
    }
  }

  /** Send the tracks as they are now, and say what they show. */
  refresh() {
    for (const attempt of [this.#current, this.#next]) if (attempt) this.#lay(attempt);
    if (this.#current) this.#tellShown(this.#current);
  }

  /**
   * Take what the partner said.
   * @param {string} call
   * @param {Word} word
   */
  hear(call, word) {
    this.#heard = this.#heard.then(() => this.#take(call, word)).catch(() => {});
    return this.#heard;
  }

  /**
   * @param {string} call
   * @param {Word} word
   */
  async #take(call, { description, of, candidate, media }) {
    if (media) this.partner.value = media;
    if (!this.#running) return;
    if (description?.type === "offer") await this.#offered(call, description);
    if (description?.type === "answer") await this.#answered(call, description, of);
    if (candidate) {
      const ends = [this.#next, this.#current];
      const pc = ends.find((each) => each?.remote === call)?.pc;
      await pc?.addIceCandidate(candidate).catch(() => {}); // of a connection that was given up
    }
  }

  async #offer() {
    const attempt = await this.#begin(true);
    if (!attempt) return;
    const { pc } = attempt;
    const tracks = this.#given.tracks();
    for (const lane of LANES) {
      const limit = LIMITS[lane];
      const transceiver = pc.addTransceiver(tracks[lane] ?? KINDS[lane], {
        direction: "sendrecv",
        sendEncodings: limit ? [limit] : [],
      });
      prefer(transceiver, KINDS[lane]);
    }
    try {
      await pc.setLocalDescription();
      if (attempt === this.#next) await this.#describe(attempt);
    } catch {
      if (attempt === this.#next) this.#fail();
    }
  }

  /**
   * @param {string} call
   * @param {RTCSessionDescriptionInit} description
   */
  async #offered(call, description) {
    if ([this.#next?.remote, this.#current?.remote].includes(call)) return; // heard before
    const offering = this.#next?.offered && !this.#next.remote && this.#next.told;
    if (offering && !this.#given.polite) {
      // Both offered. Ours stands; the partner may not have heard it before it came back.
      return this.#describe(/** @type {Attempt} */ (this.#next));
    }
    const attempt = await this.#begin(false);
    if (!attempt) return;
    attempt.remote = call;
    try {
      await this.#answer(attempt, description);
    } catch {
      if (attempt === this.#next) this.#fail();
    }
  }

  /**
   * @param {Attempt} attempt
   * @param {RTCSessionDescriptionInit} description
   */
  async #answer(attempt, description) {
    const { pc } = attempt;
    await pc.setRemoteDescription(description);
    for (const [lane, transceiver] of lanes(pc)) {
      transceiver.direction = "sendrecv";
      prefer(transceiver, KINDS[lane]);
    }
    this.#lay(attempt);
    await pc.setLocalDescription();
    await this.#describe(attempt);
    for (const [lane, { sender }] of lanes(pc)) limit(sender, LIMITS[lane]);
  }

  /**
   * @param {string} call
   * @param {RTCSessionDescriptionInit} description
   * @param {string} [of]
   */
  async #answered(call, description, of) {
    const attempt = this.#next;
    if (!attempt?.offered || attempt.remote || (of && of !== attempt.call)) return;
    attempt.remote = call;
    try {
      await attempt.pc.setRemoteDescription(description);
    } catch {
      if (attempt === this.#next) this.#fail();
    }
  }

  /**
   * A new connection in the place of the one that was being made.
   * @param {boolean} offered
   * @returns {Promise<Attempt | null>} null if it was overtaken
   */
  async #begin(offered) {
    clearTimeout(this.#again);
    this.#end(this.#next);
    this.#next = null;
    const begun = (this.#begun = {});
    const configuration = await this.#given.configuration();
    if (!this.#running || this.#begun !== begun) return null;
    const make = this.#given.makePeer ?? ((config) => new RTCPeerConnection(config));
    const attempt = {
      call: newPeerId(),
      pc: make(configuration),
      remote: "",
      offered,
      told: false,
      waiting: [],
      overdue: setTimeout(() => this.#fail(), PATIENCE * 1000),
    };
    this.#next = attempt;
    this.#watch(attempt, configuration.iceTransportPolicy === "relay");
    return attempt;
  }

  /**
   * @param {Attempt} attempt
   * @param {boolean} hidden  only relayed addresses may be told
   */
  #watch(attempt, hidden) {
    const { pc } = attempt;
    pc.onicecandidate = ({ candidate }) => {
      if (!candidate?.candidate || (hidden && candidate.type !== "relay")) return;
      if (attempt.told) this.#point(attempt, candidate);
      else attempt.waiting.push(candidate);
    };
    pc.onconnectionstatechange = () => {
      if (pc.connectionState === "connected") this.#connected(attempt);
      if (pc.connectionState === "failed") this.#broken(attempt);
      if (pc.connectionState === "disconnected") {
        setTimeout(() => {
          if (pc.connectionState === "disconnected") this.#broken(attempt);
        }, FLICKER * 1000);
      }
    };
  }

  /** @param {Attempt} attempt */
  async #describe(attempt) {
    const { call, pc, remote, offered } = attempt;
    const { type, sdp } = pc.localDescription ?? {};
    const description = /** @type {RTCSessionDescriptionInit} */ ({ type, sdp });
    attempt.told = true;
    const said = this.#given.signal(call, offered ? { description } : { description, of: remote });
    for (const candidate of attempt.waiting.splice(0)) this.#point(attempt, candidate);
    await said;
  }

  /**
   * @param {Attempt} attempt
   * @param {RTCIceCandidate} candidate
   */
  #point({ call }, candidate) {
    const word = { candidate: discreet(candidate.toJSON()) };
    this.#given.signal(call, word).catch(() => {}); // if it does not work we begin anew
  }

  /** @param {Attempt} attempt */
  #connected(attempt) {
    if (attempt === this.#next) {
      this.#end(this.#current);
      this.#current = attempt;
      this.#next = null;
      clearTimeout(attempt.overdue);
      this.#forget();
      /** @type {Streams} */
      const streams = {};
      for (const [lane, { receiver }] of lanes(attempt.pc)) {
        streams[lane] = new MediaStream([receiver.track]);
      }
      this.streams.value = streams;
    }
    if (attempt !== this.#current) return;
    this.#tries = 0;
    this.hopeless.value = false;
    this.state.value = "live";
    this.#lay(attempt); // what changed while it was made
    this.#tellShown(attempt);
  }

  /** @param {Attempt} attempt */
  #broken(attempt) {
    if (attempt === this.#next) return this.#fail();
    if (attempt !== this.#current) return;
    this.state.value = "connecting";
    this.#given.hushed?.();
    if (!this.#next) this.#retry(0);
  }

  /** The attempt came to nothing. */
  #fail() {
    if (!this.#running) return;
    const wait = WAITS[Math.min(this.#tries++, WAITS.length - 1)] ?? 0;
    if (this.#tries >= HOPELESS && this.state.value !== "live") this.hopeless.value = true;
    this.#retry(wait);
  }

  /** @param {number} wait seconds */
  #retry(wait) {
    this.#end(this.#next);
    this.#next = null;
    clearTimeout(this.#again);
    this.#again = setTimeout(() => void this.#offer(), wait * 1000);
  }

  /**
   * Put the tracks as they are now onto their lanes.
   * @param {Attempt} attempt
   */
  #lay({ pc }) {
    const tracks = this.#given.tracks();
    for (const [lane, { sender }] of lanes(pc)) {
      const track = tracks[lane] ?? null;
      if (sender.track !== track) sender.replaceTrack(track).catch(() => {}); // closed meanwhile
    }
  }

  /** @param {Attempt} attempt */
  #tellShown({ call }) {
    this.#given.signal(call, { media: this.#given.shows() }).catch(() => {});
  }

  /** @param {Attempt | null} attempt */
  #end(attempt) {
    if (!attempt) return;
    clearTimeout(attempt.overdue);
    attempt.pc.onconnectionstatechange = attempt.pc.onicecandidate = null;
    attempt.pc.close();
  }

  #forget() {
    this.streams.value = {};
    this.pictures.value = new Set();
    this.#frames.clear();
    this.#arrived = { bytes: 0, at: Infinity };
  }

  /** Which pictures move, and whether anything arrives at all. */
  async #look() {
    const attempt = this.#current;
    if (!attempt) return;
    const found = await arrived(attempt.pc);
    if (attempt !== this.#current) return;
    const now = performance.now() / 1000;
    for (const [lane, frames] of found.frames) {
      if (frames > (this.#frames.get(lane)?.frames ?? 0)) this.#frames.set(lane, { frames, at: now });
    }
    const moving = [...this.#frames].filter(
      ([lane, { at }]) => lane === "screen" || now - at < STILL,
    );
    this.#show(new Set(moving.map(([lane]) => lane)));
    this.#listen(found.bytes, now);
  }

  /**
   * The network may be another one all of a sudden: a new connection is made at once, and
   * should the old one only have stumbled, nobody notices.
   * @param {number} bytes
   * @param {number} now
   */
  #listen(bytes, now) {
    if (bytes !== this.#arrived.bytes) {
      this.#arrived = { bytes, at: now };
    } else if (now - this.#arrived.at > HUSH) {
      this.#arrived.at = Infinity; // once is enough
      this.#given.hushed?.();
      if (!this.#next) this.#retry(0);
    }
  }

  /** @param {Set<Lane>} lanes */
  #show(lanes) {
    const shown = this.pictures.value;
    if (lanes.size === shown.size && [...lanes].every((lane) => shown.has(lane))) return;
    this.pictures.value = lanes;
  }
}

/**
 * The lanes of a connection: the first and second sound, the first and second picture.
 * @param {RTCPeerConnection} pc
 * @returns {[Lane, RTCRtpTransceiver][]}
 */
function lanes(pc) {
  /** @type {Record<string, Lane[]>} */
  const left = { audio: ["voice", "playing"], video: ["camera", "screen"] };
  return pc.getTransceivers().flatMap((transceiver) => {
    const lane = left[transceiver.receiver.track.kind]?.shift();
    return lane ? [/** @type {[Lane, RTCRtpTransceiver]} */ ([lane, transceiver])] : [];
  });
}

/**
 * Sound is sent twice where both browsers can: what one packet loses, the next one brings.
 * @param {RTCRtpTransceiver} transceiver
 * @param {"audio" | "video"} kind
 */
function prefer(transceiver, kind) {
  const codecs = globalThis.RTCRtpReceiver?.getCapabilities(kind)?.codecs ?? [];
  const first = codecs.filter(({ mimeType }) => mimeType.toLowerCase() === "audio/red");
  if (!first.length) return;
  transceiver.setCodecPreferences([...first, ...codecs.filter((each) => !first.includes(each))]);
}

/**
 * @param {RTCRtpSender} sender
 * @param {RTCRtpEncodingParameters} [most]
 */
function limit(sender, most) {
  const wanted = sender.getParameters();
  if (!most || !wanted.encodings?.[0]) return;
  Object.assign(wanted.encodings[0], most);
  sender.setParameters(wanted).catch(() => {}); // a browser without it sends as it likes
}

/**
 * How many bytes arrived, and how many frames were decoded on each lane.
 * @param {RTCPeerConnection} pc
 * @returns {Promise<{ bytes: number, frames: [Lane, number][] }>}
 */
async function arrived(pc) {
  const names = new Map(lanes(pc).map(([lane, { receiver }]) => [receiver.track.id, lane]));
  /** @type {[Lane, number][]} */
  const frames = [];
  let bytes = 0;
  for (const report of (await pc.getStats()).values()) {
    if (report.type !== "inbound-rtp") continue;
    bytes += report.bytesReceived ?? 0;
    const lane = names.get(report.trackIdentifier);
    if (lane && report.kind === "video") frames.push([lane, report.framesDecoded ?? 0]);
  }
  return { bytes, frames };
}
