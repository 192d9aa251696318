"""A stage's floor: who sits where, who waits in the green room, who would like to speak.

A seat belongs to the person who took it, never to a connection. Nobody is ever
put on a seat: a person takes it with one click, which the moderator can only
make possible.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal, TypeVar

from msgspec import Meta, Struct
from msgspec.structs import asdict, replace

from rooms.people import DESK, Person, PersonId
from schedule.machine import Command, Event

K = TypeVar("K")
V = TypeVar("V")

Seat = Literal["speaker", "moderator", "guest"]
Feed = Literal["speaker", "screen", "moderator", "guest", "preview"]
"A fixed place in every viewer's connection; the screen goes with the speaker's seat."
Readiness = Literal["absent", "nearly", "ready"]
Light = Literal["live", "frozen", "gone"]
"How the picture of a source arrives at the house."
KEPT = 50  # lines with one person; older ones stay in the log
Line = Annotated[str, Meta(min_length=1, max_length=500)]


class Slot(Struct, frozen=True, rename="camel"):
    """An item of the agenda as the floor needs it."""

    item: str
    title: str
    kind: str
    people: tuple[PersonId, ...]


# Commands


class Cue(Command, frozen=True, tag="floor.cue"):
    """The agenda tells the stage what is on and what comes next."""

    live: Slot | None
    upcoming: tuple[Slot, ...]


class Enter(Command, frozen=True, tag="floor.enter"):
    """Come into the green room."""


class GoOut(Command, frozen=True, tag="floor.go-out"):
    """Leave the green room."""


class SayReady(Command, frozen=True, tag="floor.say-ready"):
    """Tell the moderator how ready one is."""

    state: Readiness


class TakeSeat(Command, frozen=True, tag="floor.take-seat"):
    """Go on stage, or, before one's item begins, agree to go on as soon as it does."""

    seat: Seat


class LeaveSeat(Command, frozen=True, tag="floor.leave-seat"):
    """Leave the stage, or take back the agreement to go on."""


class ClearSeat(Command, frozen=True, tag="floor.clear-seat"):
    """The moderator ends somebody's time on a seat."""

    seat: Seat
    person: PersonId
    "Whom the moderator sees there; a stale click is refused."


class Share(Command, frozen=True, tag="floor.share"):
    """Show one's screen to everybody, or stop."""

    on: bool


class RaiseHand(Command, frozen=True, tag="floor.raise-hand"):
    """Ask to speak, or put the hand down."""

    up: bool


class Invite(Command, frozen=True, tag="floor.invite"):
    """The moderator offers somebody the guest seat, or (`on` false) takes the offer back."""

    person: PersonId
    on: bool = True


class Decline(Command, frozen=True, tag="floor.decline"):
    """No thanks to the guest seat."""


class WrapUp(Command, frozen=True, tag="floor.wrap-up"):
    """The moderator silently asks the speaker to come to an end."""


class Prompt(Command, frozen=True, tag="floor.prompt"):
    """A line between the moderator and one person in the green room or on stage.

    The moderator names the person; the person leaves `to` empty.
    """

    text: Line
    to: PersonId | None = None


class SourceLight(Command, frozen=True, tag="floor.source-light"):
    """The media process says how a source arrives."""

    durable: ClassVar[bool] = False

    person: PersonId
    what: Literal["camera", "screen"]
    state: Light


# Events


class Cued(Event, frozen=True, tag="floor.cued"):
    """What is on and what comes next has changed."""

    live: Slot | None
    upcoming: tuple[Slot, ...]
    at: float


class Entered(Event, frozen=True, tag="floor.entered"):
    """Somebody is in the green room."""

    person: PersonId
    at: float


class WentOut(Event, frozen=True, tag="floor.went-out"):
    """Somebody left the green room."""

    person: PersonId


class SaidReady(Event, frozen=True, tag="floor.said-ready"):
    """How ready somebody is."""

    person: PersonId
    state: Readiness
    at: float


class Agreed(Event, frozen=True, tag="floor.agreed"):
    """Somebody will be on the seat as soon as their item begins, or no longer."""

    person: PersonId
    on: bool


class Seated(Event, frozen=True, tag="floor.seated"):
    """Somebody is on a seat."""

    seat: Seat
    person: PersonId
    at: float


class Vacated(Event, frozen=True, tag="floor.vacated"):
    """A seat is free."""

    seat: Seat
    person: PersonId


