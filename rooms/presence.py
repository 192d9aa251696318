"""Who is in a room right now, as each server process reports it.

Presence is never stored. A process repeats its list while it lives, so that the
people of one that died fade away by themselves.
"""

from __future__ import annotations

from typing import ClassVar

from msgspec import Struct

from rooms.people import PersonId
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


class Faded(Event, frozen=True, tag="presence.faded"):
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
EVENTS = (Reported, Faded)
VIEWS = (PresenceShown,)
