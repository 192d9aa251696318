"""A story at the lounge's tables, told to those who sit there, who knocks, and who looks on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rooms import rights, tables
from rooms.lounge import Cue
from rooms.people import HOUSE, Person
from rooms.tables import (
    AnswerKnock,
    CloseTable,
    GetUp,
    Knock,
    LockTable,
    OpenTable,
    OpenTables,
    SayAtTable,
    ShareScreen,
    SitAtTable,
    StayAtTable,
)
from schedule.machine import Command, Event
from tests.rooms.scenes import as_json
from tests.rooms.test_tables import ELIF, JONAS, MIA, NOON, OTHERS, RUTH, Evening

READERS = {"sitting": ELIF, "knocking": JONAS, "desk": MIA}
SOMEBODY = OTHERS[0]

Step = tuple[Person, Command] | float
"What somebody does, or how many seconds pass."

STORY: tuple[Step, ...] = (
    (ELIF, OpenTable("Sensors in wine")),
    (RUTH, SitAtTable("t2")),
    (ELIF, LockTable("t2")),
    (ELIF, ShareScreen("table-t2")),
    (SOMEBODY, Knock("t2")),
    (JONAS, Knock("t2")),
    (JONAS, Knock("t2", on=False)),
    (JONAS, Knock("t2")),
    (HOUSE, Cue((), {"ruth": ((NOON + 70, NOON + 400),)})),
    30.0,
    (ELIF, AnswerKnock("t2", "jonas", let_in=True)),
    (JONAS, SitAtTable("t2")),
    (RUTH, SayAtTable("t2", "Good evening")),
    (ELIF, ShareScreen("table-t2", on=False)),
    (JONAS, ShareScreen("table-t2")),
    (ELIF, AnswerKnock("t2", SOMEBODY.id, let_in=False)),
    (HOUSE, Cue((), {})),
    (JONAS, GetUp("t2")),
    (JONAS, OpenTable("Theses abroad")),
    (ELIF, StayAtTable("t2")),
    (JONAS, SitAtTable("t1")),
    (MIA, CloseTable("t3")),
    (ELIF, SitAtTable("t1")),
    50.0,
    (RUTH, GetUp("t2")),
    (MIA, OpenTables(on=False)),
    20.0,
    (MIA, OpenTables(on=True)),
)


def transcripts() -> dict[str, dict[str, Any]]:
    """All transcripts by file name."""
    return {f"tables-{name}.json": _transcript(reader) for name, reader in READERS.items()}


def _transcript(reader: Person) -> dict[str, Any]:
    evening = Evening("Optics")
    before, begun = _shown(evening, reader), len(evening.log)
    for step in STORY:
        if isinstance(step, float):
            evening.wait(step)
        else:
            evening.do(step[0], step[1])
    frames = list(_heard(evening.log[begun:], reader))
    after = _shown(evening, reader)
    return {"reader": as_json(reader), "before": before, "frames": frames, "after": after}


def _heard(log: Iterable[Event], reader: Person) -> Iterable[object]:
    return [
        as_json(event)
        for event in log
        if type(event) in tables.EVENTS and rights.hears(event, reader)
    ]


def _shown(evening: Evening, reader: Person) -> dict[str, Any]:
    return {
        "type": "lounge",
        "tables": as_json(tables.show(evening.room, reader, evening.now)),
    }
