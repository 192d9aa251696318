import assert from "node:assert/strict";
import { test } from "node:test";
import { cameraCalled, seen } from "../../../web/static/js/state/sources.js";

const floor = /** @type {any} */ ({
  screen: "jonas",
  seats: { speaker: { person: "jonas", since: 5 }, moderator: { person: "miriam", since: 1 } },
});
const onAir = (/** @type {object} */ cameras) => /** @type {any} */ ({ onAir: cameras });

test("without a camera on air the floor is seen as it is", () => {
  assert.deepEqual(seen(floor, onAir({})), floor);
});

test("a camera stands in for whoever sits there, and for the screen", () => {
  const shown = seen(floor, onAir({ speaker: "Lectern", guest: "Hall", screen: "Slides" }));
  assert.deepEqual(
    Object.entries(shown.seats).map(([seat, held]) => [seat, held?.person]),
    [
      ["speaker", "camera:Lectern"],
      ["moderator", "miriam"],
      ["guest", "camera:Hall"],
    ],
  );
  assert.equal(shown.screen, "camera:Slides");
});

test("a camera has an entry in the directory, a person's id has none of a camera", () => {
  assert.equal(cameraCalled("camera:Hall")?.name, "Hall");
  assert.equal(cameraCalled("camera"), undefined);
});
