/** Cards pinned to jobs, as this browser knows them: one's own, or those to one's company's jobs. */

/** @typedef {import("../../wire.d.ts").FairShown} FairShown */
/** @typedef {import("../../wire.d.ts").Pin} Pin */

/**
 * @param {FairShown} shown
 * @param {string} id
 * @param {(pin: Pin) => Pin} mine
 * @param {(pin: Pin) => Pin} inbox
 * @returns {FairShown}
 */
function changed(shown, id, mine, inbox) {
  const { pins } = shown;
  const [own, theirs] = [pins.mine[id], pins.inbox[id]];
  return {
    ...shown,
    pins: {
      ...pins,
      mine: own ? { ...pins.mine, [id]: mine(own) } : pins.mine,
      inbox: theirs ? { ...pins.inbox, [id]: inbox(theirs) } : pins.inbox,
    },
  };
}

/** @type {Record<string, (shown: FairShown, message: any, me: string) => FairShown>} */
export const FOLDS = {
  "pin.hung": (shown, { pin }, me) => {
    const side = pin.person === me ? "mine" : "inbox";
    return { ...shown, pins: { ...shown.pins, [side]: { ...shown.pins[side], [pin.id]: pin } } };
  },
  "pin.counted": (shown, { job, count }) => {
    const { [job]: _, ...others } = shown.pins.counts;
    return { ...shown, pins: { ...shown.pins, counts: count ? { ...others, [job]: count } : others } };
  },
  // The company forgets whose card it was, as in a snapshot.
  "pin.withdrawn": (shown, { pin, at }) =>
    changed(
      shown,
      pin,
      (own) => ({ ...own, state: "withdrawn", answeredAt: at }),
      (theirs) => ({ ...theirs, state: "withdrawn", answeredAt: at, person: "", card: "" }),
    ),
  "pin.answered": (shown, { pin, state, by, at }) => {
    const answered = (/** @type {Pin} */ each) => ({
      ...each,
      state,
      answeredBy: by,
      answeredAt: at,
    });
    return changed(shown, pin, answered, answered);
  },
};

/**
 * The reader's own pin at a job that still hangs, if any.
 * @param {FairShown} shown
 * @param {string} job
 * @returns {Pin | undefined}
 */
export const ownPin = (shown, job) =>
  Object.values(shown.pins.mine).find((pin) => pin.job === job && pin.state !== "withdrawn");
