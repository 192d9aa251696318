"""The demo's three rounds in virtual time: agenda, plan, no-shows, a late joiner, goodbyes."""

from __future__ import annotations

from pathlib import Path

import msgspec

from rooms import acquaintance, breakout, foyer, lounge, pairing
from rooms.breakout import Breakout, Closed, Enter, FarewellBegan
from rooms.people import HOUSE, Person, Role
from rooms.presence import Report
from schedule import agenda, programme
from schedule.machine import Command, Event
from server.matchmaker import Found, mended, planned

DEMO = Path(__file__).parents[2] / "assets" / "demo.toml"
ARRIVES = 3.0  # seconds after a talk opened until somebody who comes is there
BREATH = 1.0  # seconds between two looks at what a real house does by itself


class Evening:
    """Foyer, lounge and matchmaker on one clock that nobody waits for."""

    def __init__(self) -> None:
        written = programme.read(DEMO.read_text(encoding="utf-8"))
        self.foyer = foyer.opening(written, written.starts_at)
        self.lounge = lounge.opening()
        self.now = written.starts_at
        self.here: set[str] = set()
        self.happened: list[Event] = []
        self.desk = next(p for p in self.foyer.people.values() if p.role is Role.MODERATOR)
        self._comes_at: dict[tuple[str, str], float] = {}

    @property
    def guests(self) -> list[str]:
        sides = (Role.TALENT, Role.REP)
        return sorted(key for key, person in self.foyer.people.items() if person.role in sides)

    def until(self, moment: float) -> None:
        """Live on, a second at a time."""
        while self.now < moment:
            self.now += BREATH
            self._agenda()
            self._people()
            self._take(lounge.tick(self.lounge, self.now))
            self._matchmaker()

    def do(self, command: Command, by: Person = HOUSE) -> None:
        self._take(lounge.decide(self.lounge, command, by, self.now))

    def agenda(self, command: Command) -> None:
        for event in foyer.decide(self.foyer, command, self.desk, self.now):
            self.foyer = foyer.apply(self.foyer, event)

    def round(self, number: int) -> lounge.RoundTime:
        return self.lounge.rounds[number]

    def talks(self, number: int) -> list[Breakout]:
        item = self.round(number).item
        return [talk for talk in self.lounge.breakouts.talks.values() if talk.item == item]

    def _agenda(self) -> None:
        for event in foyer.tick(self.foyer, self.now):
            self.foyer = foyer.apply(self.foyer, event)
        meetings = self.foyer.agenda.gathering.meetings
        self.do(lounge.Admit(self.foyer.people, meetings))
        self.do(foyer.lounge_cue(self.foyer, self.now))
        self.do(Report("house", tuple(sorted(self.here))))

    def _people(self) -> None:
        """Whoever is here comes to each talk of theirs, a moment after it has opened."""
        for talk in tuple(breakout.running(self.lounge)):
            for person in talk.people:
                comes_at = self._comes_at.setdefault((talk.id, person), self.now + ARRIVES)
                if person in self.here and person not in talk.came and self.now >= comes_at:
                    self.do(Enter(talk.id), self.foyer.people[person])

    def _matchmaker(self) -> None:
        part = self.lounge.pairing
        if part.asked is not None:
            found = _found(planned(msgspec.msgpack.encode(self.lounge)))
            self.do(pairing.Draft(part.asked.number, found.rounds, found.value, found.bound))
        elif part.wanted and part.published is not None:
            found = _found(mended(msgspec.msgpack.encode(self.lounge)))
            self.do(pairing.Mend(part.published.number, found.rounds, found.value, found.bound))

    def _take(self, events: tuple[Event, ...]) -> None:
        for event in events:
            self.lounge = lounge.apply(self.lounge, event)
        self.happened += events


def _found(answer: bytes) -> Found:
    return msgspec.msgpack.decode(answer, type=Found)


def test_three_rounds_survive_two_no_shows_and_a_late_joiner_and_cut_nobody_off() -> None:
    evening = Evening()
    talents = [p for p in evening.guests if evening.foyer.people[p].role is Role.TALENT]
    reps = [p for p in evening.guests if evening.foyer.people[p].role is Role.REP]
    late, absent = talents[3], {reps[0], reps[5]}
    assert len(evening.guests) == 45

    # Everybody is planned but the one who is not in the house yet; two never come.
    evening.here = set(evening.guests) - {late}
    evening.until(evening.now + 60)
    starts_at = evening.round(0).starts_at
    evening.until(starts_at - 300)
    evening.do(pairing.Ask(only_here=True), evening.desk)
    evening.until(starts_at - 200)
    draft = evening.lounge.pairing.draft
    assert draft is not None
    assert draft.value == draft.bound
    evening.do(pairing.Publish(draft.number), evening.desk)
    evening.here -= absent

    # The first round: those who wait alone get somebody else, where there is anybody.
    evening.until(starts_at + 120)
    assert evening.round(0).how == "live"
    waited = [talk for talk in evening.talks(0) if absent & set(talk.people)]
    repair = evening.lounge.pairing.repaired
    assert len(waited) == 2
    assert all(talk.given_up or talk.phase == "over" for talk in waited)
    assert repair is not None
    assert "no-show" in repair.reasons

    # Somebody joins late, and talks from the second round on at the latest.
    evening.here.add(late)
    evening.until(evening.round(1).starts_at + 60)
    evening.agenda(agenda.Extend("gross", evening.round(1).item, 60.0))
    evening.until(evening.round(2).ends_at + 120)
    assert [turn.how for turn in evening.lounge.rounds] == ["over", "over", "over"]
    assert any(late in talk.came for talk in evening.lounge.breakouts.talks.values())

    _nobody_was_cut_off(evening)
    _nobody_met_an_organisation_twice(evening)
    met = [person for person in evening.guests if acquaintance.of(evening.lounge, person)]
    assert set(met) == set(evening.guests) - absent


def _nobody_was_cut_off(evening: Evening) -> None:
    promised: dict[str, float] = {}
    talked = {t.id for t in evening.lounge.breakouts.talks.values() if len(t.came) > 1}
    for event in evening.happened:
        match event:
            case FarewellBegan(breakout=key, closes_at=closes_at):
                assert closes_at >= evening.lounge.breakouts.talks[key].opens_at + 20
                promised[key] = closes_at
            case Closed(breakout=key, at=at) if key in talked:
                assert at >= promised[key]
    assert not evening.lounge.breakouts.running


def _nobody_met_an_organisation_twice(evening: Evening) -> None:
    seen: set[tuple[str, str]] = set()
    people = evening.foyer.people
    for talk in evening.lounge.breakouts.talks.values():
        if len(talk.came) > 1:
            talent = next(p for p in talk.people if people[p].role is Role.TALENT)
            rep = next(p for p in talk.people if people[p].role is Role.REP)
            pair = (talent, people[rep].organisation)
            assert pair not in seen
            seen.add(pair)
