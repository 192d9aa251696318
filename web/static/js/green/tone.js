/** A short tone for trying the loudspeaker: two soft bells, as before a performance. */

const NOTES = [659.3, 523.3]; // hertz; E and C above middle C
const APART = 0.55; // seconds
const RINGS = 1.6; // seconds until a bell has faded

/**
 * Ring; resolves when it is quiet again.
 * @param {string} speakerId  The chosen loudspeaker, or "" for the usual one.
 */
export async function ring(speakerId) {
  const context = new AudioContext();
  if (speakerId && "setSinkId" in context) {
    const speaker = /** @type {{setSinkId(id: string): Promise<void>}} */ (context);
    await speaker.setSinkId(speakerId).catch(() => undefined); // unplugged: the usual one rings
  }
  await context.resume();
  NOTES.forEach((hertz, at) => strike(context, hertz, context.currentTime + at * APART));
  await new Promise((done) => setTimeout(done, (NOTES.length * APART + RINGS) * 1000));
  await context.close();
}

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
