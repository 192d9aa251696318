"""A stage's hall sources: cameras that send to a seat, and players that show one elsewhere.

They are no persons and have no browser: each connects with a secret of its own (WHIP, WHEP),
of which the room knows a fingerprint alone. A camera is seen once the moderator puts it on.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from msgspec import Meta, Struct
from msgspec.structs import replace

from rooms.floor import Feed, Light
from rooms.people import DESK, Person
from schedule.machine import Command, Event, Refused, View

Place = Literal["speaker", "screen", "moderator", "guest"]
"A seat as everybody sees it."
Way = Literal["in", "out"]
"A camera sends in; a player takes out."
Name = Annotated[str, Meta(min_length=1, max_length=40)]
Fingerprint = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]
"SHA-256 of a secret, in hexadecimal."


class Admit(Command, frozen=True, tag="source.admit"):
    """Let a camera or a player connect with a new secret; the place's earlier one ends."""

    way: Way
    place: Place
    name: Name
    secret: Fingerprint


class Dismiss(Command, frozen=True, tag="source.dismiss"):
    """Let it connect no longer; if it is connected, it is parted from."""

    way: Way
    place: Place


class Air(Command, frozen=True, tag="source.air"):
    """Put a camera on its seat for everybody, or take it off again."""

    place: Place
    on: bool


class Preview(Command, frozen=True, tag="source.preview"):
    """Show a camera to the desk alone, or (`None`) whoever comes next again."""

    place: Place | None


class Report(Command, frozen=True, tag="source.report"):
    """The media process says how a source arrives, or that a player is connected."""

    durable: ClassVar[bool] = False

    way: Way
    place: Place
    state: Light
    codec: str = ""


class Count(Command, frozen=True, tag="source.count"):
    """The media process says how many viewers have nothing that decodes H264."""

    durable: ClassVar[bool] = False

    unable: int


class Admitted(Event, frozen=True, tag="source.admitted"):
    """A secret holds from now on."""

    way: Way
    place: Place
    name: str
    secret: str
    at: float


class Dismissed(Event, frozen=True, tag="source.dismissed"):
    """A secret holds no longer."""

    way: Way
    place: Place


class Aired(Event, frozen=True, tag="source.aired"):
    """A camera of this name is on a seat; `None`: whoever sits there is seen again."""

    place: Place
    name: str | None


class Previewed(Event, frozen=True, tag="source.previewed"):
    """The desk looks at a camera, or at whoever comes next."""

    place: Place | None


class Reported(Event, frozen=True, tag="source.reported"):
    """How a source arrives has changed."""

    stored: ClassVar[bool] = False

    way: Way
    place: Place
    state: Light
    codec: str


class Counted(Event, frozen=True, tag="source.counted"):
    """Another number of viewers has nothing that decodes H264."""

    stored: ClassVar[bool] = False

    unable: int


class Source(Struct, frozen=True, rename="camel"):
    """One camera or player."""

    way: Way
    place: Place
    name: str
    secret: str
    at: float
    state: Light = "gone"
    codec: str = ""


class Sources(Struct, frozen=True, rename="camel"):
    """All of one stage."""

    known: tuple[Source, ...] = ()
    on_air: dict[Place, str] = {}
    "The camera's name, by the seat it is on."
    previewed: Place | None = None
    unable: int = 0


class SourceShown(Struct, frozen=True, rename="camel"):
    """A camera or player as the desk sees it; nobody sees its secret's fingerprint."""

    way: Way
    place: Place
    name: str
    at: float
    state: Light
    codec: str


class SourcesShown(View, frozen=True, tag="sources.shown"):
    """The hall sources. But for the desk only what is on air is told."""

    known: tuple[SourceShown, ...]
    on_air: dict[Place, str]
    previewed: Place | None
    unable: int
    "Viewers whose browser has nothing that decodes H264."


COMMANDS = (Admit, Dismiss, Air, Preview, Report, Count)
EVENTS = (Admitted, Dismissed, Aired, Previewed, Reported, Counted)
VIEWS = (SourcesShown,)
STIRS: dict[type[Event], tuple[type[View], ...]] = dict.fromkeys(EVENTS, (SourcesShown,))


