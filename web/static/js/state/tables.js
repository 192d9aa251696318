/** The lounge's tables as this browser knows them: the same folds as rooms/tabletop.py. */

/** @typedef {import("../../wire.d.ts").LoungeShown} LoungeShown */
/** @typedef {import("../../wire.d.ts").TablesShown} TablesShown */
/** @typedef {import("../../wire.d.ts").Table} Table */

export const SEATS = 6;

/** @type {Record<string, (tables: TablesShown, event: any, me: string) => TablesShown>} */
const FOLDS = {
  "tables.opened": (tables, { table }) => ({
    ...tables,
    tables: { ...tables.tables, [table.id]: table },
  }),
  "tables.sat-down": satDown,
  "tables.got-up": gotUp,
  "tables.locked": (tables, { table, private: closed }) =>
    changed(tables, table, (known) => ({ ...known, private: closed })),
  "tables.knocked": knocked,
  "tables.answered": answered,
  "tables.shared": (tables, { room, person }) => ({
    ...tables,
    screens: person === null ? without(tables.screens, room) : { ...tables.screens, [room]: person },
  }),
  "tables.called": (tables, { person, on, at }) => ({
    ...tables,
    called: on ? { ...tables.called, [person]: at } : without(tables.called, person),
  }),
  "tables.closing": (tables, { table, at }) =>
    changed(tables, table, (known) => ({ ...known, closesAt: at })),
  "tables.closed": (tables, { table }, me) => closed(tables, table, me),
  "tables.opened-all": (tables, { on }) => ({ ...tables, open: on }),
};

/**
 * @param {LoungeShown} shown
 * @param {{ type: string }} event
 * @param {string} me the reader's id
 * @returns {LoungeShown}
 */
export const fold = (shown, event, me) => {
  const tables = FOLDS[event.type]?.(shown.tables, event, me);
  return tables ? { ...shown, tables } : shown;
};

export const EVENTS = Object.keys(FOLDS);

/** The name of a table's room. @param {string} table its id */
export const roomOf = (table) => `table-${table}`;

/**
 * The table somebody sits at.
 * @param {TablesShown} tables
 * @param {string} person
 */
export const seatOf = (tables, person) =>
  Object.values(tables.tables).find((table) => person in table.seats);

/**
 * Who sits on which seat, in the words of the media process.
 * @param {Table | undefined} table
 * @returns {Record<string, string>} person by feed
 */
export const feeds = (table) =>
  Object.fromEntries(
    Object.entries(table?.seats ?? {})
      .sort(([, one], [, other]) => one - other)
      .map(([person, seat]) => [`seat-${seat}`, person]),
  );

/**
 * All tables, in the order in which they were opened.
 * @param {TablesShown} tables
 */
export const inOrder = (tables) =>
  Object.values(tables.tables).sort((one, other) => numberOf(one) - numberOf(other));

/** @param {Table} table */
const numberOf = (table) => Number(table.id.slice(1));

/**
 * @param {TablesShown} tables
 * @param {{ table: string, person: string, seat: number }} event
 */
function satDown(tables, { table, person, seat }) {
  const seated = changed(tables, table, (known) => ({
    ...known,
    seats: { ...known.seats, [person]: seat },
    emptySince: null,
  }));
  return withoutKnock(seated, table, person);
}

/**
 * @param {TablesShown} tables
 * @param {{ table: string, person: string, at: number }} event
 * @param {string} me
 */
function gotUp(tables, { table, person, at }, me) {
  const left = changed(tables, table, (known) => {
    const seats = without(known.seats, person);
    const empty = Object.keys(seats).length === 0;
    return empty ? { ...known, seats, private: false, emptySince: at } : { ...known, seats };
  });
  if (person === me) return outside(left, table, me);
  const shows = left.screens[roomOf(table)] === person;
  const empty = Object.keys(left.tables[table]?.seats ?? {}).length === 0;
  return {
    ...left,
    screens: shows ? without(left.screens, roomOf(table)) : left.screens,
    called: without(left.called, person),
    welcome: empty ? left.welcome.filter((each) => each !== table) : left.welcome,
  };
}

/**
 * What only those at a table know is forgotten by one who has got up.
 * @param {TablesShown} tables
 * @param {string} table
 * @param {string} me
 */
function outside(tables, table, me) {
  const empty = Object.keys(tables.tables[table]?.seats ?? {}).length === 0;
  const own = tables.knocks[table]?.[me];
  const rest = without(tables.knocks, table);
  return {
    ...tables,
    knocks: own === undefined ? rest : { ...rest, [table]: { [me]: own } },
    screens: without(tables.screens, roomOf(table)),
    welcome: empty ? tables.welcome.filter((each) => each !== table) : tables.welcome,
    called: {},
  };
}

/**
 * @param {TablesShown} tables
 * @param {{ table: string, person: string, on: boolean, at: number }} event
 */
function knocked(tables, { table, person, on, at }) {
  if (!on) return withoutKnock(tables, table, person);
  const there = { ...tables.knocks[table], [person]: at };
  return { ...tables, knocks: { ...tables.knocks, [table]: there } };
}

/**
 * @param {TablesShown} tables
 * @param {{ table: string, person: string, letIn: boolean, at: number }} event
 * @param {string} me
 */
function answered(tables, { table, person, letIn, at }, me) {
  const quiet = withoutKnock(tables, table, person);
  if (person !== me) return quiet;
  if (!letIn) return { ...quiet, turnedAway: { ...quiet.turnedAway, [table]: at } };
  return { ...quiet, welcome: [...new Set([...quiet.welcome, table])].sort() };
}

/**
 * @param {TablesShown} tables
 * @param {string} table
 * @param {string} me
 */
function closed(tables, table, me) {
  const mine = me in (tables.tables[table]?.seats ?? {});
  return {
    ...tables,
    tables: without(tables.tables, table),
    knocks: without(tables.knocks, table),
    welcome: tables.welcome.filter((each) => each !== table),
    turnedAway: without(tables.turnedAway, table),
    screens: without(tables.screens, roomOf(table)),
    called: mine ? {} : tables.called,
  };
}

/**
 * @param {TablesShown} tables
 * @param {string} id
 * @param {(table: Table) => Table} change
 * @returns {TablesShown}
 */
function changed(tables, id, change) {
  const known = tables.tables[id];
  return known ? { ...tables, tables: { ...tables.tables, [id]: change(known) } } : tables;
}

/**
 * @param {TablesShown} tables
 * @param {string} table
 * @param {string} person
 */
function withoutKnock(tables, table, person) {
  const there = without(tables.knocks[table] ?? {}, person);
  const rest = without(tables.knocks, table);
  return { ...tables, knocks: Object.keys(there).length ? { ...rest, [table]: there } : rest };
}

/**
 * @template V
 * @param {Record<string, V>} known
 * @param {string} key
 * @returns {Record<string, V>}
 */
const without = (known, key) =>
  Object.fromEntries(Object.entries(known).filter(([each]) => each !== key));