class Shared(Event, frozen=True, tag="floor.shared"):
    """Somebody's screen is on stage, or nobody's."""

    person: PersonId | None


class HandRaised(Event, frozen=True, tag="floor.hand-raised"):
    """Somebody would like to speak, or no longer."""

    person: PersonId
    up: bool
    at: float


class Invited(Event, frozen=True, tag="floor.invited"):
    """Somebody is offered the guest seat, or no longer."""

    person: PersonId
    on: bool


class AskedToWrapUp(Event, frozen=True, tag="floor.asked-to-wrap-up"):
    """The speaker is silently asked to come to an end."""

    person: PersonId
    at: float


class Prompted(Event, frozen=True, tag="floor.prompted"):
    """A line between the desk and one person."""

    id: str
    person: PersonId
    "The one in the green room or on stage, whoever of the two wrote."
    by: PersonId
    text: str
    at: float


class SourceLit(Event, frozen=True, tag="floor.source-lit"):
    """How a source arrives has changed."""

    stored: ClassVar[bool] = False

    person: PersonId
    what: Literal["camera", "screen"]
    state: Light


# State


class Waiting(Struct, frozen=True, rename="camel"):
    """Somebody in the green room."""

    since: float
    state: Readiness = "absent"
    agreed: bool = False
    "Goes on as soon as the own item begins."


class Seating(Struct, frozen=True, rename="camel"):
    """Somebody on a seat."""

    person: PersonId
    since: float


class Floor(Struct, frozen=True, rename="camel"):
    """The whole floor of one stage."""

    live: Slot | None = None
    upcoming: tuple[Slot, ...] = ()
    cued_at: float = 0.0
    seats: dict[Seat, Seating] = {}
    screen: PersonId | None = None
    green_room: dict[PersonId, Waiting] = {}
    hands: dict[PersonId, float] = {}
    "Since when."
    invited: tuple[PersonId, ...] = ()
    wrap_up_at: float | None = None
    "When the speaker now on the seat was asked to come to an end."
    prompts: tuple[Prompted, ...] = ()
    "The last `KEPT` with each person, oldest first; shown to the person and to the desk."
    lights: dict[str, Light] = {}
    "By source, `person/camera` or `person/screen`."


class FloorShown(Floor, frozen=True, rename="camel"):
    """The floor as one reader may see it.

    But for the desk, prompts, invitations and wrap-ups of others are left out.
    """


COMMANDS = (
    Cue, Enter, GoOut, SayReady, TakeSeat, LeaveSeat, ClearSeat, Share, RaiseHand, Invite,
    Decline, WrapUp, Prompt, SourceLight,
)  # fmt: skip
EVENTS = (
    Cued, Entered, WentOut, SaidReady, Agreed, Seated, Vacated, Shared, HandRaised, Invited,
    AskedToWrapUp, Prompted, SourceLit,
)  # fmt: skip


# Who is who


def on_now(floor: Floor, person: PersonId) -> bool:
    """Whether what runs is this person's."""
    return floor.live is not None and person in floor.live.people


def on_soon(floor: Floor, person: PersonId) -> bool:
    """Whether one of the next items is this person's."""
    return any(person in slot.people for slot in floor.upcoming)


def seat_of(floor: Floor, person: PersonId) -> Seat | None:
    """Where this person sits, if on stage; nobody has two seats."""
    return next((seat for seat, held in floor.seats.items() if held.person == person), None)


def backstage(floor: Floor, person: PersonId) -> bool:
    """Whether this person is in the green room or on stage."""
    return person in floor.green_room or seat_of(floor, person) is not None


def colleague_speaks(floor: Floor, person: PersonId) -> bool:
    """Whether somebody else of the same live item has the speaker's seat."""
    speaker = sitter(floor, "speaker")
    return speaker not in (None, person) and on_now(floor, person) and on_now(floor, speaker or "")


def sitter(floor: Floor, seat: Seat) -> PersonId | None:
    """Who sits there."""
    held = floor.seats.get(seat)
    return held.person if held else None


def item_of(slot: Slot | None) -> str | None:
    """Which item of the agenda this is."""
    return slot.item if slot else None


# What is so after an event


