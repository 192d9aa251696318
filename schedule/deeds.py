"""What people may ask of the agenda and what then happened: its commands and events."""

from __future__ import annotations

from typing import ClassVar, Literal

from schedule.items import Gathering
from schedule.machine import Command, Event


class Start(Command, frozen=True, tag="agenda.start"):
    """Begin a waiting item, the next one or any other; whatever runs is finished first."""

    stage: str
    item: str
    after: str | None
    "The item the moderator saw running, so that the second of two who press is refused."


class Finish(Command, frozen=True, tag="agenda.finish"):
    """End what runs, and begin nothing by itself until somebody starts or resumes."""

    stage: str
    item: str


class Extend(Command, frozen=True, tag="agenda.extend"):
    """Give what runs more time, or less."""

    stage: str
    item: str
    seconds: float


class Pause(Command, frozen=True, tag="agenda.pause"):
    """Stop the clock of what runs; with no item, hold the stage between two items."""

    stage: str
    item: str | None


class Resume(Command, frozen=True, tag="agenda.resume"):
    """Let the paused item go on; with no item, let the held stage go on."""

    stage: str
    item: str | None


class Skip(Command, frozen=True, tag="agenda.skip"):
    """Strike out an item, waiting or running."""

    stage: str
    item: str


class Move(Command, frozen=True, tag="agenda.move"):
    """Put a waiting item elsewhere in the queue, or what runs back into it."""

    stage: str
    item: str
    to: int
    "Its place among those that wait, from 0; what runs goes to 1 at the earliest."


class Swap(Command, frozen=True, tag="agenda.swap"):
    """Exchange two waiting items, or what runs with one that waits."""

    stage: str
    first: str
    second: str


class Undo(Command, frozen=True, tag="agenda.undo"):
    """Take back the last deed, as if it had never been."""

    last: int
    "The number of the deed meant (`AgendaShown.last.number`)."


Deed = Start | Finish | Extend | Pause | Resume | Skip | Move | Swap


class Acted(Event, frozen=True, tag="agenda.acted"):
    """Somebody did something to the running order."""

    number: int
    at: float
    by: str
    deed: Deed


class Undone(Event, frozen=True, tag="agenda.undone"):
    """The last deed that still counted no longer counts."""

    number: int
    at: float
    by: str


class Planned(Event, frozen=True, tag="agenda.planned"):
    """The organisers' programme was read in anew; what has happened stays."""

    number: int
    at: float
    by: str
    gathering: Gathering


class Stepped(Event, frozen=True, tag="agenda.stepped"):
    """An item began or ended by itself. It follows from the log and is not stored."""

    stored: ClassVar[bool] = False

    stage: str
    item: str
    what: Literal["started", "finished"]
    at: float
