/** Which way a talk may take, and what a candidate tells. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { configurationFor, discreet, pathOf } from "../../../web/static/js/media/path.js";

const relay = [{ urls: ["turn:turn.example.org:3478"], username: "u", credential: "c" }];
const people = ["elif", "carla"];
const usual = { servers: relay, rule: /** @type {const} */ ("relay"), people, direct: [] };

test("addresses stay hidden until both agree", () => {
  assert.equal(pathOf(usual), "relay");
  assert.equal(pathOf({ ...usual, direct: ["carla"] }), "relay");
  assert.equal(pathOf({ ...usual, direct: ["carla", "elif"] }), "agreed");
});

test("the organisers may open the way, and where there is no relay it is open", () => {
  assert.equal(pathOf({ ...usual, rule: "direct" }), "open");
  assert.equal(pathOf({ ...usual, servers: [] }), "open");
  assert.equal(pathOf({ ...usual, servers: [{ urls: "stun:stun.example.org" }] }), "open");
});

test("a hidden address is enforced by the browser itself", () => {
  assert.equal(configurationFor(relay, "relay").iceTransportPolicy, "relay");
  assert.equal(configurationFor(relay, "agreed").iceTransportPolicy, "all");
});

test("a relayed candidate does not say from where", () => {
  const told = discreet({
    candidate: "candidate:1 1 udp 1 203.0.113.7 50000 typ relay raddr 192.0.2.9 rport 4242 ufrag x",
    sdpMid: "0",
  });
  assert.equal(
    told.candidate,
    "candidate:1 1 udp 1 203.0.113.7 50000 typ relay raddr 0.0.0.0 rport 0 ufrag x",
  );
});
