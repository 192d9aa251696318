"""A ballot: one vote a person, changed at will while it is open, and hidden until it is closed.

Whoever holds one, a gallery or a stage, says what can be chosen and hands the messages on.
Until it is closed nobody but the voter learns of a vote, nor how many there are; the desk
no more than anybody else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import Annotated, Literal

from msgspec import Meta, Struct
from msgspec.structs import replace

from rooms.people import Person, PersonId
from schedule.machine import Command, Event, Refused

HONOURED = 3  # places that are told; who came last is nobody's business

BallotId = Annotated[str, Meta(min_length=1, max_length=40, pattern=r"^[a-z0-9][a-z0-9._-]*$")]
Choice = Annotated[str, Meta(min_length=1, max_length=70, pattern=r"^[a-z0-9][a-z0-9._-]*$")]


# Commands


class Open(Command, frozen=True, tag="ballot.open"):
    """Let people vote; what was voted before is forgotten."""

    ballot: BallotId


class Vote(Command, frozen=True, tag="ballot.vote"):
    """Give one's vote, change it, or take it back."""

    ballot: BallotId
    choice: Choice | None = None


class Close(Command, frozen=True, tag="ballot.close"):
    """End the vote and tell everybody how it ended."""

    ballot: BallotId


# Events


class Opened(Event, frozen=True, tag="ballot.opened"):
    """Everybody may vote."""

    ballot: BallotId
    at: float


class Voted(Event, frozen=True, tag="ballot.voted"):
    """Somebody's vote as it is now; they alone hear it."""

    ballot: BallotId
    person: PersonId
    choice: Choice | None


class Place(Struct, frozen=True, rename="camel"):
    """A rank, and all who share it."""

    rank: int
    "From 1; after two firsts comes a third."
    choices: tuple[Choice, ...]
    "In the order of the list they were chosen from: no order of merit."
    votes: int
    "Of each of them."


class Closed(Event, frozen=True, tag="ballot.closed"):
    """The vote has ended, like this."""

    ballot: BallotId
    places: tuple[Place, ...]
    votes: int
    "Of all."
    at: float


# State


class Ballot(Struct, frozen=True):
    """One ballot as it stands."""

    stands: Literal["waiting", "open", "closed"] = "waiting"
    votes: dict[PersonId, Choice] = {}
    places: tuple[Place, ...] = ()
    "Once it is closed."
    counted: int = 0
    "Votes, once it is closed."


class BallotShown(Struct, frozen=True, rename="camel"):
    """A ballot as one reader may see it."""

    stands: Literal["waiting", "open", "closed"]
    mine: Choice | None
    places: tuple[Place, ...]
    "Empty until it is closed."
    votes: int
    "0 until it is closed."


COMMANDS: tuple[type[Command], ...] = (Open, Vote, Close)
EVENTS: tuple[type[Event], ...] = (Opened, Voted, Closed)


def decide(
    ballot: Ballot, command: Command, by: Person, now: float, choices: Sequence[str]
) -> tuple[Event, ...]:
    """What follows; `choices` is what can be voted for. Raises `Refused`."""
    match command:
        case Open(ballot=name):
            return () if ballot.stands == "open" else (Opened(name, now),)
        case Vote(ballot=name, choice=choice):
            return _vote(ballot, name, choice, by, choices)
        case Close(ballot=name):
            return _close(ballot, name, now, choices)
        case _:
            return ()


def apply(ballot: Ballot, event: Event) -> Ballot:
    """The ballot after `event`."""
    match event:
        case Opened():
            return Ballot(stands="open")
        case Voted(person=person, choice=None):
            rest = {voter: vote for voter, vote in ballot.votes.items() if voter != person}
            return replace(ballot, votes=rest)
        case Voted(person=person, choice=choice):
            return replace(ballot, votes={**ballot.votes, person: choice})
        case Closed(places=places, votes=votes):
            return replace(ballot, stands="closed", places=places, counted=votes)
        case _:
            return ballot


def show(ballot: Ballot, reader: PersonId) -> BallotShown:
    """What `reader` may know."""
    return BallotShown(
        stands=ballot.stands,
        mine=ballot.votes.get(reader),
        places=ballot.places,
        votes=ballot.counted,
    )


def places(votes: Sequence[str], choices: Sequence[str]) -> tuple[Place, ...]:
    """Who is first, second and third; equal votes share a rank and take up those behind it."""
    counted = Counter(vote for vote in votes if vote in set(choices))
    ranked = sorted((each for each in choices if counted[each]), key=lambda each: -counted[each])
    found: list[Place] = []
    before = 0
    for count, group in groupby(ranked, key=lambda each: counted[each]):
        shared = tuple(group)
        if before < HONOURED:
            found.append(Place(before + 1, shared, count))
        before += len(shared)
    return tuple(found)


def _vote(
    ballot: Ballot, name: str, choice: str | None, by: Person, choices: Sequence[str]
) -> tuple[Event, ...]:
    if ballot.stands != "open":
        raise Refused("There is no vote just now. As soon as it is opened, you can choose.")
    if choice is not None and choice not in choices:
        raise Refused("This cannot be voted for any more. Please choose another one.")
    return () if ballot.votes.get(by.id) == choice else (Voted(name, by.id, choice),)


def _close(ballot: Ballot, name: str, now: float, choices: Sequence[str]) -> tuple[Event, ...]:
    if ballot.stands == "waiting":
        raise Refused("This vote has not been opened yet. There is nothing to close.")
    if ballot.stands == "closed":
        return ()
    valid = [vote for vote in ballot.votes.values() if vote in set(choices)]
    return (Closed(name, places(valid, choices), len(valid), now),)
