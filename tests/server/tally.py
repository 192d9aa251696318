"""A room as small as can be: people add to a sum, wave, whisper, and at noon and a minute it rings.

Also a store that forgets, and somebody who listens. All of them work; none is a mock.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, ClassVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from rooms.people import HOUSE, Person, Role
from schedule.machine import Command, Event, Refused, View
from server.rules import Rules
from server.store import Answer, Entry, Fenced, Kept, StoreFull
from tests.virtual_time import NOON

ANNA = Person("anna", "Anna", Role.GUEST)
BEN = Person("ben", "Ben", Role.GUEST)
RINGS = NOON + 60.0


class Add(Command, frozen=True, tag="add"):
    number: int


class Nothing(Command, frozen=True, tag="nothing"):
    pass


class Wave(Command, frozen=True, tag="wave"):
    durable: ClassVar[bool] = False


class Whisper(Command, frozen=True, tag="whisper"):
    to: str


class Stumble(Command, frozen=True, tag="stumble"):
    where: str


class Here(Command, frozen=True, tag="here"):
    durable: ClassVar[bool] = False

    process: str
    people: tuple[str, ...]


class Grow(Command, frozen=True, tag="grow"):
    version: int


class Added(Event, frozen=True, tag="added"):
    number: int


class Waved(Event, frozen=True, tag="waved"):
    stored: ClassVar[bool] = False

    by: str


class Whispered(Event, frozen=True, tag="whispered"):
    to: str


class Rang(Event, frozen=True, tag="rang"):
    at: float


class Stumbled(Event, frozen=True, tag="stumbled"):
    pass


class ReportedHere(Event, frozen=True, tag="reported-here"):
    stored: ClassVar[bool] = False

    process: str
    people: tuple[str, ...]


class Sum(View, frozen=True, tag="sum"):
    sum: int
    here: tuple[str, ...]


class Tally(Struct, frozen=True):
    sum: int = 0
    rang: bool = False
    waves: tuple[str, ...] = ()
    here: dict[str, tuple[str, ...]] = {}
    version: int = 1


def may(tally: Tally, command: Command, by: Person) -> None:
    if isinstance(command, Here | Grow) and by != HOUSE:
        raise Refused("Not for you.")


def decide(tally: Tally, command: Command, by: Person, now: float) -> tuple[Event, ...]:
    match command:
        case Add(number=0):
            raise Refused("Please add something.")
        case Add(number=number):
            return (Added(number),)
        case Wave():
            return (Waved(by.id),)
        case Whisper(to=to):
            return (Whispered(to),)
        case Stumble(where="decide"):
            raise RuntimeError("decide stumbles, as it was told to")
        case Stumble():
            return (Stumbled(),)
        case Here(process=process, people=people):
            return (ReportedHere(process, people),)
        case Grow(version=version):
            return (Added(version * 1000),)
    return ()


def tick(tally: Tally, now: float) -> tuple[Event, ...]:
    return (Rang(RINGS),) if not tally.rang and now >= RINGS else ()


def due(tally: Tally) -> float | None:
    return None if tally.rang else RINGS


def apply(tally: Tally, event: Event) -> Tally:
    match event:
        case Added(number=number):
            return replace(tally, sum=tally.sum + number)
        case Waved(by=by):
            return replace(tally, waves=(*tally.waves, by))
        case Rang():
            return replace(tally, rang=True)
        case ReportedHere(process=process, people=people):
            return replace(tally, here={**tally.here, process: people})
        case Stumbled():
            raise RuntimeError("apply stumbles, as it was told to")
    return tally


def show(tally: Tally, reader: Person, now: float) -> dict[str, Any]:
    return {"sum": tally.sum, "rang": tally.rang, "reader": reader.id}


def view(tally: Tally, kind: type[View], now: float) -> View:
    here = sorted({person for people in tally.here.values() for person in people})
    return Sum(tally.sum, tuple(here))


def hears(message: Event | View, person: Person) -> bool:
    match message:
        case Whispered(to=to):
            return person.id == to
        case ReportedHere():
            return False
    return True


def reaches(event: Event) -> frozenset[str] | None:
    match event:
        case Whispered(to=to):
            return frozenset({to})
        case ReportedHere():
            return frozenset()
    return None


RULES: Rules[Tally] = Rules(
    state=Tally,
    commands=(Add, Nothing, Wave, Whisper, Stumble, Here, Grow),
    events=(Added, Waved, Whispered, Rang, Stumbled, ReportedHere),
    opening=Tally,
    may=may,
    decide=decide,
    tick=tick,
    due=due,
    apply=apply,
    show=show,
    view=view,
    hears=hears,
    reaches=reaches,
    stirs={Added: (Sum,), ReportedHere: (Sum,)},
    views=(Sum,),
)


class TallyBlueprint:
    """The rooms are named in the gathering's body, with commas."""

    directory = "first"

    def rooms(self, kept: Kept) -> dict[str, Rules[Any]]:
        return dict.fromkeys(kept.body.decode().split(","), RULES)

    def replan(self, kept: Kept) -> tuple[str, Command]:
        return "first", Grow(kept.version)

    def report(self, process: str, people: tuple[str, ...]) -> Command:
        return Here(process, people)

    def person(self, state: Tally, person_id: str) -> Person | None:
        return {"anna": ANNA, "ben": BEN}.get(person_id)


