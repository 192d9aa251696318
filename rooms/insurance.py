"""A stage's insurance: what is noticed when a speaker's picture fails, and what helps then.

Nothing here plays or switches by itself: an outage becomes offers at the desk, and the
moderator chooses. The seat stays the speaker's for as long as nobody clears it.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from msgspec import Meta, Struct
from msgspec.structs import asdict, replace

from rooms import floor as stage_floor
from rooms.floor import Feed, Floor
from rooms.people import DESK, Person, PersonId
from rooms.slides import ItemId
from schedule.machine import Command, Event, Refused

OFFERED = 8.0  # seconds without a picture until the desk is offered what helps
ASKED = 60.0  # seconds until the moderator is asked whether the seat is to be kept on

ClipId = Annotated[str, Meta(min_length=1, max_length=60, pattern=r"^[A-Za-z0-9]+$")]


# State


class Clip(Struct, frozen=True, rename="camel"):
    """What is played if the speaker of an item cannot be seen: a recording of their own."""

    id: str
    "Where it lies: a name that nobody can guess."
    seconds: float
    people: tuple[PersonId, ...]
    "Whose item it is; they and the desk may see it before."
    at: float


class Outage(Struct, frozen=True, rename="camel"):
    """Somebody who should be seen is not."""

    person: PersonId
    since: float
    seated: bool
    "Whether they have the seat; else it is their turn and they have not come."
    offered: bool = False
    "Whether it lasts so long that the desk is offered what helps."
    asks: bool = False
    "Whether the moderator is asked about the seat."
    kept_at: float | None = None
    "When the moderator last said that the seat is kept."


class Playing(Struct, frozen=True, rename="camel"):
    """A clip in the place of its speaker."""

    item: str
    clip: str
    person: PersonId
    at: float
    "When it began: whoever plays it knows from this how far it is."
    seconds: float


class Insurance(Struct, frozen=True, rename="camel"):
    """All of one stage."""

    clips: dict[str, Clip] = {}
    "By item."
    outage: Outage | None = None
    playing: Playing | None = None
    without: PersonId | None = None
    "The speaker who is heard, with slides, but whose picture is not shown."
    asked: PersonId | None = None
    "Who is asked to take the phone as camera."
    phones: tuple[PersonId, ...] = ()
    "Whose camera is their phone: their other pages leave picture and sound to it."
    blind: tuple[PersonId, ...] = ()
    "Of whom a picture came before, and now sound alone."
    stops_clock: bool = False
    "The moderator's rule: the clock stops while the picture is missing."
    held: str | None = None
    "The item whose clock was stopped by that rule."


class InsuranceShown(Insurance, frozen=True, rename="camel"):
    """The insurance as one reader may see it: clips and wishes of others are the desk's."""


# Commands


class LayClip(Command, frozen=True, tag="insurance.lay-clip"):
    """The house has taken in a clip; one that the item had before is replaced."""

    item: ItemId
    clip: ClipId
    seconds: float
    people: tuple[PersonId, ...]


class TakeClipAway(Command, frozen=True, tag="insurance.take-clip-away"):
    """The house removes the clip of an item."""

    item: ItemId


class Play(Command, frozen=True, tag="insurance.play"):
    """Play the clip of the item that is on, for everybody."""

    item: ItemId


class Stop(Command, frozen=True, tag="insurance.stop"):
    """Play no longer."""


class GoWithout(Command, frozen=True, tag="insurance.go-without"):
    """Go on with slides and sound only, or (`on` false) show the speaker's picture again."""

    on: bool


class AskForPhone(Command, frozen=True, tag="insurance.ask-for-phone"):
    """Show the speaker how to take the phone as camera, or no longer."""

    on: bool


class UsePhone(Command, frozen=True, tag="insurance.use-phone"):
    """One's own phone is the camera from now on, or the computer again."""

    on: bool


class Keep(Command, frozen=True, tag="insurance.keep"):
    """Keep the seat for whoever is missing; the question comes again after a minute."""


class Rule(Command, frozen=True, tag="insurance.rule"):
    """Whether the clock stops while the speaker's picture is missing."""

    on: bool


