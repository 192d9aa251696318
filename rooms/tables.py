"""The lounge's tables: up to six people talk about something, and who would join can see it.

The organisers set topics, people open tables of their own. Whoever sits is seen and heard by
the others there and by nobody else; nothing of it is kept. A seat is its owner's as long as
their page says that it is there, so that a reload loses nothing and nobody sits as a shadow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from msgspec import Meta, Struct

from rooms import circles, clearing, safety, tabletop
from rooms.people import DESK, Person, PersonId
from rooms.tabletop import (
    SEATS,
    CalledAway,
    GotUp,
    KnockAnswered,
    Knocked,
    RoomName,
    SatAtTable,
    ScreenShared,
    SeatsKept,
    Table,
    TableClosed,
    TableId,
    TableLocked,
    TableOpened,
    Tables,
    TableSaid,
    TablesOpened,
    hearers,
    seat_of,
)
from schedule.machine import Command, Event, Refused, View

if TYPE_CHECKING:
    from rooms.lounge import Lounge

MOST = 40  # tables in the house; more of them are more than anybody reads
AGAIN = 300.0  # seconds until somebody who was turned away may knock there again


class OpenTable(Command, frozen=True, tag="tables.open"):
    """Open a table of one's own, and sit down at it."""

    topic: Annotated[str, Meta(min_length=1, max_length=80)]
    private: bool = False


class SitAtTable(Command, frozen=True, tag="tables.sit"):
    """Sit down at a table; whoever sits at another one gets up there."""

    table: TableId


class GetUp(Command, frozen=True, tag="tables.get-up"):
    """Leave the table one sits at."""

    table: TableId


class LockTable(Command, frozen=True, tag="tables.lock"):
    """Be among themselves: who would join has to knock; or no longer."""

    table: TableId
    on: bool = True


class Knock(Command, frozen=True, tag="tables.knock"):
    """Ask to be let in at a private table; or ask no longer."""

    table: TableId
    on: bool = True


class AnswerKnock(Command, frozen=True, tag="tables.answer"):
    """One who sits there lets somebody in, or would rather not."""

    table: TableId
    person: PersonId
    let_in: bool


class ShareScreen(Command, frozen=True, tag="tables.share"):
    """Show one's screen to a table, or to a talk of three; or no longer."""

    room: RoomName
    on: bool = True


class SayAtTable(Command, frozen=True, tag="tables.say"):
    """Say something in writing to those at the table. It is not kept."""

    durable: ClassVar[bool] = False

    table: TableId
    text: Annotated[str, Meta(min_length=1, max_length=500)]


class StayAtTable(Command, frozen=True, tag="tables.stay"):
    """The page of somebody who sits there says that it is there, or that it is closing."""

    durable: ClassVar[bool] = False

    table: TableId
    leaving: bool = False


class CloseTable(Command, frozen=True, tag="tables.close"):
    """Let a table end: its own people say goodbye first."""

    table: TableId


class OpenTables(Command, frozen=True, tag="tables.open-all"):
    """The desk opens the tables of the lounge, or lets all of them end."""

    on: bool = True


class TablesShown(Struct, frozen=True, rename="camel"):
    """The tables as one reader may see them."""

    open: bool
    tables: dict[TableId, Table]
    knocks: dict[TableId, dict[PersonId, float]]
    "At the reader's own table all of them, elsewhere the reader's own."
    welcome: tuple[TableId, ...]
    "The private tables that let the reader in."
    turned_away: dict[TableId, float]
    "The tables that did not, and when."
    screens: dict[RoomName, PersonId]
    "Of the reader's own table or talk."
    called: dict[PersonId, float]
    "Of those at the reader's table."


COMMANDS: tuple[type[Command], ...] = (
    OpenTable, SitAtTable, GetUp, LockTable, Knock, AnswerKnock, ShareScreen, SayAtTable,
    StayAtTable, CloseTable, OpenTables,
)  # fmt: skip
EVENTS = tabletop.EVENTS
VIEWS: tuple[type[View], ...] = ()
STIRS: dict[type[Event], tuple[type[View], ...]] = {}
VIEWED: dict[type[View], Callable[[Lounge, float], View]] = {}

tick, due, apply = clearing.tick, clearing.due, tabletop.apply


def decide(lounge: Lounge, command: Command, by: Person, now: float) -> tuple[Event, ...]:
    """What follows; raises `Refused` with what to do instead."""
    return _DECIDES[type(command)](lounge, command, by, now)


