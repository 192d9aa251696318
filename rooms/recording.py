"""What is recorded of a stage: whose pictures, from when to when, and who may see them.

Off until the moderator turns it on, and then only people who agreed to it. A **take**
is one file: one seat's picture and sound in one item, of one person. Takes begin and
end by themselves, as what is to be recorded follows from the floor.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Annotated, Any, ClassVar, Final, Literal

from msgspec import Meta, Struct
from msgspec.structs import replace

from rooms.floor import Floor, sitter
from rooms.people import DESK, Person, PersonId
from schedule.machine import Command, Event, Refused

Layer = Literal["speaker", "screen", "moderator", "guest"]
Span = Literal["item", "evening"]
TakeId = Annotated[str, Meta(min_length=2, max_length=12, pattern=r"^r[0-9]+$")]
Item = Annotated[str, Meta(min_length=1, max_length=60)]
Why = Literal["asked", "over", "full", "broken"]

TIGHT: Final = 2 * 3600.0  # seconds of recording left at which the desk is warned


class Take(Struct, frozen=True, rename="camel"):
    """One file."""

    id: TakeId
    item: str
    title: str
    layer: Layer
    person: PersonId
    zero: float
    "Unix seconds of time 0, the same for all takes of the item: so they stay in step."
    began_at: float
    ended_at: float | None = None
    first_at: float | None = None
    "When its first picture or sound was taken; None while there is no file."
    suffix: str = ""
    "`webm` or `mp4`."
    released_at: float | None = None


class Space(Struct, frozen=True, rename="camel"):
    """What is left for recordings."""

    bytes: int
    seconds: float
    "How long that lasts at the present rate."


# Commands


class Start(Command, frozen=True, tag="recording.start"):
    """Record what is on now, or everything from now on."""

    span: Span


class Stop(Command, frozen=True, tag="recording.stop"):
    """Record no longer."""


class Allow(Command, frozen=True, tag="recording.allow"):
    """Who has agreed to being recorded; whoever is missing does not agree any more."""

    people: tuple[PersonId, ...]


class Roll(Command, frozen=True, tag="recording.roll"):
    """The file of a take has begun."""

    take: TakeId
    at: float
    suffix: Literal["webm", "mp4"]


class Close(Command, frozen=True, tag="recording.close"):
    """The file of a take cannot go on; what follows is another take."""

    take: TakeId


class GiveUp(Command, frozen=True, tag="recording.give-up"):
    """Recording cannot go on."""

    why: Literal["full", "broken"]


class NoteSpace(Command, frozen=True, tag="recording.note-space"):
    """How much room is left."""

    durable: ClassVar[bool] = False

    space: Space


class Release(Command, frozen=True, tag="recording.release"):
    """Let the others see what was recorded of oneself in an item."""

    item: Item


class Delete(Command, frozen=True, tag="recording.delete"):
    """Delete what was recorded of somebody in an item."""

    item: Item
    person: PersonId


class Expire(Command, frozen=True, tag="recording.expire"):
    """The time these may be kept is over."""

    takes: tuple[TakeId, ...]


# Events


class Started(Event, frozen=True, tag="recording.started"):
    """What is on is recorded, of those who agreed."""

    span: Span
    item: str | None
    "The only item, for the span of an item."
    by: PersonId
    at: float


class Stopped(Event, frozen=True, tag="recording.stopped"):
    """Nothing is recorded any more."""

    why: Why
    at: float


class Allowed(Event, frozen=True, tag="recording.allowed"):
    """Who agrees to being recorded."""

    people: tuple[PersonId, ...]


class TakeBegan(Event, frozen=True, tag="recording.take-began"):
    """A seat is being recorded."""

    take: Take


class TakeRolled(Event, frozen=True, tag="recording.take-rolled"):
    """The first picture or sound of a take is in its file."""

    take: TakeId
    at: float
    suffix: str


class TakeEnded(Event, frozen=True, tag="recording.take-ended"):
    """A seat is no longer recorded."""

    take: TakeId
    at: float


class TakesReleased(Event, frozen=True, tag="recording.released"):
    """Everybody at the gathering may see these."""

    takes: tuple[TakeId, ...]
    at: float


class TakesDeleted(Event, frozen=True, tag="recording.deleted"):
    """These are no more."""

    takes: tuple[TakeId, ...]


class SpaceNoted(Event, frozen=True, tag="recording.space-noted"):
    """How much room is left has changed."""

    stored: ClassVar[bool] = False

    space: Space


# State


class RecordingShown(Struct, frozen=True, rename="camel"):
    """What is recorded, as one reader may see it; who agreed and the space are the desk's."""

    span: Span | None = None
    item: str | None = None
    stopped: Why | None = None
    "Why the last recording came to an end."
    takes: dict[TakeId, Take] = {}
    allowed: tuple[PersonId, ...] = ()
    space: Space | None = None