class Hold(Command, frozen=True, tag="insurance.hold"):
    """The house has stopped the clock of an item, or let it go on."""

    item: ItemId | None


class Sight(Command, frozen=True, tag="insurance.sight"):
    """The media process says that of somebody only the sound still comes, or the picture too."""

    durable: ClassVar[bool] = False

    person: PersonId
    blind: bool


class End(Command, frozen=True, tag="insurance.end"):
    """The media process says that a clip is over, or cannot be played."""

    clip: ClipId


# Events


class ClipLaid(Event, frozen=True, tag="insurance.clip-laid"):
    """An item has a new clip."""

    item: str
    clip: Clip


class ClipTakenAway(Event, frozen=True, tag="insurance.clip-taken-away"):
    """An item has no clip any more."""

    item: str
    people: tuple[PersonId, ...]


class Began(Event, frozen=True, tag="insurance.began"):
    """A clip plays."""

    playing: Playing


class Ended(Event, frozen=True, tag="insurance.ended"):
    """No clip plays any more."""

    at: float


class WentWithout(Event, frozen=True, tag="insurance.went-without"):
    """A speaker goes on without a picture, or (`None`) is seen again."""

    person: PersonId | None


class AskedForPhone(Event, frozen=True, tag="insurance.asked-for-phone"):
    """Somebody is asked to take the phone as camera, or no longer."""

    person: PersonId
    on: bool


class UsedPhone(Event, frozen=True, tag="insurance.used-phone"):
    """Somebody's camera is their phone, or their computer again."""

    person: PersonId
    on: bool


class Ruled(Event, frozen=True, tag="insurance.ruled"):
    """Whether the clock stops while the speaker's picture is missing."""

    on: bool


class Held(Event, frozen=True, tag="insurance.held"):
    """The clock of an item was stopped by the rule, or (`None`) goes on."""

    item: str | None


# What follows from how pictures arrive is found out anew after a restart, and not stored.


class Sighted(Event, frozen=True, tag="insurance.sighted"):
    """Of somebody only the sound still comes, or the picture too."""

    stored: ClassVar[bool] = False

    person: PersonId
    blind: bool


class Missed(Event, frozen=True, tag="insurance.missed"):
    """Somebody who should be seen is not."""

    stored: ClassVar[bool] = False

    person: PersonId
    seated: bool
    at: float


class Offered(Event, frozen=True, tag="insurance.offered"):
    """It lasts: the desk is offered what helps."""

    stored: ClassVar[bool] = False


class Asked(Event, frozen=True, tag="insurance.asked"):
    """It lasts so long that the moderator is asked about the seat."""

    stored: ClassVar[bool] = False


class Kept(Event, frozen=True, tag="insurance.kept"):
    """The seat is kept on."""

    stored: ClassVar[bool] = False

    at: float


class Returned(Event, frozen=True, tag="insurance.returned"):
    """Whoever was missing is seen, or nobody is missed any more."""

    stored: ClassVar[bool] = False


COMMANDS = (
    LayClip, TakeClipAway, Play, Stop, GoWithout, AskForPhone, UsePhone, Keep, Rule, Hold, Sight,
    End,
)  # fmt: skip
EVENTS = (
    ClipLaid, ClipTakenAway, Began, Ended, WentWithout, AskedForPhone, UsedPhone, Ruled, Held,
    Sighted, Missed, Offered, Asked, Kept, Returned,
)  # fmt: skip


# What follows from a command