class MemoryStore:
    """What the store promises, without a disk; `full` and `slow` make it fail and wait."""

    def __init__(self) -> None:
        self.full = False
        self.slow = 0.0
        "Seconds that a commit takes."
        self.commits = 0
        self._events: dict[str, list[Entry]] = {}
        self._answers: dict[tuple[str, str, str], int] = {}
        self._fences: dict[str, int] = {}
        self._kept: list[Kept] = []

    async def claim(self, room: str, holder: str, now: float) -> int:
        before = self._fences.get(room)
        self._fences[room] = int(now) if before is None else max(before + 1, int(now))
        return self._fences[room]

    async def fence(self, room: str) -> int:
        return self._fences.get(room, 0)

    async def replay(self, room: str, after: int = 0) -> list[Entry]:
        return self._events.get(room, [])[after:]

    async def answered(
        self, room: str, ops: Sequence[tuple[str, str]]
    ) -> dict[tuple[str, str], int]:
        return {op: self._answers[room, *op] for op in ops if (room, *op) in self._answers}

    async def append(
        self, room: str, epoch: int, after: int, entries: Sequence[Entry], answers: Sequence[Answer]
    ) -> None:
        await asyncio.sleep(self.slow)
        log = self._events.setdefault(room, [])
        if self._fences.get(room) != epoch or len(log) != after:
            raise Fenced(room)
        if self.full:
            raise StoreFull(room)
        log += entries
        self._answers.update({(room, each.person, each.op): each.seq for each in answers})
        self.commits += 1

    async def keep_gathering(self, body: bytes, now: float) -> int:
        if not self._kept or self._kept[-1].body != body:
            self._kept.append(Kept(len(self._kept) + 1, now, body))
        return len(self._kept)

    async def gatherings(self, after: int = 0) -> list[Kept]:
        return self._kept[after:]


class Ear:
    """Somebody who has a room open and remembers every frame."""

    language = "en"

    def __init__(self, person: Person) -> None:
        self.person = person
        self.frames: list[dict[str, Any]] = []

    def send(self, data: bytes) -> None:
        self.frames.append(msgspec.json.decode(data))

    @property
    def told(self) -> list[tuple[int, str]]:
        """Place and kind of each event heard."""
        return [(f["seq"], f["event"]["type"]) for f in self.frames if f["type"] == "told"]

    @property
    def kinds(self) -> list[str]:
        """The frames by their kind, those around presence left out."""
        return [frame["type"] for frame in self.frames]
