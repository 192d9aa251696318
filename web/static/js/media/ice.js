/** Which relays the house offers to those whose network lets nothing else through. */

const GOOD_FOR = 600_000; // milliseconds; the relay's passwords live for hours

/** @type {{until: number, servers: Promise<RTCIceServer[]>} | null} */
let known = null;

/** @returns {Promise<RTCIceServer[]>} Empty if there are none, or none can be learnt now. */
export function iceServers() {
  if (!known || known.until < Date.now()) {
    known = { until: Date.now() + GOOD_FOR, servers: ask() };
  }
  return known.servers;
}

async function ask() {
  try {
    const answer = await fetch("/ice.json", { credentials: "same-origin" });
    if (!answer.ok) throw new Error(`ice.json: ${answer.status}`);
    const { iceServers: servers } = await answer.json();
    return servers ?? [];
  } catch {
    known = null; // ask again at the next connection
    return [];
  }
}
