"""What a gathering is made of on paper: its people, its stages and their items."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

Role = Literal["organiser", "moderator", "talent", "rep", "juror", "guest"]
Place = Literal["home", "hall"]
Doors = Literal["invited", "open"]
Job = Literal["thesis", "internship", "working-student", "job", "doctorate", "founding"]
Kind = Literal[
    "welcome",
    "pitch.company",
    "pitch.talent",
    "questions",
    "talk",
    "panel",
    "break",
    "round",
    "award",
    "tour",
]
ExhibitKind = Literal["exhibit", "poster"]


class Person(Struct, frozen=True, rename="camel"):
    """Somebody as the organisers wrote them down, before they ever come."""

    id: str
    name: str
    role: Role
    organisation: str = ""
    languages: tuple[str, ...] = ("de",)
    place: Place = "home"
    about: str = ""
    email: str = ""
    seeks: tuple[str, ...] = ()
    "Topics, until they say themselves what they seek; so with those below."
    offers: tuple[str, ...] = ()
    jobs: tuple[Job, ...] = ()
    degree: str = ""


class Item(Struct, frozen=True, rename="camel"):
    """One line of the running order, as planned."""

    id: str
    title: str
    kind: Kind
    starts_at: float
    "Planned, Unix seconds."
    seconds: float
    "Planned length."
    least_seconds: float | None = None
    "A break may shrink to this to save the next anchor on its stage."
    anchor: float | None = None
    "Never before this instant, Unix seconds."
    fixed: bool = False
    "An appointment with somebody outside; it has an anchor, and lateness there is shown."
    people: tuple[str, ...] = ()
    "Ids of those who are on stage; each can be on one stage at a time."
    starts: bool = True
    "By itself, when its turn has come; otherwise a human starts it."
    ends: bool = True
    "By itself, `grace` seconds after its time is up; otherwise it runs over until a human ends it."
    grace: float = 0.0
    "Seconds it may run over before it ends by itself."
    about: str = ""

    @property
    def ends_at(self) -> float:
        """Planned, Unix seconds."""
        return self.starts_at + self.seconds


class Stage(Struct, frozen=True, rename="camel"):
    """A pitch room and the items planned for it, in order."""

    id: str
    name: str
    items: tuple[Item, ...]


class Meetings(Struct, frozen=True, rename="camel"):
    """What the organisers set for one-to-one meetings."""

    between: Literal["talent-company", "all"] = "talent-company"
    "Who may meet whom: talents and companies only, or anybody anybody."
    announced: bool = True
    "Whether people see their partners before a round begins."
    path: Literal["relay", "direct"] = "relay"
    "Relay: nobody's home address is shown to a stranger, unless both agree to it."
    table: Literal[1, 2] = 1
    "How many talents sit with one representative in a round."
    desks: dict[str, int] = {}
    "How many representatives of an organisation may be in talks at a time; else all of them."
    topics: tuple[str, ...] = ()
    "Of the lounge's tables, each a table that the organisers set up."


class Package(Struct, frozen=True, rename="camel"):
    """What an exhibitor bought: just this is open to it."""

    id: str
    name: str
    pitch: bool = True
    "Whether its pitch is part of the programme, and shown at its booth."
    representatives: int = 3
    jobs: int = 10
    downloads: int = 5


class Booth(Struct, frozen=True, rename="camel"):
    """An exhibitor's booth, as the organisers wrote it down."""

    id: str
    organisation: str
    "Its representatives are those people with this organisation."
    number: int
    package: Package
    sponsor: bool = True
    "Whether it pays for the gathering, and is named as a sponsor."
    about: str = ""
    "Until it says so itself."


class Exhibit(Struct, frozen=True, rename="camel"):
    """A piece of work in the exhibition: a contest winner's exhibit, or a student's poster."""

    id: str
    title: str
    kind: ExhibitKind = "poster"
    authors: tuple[str, ...] = ()
    "Ids of people; who is not at the gathering stands in `names`."
    names: tuple[str, ...] = ()
    organisation: str = ""
    about: str = ""
    topics: tuple[str, ...] = ()


class Gathering(Struct, frozen=True, rename="camel"):
    """The whole of what the organisers wrote."""

    id: str
    name: str
    time_zone: str
    languages: tuple[str, ...]
    starts_at: float
    ends_at: float
    stages: tuple[Stage, ...]
    people: tuple[Person, ...]
    host: str = ""
    "The organisation that invites."
    city: str = ""
    about: str = ""
    invite_note: str = ""
    meetings: Meetings = Meetings()
    booths: tuple[Booth, ...] = ()
    exhibits: tuple[Exhibit, ...] = ()
    doors: Doors = "invited"
    "Open: whoever scans the code in the hall may come in as a guest."


def shifted(gathering: Gathering, seconds: float) -> Gathering:
    """The same gathering, all of it `seconds` later."""
    return _retimed(gathering, gathering.starts_at + seconds, gathering.starts_at, 1.0)


def paced(gathering: Gathering, speed: float) -> Gathering:
    """The same gathering from the same start, `speed` times as fast."""
    return _retimed(gathering, gathering.starts_at, gathering.starts_at, speed)


def _retimed(gathering: Gathering, start: float, origin: float, speed: float) -> Gathering:
    def when(at: float) -> float:
        return start + (at - origin) / speed

    def retimed(item: Item) -> Item:
        return replace(
            item,
            starts_at=when(item.starts_at),
            seconds=item.seconds / speed,
            least_seconds=None if item.least_seconds is None else item.least_seconds / speed,
            anchor=None if item.anchor is None else when(item.anchor),
            grace=item.grace / speed,
        )

    return replace(
        gathering,
        starts_at=when(gathering.starts_at),
        ends_at=when(gathering.ends_at),
        stages=tuple(
            replace(stage, items=tuple(retimed(item) for item in stage.items))
            for stage in gathering.stages
        ),
    )
