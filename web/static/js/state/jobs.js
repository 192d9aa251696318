/** The offers on the board, as this browser knows them. */

/** @typedef {import("../../wire.d.ts").FairShown} FairShown */
/** @typedef {import("../../wire.d.ts").Job} Job */

/**
 * @param {FairShown} shown
 * @param {Partial<import("../../wire.d.ts").JobsShown>} change
 * @returns {FairShown}
 */
const changed = (shown, change) => ({ ...shown, jobs: { ...shown.jobs, ...change } });

/** @type {Record<string, (shown: FairShown, message: any, me: string) => FairShown>} */
export const FOLDS = {
  "job.pinned": hang,
  "job.edited": hang,
  "job.gone": (shown, { job }) => {
    const { [job]: _, ...jobs } = shown.jobs.jobs;
    return changed(shown, { jobs, bookmarks: shown.jobs.bookmarks.filter((each) => each !== job) });
  },
  "job.bookmarked": (shown, { job, on }) => {
    const others = shown.jobs.bookmarks.filter((each) => each !== job);
    return changed(shown, { bookmarks: on ? [...others, job].sort() : others });
  },
};

/**
 * An offer's long text stays on its own page, as in a snapshot.
 * @param {FairShown} shown
 * @param {{ job: Job }} message
 */
function hang(shown, { job }) {
  return changed(shown, { jobs: { ...shown.jobs.jobs, [job.id]: { ...job, text: "" } } });
}

/**
 * All offers whose booth is there, the newest first.
 * @param {FairShown} shown
 * @returns {Job[]}
 */
export function hanging({ jobs, booths }) {
  const there = new Set(booths.map(({ id }) => id));
  return Object.values(jobs.jobs)
    .filter(({ booth }) => there.has(booth))
    .sort((a, b) => b.at - a.at || Number(b.id.slice(1)) - Number(a.id.slice(1)));
}

/**
 * The company behind a booth.
 * @param {FairShown} shown
 * @param {string} booth
 */
export const companyOf = ({ booths }, booth) =>
  booths.find(({ id }) => id === booth)?.organisation ?? "";