def apply(floor: Floor, event: Event) -> Floor:
    """The floor after `event`."""
    match event:
        case Cued(live=live, upcoming=upcoming, at=at):
            wrap_up_at = floor.wrap_up_at if item_of(live) == item_of(floor.live) else None
            return replace(floor, live=live, upcoming=upcoming, cued_at=at, wrap_up_at=wrap_up_at)
        case Entered(person=person, at=at):
            return replace(floor, green_room={**floor.green_room, person: Waiting(since=at)})
        case WentOut(person=person):
            return replace(floor, green_room=_without(floor.green_room, person))
        case SaidReady(person=person, state=state):
            return _waiting(floor, person, state=state)
        case Agreed(person=person, on=on):
            return _waiting(floor, person, agreed=on)
        case Seated():
            return _seated(floor, event)
        case Vacated(seat=seat):
            wrap_up_at = None if seat == "speaker" else floor.wrap_up_at
            return replace(floor, seats=_without(floor.seats, seat), wrap_up_at=wrap_up_at)
        case Shared(person=person):
            return replace(floor, screen=person)
        case HandRaised(person=person, up=True, at=at):
            return replace(floor, hands={**floor.hands, person: at})
        case HandRaised(person=person):
            return replace(floor, hands=_without(floor.hands, person))
        case Invited(person=person, on=on):
            others = tuple(other for other in floor.invited if other != person)
            return replace(floor, invited=(*others, person) if on else others)
        case AskedToWrapUp(at=at):
            return replace(floor, wrap_up_at=at)
        case Prompted():
            return replace(floor, prompts=_kept((*floor.prompts, event), event.person))
        case SourceLit(person=person, what=what, state="gone"):
            return replace(floor, lights=_without(floor.lights, source(person, what)))
        case SourceLit(person=person, what=what, state=state):
            return replace(floor, lights={**floor.lights, source(person, what): state})
        case _:
            return floor


def _seated(floor: Floor, event: Seated) -> Floor:
    seating = Seating(person=event.person, since=event.at)
    return replace(
        floor,
        seats={**floor.seats, event.seat: seating},
        green_room=_without(floor.green_room, event.person),
        hands=_without(floor.hands, event.person),
        invited=tuple(person for person in floor.invited if person != event.person),
        wrap_up_at=None if event.seat == "speaker" else floor.wrap_up_at,
    )


def _waiting(floor: Floor, person: PersonId, **changes: Any) -> Floor:
    waiting = replace(floor.green_room[person], **changes)
    return replace(floor, green_room={**floor.green_room, person: waiting})


def _kept(prompts: tuple[Prompted, ...], person: PersonId) -> tuple[Prompted, ...]:
    theirs = [prompt for prompt in prompts if prompt.person == person]
    if len(theirs) <= KEPT:
        return prompts
    return tuple(prompt for prompt in prompts if prompt.id != theirs[0].id)


def _without(entries: dict[K, V], gone: K) -> dict[K, V]:
    return {key: value for key, value in entries.items() if key != gone}


# What others see


def show(floor: Floor, reader: Person) -> FloorShown:
    """The floor as `reader` may see it."""
    whole = FloorShown(**asdict(floor))
    if reader.role in DESK:
        return whole
    mine = sitter(floor, "speaker") == reader.id
    return replace(
        whole,
        prompts=tuple(prompt for prompt in floor.prompts if prompt.person == reader.id),
        invited=tuple(person for person in floor.invited if person == reader.id),
        wrap_up_at=floor.wrap_up_at if mine else None,
    )


def source(person: PersonId, what: Literal["camera", "screen"]) -> str:
    """What the media process calls one of this person's pictures."""
    return f"{person}/{what}"


def routes(floor: Floor) -> dict[Feed, str | None]:
    """Which source stands behind each feed."""
    return {
        "speaker": _wanted(sitter(floor, "speaker"), "camera"),
        "screen": _wanted(floor.screen, "screen"),
        "moderator": _wanted(sitter(floor, "moderator"), "camera"),
        "guest": _wanted(sitter(floor, "guest"), "camera"),
        "preview": _wanted(_first_waiting(floor), "camera"),
    }


def _wanted(person: PersonId | None, what: Literal["camera", "screen"]) -> str | None:
    return source(person, what) if person else None


def _first_waiting(floor: Floor) -> PersonId | None:
    slots = (*((floor.live,) if floor.live else ()), *floor.upcoming)
    expected = (person for slot in slots for person in slot.people)
    return next((person for person in expected if person in floor.green_room), None)
