import assert from "node:assert/strict";
import { test } from "node:test";

import { Together } from "../../../web/static/js/rewatch/together.js";

/** A video element, as far as playing together goes. */
class Picture {
  currentTime = 0;
  paused = true;
  readyState = 4;
  seeking = false;
  ended = false;
  hidden = false;

  async play() {
    this.paused = false;
  }

  pause() {
    this.paused = true;
  }
}

/** Speaker from second 100 for 60, screen from 110 for 20, and a clock that is moved by hand. */
function given() {
  const pictures = [new Picture(), new Picture()];
  const clock = { now: 0 };
  const films = [
    { offset: 100, seconds: 60 },
    { offset: 110, seconds: 20 },
  ];
  const together = new Together(pictures, films, () => clock.now);
  const passes = (/** @type {number} */ seconds) => {
    clock.now += seconds;
    for (const picture of pictures) if (!picture.paused) picture.currentTime += seconds;
    together.look();
  };
  return { pictures, together, passes };
}

test("all of it begins with the first picture and ends with the last", () => {
  const { together, pictures } = given();

  assert.equal(together.length, 60);
  assert.deepEqual(
    pictures.map(({ hidden }) => hidden),
    [false, true],
  );
});

test("a picture that begins later comes in when it is its time, and goes", () => {
  const { together, pictures, passes } = given();
  together.play();

  passes(12);
  assert.equal(together.at.value, 12);
  assert.deepEqual(
    pictures.map(({ hidden, paused, currentTime }) => [hidden, paused, currentTime]),
    [
      [false, false, 112],
      [false, false, 112],
    ],
  );

  passes(20);
  assert.deepEqual(
    pictures.map(({ hidden, paused }) => [hidden, paused]),
    [
      [false, false],
      [true, true],
    ],
  );
  together.pause();
});

test("time waits for a picture that is loading", () => {
  const { together, pictures, passes } = given();
  together.play();
  passes(5);

  pictures[0].readyState = 1;
  passes(3);
  assert.equal(together.at.value, 5);

  pictures[0].readyState = 4;
  passes(1);
  assert.equal(together.at.value, 6);
  together.pause();
});

test("a file that was cut short holds nobody up", () => {
  const { together, pictures, passes } = given();
  together.play();
  passes(15);

  Object.assign(pictures[1], { ended: true, readyState: 2 });
  passes(1);

  assert.equal(together.at.value, 16);
  together.pause();
});

test("who is out of step is set right", () => {
  const { together, pictures, passes } = given();
  together.play();
  passes(15);

  pictures[1].currentTime = 109;
  passes(0.1);

  assert.ok(Math.abs(pictures[1].currentTime - 115.1) < 0.01);
  together.pause();
});

test("one seek moves all, and the end stops it", () => {
  const { together, pictures, passes } = given();
  together.seek(25);
  assert.deepEqual(
    pictures.map(({ currentTime }) => currentTime),
    [125, 125],
  );

  together.play();
  passes(40);
  assert.equal(together.at.value, 60);
  assert.equal(together.playing.value, false);
});
