/** What every media connection of this browser begins with: a name and the way around firewalls. */

const FRESH = 3_600_000; // milliseconds; the relays' passwords last some hours, a page may longer

/** @type {Promise<RTCIceServer[]> | undefined} */
let asked;
let askedAt = 0;

/**
 * The relays the house offers, if any; asked for once an hour at most.
 * @returns {Promise<RTCIceServer[]>}
 */
export function iceServers() {
  if (performance.now() - askedAt > FRESH) asked = undefined;
  if (!asked) askedAt = performance.now();
  asked ??= fetch("/ice.json")
    .then((answer) => (answer.ok ? answer.json() : { iceServers: [] }))
    .then(({ iceServers: servers }) => servers ?? [])
    .catch(() => {
      asked = undefined; // try again with the next connection
      return [];
    });
  return asked;
}

/** A name for a connection, this browser's own. */
export const newPeerId = () => crypto.randomUUID();
