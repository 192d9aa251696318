/**
 * The ways media can take to the house, each tried by itself: directly, or over a relay
 * by UDP, TCP or TLS (RFC 8656 §2.1). What fails is told apart, for those who run the network.
 */

import { newPeerId } from "./ice.js";

/** @typedef {"direct" | "udp" | "tcp" | "tls"} LegName */
/** @typedef {{ name: LegName, address: string, server: RTCIceServer | null }} Leg */
/**
 * `shut`: nothing came back from the address. `denied`: the relay is there and refuses us.
 * `beyond`: the relay serves us, and the house is not reached from there. `untold`: the house
 * did not say where to go, so nothing can be said of the way.
 * @typedef {"open" | "shut" | "denied" | "beyond" | "untold"} Outcome
 */
/** @typedef {{ leg: Leg, outcome: Outcome }} Found */
/** @typedef {import("./publisher.js").Wire} Wire */

const PATIENCE = 8000; // milliseconds; what has not come through by then will not
const REFUSALS = new Set([400, 401, 403, 437, 438, 441, 486]); // a relay that answers (RFC 8656)

/**
 * The legs that there are: the direct one and one for each transport of each relay.
 * @param {readonly RTCIceServer[]} servers
 * @returns {Leg[]}
 */
export function legsOf(servers) {
  /** @type {Leg[]} */
  const legs = [{ name: "direct", address: "", server: null }];
  for (const server of servers) {
    for (const url of [server.urls].flat()) {
      const relay = relayOf(url);
      if (relay) legs.push({ ...relay, server: { ...server, urls: url } });
    }
  }
  return legs;
}

/**
 * @param {string} url  As in RFC 7065: `turn:host:port?transport=udp`.
 * @returns {{ name: LegName, address: string } | null}
 */
function relayOf(url) {
  const parts = /^(turns?):(\[[^\]]+\]|[^:?]+)(?::(\d+))?(?:\?transport=(udp|tcp))?$/i.exec(url);
  if (!parts) return null;
  const [, scheme = "", host = "", port, transport] = parts;
  const secure = scheme.toLowerCase() === "turns";
  const name = secure ? "tls" : transport === "tcp" ? "tcp" : "udp";
  return { name, address: `${host}:${port ?? (secure ? 5349 : 3478)}` };
}

/**
 * Try one leg with a connection that is on no stage.
 * @param {Wire} wire
 * @param {Leg} leg
 * @param {readonly MediaStreamTrack[]} tracks  Something to send; silence will do.
 * @returns {Promise<Found>}
 */
export async function tryLeg(wire, leg, tracks) {
  const peer = newPeerId();
  const pc = new RTCPeerConnection({
    iceServers: leg.server ? [leg.server] : [],
    iceTransportPolicy: leg.server ? "relay" : "all",
    bundlePolicy: "max-bundle",
  });
  const traces = { answered: false, relayed: false, refused: false, address: leg.address };
  const stopListening = wire.on("media.answer", (frame) => {
    if (frame.peer !== peer) return;
    traces.answered = true;
    traces.address ||= houseOf(frame.sdp);
    void pc.setRemoteDescription({ type: "answer", sdp: frame.sdp }).catch(() => pc.close());
  });
  try {
    const open = await carries(wire, pc, peer, traces, tracks);
    const outcome = open ? "open" : failure(leg, traces);
    return { leg: { ...leg, address: traces.address }, outcome };
  } finally {
    stopListening();
    pc.close();
    wire.send({ type: "media.hang-up", peer });
  }
}

/**
 * Whether media gets through in time.
 * @param {Wire} wire
 * @param {RTCPeerConnection} pc
 * @param {string} peer
 * @param {{ relayed: boolean, refused: boolean }} traces
 * @param {readonly MediaStreamTrack[]} tracks
 */
async function carries(wire, pc, peer, traces, tracks) {
  pc.onicecandidate = ({ candidate }) => {
    if (candidate?.type === "relay") traces.relayed = true;
  };
  pc.onicecandidateerror = ({ errorCode }) => {
    if (REFUSALS.has(errorCode)) traces.refused = true;
  };
  for (const track of tracks) pc.addTransceiver(track, { direction: "sendonly" });
  await pc.setLocalDescription();
  /** @type {Promise<boolean>} */
  const settled = new Promise((resolve) => {
    setTimeout(() => resolve(false), PATIENCE);
    pc.onconnectionstatechange = () => {
      if (pc.connectionState === "connected") resolve(true);
      if (pc.connectionState === "failed" || pc.connectionState === "closed") resolve(false);
    };
  });
  wire.send({ type: "media.probe", peer, sdp: pc.localDescription?.sdp ?? "" });
  return settled;
}

/**
 * @param {Leg} leg
 * @param {{ answered: boolean, relayed: boolean, refused: boolean }} traces
 * @returns {Outcome}
 */
function failure(leg, { answered, relayed, refused }) {
  if (!answered) return "untold";
  if (!leg.server) return "shut";
  if (relayed) return "beyond";
  return refused ? "denied" : "shut";
}

/** Where the house listens, as its answer says: the first of its addresses. @param {string} sdp */
function houseOf(sdp) {
  const [, address = "", port = ""] =
    /^a=candidate:\S+ 1 udp \d+ (\S+) (\d+) typ host/m.exec(sdp) ?? [];
  if (!address) return "";
  return `${address.includes(":") ? `[${address}]` : address}:${port}`;
}
