"""A room and people who do things in it, at times one chooses."""

from __future__ import annotations

from types import ModuleType
from typing import Generic, TypeVar

import msgspec

from rooms import foyer, pitch, rights
from rooms.floor import Cue, Slot
from rooms.foyer import Foyer
from rooms.people import HOUSE, Person, Role
from rooms.pitch import Pitch
from rooms.presence import Report
from schedule import items
from schedule.items import Gathering, Item, Stage
from schedule.machine import Command, Event, Refused

T = 1_600_000_000.0  # Unix seconds; when every scene begins

MIRA = Person("mira", "Mira Moll", Role.MODERATOR)
OSKAR = Person("oskar", "Oskar Ott", Role.ORGANISER)
TILDA = Person("tilda", "Tilda Tann", Role.TALENT)
TOM = Person("tom", "Tom Thal", Role.TALENT)
TESSA = Person("tessa", "Tessa Tor", Role.TALENT)
RHEA = Person("rhea", "Rhea Rot", Role.REP)
JULES = Person("jules", "Jules Jung", Role.JUROR)
GRETA = Person("greta", "Greta Grau", Role.GUEST)
EVERYBODY = (MIRA, OSKAR, TILDA, TOM, TESSA, RHEA, JULES, GRETA)

PITCH = Slot("pitch-1", "Light in glass", "pitch.talent", (TILDA.id, TOM.id))
ASKING = Slot("asking-1", "Questions on light", "questions", (TILDA.id, TOM.id))
NEXT_PITCH = Slot("pitch-2", "Sound in steel", "pitch.talent", (TESSA.id,))
WELCOME = Slot("welcome", "Welcome", "welcome", (MIRA.id,))

Room = TypeVar("Room", Foyer, Pitch)


class Scene(Generic[Room]):
    """One room; `room` is how it is now and `log` all that happened."""

    def __init__(self, room: Room, now: float = T) -> None:
        self.room = room
        self.now = now
        self.log: list[Event] = []

    @property
    def machine(self) -> ModuleType:
        return foyer if isinstance(self.room, Foyer) else pitch

    def do(self, by: Person, command: Command) -> tuple[Event, ...]:
        """What follows, as the host would have it; raises `Refused` like the host."""
        rights.may(self.room, command, by)
        return self._happen(self.machine.decide(self.room, command, by, self.now))

    def refusal(self, by: Person, command: Command) -> str:
        """The sentence with which the command is refused."""
        before = self.room
        try:
            self.do(by, command)
        except Refused as refused:
            assert self.room == before
            return str(refused)
        raise AssertionError(f"{command} by {by.id} was not refused")

    def wait(self, seconds: float) -> tuple[Event, ...]:
        """What happens by itself until then, each thing when it is due."""
        until = self.now + seconds
        events: tuple[Event, ...] = ()
        while (due := self.machine.due(self.room)) is not None and due <= until:
            self.now = max(self.now, due)
            events += self._happen(self.machine.tick(self.room, self.now))
        self.now = until
        return events

    def _happen(self, events: tuple[Event, ...]) -> tuple[Event, ...]:
        for event in events:
            self.room = self.machine.apply(self.room, event)
            self.log.append(event)
        return events


def stage(*, live: Slot | None = None, upcoming: tuple[Slot, ...] = ()) -> Scene[Pitch]:
    """A pitch room with this on and that to come, and everybody present."""
    scene = Scene(pitch.opening("north"))
    if live or upcoming:
        scene.do(HOUSE, Cue(live, upcoming))
    scene.do(HOUSE, Report("process-1", tuple(person.id for person in EVERYBODY)))
    scene.log.clear()
    return scene


def seats(scene: Scene[Pitch]) -> dict[str, str]:
    """Who sits where."""
    return {seat: seating.person for seat, seating in scene.room.floor.seats.items()}


def evening() -> Gathering:
    """Two short items on one stage, and everybody on the list, with mail addresses."""
    return Gathering(
        id="evening",
        name="An evening",
        time_zone="Europe/Berlin",
        languages=("de", "en"),
        starts_at=T,
        ends_at=T + 3600.0,
        stages=(
            Stage(
                "north",
                "North stage",
                (
                    Item("pitch-1", "Light in glass", "pitch.talent", T + 60.0, 300.0,
                         people=("tilda", "tom"), starts=False, ends=False),
                    Item("pitch-2", "Sound in steel", "pitch.talent", T + 360.0, 300.0,
                         people=("tessa",), starts=False, ends=False),
                ),
            ),
        ),
        people=tuple(written(person) for person in EVERYBODY),
    )  # fmt: skip


def written(person: Person) -> items.Person:
    """This person as the organisers wrote them down."""
    return items.Person(
        id=person.id,
        name=person.name,
        role=person.role.value,
        organisation=person.organisation,
        languages=person.languages,
        place=person.place,
        email=f"{person.id}@mail.example",
    )


def foyer_scene() -> Scene[Foyer]:
    """The foyer before the evening begins."""
    return Scene(foyer.opening(evening(), T))


def as_json(message: object) -> object:
    """A message as a browser reads it."""
    return msgspec.json.decode(msgspec.json.encode(message))
