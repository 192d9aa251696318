"""A lounge with two booths, for tests of what happens there: people, presence, time that passes."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from rooms import lounge, rights
from rooms.fronts import BeThere
from rooms.lounge import Admit, Cue, Lounge, RoundTime, Span
from rooms.people import HOUSE, Person, Role
from rooms.presence import Report
from rooms.queues import Ticket
from rooms.turns import Come, Next, TakeNumber
from schedule.items import Booth, Meetings, Package
from schedule.machine import Command, Event, Refused

NOON = 1_600_000_200.0
MIA = Person("mia", "Mia Roth", Role.MODERATOR)
RUTH = Person("ruth", "Ruth Kern", Role.REP, organisation="Kernbach")
KAI = Person("kai", "Kai Lund", Role.REP, organisation="Kernbach")
TIM = Person("tim", "Tim Auer", Role.REP, organisation="Auwald")
ELIF = Person("elif", "Elif Demir", Role.TALENT)
JONAS = Person("jonas", "Jonas Weil", Role.TALENT)
NELE = Person("nele", "Nele Vogt", Role.TALENT)
ALL = {each.id: each for each in (MIA, RUTH, KAI, TIM, ELIF, JONAS, NELE)}
OTHERS = {each: Person(each, each.title(), Role.GUEST) for each in ("p1", "p2", "p3", "p4", "p5")}
STAND = Package("gold", "Gold")
BOOTHS = (Booth("kernbach", "Kernbach", 1, STAND), Booth("auwald", "Auwald", 2, STAND))


class Fairday:
    """A lounge in virtual time; `room` is how it is now, `log` all that happened."""

    def __init__(self, people: dict[str, Person] | None = None, here: Iterable[str] = ()) -> None:
        self.now = NOON
        self.log: list[Event] = []
        self.room = lounge.opening()
        known = people or ALL
        self.do(HOUSE, Admit(known, Meetings(), BOOTHS))
        self.here(*(here or known))

    def here(self, *people: str) -> None:
        """These have the lounge open, and nobody else; told again as time passes."""
        self.around = people
        self.do(HOUSE, Report("process-1", people))

    def agenda(
        self, busy: dict[str, tuple[Span, ...]] | None = None, rounds: tuple[RoundTime, ...] = ()
    ) -> None:
        """The agenda says who is on stage when, and when rounds are."""
        self.do(HOUSE, Cue(rounds, busy or {}))

    def do(self, by: Person, *commands: Command) -> tuple[Event, ...]:
        """What follows from the last of them; raises `Refused` as the host would."""
        events: tuple[Event, ...] = ()
        for command in commands:
            rights.may(self.room, command, by)
            events = self._take(lounge.decide(self.room, command, by, self.now))
            self._settle()
        return events

    def refusal(self, by: Person, command: Command) -> str:
        """The sentence with which it is refused."""
        before = self.room
        with pytest.raises(Refused) as refused:
            self.do(by, command)
        assert self.room == before
        return str(refused.value)

    def wait(self, seconds: float) -> tuple[Event, ...]:
        """What happens by itself until then; whoever is here is said again every five seconds."""
        until, before = self.now + seconds, len(self.log)
        while True:
            due = lounge.due(self.room)
            told = min(report.until for report in self.room.presence.reports.values()) - 10
            at = max(self.now, min(told, due if due is not None else told))
            if at > until:
                break
            self.now = at
            if told <= at:
                self.do(HOUSE, Report("process-1", self.around))
            self._settle()
        self.now = until
        return tuple(self.log[before:])

    def opened(self) -> Fairday:
        """Ruth stands at her booth."""
        self.do(RUTH, BeThere("kernbach"))
        return self

    def queue(self, *people: Person) -> Fairday:
        """These wait at Kernbach's, in this order."""
        for person in people:
            self.do(person, TakeNumber("kernbach", "Optics"))
        return self

    def waiting(self, booth: str = "kernbach") -> list[str]:
        """Who waits, in the order of their turns."""
        queue = self.room.booths.queues.get(booth)
        return list(queue.tickets) if queue is not None else []

    def ticket(self, person: Person, booth: str = "kernbach") -> Ticket:
        return self.room.booths.queues[booth].tickets[person.id]

    def called(self) -> dict[str, str]:
        """Whom each one waits for."""
        return {
            ticket.called_by: ticket.person
            for queue in self.room.booths.queues.values()
            for ticket in queue.tickets.values()
            if ticket.called_by is not None
        }

    def talks(self) -> list[list[str]]:
        """Who sits together at counters."""
        return [list(each.seats) for each in self.room.booths.counters.values()]

    def _settle(self) -> None:
        for _ in range(50):
            events = lounge.tick(self.room, self.now)
            if not events:
                return
            self._take(events)
        raise AssertionError("the lounge does not come to rest")

    def _take(self, events: Iterable[Event]) -> tuple[Event, ...]:
        taken = tuple(events)
        for event in taken:
            self.room = lounge.apply(self.room, event)
        self.log += taken
        return taken


def talking(*visitors: Person) -> Fairday:
    """Ruth talks with the first of them; the others wait."""
    day = Fairday().opened().queue(*visitors)
    day.do(RUTH, Next("kernbach"))
    day.do(visitors[0], Come("kernbach"))
    return day


def of(kind: type[Event], events: Iterable[Event]) -> list[Event]:
    """Those of one kind."""
    return [each for each in events if isinstance(each, kind)]


def replayed(log: Iterable[Event]) -> Lounge:
    """What the stored events make of an empty lounge."""
    room = lounge.opening()
    for event in log:
        if type(event).stored:
            room = lounge.apply(room, event)
    return room