def decide(sources: Sources, command: Command, by: Person, now: float) -> tuple[Event, ...]:
    """What follows; raises `Refused` for a camera that is not there or sends nothing."""
    match command:
        case Admit(way=way, place=place, name=name, secret=secret):
            return _admit(sources, Admitted(way, place, name.strip(), secret, now))
        case Dismiss(way=way, place=place):
            return _dismiss(sources, way, place)
        case Air(place=place, on=True):
            return _air(sources, place)
        case Air(place=place):
            return (Aired(place, None),) if place in sources.on_air else ()
        case Preview(place=place):
            if place is not None:
                _check_there(sources, place)
            return () if place == sources.previewed else (Previewed(place),)
        case Report(way=way, place=place, state=state, codec=codec):
            known = find(sources, way, place)
            if known is None or (known.state, known.codec) == (state, codec):
                return ()
            return (Reported(way, place, state, codec),)
        case Count(unable=unable):
            return () if unable == sources.unable else (Counted(unable),)
        case _:
            return ()


def apply(sources: Sources, event: Event) -> Sources:
    """The sources after `event`."""
    match event:
        case Admitted(way=way, place=place, name=name, secret=secret, at=at):
            known = Source(way, place, name, secret, at)
            return replace(sources, known=(*_others(sources, way, place), known))
        case Dismissed(way=way, place=place):
            return replace(sources, known=_others(sources, way, place))
        case Aired(place=place, name=name):
            rest = {seat: other for seat, other in sources.on_air.items() if seat != place}
            return replace(sources, on_air={**rest, place: name} if name is not None else rest)
        case Previewed(place=place):
            return replace(sources, previewed=place)
        case Reported(way=way, place=place, state=state, codec=codec):
            return replace(
                sources,
                known=tuple(
                    replace(each, state=state, codec=codec)
                    if (each.way, each.place) == (way, place)
                    else each
                    for each in sources.known
                ),
            )
        case Counted(unable=unable):
            return replace(sources, unable=unable)
        case _:
            return sources


def show(sources: Sources, reader: Person) -> SourcesShown:
    """The sources as `reader` may see them."""
    if reader.role in DESK:
        return view(sources)
    return SourcesShown(known=(), on_air=sources.on_air, previewed=None, unable=0)


def view(sources: Sources) -> SourcesShown:
    """The sources as the desk sees them."""
    return SourcesShown(
        known=tuple(
            SourceShown(each.way, each.place, each.name, each.at, each.state, each.codec)
            for each in sources.known
        ),
        on_air=sources.on_air,
        previewed=sources.previewed,
        unable=sources.unable,
    )


def find(sources: Sources, way: Way, place: str) -> Source | None:
    """The camera or player of a seat, if there is one."""
    return next((each for each in sources.known if (each.way, each.place) == (way, place)), None)


def source(stage: str, place: str) -> str:
    """What the media process calls the picture of a seat's camera."""
    return f"whip/{stage}/{place}"


def routes(sources: Sources, stage: str) -> dict[Feed, str | None]:
    """Which feeds show a camera instead of whoever sits there."""
    shown: dict[Feed, str | None] = {place: source(stage, place) for place in sources.on_air}
    if sources.previewed is not None:
        shown["preview"] = source(stage, sources.previewed)
    return shown


def _admit(sources: Sources, admitted: Admitted) -> tuple[Event, ...]:
    if not admitted.name:
        raise Refused("Please give it a name first, for example: hall camera.")
    known = find(sources, admitted.way, admitted.place)
    if known is not None and known.secret == admitted.secret:
        return ()
    return (admitted,)


def _dismiss(sources: Sources, way: Way, place: Place) -> tuple[Event, ...]:
    if find(sources, way, place) is None:
        return ()
    events: list[Event] = []
    if way == "in" and place in sources.on_air:
        events.append(Aired(place, None))
    if way == "in" and place == sources.previewed:
        events.append(Previewed(None))
    return (*events, Dismissed(way, place))


def _air(sources: Sources, place: Place) -> tuple[Event, ...]:
    known = _check_there(sources, place)
    return () if sources.on_air.get(place) == known.name else (Aired(place, known.name),)


def _check_there(sources: Sources, place: Place) -> Source:
    known = find(sources, "in", place)
    if known is None:
        raise Refused("There is no camera for this seat yet. Please set one up first.")
    if known.state == "gone":
        raise Refused("Nothing arrives from this camera. Please start it there, then try again.")
    return known


def _others(sources: Sources, way: Way, place: Place) -> tuple[Source, ...]:
    return tuple(each for each in sources.known if (each.way, each.place) != (way, place))
