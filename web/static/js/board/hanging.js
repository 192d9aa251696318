/** All that hangs on the board, offers and CV cards in one list. */

import { companyOf, hanging as jobsOf } from "../state/jobs.js";
import { kindWord, where } from "./offers.js";
import { fits, newest, ofFace, ofJob } from "./wanted.js";

/**
 * @param {import("../../wire.d.ts").FairShown} shown
 * @param {Record<string, import("./wanted.js").Face>} faces
 * @returns {import("./wanted.js").Pinned[]} the newest first
 */
export function hanging(shown, faces) {
  const marked = new Set(shown.jobs.bookmarks);
  const jobs = jobsOf(shown).map((job) =>
    ofJob(
      job,
      companyOf(shown, job.booth),
      marked.has(job.id),
      `${kindWord(job.kind)} ${where(job)}`,
    ),
  );
  return [...jobs, ...Object.values(faces).map(ofFace)].sort(newest);
}

/**
 * @param {import("./wanted.js").Pinned[]} all
 * @param {Partial<import("./wanted.js").Wanted>} wanted
 */
export const narrowed = (all, wanted) =>
  all.filter((each) =>
    fits(each, { q: "", kind: "", topic: "", place: "", remote: "", degree: "", marked: "", ...wanted }),
  );
