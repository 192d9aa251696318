"""Who is in a room right now, as each server process reports it.

Presence is never stored. A process repeats its list while it lives, so that the
people of one that died fade away by themselves.
"""

from __future__ import annotations

from typing import ClassVar

from msgspec import Struct
from msgspec.structs import replace

from rooms.people import Person, PersonId
from schedule.machine import Command, Event, View

FADES = 15.0  # seconds; a process repeats its list every 5


class Report(Command, frozen=True, tag="presence.report"):
    """A server process says which people have this room open with it."""

    durable: ClassVar[bool] = False

    process: str
    people: tuple[PersonId, ...]


class Reported(Event, frozen=True, tag="presence.reported"):
    """What one process said, good until `until`."""

    stored: ClassVar[bool] = False

    process: str
    people: tuple[PersonId, ...]
    until: float


class ListFaded(Event, frozen=True, tag="presence.faded"):
    """A process has not repeated its list in time."""

    stored: ClassVar[bool] = False

    process: str


class PresenceShown(View, frozen=True, tag="presence.shown"):
    """Who is in the room, sorted."""

    here: tuple[PersonId, ...]


class Presence(Struct, frozen=True):
    """The lists of all processes."""

    reports: dict[str, Reported] = {}


COMMANDS = (Report,)
EVENTS = (Reported, ListFaded)
VIEWS = (PresenceShown,)
STIRS: dict[type[Event], tuple[type[View], ...]] = {
    Reported: (PresenceShown,),
    ListFaded: (PresenceShown,),
}


def decide(presence: Presence, command: Report, by: Person, now: float) -> tuple[Event, ...]:
    """What follows from a process's list."""
    return (Reported(command.process, command.people, until=now + FADES),)


def tick(presence: Presence, now: float) -> tuple[Event, ...]:
    """Whose list nobody has repeated in time."""
    return tuple(
        ListFaded(report.process) for report in presence.reports.values() if report.until <= now
    )


def due(presence: Presence) -> float | None:
    """When the next list fades, unless it is repeated; Unix seconds."""
    return min((report.until for report in presence.reports.values()), default=None)


def apply(presence: Presence, event: Event) -> Presence:
    """The lists after `event`."""
    match event:
        case Reported(process=process):
            return replace(presence, reports={**presence.reports, process: event})
        case ListFaded(process=process):
            rest = {name: report for name, report in presence.reports.items() if name != process}
            return replace(presence, reports=rest)
        case _:
            return presence


def here(presence: Presence) -> frozenset[PersonId]:
    """Everybody whom some process has on its list."""
    return frozenset(person for report in presence.reports.values() for person in report.people)


def show(presence: Presence) -> PresenceShown:
    """Who is in the room, the same for every reader."""
    return PresenceShown(here=tuple(sorted(here(presence))))
