/** How large each seat is shown: what the page measures, and what the house is told. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { sizes } from "../../../web/static/js/media/sizes.js";

const speaker = /** @type {any} */ ({ id: "speaker" });
const screen = /** @type {any} */ ({ id: "screen" });
const streams = { speaker, screen };

/**
 * A page with these videos.
 * @param {{ srcObject: any, clientWidth: number }[]} videos
 * @param {boolean} [hidden]
 */
const page = (videos, hidden = false) =>
  /** @type {any} */ ({ hidden, querySelectorAll: () => videos });

test("a wide picture is large, a narrow one a tile", () => {
  const videos = [
    { srcObject: screen, clientWidth: 870 },
    { srcObject: speaker, clientWidth: 240 },
  ];

  assert.deepEqual(sizes(streams, page(videos)), { speaker: "tile", screen: "large" });
});

test("shown twice, the larger place counts", () => {
  const videos = [
    { srcObject: speaker, clientWidth: 100 },
    { srcObject: speaker, clientWidth: 700 },
  ];

  assert.equal(sizes(streams, page(videos)).speaker, "large");
});

test("without a place yet it is a tile, so that it can be seen to arrive", () => {
  assert.deepEqual(sizes(streams, page([])), { speaker: "tile", screen: "tile" });
});

test("a hidden page shows nothing", () => {
  const videos = [{ srcObject: speaker, clientWidth: 870 }];

  assert.deepEqual(sizes(streams, page(videos, true)), { speaker: "hidden", screen: "hidden" });
});

test("where there is no page nothing is said", () => {
  assert.deepEqual(sizes(streams, undefined), {});
});
