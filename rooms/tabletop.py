"""The lounge's tables as they stand: who sits where, who knocks, how events change that."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, ClassVar, TypeVar

from msgspec import Meta, Struct
from msgspec.structs import replace

from rooms.people import PersonId
from schedule.machine import Event

SEATS = 6
ROOM = "table-"
"What the name of a table's room begins with; the table's id follows."

TableId = Annotated[str, Meta(min_length=1, max_length=20, pattern=r"^[a-z0-9]+$")]
RoomName = Annotated[str, Meta(min_length=1, max_length=70, pattern=r"^[a-z0-9][a-z0-9-]*$")]
V = TypeVar("V")


class Table(Struct, frozen=True, rename="camel"):
    """A table as everybody may see it."""

    id: TableId
    topic: str
    by: PersonId | None
    "Who opened it; nobody, if it is the organisers'."
    private: bool = False
    seats: dict[PersonId, int] = {}
    "Who sits where, 1 to 6."
    closes_at: float | None = None
    "When it ends, while its people say goodbye."
    empty_since: float | None = None


class Tables(Struct, frozen=True):
    """All tables, and who stands before their doors."""

    open: bool = True
    "Whether one may sit down at all."
    tables: dict[TableId, Table] = {}
    opened: int = 0
    "How many there ever were; the next one's id follows from it."
    knocks: dict[TableId, dict[PersonId, float]] = {}
    "Who knocks, since when."
    welcome: dict[TableId, frozenset[PersonId]] = {}
    "Who was let in to a private table and need not knock again."
    turned_away: dict[TableId, dict[PersonId, float]] = {}
    "Who was not let in, and when."
    screens: dict[RoomName, PersonId] = {}
    "Whose screen a table or a talk sees."
    called: dict[PersonId, float] = {}
    "Whom the agenda calls away, and to when: what was said at the table."
    heard: dict[PersonId, float] = {}
    "Up to when calls are said, for each who sits somewhere."
    kept: dict[PersonId, float] = {}
    "Until when a seat is kept without another word of its owner; never stored."


# Events


class TableOpened(Event, frozen=True, tag="tables.opened"):
    """There is another table."""

    table: Table


class SatAtTable(Event, frozen=True, tag="tables.sat-down"):
    """Somebody sits at a table."""

    table: TableId
    person: PersonId
    seat: int
    at: float


class GotUp(Event, frozen=True, tag="tables.got-up"):
    """Somebody sits there no longer. Why is not said: nobody shall learn of a block from it."""

    table: TableId
    person: PersonId
    at: float


class TableLocked(Event, frozen=True, tag="tables.locked"):
    """A table is private from now on, or open to all."""

    table: TableId
    private: bool
    by: PersonId


class Knocked(Event, frozen=True, tag="tables.knocked"):
    """Somebody asks to be let in, or asks no longer; heard by them and by those who sit there."""

    table: TableId
    person: PersonId
    on: bool
    people: tuple[PersonId, ...]
    at: float


class KnockAnswered(Event, frozen=True, tag="tables.answered"):
    """Somebody who knocked is let in, or not; heard like the knock."""

    table: TableId
    person: PersonId
    let_in: bool
    people: tuple[PersonId, ...]
    at: float


class ScreenShared(Event, frozen=True, tag="tables.shared"):
    """Whose screen a table or a talk sees from now on; heard there."""

    room: RoomName
    person: PersonId | None
    people: tuple[PersonId, ...]


class CalledAway(Event, frozen=True, tag="tables.called"):
    """The agenda will want somebody at `at`, or no longer; heard by those at the table."""

    table: TableId
    person: PersonId
    on: bool
    at: float
    people: tuple[PersonId, ...]


class TableClosing(Event, frozen=True, tag="tables.closing"):
    """A table ends at `at`; until then one says goodbye."""

    table: TableId
    at: float


class TableClosed(Event, frozen=True, tag="tables.closed"):
    """A table is gone."""

    table: TableId


class TablesOpened(Event, frozen=True, tag="tables.opened-all"):
    """One may sit down from now on, or not for now."""

    on: bool


class TableSaid(Event, frozen=True, tag="tables.said"):
    """Somebody at the table wrote something; heard there, never stored."""

    stored: ClassVar[bool] = False

    table: TableId
    by: PersonId
    text: str
    at: float
    people: tuple[PersonId, ...]


class SeatsKept(Event, frozen=True, tag="tables.kept"):
    """Until when seats are kept without another word."""

    stored: ClassVar[bool] = False

    until: dict[PersonId, float]


EVENTS: tuple[type[Event], ...] = (
    TableOpened, SatAtTable, GotUp, TableLocked, Knocked, KnockAnswered, ScreenShared,
    CalledAway, TableClosing, TableClosed, TablesOpened, TableSaid, SeatsKept,
)  # fmt: skip


def room(table: TableId) -> RoomName:
    """The name of a table's circle."""
    return ROOM + table


def seat_of(tables: Tables, person: PersonId) -> Table | None:
    """The table somebody sits at."""
    return next((each for each in tables.tables.values() if person in each.seats), None)


