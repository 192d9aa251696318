"""What holds at booths, whoever does whatever, and whatever is lost meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import msgspec
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from msgspec.structs import replace

from rooms import breakout, lounge
from rooms.booths import Booths
from rooms.fronts import BeThere, BeWilling, ShowAtBooth, TakeBreak
from rooms.hosting import (
    Finish,
    HandOver,
    JoinCounter,
    LeaveCounter,
    LetIn,
    MakePrivate,
    StayAtCounter,
    TakeOver,
)
from rooms.people import Person
from rooms.queues import CalledOff, Came, GivenBack, Missed, Queue, TicketTaken
from rooms.safety import Block
from rooms.stalls import Looked
from rooms.tables import OpenTable
from rooms.turns import Call, Come, GiveBack, Next, TakeNumber
from schedule.machine import Command, Event, Refused
from server import wire
from tests.rooms.fairs import ALL, ELIF, JONAS, KAI, NELE, NOON, RUTH, TIM, Fairday, replayed

people = st.sampled_from(list(ALL.values()))
visitors = st.sampled_from([ELIF, JONAS, NELE, TIM])
reps = st.sampled_from([RUTH, KAI, TIM])
booths = st.sampled_from(["kernbach", "auwald"])
switch = st.booleans()


class AtBooths(RuleBasedStateMachine):
    """People at two booths; the agenda, networks and the house itself come in between."""

    def __init__(self) -> None:
        super().__init__()
        self.day = Fairday()
        self.day.do(RUTH, BeThere("kernbach"))
        self.day.do(TIM, BeThere("auwald"))
        self.day.queue(ELIF, JONAS, NELE)
        self.day.do(RUTH, Next("kernbach"))
        self.day.do(ELIF, Come("kernbach"))

    def attempt(self, by: Person, command: Command) -> None:
        before, start = self.day.room, len(self.day.log)
        with suppress(Refused):
            self.day.do(by, command)
        self.nobody_was_overtaken(before.booths, self.day.log[start:])

    def counter(self, number: int) -> str:
        """One that goes on, or one that there is not."""
        known = [*self.day.room.booths.counters, "c999"]
        return known[number % len(known)]

    # What people do

    @rule(person=visitors, booth=booths)
    def take_a_number(self, person: Person, booth: str) -> None:
        self.attempt(person, TakeNumber(booth, "Optics"))

    @rule(person=visitors, booth=booths)
    def give_it_back(self, person: Person, booth: str) -> None:
        self.attempt(person, GiveBack(booth))

    @rule(rep=reps)
    def call_the_next(self, rep: Person) -> None:
        self.attempt(rep, Next("auwald" if rep is TIM else "kernbach"))

    @rule(rep=reps, booth=booths, person=visitors)
    def call_somebody(self, rep: Person, booth: str, person: Person) -> None:
        self.attempt(rep, Call(booth, person.id))

    @rule()
    def whoever_is_called_comes(self) -> None:
        for booth, queue in self.day.room.booths.queues.items():
            for ticket in queue.tickets.values():
                if ticket.called_by is not None:
                    self.attempt(ALL[ticket.person], Come(booth))

    @rule(person=visitors, booth=booths)
    def come_uncalled(self, person: Person, booth: str) -> None:
        self.attempt(person, Come(booth))

    @precondition(lambda self: self.day.room.booths.counters)
    @rule(number=st.integers(0, 2), data=st.data())
    def do_something_at_a_counter(self, number: int, data: Any) -> None:
        counter, other = self.counter(number), data.draw(people).id
        known = self.day.room.booths.counters.get(counter)
        sitting = [ALL[each] for each in known.seats] if known is not None else [JONAS]
        person = data.draw(st.sampled_from([*sitting, KAI, JONAS]))
        commands = (
            Finish(counter), LeaveCounter(counter), JoinCounter(counter), TakeOver(counter),
            HandOver(counter, other), LetIn(counter, other), MakePrivate(counter),
            StayAtCounter(counter), StayAtCounter(counter, leaving=True),
        )  # fmt: skip
        self.attempt(person, data.draw(st.sampled_from(commands)))

    @rule(person=people, booth=booths, data=st.data(), on=switch)
    def do_something_before_a_booth(self, person: Person, booth: str, data: Any, on: bool) -> None:
        commands = (
            BeThere(booth, on), TakeBreak(booth, on), ShowAtBooth(booth, on), BeWilling(on),
        )  # fmt: skip
        self.attempt(person, data.draw(st.sampled_from(commands)))

    @rule(person=people, other=people, on=switch)
    def keep_somebody_away(self, person: Person, other: Person, on: bool) -> None:
        self.attempt(person, Block(other.id, on))
        self.attempt(person, Block(other.id, on=False))

    @precondition(lambda self: self.day.room.booths.counters)
    @rule(person=visitors)
    def sit_down_at_a_table(self, person: Person) -> None:
        self.attempt(person, OpenTable("Optics"))

    # What comes in between

    @rule(seconds=st.sampled_from([1, 5, 21, 61, 125]))
    def time_passes(self, seconds: int) -> None:
        before, start = self.day.room.booths, len(self.day.log)
        for counter in before.counters.values():
            for person in counter.seats:
                self.day.do(ALL[person], StayAtCounter(counter.id))
        self.day.wait(seconds)
        self.nobody_was_overtaken(before, self.day.log[start:])

    @rule(gone=st.sets(st.sampled_from(sorted(ALL)), max_size=1))
    def networks_fail(self, gone: set[str]) -> None:
        self.day.here(*(each for each in ALL if each not in gone))

    @rule(person=people, soon=st.sampled_from([-10, 5, 90]))
    def the_agenda_wants_somebody(self, person: Person, soon: int) -> None:
        since = self.day.now + soon
        self.day.agenda({person.id: ((since, since + 60),)})

    @rule()
    def the_house_starts_anew(self) -> None:
        known = [event for event in self.day.log if type(event).stored]
        self.day.room = replayed(through_the_store(known))
        self.day.here(*self.day.around)

    # What always holds

    def nobody_was_overtaken(self, before: Booths, events: list[Event]) -> None:
        """Those who waited before and wait now have kept their order, but for missed turns."""
        missed = {(each.booth, each.person) for each in events if isinstance(each, Missed)}
        new = {
            (each.ticket.booth, each.ticket.person)
            for each in events
            if isinstance(each, TicketTaken)
        }
        for booth, queue in before.queues.items():
            after = self.day.room.booths.queues[booth].tickets
            stayed = [
                person
                for person in queue.tickets
                if person in after and (booth, person) not in missed | new
            ]
            assert stayed == [person for person in after if person in stayed]

    @invariant()
    def nobody_is_in_two_talks(self) -> None:
        room = self.day.room
        for person in ALL:
            at_counters = [c.id for c in room.booths.counters.values() if person in c.seats]
            at_tables = [t.id for t in room.tables.tables.values() if person in t.seats]
            assert len(at_counters) + breakout.engaged(room, person) <= 1
            assert not (at_counters and at_tables)

    @invariant()
    def nobody_is_called_twice_or_out_of_a_talk(self) -> None:
        queues = self.day.room.booths.queues.values()
        calls = [t for queue in queues for t in queue.tickets.values() if t.called_by]
        sitting = [
            person for each in self.day.room.booths.counters.values() for person in each.seats
        ]
        assert len({each.person for each in calls}) == len(calls)
        assert len({each.called_by for each in calls}) == len(calls)
        assert not {each.person for each in calls} & set(sitting)

    @invariant()
    def those_who_keep_each_other_away_do_not_meet(self) -> None:
        blocks = self.day.room.safety.blocks
        for each in self.day.room.booths.counters.values():
            for person in each.seats:
                assert blocks.get(person, frozenset()).isdisjoint(each.seats)

    @invariant()
    def numbers_are_given_once(self) -> None:
        seen: set[tuple[str, int]] = set()
        for event in self.day.log:
            if isinstance(event, TicketTaken):
                key = (event.ticket.booth, event.ticket.number)
                assert key not in seen
                seen.add(key)
        for queue in self.day.room.booths.queues.values():
            numbers = [each.number for each in queue.tickets.values()]
            assert len(set(numbers)) == len(numbers)
            assert max(numbers, default=0) <= queue.issued

    @invariant()
    def the_house_is_at_rest_after_a_tick(self) -> None:
        assert lounge.tick(self.day.room, self.day.now) == ()
        due = lounge.due(self.day.room)
        assert due is None or due > self.day.now

    @invariant()
    def a_restart_changes_nothing(self) -> None:
        again, lived = replayed(self.day.log).booths, self.day.room.booths
        assert stored(again) == stored(lived)
        assert orders(again) == orders(lived)

    @invariant()
    def counters_have_a_place_for_each(self) -> None:
        for each in self.day.room.booths.counters.values():
            assert len(set(each.seats.values())) == len(each.seats) <= 6
            assert set(each.seats.values()) <= {1, 2, 3, 4, 5, 6}
            assert set(each.reps) <= each.seats.keys()
            assert each.visitors


def stored(known: Booths) -> Booths:
    """The booths without what is never stored."""
    return replace(
        known, kept={}, watchers={}, chats={}, said=0, waved={}, looked_at=0.0, looks=0, gone={},
        proposed={},
    )  # fmt: skip


def orders(known: Booths) -> dict[str, list[str]]:
    return {booth: list(queue.tickets) for booth, queue in known.queues.items()}


def through_the_store(events: list[Event]) -> Iterator[Event]:
    """Events as they come back from the disk."""
    decoder: Any = msgspec.json.Decoder(wire.Event)
    for event in events:
        yield decoder.decode(msgspec.json.encode(event))


TestAtBooths = AtBooths.TestCase
TestAtBooths.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)


def test_nothing_comes_of_events_about_tickets_that_are_not_there() -> None:
    """The log replays, whatever was in it."""
    room = lounge.opening()
    for event in (
        Missed("kernbach", "elif", ()),
        CalledOff("kernbach", "elif", ()),
        GivenBack("kernbach", "elif", "missed", ()),
        Came("kernbach", "elif", "c1", ()),
        Looked(NOON, {}),
    ):
        room = lounge.apply(room, event)

    assert room.booths.queues.get("kernbach", Queue()).tickets == {}