class Recording(RecordingShown, frozen=True, rename="camel"):
    """All that is recorded of one stage."""

    made: int = 0
    "How many takes there ever were; the next one's id follows from it."
    deleted: tuple[TakeId, ...] = ()
    "Whose files must not be there."


COMMANDS = (Start, Stop, Allow, Roll, Close, GiveUp, NoteSpace, Release, Delete, Expire)
EVENTS = (
    Started, Stopped, Allowed, TakeBegan, TakeRolled, TakeEnded, TakesReleased, TakesDeleted,
    SpaceNoted,
)  # fmt: skip


# What is so, and what should be


def wanted(recording: Recording, floor: Floor) -> dict[Layer, PersonId]:
    """Whose picture and sound is to be recorded in which place now."""
    live = floor.live
    if recording.span is None or live is None:
        return {}
    if recording.span == "item" and recording.item != live.item:
        return {}
    places: dict[Layer, PersonId | None] = {
        "speaker": sitter(floor, "speaker"),
        "screen": floor.screen,
        "moderator": sitter(floor, "moderator"),
        "guest": sitter(floor, "guest"),
    }
    return {
        layer: person
        for layer, person in places.items()
        if person is not None and person in recording.allowed
    }


def rolling(recording: RecordingShown) -> tuple[Take, ...]:
    """The takes that are being recorded."""
    return tuple(take for take in recording.takes.values() if take.ended_at is None)


def released(recording: RecordingShown) -> dict[str, tuple[Take, ...]]:
    """What everybody may see again, by item: for the agenda, a stage, a company's booth."""
    found: dict[str, tuple[Take, ...]] = {}
    for take in recording.takes.values():
        if take.released_at is not None:
            found[take.item] = (*found.get(take.item, ()), take)
    return found


def of_person(recording: RecordingShown, person: PersonId) -> dict[str, tuple[Take, ...]]:
    """What was recorded of somebody and is finished, by item."""
    found: dict[str, tuple[Take, ...]] = {}
    for take in recording.takes.values():
        if take.person == person and take.ended_at is not None:
            found[take.item] = (*found.get(take.item, ()), take)
    return found


def may_see(take: Take, reader: PersonId) -> bool:
    """Whether this person may watch it: everybody once it is released, before only its owner."""
    return take.released_at is not None or (take.person == reader and take.ended_at is not None)


# What follows


Deciding = Callable[["Recording", Floor, Any, Person, float], tuple[Event, ...]]


def decide(
    recording: Recording, floor: Floor, command: Command, by: Person, now: float
) -> tuple[Event, ...]:
    """What follows; nothing if it is so already. Raises `Refused`."""
    return _DECIDES[type(command)](recording, floor, command, by, now)


def tick(recording: Recording, floor: Floor, now: float) -> tuple[Event, ...]:
    """What happens by itself: takes begin and end as people come, go and change."""
    should = wanted(recording, floor)
    item = floor.live.item if floor.live else None
    events: list[Event] = []
    if recording.span == "item" and recording.item != item:
        events.append(Stopped("over", now))
    kept: set[Layer] = set()
    for take in rolling(recording):
        if take.item == item and should.get(take.layer) == take.person:
            kept.add(take.layer)
        else:
            events.append(TakeEnded(take.id, now))
    missing = [(layer, person) for layer, person in should.items() if layer not in kept]
    for number, (layer, person) in enumerate(missing, recording.made + 1):
        events.append(TakeBegan(_take(recording, floor, f"r{number}", layer, person, now)))
    return tuple(events)


def due(recording: Recording, floor: Floor) -> float | None:
    """When `tick` has something to do: at once, or never."""
    return 0.0 if tick(recording, floor, 0.0) else None


def apply(recording: Recording, event: Event) -> Recording:
    """What is recorded after `event`."""
    match event:
        case Started(span=span, item=item):
            return replace(recording, span=span, item=item, stopped=None)
        case Stopped(why=why):
            return replace(recording, span=None, item=None, stopped=why)
        case Allowed(people=people):
            return replace(recording, allowed=people)
        case TakeBegan(take=take):
            takes = {**recording.takes, take.id: take}
            return replace(recording, takes=takes, made=recording.made + 1)
        case TakeRolled(take=take_id, at=at, suffix=suffix):
            return _with(recording, (take_id,), first_at=at, suffix=suffix)
        case TakeEnded(take=take_id, at=at):
            return _with(recording, (take_id,), ended_at=at)
        case TakesReleased(takes=takes_released, at=at):
            return _with(recording, takes_released, released_at=at)
        case TakesDeleted(takes=gone):
            left = {key: take for key, take in recording.takes.items() if key not in gone}
            return replace(recording, takes=left, deleted=(*recording.deleted, *gone))
        case SpaceNoted(space=space):
            return replace(recording, space=space)
        case _:
            return recording


