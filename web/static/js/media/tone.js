/** The tone that says to everybody's ears that recording begins: short, and unlike the bell. */

const NOTES = [784, 1047]; // hertz; G and C
const LASTS = 0.16; // seconds each
const WAITS = 500; // milliseconds; a page nobody has touched yet may make no sound

/** Sound it; silent where the browser allows no sound yet. */
export async function sound() {
  const context = new AudioContext();
  const wait = (/** @type {number} */ milliseconds) =>
    new Promise((done) => setTimeout(done, milliseconds));
  await Promise.race([context.resume(), wait(WAITS)]);
  if (context.state === "running") {
    const gain = new GainNode(context, { gain: 0.12 });
    gain.connect(context.destination);
    NOTES.forEach((frequency, at) => {
      const note = new OscillatorNode(context, { frequency });
      note.connect(gain);
      note.start(context.currentTime + at * LASTS);
      note.stop(context.currentTime + (at + 1) * LASTS);
    });
    await wait(NOTES.length * LASTS * 1000 + 100);
  }
  await context.close();
}
