"""An evening with a round, for tests of the lounge: people, a plan, and time that passes."""

from __future__ import annotations

from msgspec.structs import replace

from rooms import lounge, rights
from rooms.breakout import Breakout
from rooms.lounge import Admit, Cue, How, Lounge, RoundTime
from rooms.paired import Meeting, Pairing, Plan
from rooms.people import HOUSE, Person, Role
from schedule.items import Meetings
from schedule.machine import Command, Event

NOON = 1_600_000_200.0
ELIF = Person(id="elif", name="Elif Demir", role=Role.TALENT)
JONAS = Person(id="jonas", name="Jonas Weil", role=Role.TALENT)
NELE = Person(id="nele", name="Nele Vogt", role=Role.TALENT)
RUTH = Person(id="ruth", name="Ruth Kern", role=Role.REP, organisation="Kernbach")
TIM = Person(id="tim", name="Tim Auer", role=Role.REP, organisation="Auwald")
MIA = Person(id="mia", name="Mia Roth", role=Role.MODERATOR)
ALL = {each.id: each for each in (ELIF, JONAS, NELE, RUTH, TIM, MIA)}


class Evening:
    """A lounge, the clock on its wall, and everything that happened there."""

    def __init__(self, *pairs: tuple[str, ...], **people: Person) -> None:
        self.now = NOON - 600
        self.room = lounge.opening()
        self.happened: list[Event] = []
        self.do(Admit(ALL | people, Meetings()))
        meetings = tuple(Meeting("first", pair) for pair in pairs)
        plan = Plan(1, {"first": meetings}, value=0, bound=0, at=self.now)
        self.room = replace(self.room, pairing=Pairing(number=1, published=plan))
        self.round("waiting")

    def round(self, how: How, starts_at: float = NOON, ends_at: float = NOON + 600) -> None:
        """The agenda says how the round is."""
        self.do(Cue((RoundTime("first", "Erste Runde", starts_at, ends_at, how),), {}))

    def begin(self) -> None:
        """The round begins on time."""
        self.until(NOON)
        self.round("live")

    def do(self, command: Command, by: Person = HOUSE) -> tuple[Event, ...]:
        """Somebody says something, and what follows from it happens; raises `Refused`."""
        rights.may(self.room, command, by)
        events = lounge.decide(self.room, command, by, self.now)
        self._take(events)
        self._settle()
        return events

    def until(self, moment: float) -> None:
        """Time passes, and what is due happens at its instant."""
        while (at := lounge.due(self.room)) is not None and at <= moment:
            self.now = max(self.now, at)
            self._settle()
        self.now = moment

    def talk(self, key: str = "b1") -> Breakout:
        return self.room.breakouts.talks[key]

    def tags(self) -> list[str]:
        return [str(type(event).__struct_config__.tag) for event in self.happened]

    def _settle(self) -> None:
        for _ in range(50):
            events = lounge.tick(self.room, self.now)
            if not events:
                return
            self._take(events)
        raise AssertionError("the lounge does not come to rest")

    def _take(self, events: tuple[Event, ...]) -> None:
        for event in events:
            self.room = lounge.apply(self.room, event)
        self.happened += events


def replayed(evening: Evening, start: Lounge) -> Lounge:
    """What the log makes of a lounge as it was at first."""
    for event in evening.happened:
        if event.stored:
            start = lounge.apply(start, event)
    return start
