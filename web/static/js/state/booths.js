/** The booths as this browser knows them, live: who is there, who waits, and the talks at counters. */

/** @typedef {import("../../wire.d.ts").LoungeShown} LoungeShown */
/** @typedef {import("../../wire.d.ts").BoothsShown} BoothsShown */
/** @typedef {import("../../wire.d.ts").BoothDesk} BoothDesk */
/** @typedef {import("../../wire.d.ts").Counter} Counter */
/** @typedef {import("../../wire.d.ts").Stall} Stall */
/** @typedef {import("../../wire.d.ts").Ticket} Ticket */

/** Seconds a talk still takes that has taken longer than most. */
const SURELY = 60;

/** Lines of a chat that are kept. */
const KEPT = 50;

/** @type {Stall} A booth of which nothing was said yet. */
const NOBODY = {
  staff: {},
  waiting: 0,
  serving: 0,
  queue: [],
  frees: [],
  pace: 360,
  open: {},
  showing: null,
  watching: 0,
};

/** @type {Record<string, (booths: BoothsShown, event: any, me: string) => BoothsShown>} */
const FOLDS = {
  "booths.shown": (booths, view) => ({ ...booths, booths: view.booths }),
  "booth.ticket-taken": (booths, { ticket }, me) => withTicket(booths, ticket, me),
  "booth.called": (booths, { ticket }, me) => withTicket(booths, ticket, me),
  "booth.called-off": (booths, event, me) => changedTicket(booths, event, me, uncalled),
  "booth.missed": (booths, event, me) =>
    changedTicket(booths, event, me, (ticket) => ({
      ...uncalled(ticket),
      missed: ticket.missed + 1,
    })),
  "booth.given-back": withoutTicket,
  "booth.came": withoutTicket,
  "counter.changed": counterChanged,
  "counter.closed": (booths, { counter }) => withoutCounter(booths, counter),
  "booth.watched": watched,
  "booth.said": (booths, { booth, line }) =>
    booth in booths.chats
      ? withLines(booths, booth, [...booths.chats[booth], line].slice(-KEPT))
      : booths,
  "booth.unsaid": (booths, { booth, line }) =>
    booth in booths.chats
      ? withLines(
          booths,
          booth,
          booths.chats[booth].filter(({ id }) => id !== line),
        )
      : booths,
  "booth.wants-to-be-told": (booths, { booth, on }) => ({
    ...booths,
    tell: [...booths.tell.filter((each) => each !== booth), ...(on ? [booth] : [])].sort(),
  }),
  "booth.somebody-back": (booths, { booth }) => ({
    ...booths,
    tell: booths.tell.filter((each) => each !== booth),
  }),
  "booth.willingness": (booths, { on }) => ({ ...booths, willing: on }),
  "booth.proposed": (booths, { talents }) => ({
    ...booths,
    desk: booths.desk && { ...booths.desk, proposed: talents },
  }),
};

/**
 * @param {LoungeShown} shown
 * @param {{ type: string }} event
 * @param {string} me the reader's id
 * @returns {LoungeShown}
 */
export const fold = (shown, event, me) => {
  const booths = FOLDS[event.type]?.(shown.booths, event, me);
  return booths ? { ...shown, booths } : shown;
};

export const EVENTS = Object.keys(FOLDS);

/** The room in which those at a counter see each other. @param {string} counter its id */
export const roomOfCounter = (counter) => `counter-${counter}`;

/** The room in which a booth shows something to whoever looks. @param {string} booth its id */
export const roomOfShow = (booth) => `show-${booth}`;

/**
 * A booth as everybody sees it.
 * @param {BoothsShown} booths
 * @param {string} booth
 * @returns {Stall}
 */
export const stallOf = (booths, booth) => booths.booths[booth] ?? NOBODY;

/**
 * How long the reader waits at a booth; null without a ticket.
 * @param {BoothsShown} booths
 * @param {string} booth
 * @param {number} now Unix seconds
 */
export function waitOf(booths, booth, now) {
  const ticket = booths.tickets[booth];
  if (!ticket) return null;
  const stall = stallOf(booths, booth);
  // A number that is not in the row yet was drawn just now, and is the last one.
  const place = stall.queue.indexOf(ticket.number);
  const ahead = place < 0 ? stall.queue.length : place;
  return { ahead, seconds: estimate(stall, ahead, now) };
}

/**
 * In how many seconds it is the turn of somebody with so many before them; null while nobody can
 * say. The same sum as rooms/queues.py.
 * @param {Stall} stall
 * @param {number} ahead
 * @param {number} now Unix seconds
 */
export function estimate(stall, ahead, now) {
  if (!stall.frees.length) return null;
  const line = stall.frees.map((at) => (at === 0 ? now : Math.max(at, now + SURELY)));
  for (let served = 0; served < ahead; served += 1) {
    const first = line.indexOf(Math.min(...line));
    line[first] += stall.pace;
  }
  return Math.min(...line) - now;
}

