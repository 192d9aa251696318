"""A stage's floor: who sits where, who waits in the green room, who would like to speak.

A seat belongs to the person who took it, never to a connection. Nobody is ever
put on a seat: a person takes it with one click, which the moderator can only
make possible.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from msgspec import Meta, Struct

from rooms.people import PersonId
from schedule.machine import Command, Event

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
