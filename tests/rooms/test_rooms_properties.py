"""What holds for every room, whoever does whatever in it."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from rooms import foyer, pitch, presence, reactions
from rooms.floor import Agreed, Seated
from rooms.people import HOUSE, Person, Role
from rooms.pitch import Pitch
from rooms.presence import Presence
from rooms.questions import Ask, Support, Withdraw
from rooms.reactions import Applaud, React, Reactions
from schedule.machine import Command, Refused
from server import wire
from tests.rooms.plays import Deed, attempt, deeds_in_foyer, deeds_on_stage, live
from tests.rooms.scenes import (
    EVERYBODY,
    GRETA,
    MIRA,
    PITCH,
    RHEA,
    TILDA,
    Scene,
    T,
    as_json,
    evening,
    foyer_scene,
    stage,
)
from tests.transcripts.fold import fold
from tests.transcripts.stories import heard

readers = st.sampled_from([MIRA, TILDA, GRETA, RHEA])


@given(deeds_on_stage())
def test_a_stage_is_what_its_stored_events_make_it(deeds: list[Deed]) -> None:
    scene = stage(live=PITCH)
    before = scene.room
    live(scene, deeds)
    assert durable(replayed(scene, before)) == durable(scene.room)


@given(deeds_in_foyer())
def test_the_foyer_is_what_its_stored_events_make_it(deeds: list[Deed]) -> None:
    scene = foyer_scene()
    live(scene, deeds)
    again = replayed(scene, foyer.opening(evening(), T))
    for event in foyer.tick(again, scene.now):
        again = foyer.apply(again, event)
    for reader in (MIRA, GRETA):
        shown, lived = (
            foyer.show(replace(room, presence=Presence()), reader, scene.now)
            for room in (again, scene.room)
        )
        assert shown == lived


def replayed(scene: Scene[Any], room: Any) -> Any:
    """The room after all that was stored went to disk and came back."""
    decoder: Any = msgspec.json.Decoder(wire.Event)
    for event in scene.log:
        if type(event).stored:
            room = scene.machine.apply(room, decoder.decode(msgspec.json.encode(event)))
    return room


def durable(room: Pitch) -> Pitch:
    """The room without what is never stored."""
    unlit = replace(room.floor, lights={})
    insured = replace(room.insurance, outage=None, blind=())
    return replace(room, floor=unlit, insurance=insured, reactions=Reactions(), presence=Presence())


@given(deeds_on_stage(), deeds_on_stage(), readers)
def test_what_was_shown_on_stage_folded_with_what_was_heard_is_what_is_shown(
    before: list[Deed], after: list[Deed], reader: Person
) -> None:
    assert_folds(stage(live=PITCH), before, after, reader)


@given(deeds_in_foyer(), deeds_in_foyer(), readers)
def test_what_was_shown_in_the_foyer_folded_with_what_was_heard_is_what_is_shown(
    before: list[Deed], after: list[Deed], reader: Person
) -> None:
    assert_folds(foyer_scene(), before, after, reader)


def assert_folds(scene: Scene[Any], before: list[Deed], after: list[Deed], reader: Person) -> None:
    live(scene, before)
    shown: Any = as_json(scene.machine.show(scene.room, reader, scene.now))
    for deed in after:
        for message in heard(scene, attempt(scene, deed), reader):
            shown = fold(shown, message, reader.id)
    # What only time moves, a browser counts by itself; here a last view stands for it.
    for kind in scene.machine.VIEWS:
        view = as_json(scene.machine.view(scene.room, kind, scene.now))
        shown = fold(shown, view, reader.id)
    assert shown == as_json(scene.machine.show(scene.room, reader, scene.now))


SHY = Person("shy-violet", "Violet Voss", Role.GUEST)


@given(deeds_on_stage(), deeds_on_stage())
def test_who_asks_without_a_name_is_known_to_the_desk_alone(
    before: list[Deed], after: list[Deed]
) -> None:
    scene = stage(live=PITCH)
    shy: list[Command] = [
        Ask("Am I alone?", anonymous=True),
        Support("q1"),
        React("bravo"),
        Applaud(),
        Withdraw("q2"),
        Ask("Still?", anonymous=True),
    ]
    told: dict[str, bytes] = {RHEA.id: b"", MIRA.id: b""}
    for deed in (*before, *((SHY, command) for command in shy), *after):
        events = attempt(scene, deed)
        for reader in (RHEA, MIRA):
            told[reader.id] += msgspec.json.encode(heard(scene, events, reader))
            told[reader.id] += msgspec.json.encode(pitch.show(scene.room, reader, scene.now))
    assert b"Am I alone?" in told[RHEA.id]
    assert SHY.id.encode() not in told[RHEA.id]
    assert SHY.id.encode() in told[MIRA.id]


@given(deeds_in_foyer())
def test_mail_addresses_never_leave_the_house(deeds: list[Deed]) -> None:
    scene = foyer_scene()
    for deed in deeds:
        events = attempt(scene, deed)
        for reader in (MIRA, GRETA):
            assert b"@mail.example" not in msgspec.json.encode(heard(scene, events, reader))
    for reader in (MIRA, GRETA):
        shown = foyer.show(scene.room, reader, scene.now)
        assert b"@mail.example" not in msgspec.json.encode(shown)


@given(deeds_on_stage())
def test_nobody_has_two_seats_and_every_screen_has_a_seat(deeds: list[Deed]) -> None:
    scene = stage(live=PITCH)
    for deed in deeds:
        attempt(scene, deed)
        floor = scene.room.floor
        seated = [seating.person for seating in floor.seats.values()]
        assert len(seated) == len(set(seated))
        assert floor.screen is None or floor.screen in seated
        assert not floor.hands.keys() & set(seated)


@given(deeds_on_stage())
def test_nobody_is_put_on_a_seat_who_has_not_agreed(deeds: list[Deed]) -> None:
    scene = stage(live=PITCH)
    willing: set[str] = set()
    for deed in deeds:
        by = deed[0] if isinstance(deed, tuple) else HOUSE
        for event in attempt(scene, deed):
            if isinstance(event, Agreed):
                (willing.add if event.on else willing.discard)(event.person)
            if isinstance(event, Seated):
                assert event.person == by.id or event.person in willing
                willing.discard(event.person)
        willing &= scene.room.floor.green_room.keys()


@given(deeds_on_stage())
def test_at_most_one_question_is_on_air_and_no_voice_is_lost(deeds: list[Deed]) -> None:
    scene = stage(live=PITCH)
    for deed in deeds:
        attempt(scene, deed)
        every = scene.room.questions.all.values()
        assert sum(question.state == "air" for question in every) <= 1
        for question in every:
            if question.state == "merged":
                assert question.into in scene.room.questions.all
                assert not question.voices
            else:
                assert question.author in question.voices


@given(deeds_on_stage(), deeds_on_stage(), st.sampled_from(EVERYBODY))
def test_even_without_rights_nothing_but_a_refusal_comes_of_a_command(
    before: list[Deed], after: list[Deed], by: Person
) -> None:
    scene = stage(live=PITCH)
    live(scene, before)
    for deed in after:
        if isinstance(deed, tuple):
            with suppress(Refused):
                for event in pitch.decide(scene.room, deed[1], by, scene.now):
                    scene.room = pitch.apply(scene.room, event)


@given(deeds_on_stage())
def test_when_all_has_faded_nothing_is_due(deeds: list[Deed]) -> None:
    scene = stage(live=PITCH)
    live(scene, deeds)
    scene.wait(60.0)
    assert pitch.due(scene.room) is None
    assert pitch.tick(scene.room, scene.now) == ()
    assert presence.here(scene.room.presence) == frozenset()
    assert reactions.show(scene.room.reactions).clapping == 0
