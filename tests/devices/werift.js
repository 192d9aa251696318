/** A player by npm werift, which is WebRTC without libwebrtc.
 *
 * `node werift.js URL SECRET` says a line for the first sound and picture it could decrypt, with the
 * payload type it came with.
 */

import { RTCPeerConnection, RTCRtpCodecParameters } from "werift";

const [, , url, secret] = process.argv;
const pc = new RTCPeerConnection({
  iceServers: [],
  codecs: {
    audio: [
      new RTCRtpCodecParameters({ mimeType: "audio/opus", clockRate: 48_000, channels: 2, payloadType: 117 }),
    ],
    video: [
      new RTCRtpCodecParameters({
        mimeType: "video/VP8",
        clockRate: 90_000,
        payloadType: 118,
        rtcpFeedback: [{ type: "nack" }, { type: "nack", parameter: "pli" }],
      }),
    ],
  },
});
const told = new Set();
for (const kind of ["audio", "video"]) {
  const transceiver = pc.addTransceiver(kind, { direction: "recvonly" });
  transceiver.onTrack.subscribe((track) =>
    track.onReceiveRtp.subscribe(({ header }) => {
      if (told.has(kind)) return;
      told.add(kind);
      console.log(`${kind} ${header.payloadType}`);
    }),
  );
}
await pc.setLocalDescription(await pc.createOffer());
const answer = await fetch(url, {
  method: "POST",
  headers: { "Content-Type": "application/sdp", Authorization: `Bearer ${secret}` },
  body: pc.localDescription.sdp,
});
if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`);
const session = new URL(answer.headers.get("Location"), url);
await pc.setRemoteDescription({ type: "answer", sdp: await answer.text() });
process.stdin.resume();
process.stdin.on("end", async () => {
  await fetch(session, { method: "DELETE", headers: { Authorization: `Bearer ${secret}` } });
  process.exit(0);
});
