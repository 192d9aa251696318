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
 * What is wanted of it, offers and cards side by side.
 * @param {import("./wanted.js").Pinned[]} all
 * @param {Partial<import("./wanted.js").Wanted>} wanted
 */
export const narrowed = (all, wanted) =>
  sideBySide(
    all.filter((each) =>
      fits(each, { q: "", kind: "", topic: "", place: "", remote: "", degree: "", marked: "", ...wanted }),
    ),
  );

/**
 * Of each kind the newest first, both spread evenly down the board.
 * @param {import("./wanted.js").Pinned[]} all
 */
function sideBySide(all) {
  const offers = all.filter(({ offer }) => offer).sort(newest);
  const cards = all.filter(({ offer }) => !offer).sort(newest);
  const places = [offers, cards].flatMap((kind) =>
    kind.map((each, rank) => ({ each, down: rank / kind.length })),
  );
  return places.sort((a, b) => a.down - b.down || newest(a.each, b.each)).map(({ each }) => each);
}