def decide(
    insurance: Insurance, floor: Floor, command: Command, by: Person, now: float
) -> tuple[Event, ...]:
    """What follows; nothing if it is so already. Raises `Refused` if there is nothing to do it
    with."""
    match command:
        case LayClip(item=item, clip=clip, seconds=seconds, people=people):
            return (ClipLaid(item, Clip(clip, seconds, people, now)),)
        case TakeClipAway(item=item):
            gone = insurance.clips.get(item)
            return (ClipTakenAway(item, gone.people),) if gone else ()
        case Play(item=item):
            return _play(insurance, floor, item, now)
        case Stop():
            return (Ended(now),) if insurance.playing else ()
        case End(clip=clip):
            over = insurance.playing is not None and insurance.playing.clip == clip
            return (Ended(now),) if over else ()
        case GoWithout(on=on):
            person = _speaker(floor) if on else None
            return () if person == insurance.without else (WentWithout(person),)
        case AskForPhone(on=on):
            return _ask_for_phone(insurance, floor, on)
        case UsePhone(on=on):
            return _use_phone(insurance, by.id, on)
        case Keep():
            waits = insurance.outage is not None and insurance.outage.asks
            return (Kept(now),) if waits else ()
        case Rule(on=on):
            return () if on == insurance.stops_clock else (Ruled(on),)
        case Hold(item=item):
            return () if item == insurance.held else (Held(item),)
        case Sight(person=person, blind=blind):
            return () if blind == (person in insurance.blind) else (Sighted(person, blind),)
        case _:
            return ()


def _play(insurance: Insurance, floor: Floor, item: str, now: float) -> tuple[Event, ...]:
    if stage_floor.item_of(floor.live) != item:
        raise Refused("This item is not on just now. A clip plays only during its own item.")
    clip = insurance.clips.get(item)
    if clip is None:
        raise Refused("There is no plan B for this item. Please choose another way to go on.")
    if insurance.playing is not None:
        return ()
    person = stage_floor.sitter(floor, "speaker") or next(iter(clip.people), "")
    return (Began(Playing(item, clip.id, person, now, clip.seconds)),)


def _speaker(floor: Floor) -> PersonId:
    speaker = stage_floor.sitter(floor, "speaker")
    if speaker is None:
        raise Refused("Nobody is on the speaker's seat just now. Please wait until somebody is.")
    return speaker


def _ask_for_phone(insurance: Insurance, floor: Floor, on: bool) -> tuple[Event, ...]:
    if not on:
        return (AskedForPhone(insurance.asked, on=False),) if insurance.asked else ()
    person = _speaker(floor)
    return () if insurance.asked == person else (AskedForPhone(person, on=True),)


def _use_phone(insurance: Insurance, person: PersonId, on: bool) -> tuple[Event, ...]:
    if on == (person in insurance.phones):
        return ()
    asked = (AskedForPhone(person, on=False),) if on and insurance.asked == person else ()
    return (*asked, UsedPhone(person, on))


# What happens by itself


def tick(insurance: Insurance, floor: Floor, covered: bool, now: float) -> tuple[Event, ...]:
    """Outages begin, last and end; clips come to their end.

    `covered` says that a camera of the hall shows the speaker's seat, whoever sits there.
    """
    return (
        *_over(insurance, floor, now),
        *_outdated(insurance, floor),
        *_outage(insurance, missing(insurance, floor, covered), now),
    )


def due(insurance: Insurance, floor: Floor, covered: bool) -> float | None:
    """When `tick` next has something to do; Unix seconds."""
    if tick(insurance, floor, covered, 0.0):
        return 0.0
    instants: list[float] = []
    if insurance.playing is not None:
        instants.append(insurance.playing.at + insurance.playing.seconds)
    if (outage := insurance.outage) is not None:
        if not outage.offered:
            instants.append(outage.since + OFFERED)
        if not outage.asks:
            instants.append((outage.kept_at or outage.since) + ASKED)
    return min(instants, default=None)


def missing(insurance: Insurance, floor: Floor, covered: bool) -> tuple[PersonId, bool] | None:
    """Who should be seen and is not, and whether they have the seat."""
    if covered:
        return None
    speaker = stage_floor.sitter(floor, "speaker")
    if speaker is not None:
        lit = floor.lights.get(stage_floor.source(speaker, "camera")) == "live"
        return None if lit and speaker not in insurance.blind else (speaker, True)
    # Whoever leads a tour walks about, and nobody waits for them on stage.
    on = floor.live if floor.live is not None and floor.live.kind != "tour" else None
    expected = on.people if on is not None else ()
    if not expected or any(stage_floor.seat_of(floor, person) for person in expected):
        return None
    return expected[0], False


