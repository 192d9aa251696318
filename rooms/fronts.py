"""Fronts: what happens before a booth: who stands there, shows something, looks, asks, waves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from msgspec import Meta

from rooms import staffing, stalls
from rooms.booked import Instant
from rooms.people import DESK, Person, PersonId
from rooms.queues import BoothId
from rooms.stalls import (
    BoothLine,
    BoothSaid,
    BoothShowed,
    BoothUnsaid,
    BoothWatched,
    CameToBooth,
    LeftBooth,
    LineId,
    Post,
    Showing,
    WantsToBeTold,
    Waved,
    Willing,
)
from rooms.turns import check_booth, check_idle
from schedule.machine import Command, Event, Refused

if TYPE_CHECKING:
    from rooms.lounge import Lounge

LOOKS = 90.0  # seconds a look counts without another word; pages repeat it every 30
WAVES = 10.0  # seconds until a wave is another wave


class BeThere(Command, frozen=True, tag="booth.be-there"):
    """Stand at one's booth, or no longer."""

    booth: BoothId
    on: bool = True


class TakeBreak(Command, frozen=True, tag="booth.pause"):
    """Be on a break, and say until when if one knows; or be back."""

    booth: BoothId
    on: bool = True
    until: Instant | None = None


class ShowAtBooth(Command, frozen=True, tag="booth.show"):
    """Show one's camera to whoever looks at the booth, or no longer."""

    booth: BoothId
    on: bool = True
    caption: Annotated[str, Meta(max_length=80)] = ""


class WatchBooth(Command, frozen=True, tag="booth.watch"):
    """The page says that somebody looks at a booth; `fresh` if it was just loaded."""

    durable: ClassVar[bool] = False

    booth: BoothId
    on: bool = True
    fresh: bool = False


class Wave(Command, frozen=True, tag="booth.wave"):
    """Wave to those of the booth."""

    durable: ClassVar[bool] = False

    booth: BoothId


class SayAtBooth(Command, frozen=True, tag="booth.say"):
    """Ask or say something in the booth's chat. It is not stored."""

    durable: ClassVar[bool] = False

    booth: BoothId
    text: Annotated[str, Meta(min_length=1, max_length=500)]


class UnsayAtBooth(Command, frozen=True, tag="booth.unsay"):
    """Take a line away: one's own, one at one's booth, or any at the desk."""

    durable: ClassVar[bool] = False

    booth: BoothId
    line: LineId


class TellMe(Command, frozen=True, tag="booth.tell-me"):
    """Be told when one of the booth is free, or no longer."""

    booth: BoothId
    on: bool = True


class BeWilling(Command, frozen=True, tag="booth.willing"):
    """Agree to be invited by booths when idle, or no longer."""

    on: bool = True


COMMANDS: tuple[type[Command], ...] = (
    BeThere, TakeBreak, ShowAtBooth, WatchBooth, Wave, SayAtBooth, UnsayAtBooth, TellMe, BeWilling,
)  # fmt: skip


def decide(lounge: Lounge, command: Command, by: Person, now: float) -> tuple[Event, ...]:
    """What follows; raises `Refused` with what to do instead."""
    return _DECIDES[type(command)](lounge, command, by, now)


def stepping_back(lounge: Lounge, person: PersonId) -> Iterator[Event]:
    """What follows when somebody stands at the booth no longer."""
    post = lounge.booths.staff.get(person)
    shows = stalls.shown_by(lounge.booths, person)
    if shows is not None:
        yield BoothShowed(shows, None)
    if post is not None:
        yield LeftBooth(person, post.booth)


# Those of the booth


def _be_there(lounge: Lounge, command: BeThere, by: Person, now: float) -> tuple[Event, ...]:
    if not command.on:
        return tuple(stepping_back(lounge, by.id))
    known = lounge.booths.staff.get(by.id)
    if known is not None and known.booth == command.booth:
        return ()  # a page that is loaded anew ends no break
    return (CameToBooth(by.id, Post(command.booth)),)


def _pause(lounge: Lounge, command: TakeBreak, by: Person, now: float) -> tuple[Event, ...]:
    post = Post(command.booth, command.on, command.until if command.on else None)
    if lounge.booths.staff.get(by.id) == post:
        return ()
    shows = stalls.shown_by(lounge.booths, by.id) if command.on else None
    ends = (BoothShowed(shows, None),) if shows is not None else ()
    return (*ends, CameToBooth(by.id, post))


