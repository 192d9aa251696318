/** Which way a talk's picture and sound may take: over a relay that hides addresses, or directly. */

/**
 * `relay`: the partner never learns one's address. `agreed`: both wanted it directly. `open`: the
 * organisers set it so, or there is no relay.
 * @typedef {"relay" | "agreed" | "open"} Path
 */

/**
 * @param {object} given
 * @param {readonly RTCIceServer[]} given.servers as the house offers them
 * @param {"relay" | "direct"} given.rule what the organisers set
 * @param {readonly string[]} given.people who talks
 * @param {readonly string[]} given.direct who agreed to a direct connection
 * @returns {Path}
 */
export function pathOf({ servers, rule, people, direct }) {
  if (rule === "direct" || !hasRelay(servers)) return "open";
  return people.every((each) => direct.includes(each)) ? "agreed" : "relay";
}

/** @param {readonly RTCIceServer[]} servers */
const hasRelay = (servers) =>
  servers.some(({ urls }) => [urls].flat().some((url) => /^turns?:/.test(url)));

/**
 * What a connection on this path begins with.
 * @param {readonly RTCIceServer[]} servers
 * @param {Path} path
 * @returns {RTCConfiguration}
 */
export const configurationFor = (servers, path) => ({
  iceServers: [...servers],
  iceTransportPolicy: path === "relay" ? "relay" : "all",
  bundlePolicy: "max-bundle",
});

/**
 * A candidate without what the partner need not know: where a relayed one comes from.
 * @param {RTCIceCandidateInit} candidate
 * @returns {RTCIceCandidateInit}
 */
export const discreet = (candidate) => ({
  ...candidate,
  candidate: candidate.candidate?.replace(
    / typ relay raddr \S+ rport \d+/,
    " typ relay raddr 0.0.0.0 rport 0",
  ),
});
