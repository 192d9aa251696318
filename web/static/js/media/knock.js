/** The small sound of a pin that is pushed into the board: soft, and unlike bell and tone. */

const LASTS = 0.18; // seconds
const PITCH = 210; // hertz, falling as wood sounds
const WAITS = 500; // milliseconds; a page nobody has touched yet may make no sound

/**
 * Sound it.
 * @returns {Promise<boolean>} false where the browser allows no sound yet
 */
export async function knock() {
  const context = new AudioContext();
  const wait = (/** @type {number} */ milliseconds) =>
    new Promise((done) => setTimeout(done, milliseconds));
  await Promise.race([context.resume(), wait(WAITS)]);
  const heard = context.state === "running";
  if (heard) {
    const now = context.currentTime;
    const gain = new GainNode(context, { gain: 0.35 });
    gain.gain.setValueAtTime(0.35, now);
    gain.gain.exponentialRampToValueAtTime(0.001, now + LASTS);
    const wood = new OscillatorNode(context, { type: "triangle", frequency: PITCH });
    wood.frequency.exponentialRampToValueAtTime(PITCH / 2, now + LASTS);
    wood.connect(gain).connect(context.destination);
    wood.start(now);
    wood.stop(now + LASTS);
    await wait(LASTS * 1000 + 100);
  }
  await context.close();
  return heard;
}