def show(lounge: Lounge, reader: Person, now: float) -> TablesShown:
    """The tables as `reader` may see them."""
    tables, mine = lounge.tables, seat_of(lounge.tables, reader.id)
    own = mine.id if mine is not None else ""
    knocks = {
        id_: {one: at for one, at in each.items() if id_ == own or one == reader.id}
        for id_, each in tables.knocks.items()
    }
    return TablesShown(
        open=tables.open,
        tables=tables.tables,
        knocks={id_: each for id_, each in knocks.items() if each},
        welcome=tuple(sorted(id_ for id_, who in tables.welcome.items() if reader.id in who)),
        turned_away={
            id_: each[reader.id] for id_, each in tables.turned_away.items() if reader.id in each
        },
        screens={
            name: person
            for name, person in tables.screens.items()
            if reader.id in circles.people(lounge, name)
        },
        called={
            person: at
            for person, at in tables.called.items()
            if mine is not None and person in mine.seats
        },
    )


def _open(lounge: Lounge, command: OpenTable, by: Person, now: float) -> tuple[Event, ...]:
    tables, topic = lounge.tables, command.topic.strip()
    _check_open(tables)
    if not topic:
        raise Refused("What is it about? Please write a topic of a few words first.")
    own = [each for each in tables.tables.values() if each.by == by.id]
    if any(set(each.seats) - {by.id} for each in own) and by.role not in DESK:
        raise Refused("You have opened a table already. Please close that one first.")
    if len(tables.tables) >= MOST:
        raise Refused("There is no room for another table. Please sit down at one that is there.")
    table = Table(f"t{tables.opened + 1}", topic, by.id, private=command.private)
    left = (TableClosed(each.id) for each in own if not set(each.seats) - {by.id})
    sits = SatAtTable(table.id, by.id, 1, now)
    return (*_up(tables, by.id, now), *left, TableOpened(table), sits)


def _sit(lounge: Lounge, command: SitAtTable, by: Person, now: float) -> tuple[Event, ...]:
    tables = lounge.tables
    table = _table(tables, command.table)
    if by.id in table.seats:
        return ()
    _check_open(tables)
    _check_stays(table)
    _check_gets_on(lounge, table, by)
    if table.private and by.id not in tables.welcome.get(table.id, ()):
        raise Refused("This table is private. Please knock.")
    seat = _free_seat(table)
    sits = SatAtTable(table.id, by.id, seat, now)
    return (*_up(tables, by.id, now), sits, *_briefing(tables, table, by.id))


def _briefing(tables: Tables, table: Table, person: PersonId) -> Iterator[Event]:
    """What those at the table know, said once more for one who has just sat down."""
    me = (person,)
    for knocking, at in tables.knocks.get(table.id, {}).items():
        if knocking != person:
            yield Knocked(table.id, knocking, True, me, at)
    for called in table.seats.keys() & tables.called.keys():
        yield CalledAway(table.id, called, True, tables.called[called], me)
    shows = tables.screens.get(tabletop.room(table.id))
    if shows is not None:
        yield ScreenShared(tabletop.room(table.id), shows, me)


def _get_up(lounge: Lounge, command: GetUp, by: Person, now: float) -> tuple[Event, ...]:
    table = lounge.tables.tables.get(command.table)
    if table is None or by.id not in table.seats:
        return ()
    return (GotUp(table.id, by.id, now),)


def _lock(lounge: Lounge, command: LockTable, by: Person, now: float) -> tuple[Event, ...]:
    table = _own(lounge.tables, command.table, by)
    if table.by is None:
        raise Refused(
            "This table is open to everybody. Open one of your own to be among yourselves."
        )
    if table.private == command.on:
        return ()
    return (TableLocked(table.id, command.on, by.id),)


def _knock(lounge: Lounge, command: Knock, by: Person, now: float) -> tuple[Event, ...]:
    tables = lounge.tables
    table = _table(tables, command.table)
    if command.on == (by.id in tables.knocks.get(table.id, ())):
        return ()
    people = (*table.seats, by.id)
    if not command.on:
        return (Knocked(table.id, by.id, False, people, now),)
    _check_open(tables)
    _check_stays(table)
    if not table.private or by.id in tables.welcome.get(table.id, ()):
        raise Refused("This table is open to you. Please just sit down.")
    _check_gets_on(lounge, table, by)
    _free_seat(table)
    turned_away_at = tables.turned_away.get(table.id, {}).get(by.id)
    if turned_away_at is not None and now < turned_away_at + AGAIN:
        raise Refused(
            "This table is among itself just now. You can knock again after {minutes} minutes.",
            minutes=round(AGAIN / 60),
        )
    elsewhere = [id_ for id_, who in tables.knocks.items() if by.id in who]
    left = (Knocked(id_, by.id, False, hearers(tables, id_, by.id), now) for id_ in elsewhere)
    return (*left, Knocked(table.id, by.id, True, people, now))


