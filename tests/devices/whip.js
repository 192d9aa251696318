/** A blue picture by npm whip-whep over libwebrtc: POST without candidates, then trickle.
 *
 * `node whip.js URL SECRET` sends until its standard input ends; the line `restart` restarts ICE.
 */

import { createInterface } from "node:readline";
import wrtc from "@roamhq/wrtc";
import { WHIPClient } from "whip-whep/whip.js";

const [WIDTH, HEIGHT] = [320, 180];
const [, , url, secret] = process.argv;
const { RTCPeerConnection, nonstandard } = wrtc;

const picture = new nonstandard.RTCVideoSource();
const sound = new nonstandard.RTCAudioSource();
const pc = new RTCPeerConnection();
for (const track of [sound.createTrack(), picture.createTrack()]) {
  pc.addTransceiver(track, { direction: "sendonly" });
}

const luma = WIDTH * HEIGHT;
const frame = { width: WIDTH, height: HEIGHT, data: new Uint8ClampedArray(luma * 1.5) };
frame.data.fill(41, 0, luma).fill(240, luma, luma * 1.25).fill(110, luma * 1.25);
const silence = {
  samples: new Int16Array(480),
  sampleRate: 48_000,
  bitsPerSample: 16,
  channelCount: 1,
  numberOfFrames: 480,
};
setInterval(() => picture.onFrame(frame), 1000 / 15);
setInterval(() => sound.onData(silence), 10);

const client = new WHIPClient();
await client.publish(pc, url, secret);
console.log("begun");
for await (const line of createInterface({ input: process.stdin })) {
  if (line === "restart") {
    const before = ufrag();
    await client.restart();
    const connected = () => ["connected", "completed"].includes(pc.iceConnectionState);
    while (!connected() || ufrag() === before) await new Promise((go) => setTimeout(go, 50));
    console.log("restarted");
  }
}
await client.stop();
process.exit(0);

/** The server's present name for this connection. */
function ufrag() {
  return /a=ice-ufrag:(.*)/.exec(pc.remoteDescription.sdp)?.[1];
}