def show(recording: Recording, reader: Person) -> RecordingShown:
    """What is recorded, as `reader` may see it."""
    desk = reader.role in DESK
    return RecordingShown(
        span=recording.span,
        item=recording.item,
        stopped=recording.stopped,
        takes=recording.takes,
        allowed=recording.allowed if desk else (),
        space=recording.space if desk else None,
    )


def _take(
    recording: Recording, floor: Floor, name: str, layer: Layer, person: PersonId, now: float
) -> Take:
    item = floor.live.item if floor.live else ""
    title = floor.live.title if floor.live else ""
    same = (take.zero for take in recording.takes.values() if take.item == item)
    return Take(name, item, title, layer, person, zero=min(same, default=now), began_at=now)


def _with(recording: Recording, takes: Iterable[str], **changes: Any) -> Recording:
    changed = {
        name: replace(recording.takes[name], **changes) for name in takes if name in recording.takes
    }
    return replace(recording, takes={**recording.takes, **changed})


def _start(
    recording: Recording, floor: Floor, start: Start, by: Person, now: float
) -> tuple[Event, ...]:
    if recording.span == start.span:
        return ()
    if recording.space is not None and recording.space.bytes <= 0:
        raise Refused("There is no room left for recordings. Please ask the organisers for more.")
    if start.span == "evening":
        return (Started("evening", None, by.id, now),)
    if floor.live is None:
        raise Refused("Nothing is on just now. Please begin an item, or record the whole evening.")
    return (Started("item", floor.live.item, by.id, now),)


def _stop(
    recording: Recording, floor: Floor, stop: Stop, by: Person, now: float
) -> tuple[Event, ...]:
    return () if recording.span is None else (Stopped("asked", now), *_ended(recording, now))


def _give_up(
    recording: Recording, floor: Floor, give_up: GiveUp, by: Person, now: float
) -> tuple[Event, ...]:
    if recording.span is None:
        return ()
    return (Stopped(give_up.why, now), *_ended(recording, now))


def _ended(recording: Recording, now: float) -> list[Event]:
    return [TakeEnded(take.id, now) for take in rolling(recording)]


def _allow(
    recording: Recording, floor: Floor, allow: Allow, by: Person, now: float
) -> tuple[Event, ...]:
    if allow.people == recording.allowed:
        return ()
    withdrawn = set(recording.allowed) - set(allow.people)
    takes = tuple(take.id for take in recording.takes.values() if take.person in withdrawn)
    return (Allowed(allow.people), *([TakesDeleted(takes)] if takes else []))


def _roll(
    recording: Recording, floor: Floor, roll: Roll, by: Person, now: float
) -> tuple[Event, ...]:
    take = recording.takes.get(roll.take)
    if take is None or take.first_at is not None:
        return ()
    return (TakeRolled(roll.take, roll.at, roll.suffix),)


def _close(
    recording: Recording, floor: Floor, close: Close, by: Person, now: float
) -> tuple[Event, ...]:
    take = recording.takes.get(close.take)
    return () if take is None or take.ended_at is not None else (TakeEnded(close.take, now),)


def _note_space(
    recording: Recording, floor: Floor, note: NoteSpace, by: Person, now: float
) -> tuple[Event, ...]:
    return () if note.space == recording.space else (SpaceNoted(note.space),)


def _release(
    recording: Recording, floor: Floor, release: Release, by: Person, now: float
) -> tuple[Event, ...]:
    takes = _finished(recording, release.item, by.id)
    fresh = tuple(take.id for take in takes if take.released_at is None)
    return (TakesReleased(fresh, now),) if fresh else ()


def _delete(
    recording: Recording, floor: Floor, delete: Delete, by: Person, now: float
) -> tuple[Event, ...]:
    if delete.person != by.id and by.role not in DESK:
        raise Refused("You can delete your own recordings only. The moderator sees to the others.")
    takes = _finished(recording, delete.item, delete.person)
    return (TakesDeleted(tuple(take.id for take in takes)),)


def _finished(recording: Recording, item: str, person: PersonId) -> list[Take]:
    takes = [
        take for take in recording.takes.values() if take.item == item and take.person == person
    ]
    if not takes:
        raise Refused("This recording is not there any more. Please reload the page.")
    if any(take.ended_at is None for take in takes):
        raise Refused("This is still being recorded. Please wait until the item is over.")
    return takes


def _expire(
    recording: Recording, floor: Floor, expire: Expire, by: Person, now: float
) -> tuple[Event, ...]:
    takes = tuple(take for take in expire.takes if take in recording.takes)
    return (TakesDeleted(takes),) if takes else ()


_DECIDES: dict[type[Command], Deciding] = {
    Start: _start,
    Stop: _stop,
    Allow: _allow,
    Roll: _roll,
    Close: _close,
    GiveUp: _give_up,
    NoteSpace: _note_space,
    Release: _release,
    Delete: _delete,
    Expire: _expire,
}
