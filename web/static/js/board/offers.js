/** How the board speaks of an offer, as web/offers.py does. */

import { t } from "../words.js";

/** @typedef {import("../../wire.d.ts").Job} Job */

/** @param {Job["kind"]} kind */
export const kindWord = (kind) =>
  ({
    thesis: t("Thesis"),
    internship: t("Internship"),
    "working-student": t("Working student"),
    job: t("Job"),
    doctorate: t("Doctorate"),
    training: t("Training"),
  })[kind];

/**
 * Where the work is done; empty if nothing is said.
 * @param {Pick<Job, "place" | "remote">} job
 */
export function where({ place, remote }) {
  if (remote === "yes") return place ? t("{place} or from anywhere", { place }) : t("from anywhere");
  if (remote === "partly") {
    return place ? t("{place}, partly from anywhere", { place }) : t("partly from anywhere");
  }
  return place;
}
