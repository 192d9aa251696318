"""The foyer: the room everybody is in; the agenda as it is lived, the people, the team's notes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Annotated, Any, Literal, TypeVar, get_args

from msgspec import Meta, Struct
from msgspec.structs import replace

from rooms import consent, lounge, presence
from rooms.consent import Consent
from rooms.floor import Cue, Slot
from rooms.people import DESK, Person, PersonId, Place, listed
from rooms.presence import Presence, PresenceShown
from schedule import agenda
from schedule.agenda import Acted, Agenda, AgendaShown, Deed, Planned, Stepped, Undo, Undone
from schedule.items import Gathering
from schedule.machine import Command, Event, Refused, View

ROOM = "foyer"
"Its id; pitch rooms are called `stage-` and the stage's id."
COARSE = 15.0  # seconds
KEPT = 200  # lines of the team's notes in the room; older ones stay in the log

V = TypeVar("V")
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


class Plan(Command, frozen=True, tag="agenda.plan"):
    """The house has read the organisers' programme anew; what has happened stays."""

    gathering: Gathering


class SitDown(Command, frozen=True, tag="people.sit-down"):
    """Say whether one is in the hall or at home."""

    place: Place


class ComeIn(Command, frozen=True, tag="people.come-in"):
    """The house lets somebody in who was not on the list."""

    person: Person


class SeeOff(Command, frozen=True, tag="people.see-off"):
    """The house takes somebody off the list again who is not on the organisers'."""

    person: PersonId


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


class SeenOff(Event, frozen=True, tag="people.seen-off"):
    """Somebody is not on the list any more."""

    person: PersonId


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
    "Those on the organisers' list and those who walked in."
    checks: dict[PersonId, Check] = {}
    team: tuple[TeamSaid, ...] = ()
    noted: int = 0
    "How many notes there ever were; the next one's id follows from it."
    presence: Presence = Presence()
    consents: dict[PersonId, Consent] = {}
    "Who agrees to being recorded."


class FoyerShown(Struct, frozen=True, tag_field="type", tag="foyer", rename="camel"):
    """The foyer as one reader may see it; checks, consents and notes are for the desk."""

    agenda: AgendaShown
    people: dict[PersonId, Person]
    presence: PresenceShown
    checks: dict[PersonId, Check]
    "Everybody's for the desk, else one's own."
    team: tuple[TeamSaid, ...]
    consents: dict[PersonId, Consent]
    "Everybody's for the desk, else one's own."


DEEDS: tuple[type[Command], ...] = (*get_args(Deed), Undo)

COMMANDS: tuple[type[Command], ...] = (
    *DEEDS,
    Plan,
    SitDown,
    ComeIn,
    SeeOff,
    ReportCheck,
    SayToTeam,
    *consent.COMMANDS,
    *presence.COMMANDS,
)
EVENTS: tuple[type[Event], ...] = (
    Acted, Undone, Planned, Stepped, SatDown, CameIn, SeenOff, CheckReported,
    TeamSaid,
    *consent.EVENTS, *presence.EVENTS,
)  # fmt: skip
VIEWS: tuple[type[View], ...] = (AgendaShown, PeopleShown, *presence.VIEWS)
STIRS: dict[type[Event], tuple[type[View], ...]] = {
    Acted: (AgendaShown,),
    Undone: (AgendaShown,),
    Stepped: (AgendaShown,),
    Planned: (AgendaShown, PeopleShown),
    **presence.STIRS,
}
"Which views look different after an event."

Deciding = Callable[[Foyer, Any, Person, float], tuple[Event, ...]]


def opening(gathering: Gathering, now: float) -> Foyer:
    """The foyer before anybody has come."""
    people = {person.id: listed(person) for person in gathering.people}
    return Foyer(agenda=agenda.opening(gathering, now), people=people)


def decide(foyer: Foyer, command: Command, by: Person, now: float) -> tuple[Event, ...]:
    """What follows if this person does that now; raises `Refused` if it is not possible."""
    return _DECIDES[type(command)](foyer, command, by, now)


def tick(foyer: Foyer, now: float) -> tuple[Event, ...]:
    """What happens by itself: the agenda goes on, presence fades."""
    return (*agenda.tick(foyer.agenda, now), *presence.tick(foyer.presence, now))