def hearers(tables: Tables, id_: TableId, person: PersonId) -> tuple[PersonId, ...]:
    """Those at a table, and somebody before its door."""
    table = tables.tables.get(id_)
    return (*(table.seats if table is not None else ()), person)


def apply(tables: Tables, event: Event) -> Tables:
    """The tables after `event`."""
    applies = _APPLIES.get(type(event))
    return applies(tables, event) if applies is not None else tables


def _opened(tables: Tables, event: TableOpened) -> Tables:
    # Whoever opens one sits down at once; the organisers' stand there empty.
    number = max(tables.opened, int(event.table.id.removeprefix("t")))
    return replace(tables, tables={**tables.tables, event.table.id: event.table}, opened=number)


def _sat_down(tables: Tables, event: SatAtTable) -> Tables:
    def seated(table: Table) -> Table:
        return replace(table, seats={**table.seats, event.person: event.seat}, empty_since=None)

    tables = _without_knock(_changed(tables, event.table, seated), event.table, event.person)
    return replace(tables, heard={**tables.heard, event.person: event.at})


def _got_up(tables: Tables, event: GotUp) -> Tables:
    def left(table: Table) -> Table:
        seats = _without(table.seats, event.person)
        if not seats:  # nobody is left to open a private one
            return replace(table, seats={}, private=False, empty_since=event.at)
        return replace(table, seats=seats)

    tables = _changed(tables, event.table, left)
    if not tables.tables[event.table].seats:
        tables = replace(tables, welcome=_without(tables.welcome, event.table))
    screens = tables.screens
    if screens.get(room(event.table)) == event.person:
        screens = _without(screens, room(event.table))
    return replace(
        tables,
        screens=screens,
        called=_without(tables.called, event.person),
        heard=_without(tables.heard, event.person),
        kept=_without(tables.kept, event.person),
    )


def _locked(tables: Tables, event: TableLocked) -> Tables:
    return _changed(tables, event.table, lambda table: replace(table, private=event.private))


def _knocked(tables: Tables, event: Knocked) -> Tables:
    if not event.on:
        return _without_knock(tables, event.table, event.person)
    there = {**tables.knocks.get(event.table, {}), event.person: event.at}
    return replace(tables, knocks={**tables.knocks, event.table: there})


def _answered(tables: Tables, event: KnockAnswered) -> Tables:
    tables = _without_knock(tables, event.table, event.person)
    if event.let_in:
        welcome = tables.welcome.get(event.table, frozenset()) | {event.person}
        return replace(tables, welcome={**tables.welcome, event.table: welcome})
    away = {**tables.turned_away.get(event.table, {}), event.person: event.at}
    return replace(tables, turned_away={**tables.turned_away, event.table: away})


def _shared(tables: Tables, event: ScreenShared) -> Tables:
    rest = _without(tables.screens, event.room)
    return replace(
        tables, screens=rest if event.person is None else {**rest, event.room: event.person}
    )


def _called(tables: Tables, event: CalledAway) -> Tables:
    rest = _without(tables.called, event.person)
    called = {**rest, event.person: event.at} if event.on else rest
    return replace(tables, called=called, heard={**tables.heard, event.person: event.at})


def _closes(tables: Tables, event: TableClosing) -> Tables:
    return _changed(tables, event.table, lambda table: replace(table, closes_at=event.at))


def _closed(tables: Tables, event: TableClosed) -> Tables:
    people = tables.tables[event.table].seats if event.table in tables.tables else {}
    return replace(
        tables,
        tables=_without(tables.tables, event.table),
        knocks=_without(tables.knocks, event.table),
        welcome=_without(tables.welcome, event.table),
        turned_away=_without(tables.turned_away, event.table),
        screens=_without(tables.screens, room(event.table)),
        called=_without(tables.called, *people),
        heard=_without(tables.heard, *people),
        kept=_without(tables.kept, *people),
    )


_APPLIES: dict[type[Event], Callable[[Tables, Any], Tables]] = {
    TableOpened: _opened,
    SatAtTable: _sat_down,
    GotUp: _got_up,
    TableLocked: _locked,
    Knocked: _knocked,
    KnockAnswered: _answered,
    ScreenShared: _shared,
    CalledAway: _called,
    TableClosing: _closes,
    TableClosed: _closed,
    TablesOpened: lambda tables, event: replace(tables, open=event.on),
    SeatsKept: lambda tables, event: replace(tables, kept={**tables.kept, **event.until}),
}


def _changed(tables: Tables, id_: TableId, change: Callable[[Table], Table]) -> Tables:
    return replace(tables, tables={**tables.tables, id_: change(tables.tables[id_])})


def _without_knock(tables: Tables, id_: TableId, person: PersonId) -> Tables:
    there = _without(tables.knocks.get(id_, {}), person)
    rest = _without(tables.knocks, id_)
    return replace(tables, knocks={**rest, id_: there} if there else rest)


def _without(known: dict[str, V], *keys: str) -> dict[str, V]:
    return {key: value for key, value in known.items() if key not in keys}
