"""A story at a booth, told to who waits, who is talked with, those of the booth and all others."""

from __future__ import annotations

from typing import Any

from rooms import booths, rights
from rooms.fronts import (
    BeThere,
    BeWilling,
    SayAtBooth,
    ShowAtBooth,
    TellMe,
    UnsayAtBooth,
    WatchBooth,
    Wave,
)
from rooms.hosting import Finish, HandOver, JoinCounter, LetIn, SayAtCounter, TakeOver
from rooms.people import Person
from rooms.turns import Call, Come, GiveBack, Next, TakeNumber
from rooms.wishes import Describe, Profile
from schedule.machine import Command
from tests.rooms.fairs import ELIF, JONAS, KAI, MIA, NELE, RUTH, Fairday
from tests.rooms.scenes import as_json

READERS = {"talking": ELIF, "waiting": JONAS, "staff": KAI, "onlooker": MIA}

Step = tuple[Person, Command] | float
"What somebody does, or how many seconds pass."

STORY: tuple[Step, ...] = (
    (JONAS, TellMe("kernbach")),
    (ELIF, TellMe("kernbach")),
    (ELIF, TellMe("kernbach", on=False)),
    (JONAS, WatchBooth("kernbach", fresh=True)),
    (NELE, Describe(Profile(offers=("Optics",)))),
    (RUTH, Describe(Profile(seeks=("Optics",)))),
    (NELE, BeWilling()),
    (RUTH, BeThere("kernbach")),
    10.0,
    (RUTH, ShowAtBooth("kernbach", caption="The valve M3")),
    (ELIF, WatchBooth("kernbach", fresh=True)),
    (ELIF, SayAtBooth("kernbach", "Which valve is it?")),
    (JONAS, SayAtBooth("kernbach", "Nonsense")),
    (KAI, UnsayAtBooth("kernbach", "l2")),
    (JONAS, BeWilling()),
    (NELE, Wave("kernbach")),
    (ELIF, WatchBooth("kernbach", on=False)),
    (ELIF, TakeNumber("kernbach", "Valves")),
    (JONAS, TakeNumber("kernbach")),
    (NELE, TakeNumber("kernbach", "A thesis")),
    (RUTH, Next("kernbach")),
    130.0,
    (JONAS, Come("kernbach")),
    (ELIF, JoinCounter("c1")),
    (RUTH, LetIn("c1", "elif")),
    (ELIF, GiveBack("kernbach")),
    (JONAS, SayAtCounter("c1", "Good evening")),
    (RUTH, HandOver("c1", "kai")),
    (KAI, TakeOver("c1")),
    (RUTH, Call("kernbach", "nele")),
    (RUTH, BeThere("kernbach", on=False)),
    (KAI, Finish("c1")),
    20.0,
    (JONAS, TakeNumber("kernbach")),
    (ELIF, TellMe("kernbach")),
    (JONAS, WatchBooth("kernbach", fresh=True)),
)


def transcripts() -> dict[str, dict[str, Any]]:
    """All transcripts by file name."""
    return {f"booths-{name}.json": _transcript(reader) for name, reader in READERS.items()}


def _transcript(reader: Person) -> dict[str, Any]:
    day = Fairday()
    before = _shown(day, reader)
    frames: list[object] = []
    for step in STORY:
        start = len(day.log)
        if isinstance(step, float):
            day.wait(step)
        else:
            day.do(*step)
        frames += [
            as_json(event)
            for event in day.log[start:]
            if type(event) in booths.EVENTS and rights.hears(event, reader)
        ]
        frames += [as_json(view(day.room, day.now)) for view in booths.VIEWED.values()]
    after = _shown(day, reader)
    return {"reader": as_json(reader), "before": before, "frames": frames, "after": after}


def _shown(day: Fairday, reader: Person) -> dict[str, Any]:
    return {"type": "lounge", "booths": as_json(booths.show(day.room, reader, day.now))}