def due(foyer: Foyer) -> float | None:
    """When `tick` next has something to do; Unix seconds."""
    instants = (agenda.due(foyer.agenda), presence.due(foyer.presence))
    return min((at for at in instants if at is not None), default=None)


def apply(foyer: Foyer, event: Event) -> Foyer:
    """The foyer after `event`."""
    match event:
        case Planned(gathering=gathering):
            people = _relisted(foyer, gathering)
            return replace(foyer, agenda=agenda.apply(foyer.agenda, event), people=people)
        case Acted() | Undone() | Stepped():
            return replace(foyer, agenda=agenda.apply(foyer.agenda, event))
        case SatDown(person=person, place=place):
            return _with_person(foyer, replace(foyer.people[person], place=place))
        case CameIn(person=person):
            return _with_person(foyer, person)
        case SeenOff(person=gone):
            left = {key: person for key, person in foyer.people.items() if key != gone}
            return replace(foyer, people=left)
        case CheckReported(person=person, check=check):
            return replace(foyer, checks={**foyer.checks, person: check})
        case TeamSaid():
            return replace(foyer, team=(*foyer.team, event)[-KEPT:], noted=foyer.noted + 1)
        case consent.ConsentGiven() | consent.ConsentWithdrawn():
            return replace(foyer, consents=consent.apply(foyer.consents, event))
        case _:
            return replace(foyer, presence=presence.apply(foyer.presence, event))


def show(foyer: Foyer, reader: Person, now: float) -> FoyerShown:
    """The foyer as `reader` may see it."""
    desk = reader.role in DESK
    return FoyerShown(
        agenda=agenda.shown(foyer.agenda, now),
        people=foyer.people,
        presence=presence.show(foyer.presence),
        checks=foyer.checks if desk else _own(foyer.checks, reader),
        team=foyer.team if desk else (),
        consents=foyer.consents if desk else _own(foyer.consents, reader),
    )


def view(foyer: Foyer, kind: type[View], now: float) -> View:
    """How one part of the foyer looks, the same for every reader."""
    return _VIEWED[kind](foyer, now)


def cues(foyer: Foyer, now: float) -> dict[str, Cue]:
    """What each stage's room is to know of the agenda, by the stage's id."""
    items = {
        item.id: Slot(item.id, item.title, item.kind, item.people)
        for stage in foyer.agenda.gathering.stages
        for item in stage.items
    }
    return {
        stage: Cue(
            live=items.get(cue.live) if cue.live else None,
            upcoming=tuple(items[item] for item in cue.upcoming if item in items),
        )
        for stage, cue in agenda.cues(foyer.agenda, now).items()
    }


def lounge_cue(foyer: Foyer, now: float) -> lounge.Cue:
    """What the lounge is to know of the agenda.

    What is only expected is told to the quarter of a minute: an item that runs over moves
    everything behind it all the time, and nobody plans a meeting to the second.
    """
    shown = agenda.shown(foyer.agenda, now)
    rounds: list[lounge.RoundTime] = []
    busy: dict[PersonId, list[lounge.Span]] = {}
    for span, item_id, how in _spans(shown):
        item = shown.items[item_id]
        if item.kind == "round":
            rounds.append(lounge.RoundTime(item_id, item.title, *span, how))
        elif how != "over":
            for person in item.people:
                busy.setdefault(person, []).append(span)
    rounds.sort(key=lambda each: (each.starts_at, each.item))
    gathering = foyer.agenda.gathering
    ends = (_coarse(ends_at) for _, ends_at in shown.times.values())
    hours = (gathering.starts_at, max([gathering.ends_at, *ends]))
    spans = {key: tuple(sorted(busy[key])) for key in sorted(busy)}
    return lounge.Cue(tuple(rounds), spans, hours, _tour(shown))


def _tour(shown: AgendaShown) -> str | None:
    """The tour that is on, on whichever stage; of two the first stage's."""
    live = (stage.live.id for stage in shown.stages if stage.live is not None)
    return next((item for item in live if shown.items[item].kind == "tour"), None)


