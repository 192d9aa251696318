"""Stalls: all booths as they stand, live; who is there, shows something, asks, or looks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, ClassVar, TypeVar

from msgspec import Meta, Struct
from msgspec.structs import replace

from rooms import counters, queues
from rooms.counters import BoothTalk, Counter, CounterChanged, CounterClosed, CounterId, CounterKept
from rooms.people import PersonId
from rooms.queues import BoothId, Queue
from schedule.machine import Event

KEPT = 50  # lines of a booth's chat for those who come; nothing of it is stored
SHOW = "show-"
"What the name of the circle begins with in which a booth shows something; its id follows."

LineId = Annotated[str, Meta(min_length=1, max_length=20, pattern=r"^[a-z0-9]+$")]
V = TypeVar("V")


class Post(Struct, frozen=True):
    """Somebody of the booth stands there."""

    booth: BoothId
    paused: bool = False
    "On a break."
    until: float | None = None
    "When they want to be back from it; Unix seconds."


class Showing(Struct, frozen=True):
    """Whose camera whoever looks at a booth can see."""

    person: PersonId
    caption: str = ""


class BoothLine(Struct, frozen=True):
    """A line in a booth's chat."""

    id: LineId
    by: PersonId
    text: str
    at: float


class Booths(Struct, frozen=True):
    """All that happens at booths just now."""

    queues: dict[BoothId, Queue] = {}
    counters: dict[CounterId, Counter] = {}
    opened: int = 0
    "How many counters there ever were; the next one's id follows from it."
    talks: dict[BoothId, tuple[BoothTalk, ...]] = {}
    "Those that are over, the oldest first."
    staff: dict[PersonId, Post] = {}
    showing: dict[BoothId, Showing] = {}
    willing: frozenset[PersonId] = frozenset()
    "Who agreed to be invited when idle."
    tell: dict[BoothId, frozenset[PersonId]] = {}
    "Who wants to be told when somebody is back."
    uninterested: dict[BoothId, frozenset[PersonId]] = {}
    "Who did not follow this booth's invitation, and is left alone."
    # What follows is never stored.
    kept: dict[PersonId, float] = {}
    "Until when a seat at a counter is kept without another word."
    watchers: dict[PersonId, tuple[BoothId, float]] = {}
    "Who looks at a booth, and until when that holds."
    chats: dict[BoothId, tuple[BoothLine, ...]] = {}
    said: int = 0
    waved: dict[PersonId, float] = {}
    looked_at: float = 0.0
    "When the house last looked how things are; Unix seconds."
    looks: int = 0
    gone: dict[PersonId, float] = {}
    "Who stands at a booth, or waits at one, and is not in the house, since when."
    proposed: dict[BoothId, tuple[PersonId, ...]] = {}
    "Talents to invite."


# Events


class CameToBooth(Event, frozen=True, tag="booth.staffed"):
    """Somebody stands at their booth from now on, or is on a break there."""

    person: PersonId
    post: Post


class LeftBooth(Event, frozen=True, tag="booth.unstaffed"):
    """Somebody stands at their booth no longer."""

    person: PersonId
    booth: BoothId


class BoothShowed(Event, frozen=True, tag="booth.showed"):
    """What one sees at a booth from now on, if anything."""

    booth: BoothId
    showing: Showing | None


class BoothWatched(Event, frozen=True, tag="booth.watched"):
    """Somebody looks at a booth, or no longer; they alone hear it, and what was said there."""

    stored: ClassVar[bool] = False

    booth: BoothId
    person: PersonId
    until: float | None
    lines: tuple[BoothLine, ...] | None = None


class BoothSaid(Event, frozen=True, tag="booth.said"):
    """A line in a booth's chat. Everybody hears it: who looks at a booth is nobody's business."""

    stored: ClassVar[bool] = False

    booth: BoothId
    line: BoothLine


class BoothUnsaid(Event, frozen=True, tag="booth.unsaid"):
    """A line was taken away."""

    stored: ClassVar[bool] = False

    booth: BoothId
    line: LineId


class Waved(Event, frozen=True, tag="booth.waved"):
    """A visitor waves to those of the booth."""

    stored: ClassVar[bool] = False

    booth: BoothId
    by: PersonId
    at: float
    people: tuple[PersonId, ...]


class WantsToBeTold(Event, frozen=True, tag="booth.wants-to-be-told"):
    """Somebody wants to hear when one of the booth is back, or no longer; they alone hear it."""

    booth: BoothId
    person: PersonId
    on: bool


class SomebodyBack(Event, frozen=True, tag="booth.somebody-back"):
    """One of the booth is free; somebody who wanted to be told hears it."""

    booth: BoothId
    person: PersonId


class Willing(Event, frozen=True, tag="booth.willingness"):
    """Somebody agrees to be invited when idle, or no longer; they alone hear it."""

    person: PersonId
    on: bool


class Proposed(Event, frozen=True, tag="booth.proposed"):
    """Idle talents whom an idle booth could invite; its people hear it."""

    stored: ClassVar[bool] = False

    booth: BoothId
    talents: tuple[PersonId, ...]
    people: tuple[PersonId, ...]


