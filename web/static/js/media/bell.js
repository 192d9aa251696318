/** The house's bell: soft strokes as before a performance, silent until somebody chooses it. */

import { signal } from "../../vendor/preact.js";

const NOTES = [659.3, 523.3, 659.3]; // hertz; E and C above middle C
const APART = 0.55; // seconds
const RINGS = 1.6; // seconds until a bell has faded
const WAITS = 500; // milliseconds; a page nobody has touched yet may make no sound
const KEPT = "foyer.bells"; // where this browser remembers the choice

/** Whether bells are to be heard as well as seen. */
export const audible = signal(kept() === "on");

/** @param {boolean} on */
export function choose(on) {
  audible.value = on;
  try {
    localStorage.setItem(KEPT, on ? "on" : "off");
  } catch {
    // A browser that keeps nothing is silent again next time; that is all.
  }
}

/**
 * Ring within a talk, where one hears a voice anyway; only who silenced the bells hears none.
 * @param {number} strokes one to three
 */
export const chime = (strokes) =>
  silenced() ? Promise.resolve() : ring({ strokes }).catch(() => undefined);

/**
 * Ring; resolves when it is quiet again, at once where the browser allows no sound.
 * @param {{ speakerId?: string, strokes?: number }} [given]
 *   `speakerId` of the chosen loudspeaker, or "" for the usual one; one to three strokes
 */
export async function ring({ speakerId = "", strokes = 2 } = {}) {
  const context = new AudioContext();
  if (speakerId && "setSinkId" in context) {
    const speaker = /** @type {{setSinkId(id: string): Promise<void>}} */ (context);
    await speaker.setSinkId(speakerId).catch(() => undefined); // unplugged: the usual one rings
  }
  await Promise.race([context.resume(), wait(WAITS)]);
  if (context.state === "running") {
    const notes = NOTES.slice(0, strokes);
    notes.forEach((hertz, at) => strike(context, hertz, context.currentTime + at * APART));
    await wait((notes.length * APART + RINGS) * 1000);
  }
  await context.close();
}

/** @param {number} milliseconds */
const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/**
 * @param {AudioContext} context
 * @param {number} hertz
 * @param {number} at
 */
function strike(context, hertz, at) {
  const gain = new GainNode(context, { gain: 0 });
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(0.25, at + 0.01);
  gain.gain.exponentialRampToValueAtTime(0.0005, at + RINGS);
  const bell = new OscillatorNode(context, { frequency: hertz });
  bell.connect(gain).connect(context.destination);
  bell.start(at);
  bell.stop(at + RINGS);
}

const silenced = () => kept() === "off";

function kept() {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}
