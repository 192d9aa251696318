"""How the agenda looks to those who watch it: now, next, and when everything will be."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from schedule.items import Kind
from schedule.machine import View


class ItemShown(Struct, frozen=True, rename="camel"):
    """What is printed about an item."""

    title: str
    kind: Kind
    people: tuple[str, ...]
    starts_at: float
    "Planned."
    seconds: float
    "Planned."
    anchor: float | None
    fixed: bool
    starts: bool
    ends: bool
    grace: float
    about: str


class LiveShown(Struct, frozen=True, rename="camel"):
    """What runs; while `paused_at` is set its clock stands still."""

    id: str
    started_at: float
    ends_at: float
    "When its time is up; while paused, as if it went on at `now`."
    seconds: float
    "Granted, with all extensions."
    paused_at: float | None
    lost: float
    "Seconds that earlier pauses took."


class PastShown(Struct, frozen=True, rename="camel"):
    """What is over; what was deferred waits again."""

    id: str
    started_at: float
    ended_at: float
    how: Literal["done", "skipped", "deferred"]


class NoteShown(Struct, frozen=True, rename="camel"):
    """A break that is shorter than planned so that an appointment can be kept."""

    item: str
    planned: float
    granted: float
    saves: str | None
    "The anchored item it is shortened for."


class StageShown(Struct, frozen=True, rename="camel"):
    """One stage's line."""

    id: str
    name: str
    held: bool
    "Nothing begins by itself until somebody starts or resumes."
    live: LiveShown | None
    waiting: tuple[str, ...]
    past: tuple[PastShown, ...]
    drift: float
    "Seconds behind the plan; negative when ahead of it."
    note: NoteShown | None


class LastShown(Struct, frozen=True, rename="camel"):
    """The deed that an undo would take back."""

    number: int
    at: float
    by: str
    deed: str
    "The tag of the command, such as `agenda.extend`."
    stage: str
    item: str | None
    seconds: float | None
    "Of an extension."


class AgendaShown(View, frozen=True, tag="agenda.shown"):
    """The whole agenda; between two of these browsers count by themselves."""

    now: float
    number: int
    "Of the last entry in the log."
    last: LastShown | None
    stages: tuple[StageShown, ...]
    late: dict[str, float]
    "Seconds by which an anchored item comes after its anchor, if it does."
    times: dict[str, tuple[float, float]]
    "Predicted start and end of everything that is not over."
    items: dict[str, ItemShown]


class StageCue(Struct, frozen=True, rename="camel"):
    """Who is on and who should get ready, for the room that seats them."""

    live: str | None
    upcoming: tuple[str, ...]
    "The next three that wait."
    since: float | None
    "When the live item began."
