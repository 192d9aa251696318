"""A ballot: one vote a person, changed at will, and no whisper of it before it is closed."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rooms import ballot, rights
from rooms.ballot import Ballot, BallotShown, Close, Closed, Open, Opened, Place, Vote, Voted
from rooms.people import Person, Role
from schedule.machine import Command, Event, Refused

NOON = 1_600_000_200.0
WORKS = ("bach", "diamant", "lot", "naht")
DESK = Person("mia", "Mia Roth", Role.MODERATOR)
VOTERS = [Person(f"guest-{n}", f"Guest {n}", Role.GUEST) for n in range(6)]
ANNA, BENNO, CARLA, *_ = VOTERS


class Held:
    """A ballot, and all that was told of it."""

    def __init__(self) -> None:
        self.ballot = Ballot()
        self.told: list[Event] = []

    def do(self, command: Command, by: Person = DESK) -> tuple[Event, ...]:
        events = ballot.decide(self.ballot, command, by, NOON, WORKS)
        for event in events:
            self.ballot = ballot.apply(self.ballot, event)
        self.told += events
        return events

    def votes(self, **chosen: str) -> Held:
        for name, choice in chosen.items():
            self.do(Vote("favourite", choice), Person(name, name, Role.GUEST))
        return self


def opened() -> Held:
    held = Held()
    held.do(Open("favourite"))
    return held


def test_nobody_votes_before_it_is_opened_nor_after_it_is_closed() -> None:
    held = Held()
    with pytest.raises(Refused, match="There is no vote just now"):
        held.do(Vote("favourite", "bach"), ANNA)
    held.do(Open("favourite"))
    held.do(Close("favourite"))
    with pytest.raises(Refused, match="There is no vote just now"):
        held.do(Vote("favourite", "bach"), ANNA)


def test_each_has_one_vote_and_may_change_it_or_take_it_back() -> None:
    held = opened()
    held.do(Vote("favourite", "bach"), ANNA)
    assert held.do(Vote("favourite", "lot"), ANNA) == (Voted("favourite", "guest-0", "lot"),)
    assert held.do(Vote("favourite", "lot"), ANNA) == ()
    held.do(Vote("favourite", "bach"), BENNO)
    held.do(Vote("favourite", None), BENNO)
    assert held.ballot.votes == {"guest-0": "lot"}


def test_only_what_is_on_the_list_can_be_chosen() -> None:
    with pytest.raises(Refused, match="cannot be voted for"):
        opened().do(Vote("favourite", "something-else"), ANNA)


def test_until_it_is_closed_a_reader_sees_the_own_vote_and_nothing_else() -> None:
    held = opened().votes(anna="bach", benno="bach", carla="lot")
    assert ballot.show(held.ballot, "anna") == BallotShown("open", "bach", (), 0)
    assert ballot.show(held.ballot, "mia") == BallotShown("open", None, (), 0)


def test_a_vote_is_heard_by_its_voter_alone_and_not_by_the_desk() -> None:
    voted = opened().do(Vote("favourite", "bach"), ANNA)[0]
    assert rights.hears(voted, ANNA)
    assert not any(rights.hears(voted, each) for each in (DESK, BENNO))


def test_equal_votes_share_a_place_and_take_up_those_behind_it() -> None:
    held = opened().votes(a="lot", b="bach", c="lot", d="bach", e="naht")
    (closed,) = held.do(Close("favourite"))
    places = (Place(1, ("bach", "lot"), 2), Place(3, ("naht",), 1))
    assert closed == Closed("favourite", places, 5, NOON)
    assert ballot.show(held.ballot, "a") == BallotShown("closed", "lot", places, 5)


def test_three_places_are_told_and_who_came_last_is_not() -> None:
    votes = ["bach"] * 4 + ["diamant"] * 3 + ["lot"] * 2 + ["naht"]
    assert [place.rank for place in ballot.places(votes, WORKS)] == [1, 2, 3]


def test_a_ballot_without_votes_has_no_winner() -> None:
    assert opened().do(Close("favourite")) == (Closed("favourite", (), 0, NOON),)


def test_what_is_no_longer_on_the_list_does_not_win() -> None:
    held = opened().votes(a="bach", b="lot")
    (closed,) = ballot.decide(held.ballot, Close("favourite"), DESK, NOON, ("lot", "naht"))
    assert closed == Closed("favourite", (Place(1, ("lot",), 1),), 1, NOON)


def test_opened_anew_it_begins_anew() -> None:
    held = opened().votes(anna="bach")
    held.do(Close("favourite"))
    assert held.do(Open("favourite")) == (Opened("favourite", NOON),)
    assert ballot.show(held.ballot, "anna") == BallotShown("open", None, (), 0)


def test_opening_and_closing_twice_is_once() -> None:
    held = opened()
    assert held.do(Open("favourite")) == ()
    held.do(Close("favourite"))
    assert held.do(Close("favourite")) == ()
    with pytest.raises(Refused, match="not been opened yet"):
        Held().do(Close("favourite"))


MOVES = st.lists(
    st.one_of(
        st.just(Open("favourite")),
        st.just(Close("favourite")),
        st.builds(Vote, st.just("favourite"), st.sampled_from([*WORKS, None])),
    ).flatmap(lambda command: st.tuples(st.just(command), st.sampled_from(VOTERS))),
    max_size=40,
)


@settings(max_examples=150, deadline=None)
@given(MOVES)
def test_nobody_counts_twice_and_nothing_leaks(moves: list[tuple[Command, Person]]) -> None:
    held = Held()
    last: dict[str, str] = {}
    for command, by in moves:
        before = held.ballot
        try:
            events = held.do(command, by)
        except Refused:
            assert held.ballot == before
            continue
        if any(isinstance(event, Opened) for event in events):
            last = {}
        if isinstance(command, Vote):
            last.pop(by.id, None)
            last |= {by.id: command.choice} if command.choice else {}
        if held.ballot.stands == "open":
            # All but the own vote looks to everybody as if nobody had voted.
            for reader in VOTERS:
                shown = ballot.show(held.ballot, reader.id)
                assert shown == BallotShown("open", last.get(reader.id), (), 0)
        if held.ballot.stands == "closed":
            shown = ballot.show(held.ballot, "mia")
            assert shown.votes == len(last)
            told = {choice: place.votes for place in shown.places for choice in place.choices}
            assert all(list(last.values()).count(key) == votes for key, votes in told.items())
            assert [place.votes for place in shown.places] == sorted(
                (place.votes for place in shown.places), reverse=True
            )
    replayed = Ballot()
    for event in held.told:
        kind = type(event)
        copy: Event = msgspec.json.decode(msgspec.json.encode(event), type=kind)
        replayed = ballot.apply(replayed, copy)
    assert replayed == held.ballot
