"""The blueprint: which live rooms a gathering has, and the rules of each."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from rooms import fair, foyer, lounge, pitch, presence, rights
from rooms.fair import Fair
from rooms.foyer import Foyer
from rooms.lounge import Lounge
from rooms.people import Person
from rooms.pitch import Pitch
from schedule.items import Gathering
from schedule.machine import Command
from server.rules import Rules
from server.store import Kept

STAGE: Final = "stage-"  # a pitch room's id is this and its stage's


class FoyerBlueprint:
    """One foyer, lounge and fair for everybody, and a pitch room for each stage."""

    directory = foyer.ROOM

    def rooms(self, kept: Kept) -> dict[str, Rules[Any]]:
        """The rooms of this version of the gathering, by id."""
        gathering = msgspec.json.decode(kept.body, type=Gathering)
        stages = {STAGE + stage.id: _pitch(stage.id) for stage in gathering.stages}
        return {
            foyer.ROOM: _foyer(gathering, kept.at),
            lounge.ROOM: _lounge(),
            fair.ROOM: _fair(),
            **stages,
        }

    def replan(self, kept: Kept) -> tuple[str, Command]:
        """The foyer hears of a newer version."""
        gathering = msgspec.json.decode(kept.body, type=Gathering)
        return foyer.ROOM, foyer.Plan(gathering)

    def report(self, process: str, people: tuple[str, ...]) -> Command:
        """Says who has a room open with this process."""
        return presence.Report(process, people)

    def person(self, state: Foyer, person_id: str) -> Person | None:
        """Somebody of the gathering, walk-ins too."""
        return state.people.get(person_id)


def _foyer(gathering: Gathering, at: float) -> Rules[Foyer]:
    return Rules(
        state=Foyer,
        commands=foyer.COMMANDS,
        events=foyer.EVENTS,
        opening=lambda: foyer.opening(gathering, at),
        may=rights.may,
        decide=foyer.decide,
        tick=foyer.tick,
        due=foyer.due,
        apply=foyer.apply,
        show=foyer.show,
        view=foyer.view,
        hears=rights.hears,
        reaches=rights.reaches,
        stirs=foyer.STIRS,
        views=foyer.VIEWS,
    )


def _lounge() -> Rules[Lounge]:
    return Rules(
        state=Lounge,
        commands=lounge.COMMANDS,
        events=lounge.EVENTS,
        opening=lounge.opening,
        may=rights.may,
        decide=lounge.decide,
        tick=lounge.tick,
        due=lounge.due,
        apply=lounge.apply,
        show=lounge.show,
        view=lounge.view,
        hears=rights.hears,
        reaches=rights.reaches,
        stirs=lounge.STIRS,
        views=lounge.VIEWS,
    )


def _fair() -> Rules[Fair]:
    return Rules(
        state=Fair,
        commands=fair.COMMANDS,
        events=fair.EVENTS,
        opening=fair.opening,
        may=rights.may,
        decide=fair.decide,
        tick=fair.tick,
        due=fair.due,
        apply=fair.apply,
        show=fair.show,
        view=fair.view,
        hears=rights.hears,
        reaches=rights.reaches,
        stirs=fair.STIRS,
        views=fair.VIEWS,
    )


def _pitch(stage_id: str) -> Rules[Pitch]:
    return Rules(
        state=Pitch,
        commands=pitch.COMMANDS,
        events=pitch.EVENTS,
        opening=lambda: pitch.opening(stage_id),
        may=rights.may,
        decide=pitch.decide,
        tick=pitch.tick,
        due=pitch.due,
        apply=pitch.apply,
        show=pitch.show,
        view=pitch.view,
        hears=rights.hears,
        reaches=rights.reaches,
        stirs=pitch.STIRS,
        views=pitch.VIEWS,
    )
