"""Swapping contacts: only with whom one sat, only while both agree, only what each chose."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms import contacts, lounge, rights
from rooms.acquaintance import Met
from rooms.breakout import Enter
from rooms.contacts import (
    ContactsShown,
    Field,
    Given,
    Offer,
    Offered,
    Withdraw,
    WithdrawAll,
    Withdrawn,
)
from rooms.lounge import Admit, Lounge
from rooms.people import HOUSE, Person
from rooms.safety import Block
from rooms.tabletop import SatAtTable, Table, TableOpened
from schedule.items import Meetings
from schedule.machine import Command, Event, Refused
from tests.rooms import talks
from tests.rooms.scenes import EVERYBODY, GRETA, RHEA, TESSA, TILDA, TOM, T

FOUR = [TILDA, TOM, TESSA, RHEA]


class Evening:
    """A lounge in which some have met."""

    def __init__(self, *groups: tuple[Person, ...]) -> None:
        self.room: Lounge = lounge.opening()
        self.do(HOUSE, Admit({each.id: each for each in EVERYBODY}, Meetings()))
        for group in groups:
            self.happen(Met(tuple(each.id for each in group), T))

    def happen(self, *events: Event) -> None:
        for event in events:
            self.room = lounge.apply(self.room, event)

    def do(self, by: Person, command: Command, now: float = T) -> tuple[Event, ...]:
        """What follows, with what then happens by itself."""
        rights.may(self.room, command, by)
        events = lounge.decide(self.room, command, by, now)
        self.happen(*events)
        if lounge.due(self.room) is not None:
            by_itself = lounge.tick(self.room, now)
            self.happen(*by_itself)
            events += by_itself
        return events

    def seen(self, reader: Person, owner: Person) -> Given | None:
        return contacts.seen(self.room, reader.id, owner.id)

    def shown(self, reader: Person) -> ContactsShown:
        return contacts.show(self.room, reader, T)


def test_nothing_is_seen_before_both_have_agreed() -> None:
    evening = Evening((TILDA, RHEA))

    assert evening.do(TILDA, Offer("rhea", ("mail",))) == (Offered("tilda", "rhea", ("mail",), T),)
    assert evening.seen(RHEA, TILDA) is None
    assert evening.shown(RHEA) == ContactsShown(mine={}, theirs={"tilda": Given(("mail",), T)})

    evening.do(RHEA, Offer("tilda"), T + 9)
    assert evening.seen(RHEA, TILDA) == Given(("mail",), T)
    assert evening.seen(TILDA, RHEA) == Given((), T + 9)


def test_whoever_withdraws_shows_nothing_and_sees_nothing_any_more() -> None:
    evening = Evening((TILDA, RHEA))
    evening.do(TILDA, Offer("rhea", ("mail", "phone")))
    evening.do(RHEA, Offer("tilda", ("mail",)))

    assert evening.do(TILDA, Withdraw("rhea"), T + 9) == (Withdrawn("tilda", "rhea", T + 9),)
    assert evening.seen(RHEA, TILDA) is None
    assert evening.seen(TILDA, RHEA) is None
    assert contacts.seen_once(evening.room, "rhea", "tilda")
    assert evening.do(TILDA, Withdraw("rhea")) == ()


def test_a_field_that_is_switched_off_is_seen_no_longer() -> None:
    evening = Evening((TILDA, RHEA))
    evening.do(TILDA, Offer("rhea", ("mail", "phone")))
    evening.do(RHEA, Offer("tilda"))

    evening.do(TILDA, Offer("rhea", ("phone",)), T + 5)
    assert evening.seen(RHEA, TILDA) == Given(("phone",), T + 5)
    assert evening.do(TILDA, Offer("rhea", ("phone", "phone"))) == ()


def test_only_both_hear_of_a_swap() -> None:
    offered = Offered("tilda", "rhea", ("mail",), T)
    withdrawn = Withdrawn("tilda", "rhea", T)

    for event in (offered, withdrawn):
        hear = [person.id for person in (*EVERYBODY, HOUSE) if rights.hears(event, person)]
        assert hear == ["tilda", "rhea"]


def test_one_swaps_with_people_one_has_met() -> None:
    evening = Evening((TILDA, RHEA))

    for stranger in ("tom", "tilda", "nobody"):
        with pytest.raises(Refused, match="people you have talked to"):
            evening.do(TILDA, Offer(stranger))


def test_everything_is_taken_back_at_once() -> None:
    evening = Evening((TILDA, RHEA), (TILDA, TOM))
    evening.do(TILDA, Offer("rhea", ("mail",)))
    evening.do(TILDA, Offer("tom"))

    events = evening.do(TILDA, WithdrawAll(), T + 1)
    assert events == (Withdrawn("tilda", "rhea", T + 1), Withdrawn("tilda", "tom", T + 1))
    assert evening.shown(TILDA) == ContactsShown({}, {})


def test_a_block_ends_a_swap_and_looks_like_a_withdrawal() -> None:
    evening = Evening((TILDA, RHEA))
    evening.do(TILDA, Offer("rhea", ("mail",)))
    evening.do(RHEA, Offer("tilda", ("mail",)))

    events = evening.do(TILDA, Block("rhea"), T + 2)

    assert [rights.hears(event, RHEA) for event in events] == [False, True]
    assert events[1] == Withdrawn("tilda", "rhea", T + 2)
    assert evening.seen(RHEA, TILDA) is None
    assert evening.seen(TILDA, RHEA) is None
    assert evening.shown(TILDA) == ContactsShown({}, {})
    assert evening.shown(RHEA) == ContactsShown({"tilda": Given(("mail",), T)}, {})
    assert lounge.due(evening.room) is None


def test_whoever_is_blocked_may_agree_and_is_only_never_answered() -> None:
    evening = Evening((TILDA, RHEA))
    evening.do(TILDA, Block("rhea"))

    assert evening.do(RHEA, Offer("tilda")) == (Offered("rhea", "tilda", (), T),)
    assert evening.shown(TILDA) == ContactsShown({}, {})
    with pytest.raises(Refused, match="You have blocked this person"):
        evening.do(TILDA, Offer("rhea"))


def test_those_who_sit_at_a_table_have_met() -> None:
    evening = Evening()
    evening.happen(TableOpened(Table("t1", "Light", None)))
    evening.happen(*(SatAtTable("t1", each.id, seat, T) for seat, each in enumerate(FOUR[:3], 1)))

    events = lounge.tick(evening.room, T + 1)
    assert Met(("tilda", "tom", "tessa"), T + 1) in events
    evening.happen(*events)
    assert lounge.tick(evening.room, T + 1) == ()
    evening.do(TOM, Offer("tessa"))
    with pytest.raises(Refused):
        evening.do(TOM, Offer("rhea"))


def test_those_who_were_in_a_talk_together_may_swap_during_it_and_after() -> None:
    round_ = talks.Evening(("elif", "ruth"), ("jonas", "tim"))
    round_.begin()
    round_.do(Enter("b1"), talks.ELIF)
    with pytest.raises(Refused):
        round_.do(Offer("ruth"), talks.ELIF)  # not here yet
    round_.do(Enter("b1"), talks.RUTH)
    round_.do(Offer("ruth", ("mail",)), talks.ELIF)
    round_.until(talks.NOON + 3600)
    round_.do(Offer("elif"), talks.RUTH)

    assert contacts.seen(round_.room, "ruth", "elif") == Given(("mail",), talks.NOON)
    with pytest.raises(Refused):
        round_.do(Offer("tim"), talks.ELIF)


def test_who_met_hear_it_and_it_is_shown_to_them() -> None:
    evening = Evening((TILDA, RHEA), (TILDA, TOM))

    met = Met(("tilda", "rhea"), T)
    assert [rights.hears(met, each) for each in (TILDA, RHEA, TOM, GRETA)] == [
        True, True, False, False,
    ]  # fmt: skip
    assert lounge.show(evening.room, TILDA, T).acquaintance.met == ("rhea", "tom")
    assert lounge.show(evening.room, GRETA, T).acquaintance.met == ()


fields: st.SearchStrategy[tuple[Field, ...]] = st.lists(
    st.sampled_from(("mail", "phone", "card")), unique=True, max_size=3
).map(tuple)
commands = st.one_of(
    st.builds(Offer, st.sampled_from([each.id for each in FOUR]), fields),
    st.builds(Withdraw, st.sampled_from([each.id for each in FOUR])),
    st.builds(Block, st.sampled_from([each.id for each in FOUR]), st.booleans()),
    st.just(WithdrawAll()),
)
deeds = st.lists(st.tuples(st.sampled_from(FOUR), commands), max_size=25)


@given(deeds)
def test_somebody_is_seen_only_while_both_agree_and_neither_keeps_the_other_away(
    done: list[tuple[Person, Command]],
) -> None:
    evening = Evening(tuple(FOUR))
    agreed: dict[tuple[str, str], tuple[Field, ...]] = {}
    blocked: set[tuple[str, str]] = set()
    for by, command in done:
        try:
            evening.do(by, command)
        except Refused:
            continue
        match command:
            case Offer(person=other, fields=chosen):
                agreed[by.id, other] = tuple(sorted(chosen))
            case Withdraw(person=other):
                agreed.pop((by.id, other), None)
            case WithdrawAll():
                agreed = {pair: each for pair, each in agreed.items() if pair[0] != by.id}
            case Block(person=other, on=True):
                blocked.add((by.id, other))
                agreed.pop((by.id, other), None)
            case Block(person=other):
                blocked.discard((by.id, other))

        for reader in FOUR:
            for owner in FOUR:
                seen = evening.seen(reader, owner)
                both = (reader.id, owner.id) in agreed and (owner.id, reader.id) in agreed
                apart = {(reader.id, owner.id), (owner.id, reader.id)} & blocked
                expected = agreed[owner.id, reader.id] if both and not apart else None
                assert (seen.fields if seen else None) == expected
            others = {*evening.shown(reader).mine, *evening.shown(reader).theirs}
            assert not others & {b for a, b in blocked if a == reader.id}
            assert not {*evening.shown(reader).theirs} & {a for a, b in blocked if b == reader.id}


@given(deeds)
def test_the_state_travels_between_processes(done: list[tuple[Person, Command]]) -> None:
    evening = Evening(tuple(FOUR))
    for by, command in done:
        try:
            evening.do(by, command)
        except Refused:
            continue
    again = msgspec.msgpack.decode(msgspec.msgpack.encode(evening.room), type=Lounge)
    assert again == evening.room
