"""The rooms of a gathering, and that every state of them travels between processes unharmed."""

from __future__ import annotations

from typing import Any

import msgspec

from rooms import chat, floor, foyer, questions, reactions
from rooms.people import HOUSE, Person, Role
from schedule import agenda
from schedule.items import Gathering, Item, Stage
from schedule.items import Person as Listed
from schedule.machine import Command
from server.blueprint import FoyerBlueprint
from server.rules import Rules
from server.store import Kept

NOON = 1_600_000_000.0
MOD = Person("mod", "Mo Derator", Role.MODERATOR)
TIA = Person("tia", "Tia Talent", Role.TALENT)


def gathering(*stages: str) -> Gathering:
    return Gathering(
        "evening",
        "An evening",
        "Europe/Berlin",
        ("de", "en"),
        NOON,
        NOON + 3600,
        tuple(
            Stage(
                stage,
                stage.title(),
                (
                    Item(f"{stage}-1", "Welcome", "welcome", NOON, 300),
                    Item(f"{stage}-2", "A pitch", "pitch.talent", NOON + 300, 300, people=("tia",)),
                    Item(f"{stage}-3", "Break", "break", NOON + 600, 900, least_seconds=300),
                ),
            )
            for stage in stages
        ),
        (Listed("mod", "Mo Derator", "moderator"), Listed("tia", "Tia Talent", "talent")),
    )


def kept(*stages: str) -> Kept:
    return Kept(1, NOON, msgspec.json.encode(gathering(*stages)))


def done(rules: Rules[Any], state: Any, *deeds: tuple[Person, Command]) -> Any:
    """The state after these commands, a second apart."""
    for at, (by, command) in enumerate(deeds, start=1):
        for event in rules.tick(state, NOON + at):
            state = rules.apply(state, event)
        rules.may(state, command, by)
        for event in rules.decide(state, command, by, NOON + at):
            state = rules.apply(state, event)
    return state


def travelled(rules: Rules[Any], state: Any) -> Any:
    return msgspec.msgpack.decode(msgspec.msgpack.encode(state), type=rules.state)


def test_there_is_a_foyer_a_lounge_a_fair_and_a_room_for_each_stage() -> None:
    assert list(FoyerBlueprint().rooms(kept("hall", "garden"))) == [
        "foyer",
        "lounge",
        "fair",
        "stage-hall",
        "stage-garden",
    ]


def test_the_foyer_s_state_travels_unharmed() -> None:
    rules = FoyerBlueprint().rooms(kept("hall"))["foyer"]
    assert travelled(rules, rules.opening()) == rules.opening()
    state = done(
        rules,
        rules.opening(),
        (MOD, agenda.Extend("hall", "hall-1", 60)),
        (MOD, agenda.Pause("hall", "hall-1")),
        (MOD, agenda.Resume("hall", "hall-1")),
        (MOD, agenda.Move("hall", "hall-3", 0)),
        (TIA, foyer.SitDown("hall")),
        (TIA, foyer.ReportCheck(foyer.Check(camera="ok"))),
        (MOD, foyer.SayToTeam("Soon")),
        (HOUSE, FoyerBlueprint().report("here", ("mod", "tia"))),
        (HOUSE, FoyerBlueprint().replan(kept("hall", "garden"))[1]),
        (MOD, agenda.Skip("hall", "hall-1")),
    )
    assert travelled(rules, state) == state
    assert FoyerBlueprint().person(state, "tia") is not None
    assert FoyerBlueprint().person(state, "nobody") is None


def test_a_pitch_room_s_state_travels_unharmed() -> None:
    rules = FoyerBlueprint().rooms(kept("hall"))["stage-hall"]
    slot = floor.Slot("hall-2", "A pitch", "pitch.talent", ("tia",))
    state = done(
        rules,
        rules.opening(),
        (HOUSE, floor.Cue(None, (slot,))),
        (TIA, floor.Enter()),
        (TIA, floor.SayReady("ready")),
        (HOUSE, floor.Cue(slot, ())),
        (TIA, floor.TakeSeat("speaker")),
        (TIA, floor.Share(True)),
        (HOUSE, floor.SourceLight("tia", "camera", "live")),
        (MOD, floor.Prompt("Well done", "tia")),
        (MOD, chat.Say("Hello")),
        (MOD, chat.Silence("tia")),
        (MOD, questions.Ask("Why?", anonymous=True)),
        (TIA, reactions.React("bravo")),
        (TIA, reactions.Applaud()),
        (MOD, floor.RaiseHand(True)),
        (MOD, floor.WrapUp()),
        (HOUSE, FoyerBlueprint().report("here", ("mod", "tia"))),
    )
    assert travelled(rules, state) == state
