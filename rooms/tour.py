"""The tour: the moderator leads those who follow from stand to stand."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct
from msgspec.structs import replace

from rooms import presence
from rooms.people import DESK, Person, PersonId
from schedule.machine import Command, Event, Refused, View

if TYPE_CHECKING:
    from rooms.lounge import Lounge

AT_ONCE = 0.0  # Unix seconds; long due
MOST_STOPS = 120  # of a route: every booth and every work of a large gathering

Stop = Annotated[str, Meta(max_length=90, pattern=r"^/(booths|exhibition)/[a-z0-9][a-z0-9._-]*$")]
"The address of a stand in this house; nothing else can be visited on a tour."
BOOTH = "/booths/"


# Commands


class Plan(Command, frozen=True, tag="tour.plan"):
    """Choose the stands the tour is to visit, in this order; none: all there are."""

    stops: Annotated[tuple[Stop, ...], Meta(max_length=MOST_STOPS)]


class Go(Command, frozen=True, tag="tour.go"):
    """Lead everybody who follows to a stand."""

    stop: Stop


class Follow(Command, frozen=True, tag="tour.follow"):
    """Go along with the tour that is on, or no longer."""

    on: bool = True


# Events


class Planned(Event, frozen=True, tag="tour.planned"):
    """Which stands the tour is to visit; for the desk."""

    stops: tuple[Stop, ...]


class Began(Event, frozen=True, tag="tour.began"):
    """A tour is on; nobody follows yet."""

    item: str
    at: float


class Went(Event, frozen=True, tag="tour.went"):
    """The tour is at a stand."""

    stop: Stop
    at: float


class Followed(Event, frozen=True, tag="tour.followed"):
    """Somebody goes along, or no longer; told to them alone."""

    person: PersonId
    on: bool


class Ended(Event, frozen=True, tag="tour.ended"):
    """The tour is over."""

    item: str
    at: float


# View


class FollowersShown(View, frozen=True, tag="tour.followers"):
    """How many go along just now; the same for everybody."""

    count: int


# State


class Tour(Struct, frozen=True):
    """Where the tour is, and who goes along."""

    item: str | None = None
    "The tour that is on, an item's id."
    stop: Stop | None = None
    "Where it is; nothing before the first stand."
    at: float = 0.0
    "Since when it is there; Unix seconds."
    following: frozenset[PersonId] = frozenset()
    stops: tuple[Stop, ...] = ()
    "As the desk chose them; none: all there are."


class TourShown(Struct, frozen=True, rename="camel"):
    """What one reader may see of it."""

    item: str | None
    stop: Stop | None
    at: float
    following: bool
    "Whether the reader goes along."
    followers: int
    stops: tuple[Stop, ...]
    "For the desk alone, so that the others are surprised."


COMMANDS: tuple[type[Command], ...] = (Plan, Go, Follow)
EVENTS: tuple[type[Event], ...] = (Planned, Began, Went, Followed, Ended)
VIEWS: tuple[type[View], ...] = (FollowersShown,)
STIRS: dict[type[Event], tuple[type[View], ...]] = {
    Began: (FollowersShown,),
    Followed: (FollowersShown,),
    Ended: (FollowersShown,),
}
VIEWED: dict[type[View], Callable[[Lounge, float], View]] = {
    FollowersShown: lambda lounge, now: FollowersShown(followers(lounge)),
}


def followers(lounge: Lounge) -> int:
    """How many of those who go along are in the house."""
    return len(lounge.tour.following & presence.here(lounge.presence))


def decide(lounge: Lounge, command: Command, by: Person, now: float) -> tuple[Event, ...]:
    """What follows; raises `Refused`."""
    part = lounge.tour
    match command:
        case Plan(stops=stops):
            chosen = tuple(dict.fromkeys(stops))
            for stop in chosen:
                _check(lounge, stop)
            return () if chosen == part.stops else (Planned(chosen),)
        case Go(stop=stop):
            _check_on(lounge)
            _check(lounge, stop)
            return () if stop == part.stop else (Went(stop, now),)
        case Follow(on=on):
            if on:
                _check_on(lounge)
            return () if on == (by.id in part.following) else (Followed(by.id, on),)
        case _:
            return ()


def tick(lounge: Lounge, now: float) -> tuple[Event, ...]:
    """The tour begins and ends with its item of the agenda."""
    before, after = lounge.tour.item, lounge.touring
    if before == after:
        return ()
    ended = () if before is None else (Ended(before, now),)
    return (*ended, *(() if after is None else (Began(after, now),)))


def due(lounge: Lounge) -> float | None:
    """When `tick` next has something to do; 0 if that is already the case."""
    return None if lounge.tour.item == lounge.touring else AT_ONCE


def apply(tour: Tour, event: Event) -> Tour:
    """The part after `event`."""
    match event:
        case Planned(stops=stops):
            return replace(tour, stops=stops)
        case Began(item=item, at=at):
            return Tour(item=item, at=at, stops=tour.stops)
        case Went(stop=stop, at=at):
            return replace(tour, stop=stop, at=at)
        case Followed(person=person, on=on):
            rest = tour.following - {person}
            return replace(tour, following=rest | {person} if on else rest)
        case Ended():
            return Tour(stops=tour.stops)
        case _:
            return tour


def show(lounge: Lounge, reader: Person, now: float) -> TourShown:
    """What `reader` may see."""
    part = lounge.tour
    return TourShown(
        item=part.item,
        stop=part.stop,
        at=part.at,
        following=reader.id in part.following,
        followers=followers(lounge),
        stops=part.stops if reader.role in DESK else (),
    )


def _check_on(lounge: Lounge) -> None:
    if lounge.touring is None or lounge.tour.item != lounge.touring:
        raise Refused("No tour is on just now. It begins with its item in the agenda.")


def _check(lounge: Lounge, stop: Stop) -> None:
    """Booths are known here; works are in the fair, and the page says so if one is gone."""
    if stop.startswith(BOOTH) and stop.removeprefix(BOOTH) not in lounge.exhibitors:
        raise Refused("There is no such stand in this house. Please choose another one.")