def _spans(shown: AgendaShown) -> Iterator[tuple[lounge.Span, str, lounge.How]]:
    for stage in shown.stages:
        for past in stage.past:
            if past.how != "deferred":
                yield (past.started_at, past.ended_at), past.id, "over"
        if (live := stage.live) is not None:
            paused = live.paused_at is not None
            ends_at = _coarse(live.ends_at) if paused else live.ends_at
            yield (live.started_at, ends_at), live.id, "paused" if paused else "live"
        for item in stage.waiting:
            starts_at, ends_at = shown.times[item]
            yield (_coarse(starts_at), _coarse(ends_at)), item, "waiting"


def _coarse(at: float) -> float:
    return round(at / COARSE) * COARSE


def _own(entries: dict[PersonId, V], reader: Person) -> dict[PersonId, V]:
    return {person: entry for person, entry in entries.items() if person == reader.id}


def _deed(foyer: Foyer, command: Command, by: Person, now: float) -> tuple[Event, ...]:
    return agenda.decide(foyer.agenda, command, by.id, now)


def _plan(foyer: Foyer, plan: Plan, by: Person, now: float) -> tuple[Event, ...]:
    return agenda.plan(foyer.agenda, plan.gathering, by.id, now)


def _sit_down(foyer: Foyer, sit: SitDown, by: Person, now: float) -> tuple[Event, ...]:
    if by.id not in foyer.people:
        raise Refused("You are not on the list of this gathering. Please ask the organisers.")
    return () if foyer.people[by.id].place == sit.place else (SatDown(by.id, sit.place),)


def _come_in(foyer: Foyer, come: ComeIn, by: Person, now: float) -> tuple[Event, ...]:
    known = foyer.people.get(come.person.id)
    if known is not None and known != come.person:
        raise Refused("Somebody of this name tag is here already. Please choose another one.")
    return () if known is not None else (CameIn(come.person),)


def _see_off(foyer: Foyer, see: SeeOff, by: Person, now: float) -> tuple[Event, ...]:
    if any(person.id == see.person for person in foyer.agenda.gathering.people):
        raise Refused("This person is on the organisers' list. Please ask them.")
    return (SeenOff(see.person),) if see.person in foyer.people else ()


def _report_check(foyer: Foyer, report: ReportCheck, by: Person, now: float) -> tuple[Event, ...]:
    # The browser's own clock may be anything, so the house writes down when it heard.
    return (CheckReported(by.id, replace(report.check, at=now)),)


def _say_to_team(foyer: Foyer, say: SayToTeam, by: Person, now: float) -> tuple[Event, ...]:
    if not say.text.strip():
        raise Refused("There is nothing in this line yet. Please write something first.")
    return (TeamSaid(f"t{foyer.noted + 1}", by.id, say.text.strip(), now),)


def _relisted(foyer: Foyer, gathering: Gathering) -> dict[PersonId, Person]:
    before = {person.id for person in foyer.agenda.gathering.people}
    walked_in = {key: person for key, person in foyer.people.items() if key not in before}
    people = {person.id: listed(person) for person in gathering.people}
    for key in people.keys() & foyer.people.keys():  # they know best where they sit
        people[key] = replace(people[key], place=foyer.people[key].place)
    return walked_in | people


def _with_person(foyer: Foyer, person: Person) -> Foyer:
    return replace(foyer, people={**foyer.people, person.id: person})


_DECIDES: dict[type[Command], Deciding] = {
    **dict.fromkeys(DEEDS, _deed),
    Plan: _plan,
    SitDown: _sit_down,
    ComeIn: _come_in,
    SeeOff: _see_off,
    ReportCheck: _report_check,
    SayToTeam: _say_to_team,
    **dict.fromkeys(consent.COMMANDS, lambda f, *rest: consent.decide(f.consents, *rest)),
    **dict.fromkeys(presence.COMMANDS, lambda f, *rest: presence.decide(f.presence, *rest)),
}

_VIEWED: dict[type[View], Callable[[Foyer, float], View]] = {
    AgendaShown: lambda foyer, now: agenda.shown(foyer.agenda, now),
    PeopleShown: lambda foyer, now: PeopleShown(foyer.people),
    PresenceShown: lambda foyer, now: presence.show(foyer.presence),
}