def _outage(
    insurance: Insurance, found: tuple[PersonId, bool] | None, now: float
) -> tuple[Event, ...]:
    outage = insurance.outage
    if outage is None or found != (outage.person, outage.seated):
        over = (Returned(),) if outage is not None else ()
        return (*over, Missed(*found, now)) if found else over
    events: list[Event] = []
    if not outage.offered and now >= outage.since + OFFERED:
        events.append(Offered())
    if not outage.asks and now >= (outage.kept_at or outage.since) + ASKED:
        events.append(Asked())
    return tuple(events)


def _over(insurance: Insurance, floor: Floor, now: float) -> tuple[Event, ...]:
    playing = insurance.playing
    if playing is None:
        return ()
    ended = now >= playing.at + playing.seconds
    return (Ended(now),) if ended or stage_floor.item_of(floor.live) != playing.item else ()


def _outdated(insurance: Insurance, floor: Floor) -> tuple[Event, ...]:
    """What was meant for a speaker who is no longer on the seat."""
    speaker = stage_floor.sitter(floor, "speaker")
    events: list[Event] = []
    if insurance.without not in (None, speaker):
        events.append(WentWithout(None))
    if insurance.asked is not None and insurance.asked != speaker:
        events.append(AskedForPhone(insurance.asked, on=False))
    return tuple(events)


# What is so after an event


def apply(insurance: Insurance, event: Event) -> Insurance:
    """The insurance after `event`."""
    match event:
        case ClipLaid(item=item, clip=clip):
            return replace(insurance, clips={**insurance.clips, item: clip})
        case ClipTakenAway(item=item):
            rest = {other: clip for other, clip in insurance.clips.items() if other != item}
            return replace(insurance, clips=rest)
        case Began(playing=playing):
            return replace(insurance, playing=playing)
        case Ended():
            return replace(insurance, playing=None)
        case WentWithout(person=person):
            return replace(insurance, without=person)
        case AskedForPhone(person=person, on=on):
            return replace(insurance, asked=person if on else None)
        case UsedPhone(person=person, on=on):
            return replace(insurance, phones=_listed(insurance.phones, person, on))
        case Ruled(on=on):
            return replace(insurance, stops_clock=on)
        case Held(item=item):
            return replace(insurance, held=item)
        case Sighted(person=person, blind=blind):
            return replace(insurance, blind=_listed(insurance.blind, person, blind))
        case Missed(person=person, seated=seated, at=at):
            return replace(insurance, outage=Outage(person, at, seated))
        case Offered():
            return _lasting(insurance, offered=True)
        case Asked():
            return _lasting(insurance, asks=True)
        case Kept(at=at):
            return _lasting(insurance, asks=False, kept_at=at)
        case Returned():
            return replace(insurance, outage=None)
        case _:
            return insurance


def _listed(people: tuple[PersonId, ...], person: PersonId, on: bool) -> tuple[PersonId, ...]:
    others = tuple(other for other in people if other != person)
    return (*others, person) if on else others


def _lasting(insurance: Insurance, **changes: Any) -> Insurance:
    if insurance.outage is None:
        return insurance
    return replace(insurance, outage=replace(insurance.outage, **changes))


# What others see


def show(insurance: Insurance, reader: Person) -> InsuranceShown:
    """The insurance as `reader` may see it."""
    whole = InsuranceShown(**asdict(insurance))
    if reader.role in DESK:
        return whole
    own = {item: clip for item, clip in insurance.clips.items() if reader.id in clip.people}
    asked = insurance.asked if insurance.asked == reader.id else None
    return replace(whole, clips=own, asked=asked)


def source(clip: str) -> str:
    """What the media process calls a clip that plays."""
    return f"clip/{clip}"


def routes(insurance: Insurance) -> dict[Feed, str | None]:
    """A clip that plays stands behind the speaker's seat."""
    return {"speaker": source(insurance.playing.clip)} if insurance.playing else {}


def stops_clock(insurance: Insurance, floor: Floor) -> str | None:
    """The item whose clock is to stand still, because its speaker is missing and nothing else
    has been chosen yet."""
    outage = insurance.outage
    if not insurance.stops_clock or outage is None or not outage.offered:
        return None
    chosen = insurance.playing is not None or insurance.without is not None
    return None if chosen else stage_floor.item_of(floor.live)
