/** How large this page shows each seat's picture, so that no more of it is sent than is seen. */

/** @typedef {import("./viewer.js").Feed} Feed */
/** @typedef {"large" | "tile" | "hidden"} Size */

const TILE = 400; // pixels of the screen; a wider picture would look soft at its smallest

/**
 * A seat without a place on the page is a tile: whether it arrives decides if it gets one.
 * @param {import("./viewer.js").Streams} streams
 * @param {Document | undefined} page
 * @returns {Partial<Record<Feed, Size>>}
 */
export function sizes(streams, page = globalThis.document) {
  if (!page) return {};
  const videos = [...page.querySelectorAll("video")];
  const found = Object.entries(streams).map(([feed, stream]) => {
    const widths = videos.filter((each) => each.srcObject === stream).map((each) => each.clientWidth);
    return [feed, page.hidden ? "hidden" : size(Math.max(0, ...widths))];
  });
  return Object.fromEntries(found);
}

/**
 * @param {number} width as the page measures it
 * @returns {Size}
 */
const size = (width) => (width * (globalThis.devicePixelRatio ?? 1) > TILE ? "large" : "tile");