def _show(lounge: Lounge, command: ShowAtBooth, by: Person, now: float) -> tuple[Event, ...]:
    known = lounge.booths.showing.get(command.booth)
    if not command.on:
        own = known is not None and known.person == by.id
        return (BoothShowed(command.booth, None),) if own else ()
    # What is said in a talk must not reach whoever looks at the booth.
    check_idle(lounge, by.id)
    if known is not None and known.person != by.id:
        raise Refused("A colleague shows something already. Please ask them to stop first.")
    showing = Showing(by.id, command.caption.strip())
    if known == showing:
        return ()
    post = Post(command.booth)
    stands = lounge.booths.staff.get(by.id) == post
    here = () if stands else (CameToBooth(by.id, post),)
    return (*here, BoothShowed(command.booth, showing))


# Those before it


def _watch(lounge: Lounge, command: WatchBooth, by: Person, now: float) -> tuple[Event, ...]:
    booth = command.booth
    known = lounge.booths.watchers.get(by.id)
    if not command.on:
        here = known is not None and known[0] == booth
        return (BoothWatched(booth, by.id, None),) if here else ()
    check_booth(lounge, booth)
    new = command.fresh or known is None or known[0] != booth
    lines = lines_for(lounge, booth, by.id) if new else None
    return (BoothWatched(booth, by.id, now + LOOKS, lines),)


def lines_for(lounge: Lounge, booth: BoothId, reader: PersonId) -> tuple[BoothLine, ...]:
    """A booth's chat without those whom the reader does not meet."""
    lines = lounge.booths.chats.get(booth, ())
    return tuple(each for each in lines if staffing.may_meet(lounge, reader, each.by))


def _wave(lounge: Lounge, command: Wave, by: Person, now: float) -> tuple[Event, ...]:
    check_booth(lounge, command.booth)
    if now < lounge.booths.waved.get(by.id, 0.0) + WAVES:
        return ()
    there = staffing.at_booth(lounge, command.booth)
    people = tuple(rep for rep in there if staffing.may_meet(lounge, rep, by.id))
    return (Waved(command.booth, by.id, now, people),)


def _say(lounge: Lounge, command: SayAtBooth, by: Person, now: float) -> tuple[Event, ...]:
    check_booth(lounge, command.booth)
    text = command.text.strip()
    if not text:
        return ()
    line = BoothLine(f"l{lounge.booths.said + 1}", by.id, text, now)
    return (BoothSaid(command.booth, line),)


def _unsay(lounge: Lounge, command: UnsayAtBooth, by: Person, now: float) -> tuple[Event, ...]:
    check_booth(lounge, command.booth)
    lines = lounge.booths.chats.get(command.booth, ())
    line = next((each for each in lines if each.id == command.line), None)
    if line is None:
        return ()
    of_booth = staffing.represents(lounge, by, command.booth)
    if line.by != by.id and not of_booth and by.role not in DESK:
        raise Refused("You can take back your own lines only. The booth sees to the others.")
    return (BoothUnsaid(command.booth, line.id),)


def _tell_me(lounge: Lounge, command: TellMe, by: Person, now: float) -> tuple[Event, ...]:
    check_booth(lounge, command.booth)
    told = by.id in lounge.booths.tell.get(command.booth, ())
    return () if told == command.on else (WantsToBeTold(command.booth, by.id, command.on),)


def _willing(lounge: Lounge, command: BeWilling, by: Person, now: float) -> tuple[Event, ...]:
    agreed = by.id in lounge.booths.willing
    return () if agreed == command.on else (Willing(by.id, command.on),)


_DECIDES: dict[type[Command], Callable[[Lounge, Any, Person, float], tuple[Event, ...]]] = {
    BeThere: _be_there,
    TakeBreak: _pause,
    ShowAtBooth: _show,
    WatchBooth: _watch,
    Wave: _wave,
    SayAtBooth: _say,
    UnsayAtBooth: _unsay,
    TellMe: _tell_me,
    BeWilling: _willing,
}