def _answer(lounge: Lounge, command: AnswerKnock, by: Person, now: float) -> tuple[Event, ...]:
    tables = lounge.tables
    table = _own(tables, command.table, by)
    if command.person not in tables.knocks.get(table.id, ()):
        return ()  # somebody else at the table was quicker, or nobody stands there any more
    people = (*table.seats, command.person)
    return (KnockAnswered(table.id, command.person, command.let_in, people, now),)


def _share(lounge: Lounge, command: ShareScreen, by: Person, now: float) -> tuple[Event, ...]:
    people = circles.people(lounge, command.room)
    shows = lounge.tables.screens.get(command.room)
    if not command.on:
        return (ScreenShared(command.room, None, people),) if shows == by.id else ()
    if by.id not in people:
        raise Refused("You do not sit here. Please sit down first.")
    if shows == by.id:
        return ()
    if shows is not None:
        raise Refused("Somebody shows their screen already. Please ask them to stop first.")
    return (ScreenShared(command.room, by.id, people),)


def _say(lounge: Lounge, command: SayAtTable, by: Person, now: float) -> tuple[Event, ...]:
    table = _own(lounge.tables, command.table, by)
    text = command.text.strip()
    return (TableSaid(table.id, by.id, text, now, tuple(table.seats)),) if text else ()


def _stay(lounge: Lounge, command: StayAtTable, by: Person, now: float) -> tuple[Event, ...]:
    table = lounge.tables.tables.get(command.table)
    if table is None or by.id not in table.seats:
        return ()  # a page that has not heard of it yet
    return (SeatsKept({by.id: now + (clearing.RETURNS if command.leaving else clearing.STAYS)}),)


def _close(lounge: Lounge, command: CloseTable, by: Person, now: float) -> tuple[Event, ...]:
    table = _table(lounge.tables, command.table)
    if by.role not in DESK and table.by != by.id:
        raise Refused("Only who opened this table can close it. You can always get up.")
    return clearing.closing(table, now)


def _open_all(lounge: Lounge, command: OpenTables, by: Person, now: float) -> tuple[Event, ...]:
    tables = lounge.tables
    if tables.open == command.on:
        return ()
    if command.on:
        return (TablesOpened(True),)
    ends = (event for table in tables.tables.values() for event in clearing.closing(table, now))
    return (TablesOpened(False), *ends)


_DECIDES: dict[type[Command], Callable[[Lounge, Any, Person, float], tuple[Event, ...]]] = {
    OpenTable: _open,
    SitAtTable: _sit,
    GetUp: _get_up,
    LockTable: _lock,
    Knock: _knock,
    AnswerKnock: _answer,
    ShareScreen: _share,
    SayAtTable: _say,
    StayAtTable: _stay,
    CloseTable: _close,
    OpenTables: _open_all,
}


def _table(tables: Tables, id_: TableId) -> Table:
    table = tables.tables.get(id_)
    if table is None:
        raise Refused("This table is not there any more. Please choose another one.")
    return table


def _own(tables: Tables, id_: TableId, by: Person) -> Table:
    table = _table(tables, id_)
    if by.id not in table.seats:
        raise Refused("You do not sit at this table. Please sit down first.")
    return table


def _check_open(tables: Tables) -> None:
    if not tables.open:
        raise Refused("The tables are closed just now. The organisers will open them again.")


def _check_stays(table: Table) -> None:
    if table.closes_at is not None:
        raise Refused("This table is about to close. Please choose another one.")


def _check_gets_on(lounge: Lounge, table: Table, by: Person) -> None:
    if not lounge.safety.blocks.get(by.id, frozenset()).isdisjoint(table.seats):
        raise Refused("Somebody sits there whom you keep away. Please choose another table.")
    # Whoever is kept away does not learn of it.
    if any(safety.blocked(lounge, by.id, other) for other in table.seats):
        raise Refused("You cannot sit down at this table just now. Please choose another one.")


def _free_seat(table: Table) -> int:
    free = set(range(1, SEATS + 1)) - set(table.seats.values())
    if not free:
        raise Refused("All six seats of this table are taken. Please choose another one.")
    return min(free)


def _up(tables: Tables, person: PersonId, now: float) -> tuple[GotUp, ...]:
    table = seat_of(tables, person)
    return (GotUp(table.id, person, now),) if table is not None else ()
