"""The foyer: the room everybody is in; the agenda as it is lived, the people, the team's notes."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct
from schedule.agenda import Agenda, AgendaShown

from rooms import presence
from rooms.people import Person, PersonId, Place
from rooms.presence import Presence, PresenceShown
from schedule import agenda
from schedule.machine import Command, Event, View

ROOM = "foyer"
"Its id; pitch rooms are called `stage-` and the stage's id."
KEPT = 200  # lines of the team's notes in the room; older ones stay in the log

Verdict = Literal["ok", "poor", "missing", "denied", "untested"]
Path = Literal["direct", "relayed", "none", "untested"]


class Check(Struct, frozen=True, rename="camel"):
    """What a quick check of somebody's devices and network found."""

    camera: Verdict = "untested"
    microphone: Verdict = "untested"
    speaker: Verdict = "untested"
    path: Path = "untested"
    browser: Annotated[str, Meta(max_length=80)] = ""
    at: float = 0.0


# Commands (besides the agenda's own)


class SitDown(Command, frozen=True, tag="people.sit-down"):
    """Say whether one is in the hall or at home."""

    place: Place


class ComeIn(Command, frozen=True, tag="people.come-in"):
    """The house lets somebody in who was not on the list."""

    person: Person


class ReportCheck(Command, frozen=True, tag="check.report"):
    """Keep what the check of one's own devices and network found."""

    check: Check


class SayToTeam(Command, frozen=True, tag="team.say"):
    """A note to the others at the desk."""

    text: Annotated[str, Meta(min_length=1, max_length=500)]


# Events (besides the agenda's own)


class SatDown(Event, frozen=True, tag="people.sat-down"):
    """Somebody is in the hall or at home."""

    person: PersonId
    place: Place


class CameIn(Event, frozen=True, tag="people.came-in"):
    """Somebody new is here."""

    person: Person


class CheckReported(Event, frozen=True, tag="check.reported"):
    """What somebody's check found; they and the desk hear it."""

    person: PersonId
    check: Check


class TeamSaid(Event, frozen=True, tag="team.said"):
    """A note among those at the desk."""

    id: str
    by: PersonId
    text: str
    at: float


# View


class PeopleShown(View, frozen=True, tag="people.shown"):
    """Everybody on the list, after the organisers' programme was read in anew."""

    people: dict[PersonId, Person]


# State


class Foyer(Struct, frozen=True):
    """Everything that lives in the foyer."""

    agenda: Agenda
    people: dict[PersonId, Person] = {}
    checks: dict[PersonId, Check] = {}
    team: tuple[TeamSaid, ...] = ()
    noted: int = 0
    "How many notes there ever were; the next one's id follows from it."
    presence: Presence = Presence()


class FoyerShown(Struct, frozen=True, tag_field="type", tag="foyer", rename="camel"):
    """The foyer as one reader may see it; checks and the team's notes are for the desk."""

    agenda: AgendaShown
    people: dict[PersonId, Person]
    presence: PresenceShown
    checks: dict[PersonId, Check]
    "Everybody's for the desk, else one's own."
    team: tuple[TeamSaid, ...]


COMMANDS = (*agenda.COMMANDS, SitDown, ComeIn, ReportCheck, SayToTeam, *presence.COMMANDS)
EVENTS = (*agenda.EVENTS, SatDown, CameIn, CheckReported, TeamSaid, *presence.EVENTS)
VIEWS = (*agenda.VIEWS, PeopleShown, *presence.VIEWS)