class Looked(Event, frozen=True, tag="booth.looked"):
    """The house looked how things are at the booths."""

    stored: ClassVar[bool] = False

    at: float
    gone: dict[PersonId, float]


EVENTS: tuple[type[Event], ...] = (
    *queues.EVENTS, *counters.EVENTS, CameToBooth, LeftBooth, BoothShowed, BoothWatched, BoothSaid,
    BoothUnsaid, Waved, WantsToBeTold, SomebodyBack, Willing, Proposed, Looked,
)  # fmt: skip


def room(booth: BoothId) -> str:
    """The name of the circle in which a booth shows something."""
    return SHOW + booth


def shown_by(booths: Booths, person: PersonId) -> BoothId | None:
    """At which booth somebody shows something."""
    return next((id_ for id_, each in booths.showing.items() if each.person == person), None)


def apply(booths: Booths, event: Event) -> Booths:
    """The booths after `event`."""
    applies = _APPLIES.get(type(event))
    return applies(booths, event) if applies is not None else booths


def _queue(booths: Booths, event: Event) -> Booths:
    after = replace(booths, queues=queues.apply(booths.queues, event))
    if isinstance(event, queues.GivenBack) and event.why != "own":
        known = queues.ticket(booths.queues, event.booth, event.person)
        if known is not None and known.invited:
            left = after.uninterested.get(event.booth, frozenset()) | {event.person}
            return replace(after, uninterested={**after.uninterested, event.booth: left})
    return after


def _counter(booths: Booths, event: CounterChanged) -> Booths:
    new = event.counter
    before = booths.counters.get(new.id)
    left = (before.seats.keys() if before is not None else set()) - new.seats.keys()
    return replace(
        booths,
        counters={**booths.counters, new.id: new},
        opened=max(booths.opened, int(new.id[1:])),
        kept=_without(booths.kept, *left),
    )


def _closed(booths: Booths, event: CounterClosed) -> Booths:
    known = booths.counters.get(event.counter)
    talks = (*booths.talks.get(event.booth, ()), event.talk)
    return replace(
        booths,
        counters=_without(booths.counters, event.counter),
        talks={**booths.talks, event.booth: talks},
        kept=_without(booths.kept, *(known.seats if known is not None else ())),
    )


def _showed(booths: Booths, event: BoothShowed) -> Booths:
    rest = _without(booths.showing, event.booth)
    showing = rest if event.showing is None else {**rest, event.booth: event.showing}
    return replace(booths, showing=showing)


def _watched(booths: Booths, event: BoothWatched) -> Booths:
    rest = _without(booths.watchers, event.person)
    if event.until is None:
        return replace(booths, watchers=rest)
    return replace(booths, watchers={**rest, event.person: (event.booth, event.until)})


def _said(booths: Booths, event: BoothSaid) -> Booths:
    lines = (*booths.chats.get(event.booth, ()), event.line)[-KEPT:]
    number = max(booths.said, int(event.line.id[1:]))
    return replace(booths, chats={**booths.chats, event.booth: lines}, said=number)


def _unsaid(booths: Booths, event: BoothUnsaid) -> Booths:
    lines = tuple(each for each in booths.chats.get(event.booth, ()) if each.id != event.line)
    return replace(booths, chats={**booths.chats, event.booth: lines})


def _tell(booths: Booths, event: WantsToBeTold) -> Booths:
    known = booths.tell.get(event.booth, frozenset())
    after = known | {event.person} if event.on else known - {event.person}
    return replace(booths, tell={**booths.tell, event.booth: after})


def _told(booths: Booths, event: SomebodyBack) -> Booths:
    known = booths.tell.get(event.booth, frozenset())
    return replace(booths, tell={**booths.tell, event.booth: known - {event.person}})


def _looked(booths: Booths, event: Looked) -> Booths:
    watchers = {who: seen for who, seen in booths.watchers.items() if seen[1] > event.at}
    return replace(
        booths, looked_at=event.at, looks=booths.looks + 1, gone=event.gone, watchers=watchers
    )


_APPLIES: dict[type[Event], Callable[[Booths, Any], Booths]] = {
    **dict.fromkeys(queues.EVENTS, _queue),
    CounterChanged: _counter,
    CounterClosed: _closed,
    CounterKept: lambda booths, event: replace(booths, kept={**booths.kept, **event.until}),
    CameToBooth: lambda booths, event: replace(
        booths, staff={**booths.staff, event.person: event.post}
    ),
    LeftBooth: lambda booths, event: replace(booths, staff=_without(booths.staff, event.person)),
    BoothShowed: _showed,
    BoothWatched: _watched,
    BoothSaid: _said,
    BoothUnsaid: _unsaid,
    Waved: lambda booths, event: replace(booths, waved={**booths.waved, event.by: event.at}),
    WantsToBeTold: _tell,
    SomebodyBack: _told,
    Willing: lambda booths, event: replace(
        booths,
        willing=booths.willing | {event.person} if event.on else booths.willing - {event.person},
    ),
    Proposed: lambda booths, event: replace(
        booths, proposed={**booths.proposed, event.booth: event.talents}
    ),
    Looked: _looked,
}


def _without(known: dict[str, V], *keys: str) -> dict[str, V]:
    return {key: each for key, each in known.items() if key not in keys}
