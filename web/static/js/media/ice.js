/** What every media connection of this browser begins with: a name and the way around firewalls. */

/** @type {Promise<RTCIceServer[]> | undefined} */
let asked;

/**
 * The relays the house offers, if any; asked for once.
 * @returns {Promise<RTCIceServer[]>}
 */
export function iceServers() {
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
