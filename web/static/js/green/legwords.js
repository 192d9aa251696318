/** The ways through the network in words, for the reader and for those who run the network. */

import { t } from "../words.js";

/** @typedef {import("../media/legs.js").Found} Found */
/** @typedef {import("../media/legs.js").LegName} LegName */

/** @param {LegName} name */
export function legName(name) {
  switch (name) {
    case "direct":
      return t("Directly, by UDP");
    case "udp":
      return t("Over a relay, by UDP");
    case "tcp":
      return t("Over a relay, by TCP");
    case "tls":
      return t("Over a relay, by TLS");
  }
}

/** What one way is like. @param {Found} found */
export function legWords({ outcome, leg }) {
  const { address } = leg;
  switch (outcome) {
    case "open":
      return t("{address} answers.", { address });
    case "shut":
      return t("{address} does not answer.", { address });
    case "denied":
      return t("{address} turns us away; the organisers must look into that.", { address });
    case "beyond":
      return t("{address} answers, but does not reach the house; the organisers must look into that.", {
        address,
      });
    case "untold":
      return t("The house did not answer in time. Please try again.");
  }
}

/** What a network has to let through for one way. @param {Found} found */
function wish({ leg: { name, address } }) {
  const transport = { direct: "UDP", udp: "UDP", tcp: "TCP", tls: "TCP (TLS)" }[name];
  return `${transport} → ${address}`;
}

/**
 * What one can forward to those who run the network.
 * @param {readonly Found[]} found
 * @param {{ house: string, when: string }} given  The house's name in the network, and when.
 */
export function letter(found, { house, when }) {
  const shut = found.filter((each) => each.outcome === "shut");
  const lines = found.map((each) => `- ${legName(each.leg.name)}: ${legWords(each)}`);
  return [
    t("Connection check for {house}, {when}", { house, when }),
    "",
    ...lines,
    "",
    t("Picture and sound (WebRTC) need one of these outgoing connections; please allow the first you can:"),
    ...shut.map((each) => `- ${wish(each)}`),
  ].join("\n");
}

/** Whether somebody who runs the network could help. @param {readonly Found[]} found */
export const isBlocked = (found) => found.some((each) => each.outcome === "shut");
