"""A stage's floor: who sits where, who waits in the green room, who would like to speak.

A seat belongs to the person who took it, never to a connection. Nobody is ever
put on a seat: a person takes it with one click, which the moderator can only
make possible.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, ClassVar, Literal, TypeVar

from msgspec import Meta, Struct
from msgspec.structs import asdict, replace

from rooms.people import DESK, Person, PersonId
from schedule.machine import Command, Event, Refused

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
    holder = _holder(floor, "speaker")
    return holder not in (None, person) and on_now(floor, person) and on_now(floor, holder or "")


# What follows from a command


def decide(floor: Floor, command: Command, by: Person, now: float) -> tuple[Event, ...]:
    """What follows; nothing if it is so already. Raises `Refused` if a seat is not free."""
    return _DECIDES[type(command)](floor, command, by, now)


def _cue(floor: Floor, cue: Cue, by: Person, now: float) -> tuple[Event, ...]:
    if (cue.live, cue.upcoming) == (floor.live, floor.upcoming):
        return ()
    cued = Cued(cue.live, cue.upcoming, now)
    events: list[Event] = [cued]
    events += _off_stage(floor, cue)
    after = _folded(floor, events)
    events += _lapsed(after)
    after = _folded(floor, events)
    return (*events, *_on_stage(after, now))


def _off_stage(floor: Floor, cue: Cue) -> list[Event]:
    # Between two items the speaker may stay and hear the applause.
    if cue.live is None or _item(cue.live) == _item(floor.live):
        return []
    events: list[Event] = []
    for seat in ("speaker", "guest"):
        holder = _holder(floor, seat)
        invited_to_ask = seat == "guest" and cue.live.kind == "questions"
        if holder is not None and holder not in cue.live.people and not invited_to_ask:
            events += _vacate(floor, holder)
    return events


def _lapsed(floor: Floor) -> list[Event]:
    # Somebody agreed to a moment that is not in sight any more; they will be asked anew.
    return [
        Agreed(person, on=False)
        for person, waiting in floor.green_room.items()
        if waiting.agreed and not on_now(floor, person) and not on_soon(floor, person)
    ]


def _on_stage(floor: Floor, now: float) -> list[Event]:
    events: list[Event] = []
    for person in floor.live.people if floor.live else ():
        waiting = floor.green_room.get(person)
        seat = _free_for(floor, person)
        if waiting and waiting.agreed and seat:
            steps = [*_vacate(floor, person), Seated(seat, person, now)]
            floor = _folded(floor, steps)
            events += steps
    return events


def _free_for(floor: Floor, person: PersonId) -> Seat | None:
    if _holder(floor, "speaker") is None:
        return "speaker"
    if _holder(floor, "guest") is None and colleague_speaks(floor, person):
        return "guest"
    return None


def _enter(floor: Floor, enter: Enter, by: Person, now: float) -> tuple[Event, ...]:
    on_stage = seat_of(floor, by.id) is not None and not on_soon(floor, by.id)
    return () if on_stage or by.id in floor.green_room else (Entered(by.id, now),)


def _go_out(floor: Floor, go_out: GoOut, by: Person, now: float) -> tuple[Event, ...]:
    return (WentOut(by.id),) if by.id in floor.green_room else ()


def _say_ready(floor: Floor, say: SayReady, by: Person, now: float) -> tuple[Event, ...]:
    waiting = floor.green_room.get(by.id)
    if waiting is None:
        raise Refused("Please come into the green room first, then say that you are ready.")
    return () if waiting.state == say.state else (SaidReady(by.id, say.state, now),)


def _take_seat(floor: Floor, take: TakeSeat, by: Person, now: float) -> tuple[Event, ...]:
    if take.seat == "speaker" and not on_now(floor, by.id):
        return _agree(floor, by, now)
    holder = _holder(floor, take.seat)
    if holder == by.id:
        return ()
    pushed: list[Event] = []
    if holder is not None:
        _check_may_displace(floor, take.seat, holder)
        pushed = _vacate(floor, holder)
    return (*pushed, *_vacate(floor, by.id), Seated(take.seat, by.id, now))


def _agree(floor: Floor, by: Person, now: float) -> tuple[Event, ...]:
    waiting = floor.green_room.get(by.id)
    if waiting is None:
        return (Entered(by.id, now), Agreed(by.id, on=True))
    return () if waiting.agreed else (Agreed(by.id, on=True),)


def _check_may_displace(floor: Floor, seat: Seat, holder: PersonId) -> None:
    if seat == "speaker" and not on_now(floor, holder):
        return  # whoever stayed on from an earlier item makes room
    raise Refused(
        {
            "speaker": "Somebody of your own item is speaking. Take the guest seat, or wait.",
            "moderator": "Another moderator sits there. Ask them to leave the seat, or clear it.",
            "guest": "The guest seat is taken. The moderator will free it for you.",
        }[seat]
    )


def _leave_seat(floor: Floor, leave: LeaveSeat, by: Person, now: float) -> tuple[Event, ...]:
    waiting = floor.green_room.get(by.id)
    lapsed = [Agreed(by.id, on=False)] if waiting and waiting.agreed else []
    return (*_vacate(floor, by.id), *lapsed)


def _clear_seat(floor: Floor, clear: ClearSeat, by: Person, now: float) -> tuple[Event, ...]:
    if _holder(floor, clear.seat) != clear.person:
        raise Refused("This seat has changed hands meanwhile. Please look again.")
    return tuple(_vacate(floor, clear.person))


def _share(floor: Floor, share: Share, by: Person, now: float) -> tuple[Event, ...]:
    if not share.on:
        return (Shared(None),) if floor.screen == by.id else ()
    seat = seat_of(floor, by.id)
    if seat is None:
        raise Refused("Please go on stage first, then share your screen.")
    if floor.screen == by.id:
        return ()
    if floor.screen is not None and seat != "speaker":
        raise Refused("Another screen is on stage. Share yours as soon as it is gone.")
    return (Shared(by.id),)


def _raise_hand(floor: Floor, hand: RaiseHand, by: Person, now: float) -> tuple[Event, ...]:
    if hand.up and seat_of(floor, by.id) is not None:
        raise Refused("You are on stage: just speak.")
    return () if hand.up == (by.id in floor.hands) else (HandRaised(by.id, hand.up, now),)


def _invite(floor: Floor, invite: Invite, by: Person, now: float) -> tuple[Event, ...]:
    if invite.on and seat_of(floor, invite.person) is not None:
        raise Refused("This person is on stage already and can speak.")
    invited = invite.person in floor.invited
    return () if invite.on == invited else (Invited(invite.person, invite.on),)


def _decline(floor: Floor, decline: Decline, by: Person, now: float) -> tuple[Event, ...]:
    return (Invited(by.id, on=False),) if by.id in floor.invited else ()


def _wrap_up(floor: Floor, wrap_up: WrapUp, by: Person, now: float) -> tuple[Event, ...]:
    speaker = _holder(floor, "speaker")
    if speaker is None:
        raise Refused("Nobody is on the speaker's seat just now. Please wait until somebody is.")
    return (AskedToWrapUp(speaker, now),)


def _prompt(floor: Floor, prompt: Prompt, by: Person, now: float) -> tuple[Event, ...]:
    person = prompt.to or by.id
    if not backstage(floor, person):
        raise Refused("Please write to somebody who is in the green room or on stage.")
    if not prompt.text.strip():
        raise Refused("There is nothing in this line yet. Please write something first.")
    return (Prompted(_next_prompt(floor), person, by.id, prompt.text.strip(), now),)


def _next_prompt(floor: Floor) -> str:
    return f"p{int(floor.prompts[-1].id[1:]) + 1}" if floor.prompts else "p1"


def _source_light(floor: Floor, light: SourceLight, by: Person, now: float) -> tuple[Event, ...]:
    before = floor.lights.get(source(light.person, light.what), "gone")
    return () if before == light.state else (SourceLit(light.person, light.what, light.state),)


def _vacate(floor: Floor, person: PersonId) -> list[Event]:
    seat = seat_of(floor, person)
    if seat is None:
        return []
    screen_off = [Shared(None)] if floor.screen == person else []
    return [*screen_off, Vacated(seat, person)]


def _holder(floor: Floor, seat: Seat) -> PersonId | None:
    held = floor.seats.get(seat)
    return held.person if held else None


def _item(slot: Slot | None) -> str | None:
    return slot.item if slot else None


_DECIDES: dict[type[Command], Callable[[Floor, Any, Person, float], tuple[Event, ...]]] = {
    Cue: _cue,
    Enter: _enter,
    GoOut: _go_out,
    SayReady: _say_ready,
    TakeSeat: _take_seat,
    LeaveSeat: _leave_seat,
    ClearSeat: _clear_seat,
    Share: _share,
    RaiseHand: _raise_hand,
    Invite: _invite,
    Decline: _decline,
    WrapUp: _wrap_up,
    Prompt: _prompt,
    SourceLight: _source_light,
}


# What is so after an event


def apply(floor: Floor, event: Event) -> Floor:
    """The floor after `event`."""
    match event:
        case Cued(live=live, upcoming=upcoming, at=at):
            wrap_up_at = floor.wrap_up_at if _item(live) == _item(floor.live) else None
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


def _folded(floor: Floor, events: list[Event]) -> Floor:
    for event in events:
        floor = apply(floor, event)
    return floor


# What others see


def show(floor: Floor, reader: Person) -> FloorShown:
    """The floor as `reader` may see it."""
    whole = FloorShown(**asdict(floor))
    if reader.role in DESK:
        return whole
    mine = _holder(floor, "speaker") == reader.id
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
    speaker, moderator, guest = (
        holder and source(holder, "camera")
        for holder in (
            _holder(floor, "speaker"),
            _holder(floor, "moderator"),
            _holder(floor, "guest"),
        )
    )
    following = _first_waiting(floor)
    return {
        "speaker": speaker,
        "screen": floor.screen and source(floor.screen, "screen"),
        "moderator": moderator,
        "guest": guest,
        "preview": following and source(following, "camera"),
    }


def _first_waiting(floor: Floor) -> PersonId | None:
    slots = (*((floor.live,) if floor.live else ()), *floor.upcoming)
    expected = (person for slot in slots for person in slot.people)
    return next((person for person in expected if person in floor.green_room), None)