/**
 * Those who wait at the reader's booth, in the order of their turns.
 * @param {BoothDesk} desk
 * @param {Stall} stall
 * @returns {Ticket[]}
 */
export const queueOf = (desk, stall) => {
  const place = (/** @type {Ticket} */ { number }) => {
    const at = stall.queue.indexOf(number);
    return at < 0 ? stall.queue.length + number : at;
  };
  return Object.values(desk.tickets).sort((one, other) => place(one) - place(other));
};

/**
 * The call the reader should answer, if there is one.
 * @param {BoothsShown} booths
 */
export const callOf = (booths) =>
  Object.values(booths.tickets).find(({ calledUntil }) => calledUntil !== null) ?? null;

/**
 * Those at a counter who are not of the booth.
 * @param {Counter} counter
 */
export const visitorsOf = (counter) =>
  Object.keys(counter.seats).filter((person) => !counter.reps.includes(person));

/**
 * Who sits on which seat, in the words of the media process.
 * @param {Counter | null | undefined} counter
 * @returns {Record<string, string>} person by feed
 */
export const feeds = (counter) =>
  Object.fromEntries(
    Object.entries(counter?.seats ?? {})
      .sort(([, one], [, other]) => one - other)
      .map(([person, seat]) => [`seat-${seat}`, person]),
  );

/** @param {Ticket} ticket @returns {Ticket} */
const uncalled = (ticket) => ({ ...ticket, calledBy: null, calledUntil: null, counter: "" });

/**
 * @param {BoothsShown} booths
 * @param {Ticket} ticket
 * @param {string} me
 * @returns {BoothsShown}
 */
function withTicket(booths, ticket, me) {
  const { booth, person } = ticket;
  const after =
    person === me ? { ...booths, tickets: { ...booths.tickets, [booth]: ticket } } : booths;
  if (after.desk?.booth !== booth) return after;
  const tickets = { ...after.desk.tickets, [person]: ticket };
  return { ...after, desk: { ...after.desk, tickets } };
}

/**
 * @param {BoothsShown} booths
 * @param {{ booth: string, person: string }} event
 * @param {string} me
 * @param {(ticket: Ticket) => Ticket} change
 */
function changedTicket(booths, { booth, person }, me, change) {
  const known = person === me ? booths.tickets[booth] : booths.desk?.tickets[person];
  return known ? withTicket(booths, change(known), me) : booths;
}

/**
 * @param {BoothsShown} booths
 * @param {{ booth: string, person: string }} event
 * @param {string} me
 * @returns {BoothsShown}
 */
function withoutTicket(booths, { booth, person }, me) {
  const after =
    person === me ? { ...booths, tickets: without(booths.tickets, booth) } : booths;
  if (after.desk?.booth !== booth) return after;
  return { ...after, desk: { ...after.desk, tickets: without(after.desk.tickets, person) } };
}

/**
 * @param {BoothsShown} booths
 * @param {{ counter: Counter }} event
 * @param {string} me
 * @returns {BoothsShown}
 */
function counterChanged(booths, { counter }, me) {
  const gone = withoutCounter(booths, counter.id);
  const waits = me in counter.asking || counter.handing?.to === me;
  const mine = me in counter.seats;
  return {
    ...gone,
    counter: mine ? counter : gone.counter,
    doors: waits && !mine ? { ...gone.doors, [counter.id]: counter } : gone.doors,
    desk:
      gone.desk?.booth === counter.booth
        ? { ...gone.desk, counters: { ...gone.desk.counters, [counter.id]: counter } }
        : gone.desk,
  };
}

/**
 * @param {BoothsShown} booths
 * @param {string} counter
 * @returns {BoothsShown}
 */
const withoutCounter = (booths, counter) => ({
  ...booths,
  counter: booths.counter?.id === counter ? null : booths.counter,
  doors: without(booths.doors, counter),
  desk: booths.desk && { ...booths.desk, counters: without(booths.desk.counters, counter) },
});

/**
 * One looks at one booth at a time, and knows what was said there.
 * @param {BoothsShown} booths
 * @param {{ booth: string, until: number | null, lines: BoothsShown["chats"][string] | null }} event
 * @returns {BoothsShown}
 */
function watched(booths, { booth, until, lines }) {
  if (until === null) return { ...booths, chats: without(booths.chats, booth) };
  return { ...booths, chats: { [booth]: lines ?? booths.chats[booth] ?? [] } };
}

/**
 * @param {BoothsShown} booths
 * @param {string} booth
 * @param {BoothsShown["chats"][string]} lines
 * @returns {BoothsShown}
 */
const withLines = (booths, booth, lines) => ({
  ...booths,
  chats: { ...booths.chats, [booth]: lines },
});

/**
 * @template V
 * @param {Record<string, V>} known
 * @param {string} key
 * @returns {Record<string, V>}
 */
const without = (known, key) =>
  Object.fromEntries(Object.entries(known).filter(([each]) => each !== key));
