/** A picture: a stream in a frame, with a name plate and a lamp. */

import { html, useEffect, useRef } from "../../vendor/preact.js";

/**
 * @param {object} given
 * @param {MediaStream | null} given.stream
 * @param {string} given.name what a screen reader calls it
 * @param {boolean} [given.muted]
 * @param {number} [given.volume] 0 to 1
 * @param {boolean} [given.contain] show all of it: slides, screens
 * @param {boolean} [given.mirrored] one's own camera
 * @param {string} [given.class]
 * @param {((blocked: boolean) => void)} [given.onBlocked] the browser wants a click before it makes a sound
 * @param {any} [given.children] plates, tallies
 */
export function Video({
  stream,
  name,
  muted = true,
  volume = 1,
  contain = false,
  mirrored = false,
  class: extra = "",
  onBlocked,
  children,
}) {
  const self = useRef(/** @type {HTMLVideoElement | null} */ (null));
  useEffect(() => {
    const video = self.current;
    if (!video) return;
    if (video.srcObject !== stream) video.srcObject = stream;
    video.muted = muted;
    video.volume = volume;
    if (stream) play(video, onBlocked);
  }, [stream, muted, volume]);
  const classes = ["video", contain && "contain", extra];
  return html`
    <div class=${classes.filter(Boolean).join(" ")}>
      <video
        ref=${self}
        class=${mirrored ? "mirrored" : undefined}
        playsinline
        aria-label=${name}
      ></video>
      ${children}
    </div>
  `;
}

/**
 * With sound if the browser lets us, else silent, and say so.
 * @param {HTMLVideoElement} video
 * @param {((blocked: boolean) => void)} [onBlocked]
 */
async function play(video, onBlocked) {
  try {
    await video.play();
    if (!video.muted) onBlocked?.(false);
  } catch (why) {
    if (/** @type {Error} */ (why).name !== "NotAllowedError" || video.muted) return;
    video.muted = true;
    onBlocked?.(true);
    await video.play().catch(() => {}); // replaced by another stream meanwhile
  }
}

/** @param {{ children?: any }} given who or what it is */
export const Plate = ({ children }) => html`<span class="plate">${children}</span>`;

/** The arch where a picture will be. @param {{ sentence: string, children?: any, class?: string }} given */
export const NoPicture = ({ sentence, children, class: extra = "" }) => html`
  <div class=${`video waiting ${extra}`}>
    <div class="empty-state">
      <svg viewBox="0 0 120 64" aria-hidden="true"><path d="M6 60a54 54 0 0 1 108 0" /><path d="M26 60a34 34 0 0 1 68 0" /></svg>
      <p>${sentence}</p>
      ${children}
    </div>
  </div>
`;
