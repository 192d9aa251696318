/** How loud a microphone is, ten times a second. */

const OFTEN = 100; // milliseconds between two measurements
const FLOOR = -60; // decibels that count as silence
const HEARD = 0.3; // about -42 dBFS: above a quiet room, below somebody who speaks

/**
 * Measure `track` until the returned function is called. `hear` gets a level from 0 to 1; it
 * is not called while the browser cannot measure, as on a computer without any loudspeaker.
 * @param {MediaStreamTrack} track
 * @param {(level: number) => void} hear
 * @returns {() => void}
 */
export function measure(track, hear) {
  const context = new AudioContext();
  const source = context.createMediaStreamSource(new MediaStream([track]));
  const analyser = new AnalyserNode(context, { fftSize: 2048 });
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    // A browser may hold sound back until the visitor has clicked somewhere.
    if (context.state === "suspended") void context.resume();
    if (context.state !== "running") return;
    analyser.getFloatTimeDomainData(samples);
    hear(levelOf(samples));
  }, OFTEN);
  return () => {
    clearInterval(timer);
    source.disconnect();
    void context.close();
  };
}

/**
 * The level of one stretch of sound: 0 is silence, 1 as loud as can be.
 * @param {ArrayLike<number>} samples
 */
export function levelOf(samples) {
  let power = 0;
  for (let at = 0; at < samples.length; at += 1) power += (samples[at] ?? 0) ** 2;
  if (!power) return 0;
  const decibels = 10 * Math.log10(power / samples.length);
  return Math.min(1, Math.max(0, 1 - decibels / FLOOR));
}

/**
 * Whether a level is that of a voice rather than of a quiet room.
 * @param {number} level
 */
export function isVoice(level) {
  return level >= HEARD;
}
