"""Recording: off until somebody turns it on, and only of those who agreed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms import foyer, recording
from rooms.consent import WORDING, Agree, ConsentGiven, ConsentWithdrawn, Withdraw
from rooms.floor import Cue, Invite, LeaveSeat, Share, TakeSeat
from rooms.people import HOUSE, Person
from rooms.pitch import Pitch
from rooms.recording import (
    Allow,
    Close,
    Delete,
    Expire,
    GiveUp,
    NoteSpace,
    Release,
    Roll,
    Space,
    Start,
    Stop,
    Take,
)
from schedule.machine import Refused
from tests.rooms.scenes import (
    ASKING,
    GRETA,
    MIRA,
    NEXT_PITCH,
    OSKAR,
    PITCH,
    RHEA,
    TILDA,
    TOM,
    Scene,
    T,
    foyer_scene,
    stage,
)

GIGABYTE = 10**9


def on_stage(*agreed: str) -> Scene[Pitch]:
    """Tilda speaks and shows her screen, Mira moderates; these people agreed."""
    scene = stage(live=PITCH, upcoming=(ASKING, NEXT_PITCH))
    scene.do(HOUSE, Allow(tuple(sorted(agreed))))
    scene.do(TILDA, TakeSeat("speaker"))
    scene.do(TILDA, Share(on=True))
    scene.do(MIRA, TakeSeat("moderator"))
    scene.wait(0.0)
    return scene


def rolling(scene: Scene[Pitch]) -> dict[str, str]:
    """Who is recorded in which place."""
    scene.wait(0.0)
    return {take.layer: take.person for take in recording.rolling(scene.room.recording)}


def takes(scene: Scene[Pitch]) -> list[Take]:
    return list(scene.room.recording.takes.values())


def finished() -> Scene[Pitch]:
    """Tilda's and Mira's recording of the first pitch lies there, and the questions are on."""
    scene = on_stage("tilda", "mira")
    scene.do(MIRA, Start("item"))
    scene.wait(0.0)
    for take in takes(scene):
        scene.do(HOUSE, Roll(take.id, scene.now + 0.5, "webm"))
    scene.wait(60.0)
    scene.do(HOUSE, Cue(ASKING, (NEXT_PITCH,)))
    scene.wait(0.0)
    return scene


def test_nothing_is_recorded_until_the_moderator_turns_it_on() -> None:
    scene = on_stage("tilda", "mira")
    assert rolling(scene) == {}

    scene.do(MIRA, Start("item"))

    assert rolling(scene) == {"speaker": "tilda", "screen": "tilda", "moderator": "mira"}


def test_who_has_not_agreed_is_not_recorded() -> None:
    scene = on_stage("mira")

    scene.do(MIRA, Start("evening"))

    assert rolling(scene) == {"moderator": "mira"}


def test_who_agrees_in_the_middle_is_recorded_from_then_on() -> None:
    scene = on_stage("mira")
    scene.do(MIRA, Start("evening"))
    assert rolling(scene) == {"moderator": "mira"}

    scene.do(HOUSE, Allow(("mira", "tilda")))

    assert rolling(scene) == {"speaker": "tilda", "screen": "tilda", "moderator": "mira"}


def test_a_guest_with_a_question_is_recorded_only_if_they_agreed() -> None:
    scene = on_stage("greta")
    scene.do(MIRA, Start("evening"))
    for guest in (GRETA, RHEA):
        scene.do(MIRA, Invite(guest.id))
    scene.do(GRETA, TakeSeat("guest"))
    assert rolling(scene) == {"guest": "greta"}

    scene.do(GRETA, LeaveSeat())
    scene.do(RHEA, TakeSeat("guest"))

    assert rolling(scene) == {}


def test_withdrawing_ends_and_deletes_what_is_recorded_of_oneself_alone() -> None:
    scene = on_stage("tilda", "mira")
    scene.do(MIRA, Start("item"))
    assert len(rolling(scene)) == 3

    events = scene.do(HOUSE, Allow(("mira",)))

    assert events == (recording.Allowed(("mira",)), recording.TakesDeleted(("r1", "r2")))
    assert rolling(scene) == {"moderator": "mira"}
    assert scene.room.recording.deleted == ("r1", "r2")


def test_withdrawing_takes_back_what_was_released() -> None:
    scene = finished()
    scene.do(TILDA, Release("pitch-1"))
    assert recording.released(scene.room.recording).keys() == {"pitch-1"}

    scene.do(HOUSE, Allow(("mira",)))

    assert recording.released(scene.room.recording) == {}


def test_an_item_alone_is_recorded_until_it_is_over() -> None:
    scene = finished()

    assert rolling(scene) == {}
    assert scene.room.recording.span is None
    assert scene.room.recording.stopped == "over"
    assert [(take.item, take.ended_at) for take in takes(scene)] == [("pitch-1", T + 60.0)] * 3


def test_an_evening_has_its_own_files_for_each_item() -> None:
    scene = on_stage("tilda", "mira")
    scene.do(MIRA, Start("evening"))
    scene.wait(60.0)
    scene.do(HOUSE, Cue(ASKING, (NEXT_PITCH,)))
    scene.wait(0.0)

    assert {(take.item, take.layer, take.zero) for take in takes(scene)} == {
        ("pitch-1", "speaker", T),
        ("pitch-1", "screen", T),
        ("pitch-1", "moderator", T),
        ("asking-1", "speaker", T + 60.0),
        ("asking-1", "screen", T + 60.0),
        ("asking-1", "moderator", T + 60.0),
    }


def test_a_file_that_cannot_go_on_is_followed_by_another_in_step_with_it() -> None:
    scene = on_stage("tilda")
    scene.do(MIRA, Start("item"))
    scene.wait(10.0)

    scene.do(HOUSE, Close("r1"))
    scene.wait(0.0)

    first, _, second = takes(scene)
    assert (first.layer, first.ended_at) == ("speaker", T + 10.0)
    assert (second.layer, second.began_at, second.zero) == ("speaker", T + 10.0, T)


def test_the_moderator_ends_it_at_once() -> None:
    scene = on_stage("tilda", "mira")
    scene.do(MIRA, Start("evening"))
    assert rolling(scene)

    scene.do(MIRA, Stop())

    assert rolling(scene) == {}
    assert scene.do(MIRA, Stop()) == ()


def test_a_full_disk_ends_it_and_lets_nobody_begin_again() -> None:
    scene = on_stage("tilda")
    scene.do(MIRA, Start("evening"))
    scene.do(HOUSE, NoteSpace(Space(0, 0.0)))
    scene.do(HOUSE, GiveUp("full"))

    assert rolling(scene) == {}
    assert scene.room.recording.stopped == "full"
    assert "no room left" in scene.refusal(MIRA, Start("evening"))


def test_without_an_item_only_the_whole_evening_can_be_recorded() -> None:
    scene = stage(upcoming=(PITCH,))

    assert "Nothing is on just now" in scene.refusal(MIRA, Start("item"))
    scene.do(MIRA, Start("evening"))
    assert rolling(scene) == {}


def test_the_speaker_sees_it_first_and_releases_it() -> None:
    scene = finished()
    speaker = takes(scene)[0]
    assert recording.may_see(speaker, "tilda")
    assert not recording.may_see(speaker, "mira")

    scene.do(TILDA, Release("pitch-1"))

    released = {take.layer for take in takes(scene) if take.released_at is not None}
    assert released == {"speaker", "screen"}
    assert recording.may_see(takes(scene)[0], "greta")
    assert not recording.may_see(takes(scene)[2], "greta")


def test_nobody_releases_for_others() -> None:
    scene = finished()

    assert "not there any more" in scene.refusal(TOM, Release("pitch-1"))
    scene.do(OSKAR, Delete("pitch-1", "tilda"))
    assert {take.person for take in takes(scene)} == {"mira"}


def test_nothing_is_released_or_deleted_while_it_is_recorded() -> None:
    scene = on_stage("tilda")
    scene.do(MIRA, Start("item"))
    scene.wait(0.0)

    assert "still being recorded" in scene.refusal(TILDA, Release("pitch-1"))
    assert "still being recorded" in scene.refusal(TILDA, Delete("pitch-1", "tilda"))


def test_what_others_recorded_is_not_ones_own_to_delete() -> None:
    assert "your own recordings only" in finished().refusal(GRETA, Delete("pitch-1", "tilda"))


def test_what_was_kept_long_enough_goes() -> None:
    scene = finished()

    scene.do(HOUSE, Expire(("r1", "r2", "r9")))

    assert [take.id for take in takes(scene)] == ["r3"]
    assert scene.room.recording.deleted == ("r1", "r2")


def test_who_agreed_and_how_much_room_is_left_is_for_the_desk() -> None:
    scene = on_stage("tilda")
    scene.do(HOUSE, NoteSpace(Space(5 * GIGABYTE, 7200.0)))

    desk = recording.show(scene.room.recording, MIRA)
    guest = recording.show(scene.room.recording, GRETA)

    assert (desk.allowed, desk.space) == (("tilda",), Space(5 * GIGABYTE, 7200.0))
    assert (guest.allowed, guest.space) == ((), None)


# Consent


def test_consent_is_kept_with_its_time_and_every_word() -> None:
    scene = foyer_scene()

    events = scene.do(TILDA, Agree("de", WORDING["de"]))

    assert events == (ConsentGiven("tilda", "de", WORDING["de"], scene.now),)
    assert scene.room.consents["tilda"].wording == WORDING["de"]


def test_nobody_agrees_to_another_wording() -> None:
    scene = foyer_scene()

    assert "wording has changed" in scene.refusal(TILDA, Agree("de", WORDING["en"]))
    assert "wording has changed" in scene.refusal(TILDA, Agree("en", WORDING["en"] + " "))


def test_agreeing_twice_is_once_and_withdrawing_is_heard() -> None:
    scene = foyer_scene()
    scene.do(TILDA, Agree("en", WORDING["en"]))

    assert scene.do(TILDA, Agree("de", WORDING["de"])) == ()
    assert scene.do(TILDA, Withdraw()) == (ConsentWithdrawn("tilda", scene.now),)
    assert scene.do(TILDA, Withdraw()) == ()


def test_others_do_not_see_who_agreed() -> None:
    scene = foyer_scene()
    scene.do(TILDA, Agree("en", WORDING["en"]))

    def seen(reader: Person) -> set[str]:
        return set(foyer.show(scene.room, reader, scene.now).consents)

    assert (seen(MIRA), seen(TILDA), seen(GRETA)) == ({"tilda"}, {"tilda"}, set())


# Whatever happens

AGREED = st.lists(st.sampled_from(["tilda", "tom", "mira", "greta"]), unique=True)
STEPS = st.one_of(
    AGREED.map(lambda people: (HOUSE, Allow(tuple(sorted(people))))),
    st.sampled_from(
        [
            (MIRA, Start("item")),
            (MIRA, Start("evening")),
            (MIRA, Stop()),
            (TILDA, TakeSeat("speaker")),
            (TOM, TakeSeat("guest")),
            (TILDA, LeaveSeat()),
            (TOM, LeaveSeat()),
            (TILDA, Share(on=True)),
            (TILDA, Share(on=False)),
            (MIRA, TakeSeat("moderator")),
            (HOUSE, Cue(ASKING, (NEXT_PITCH,))),
            (HOUSE, Cue(PITCH, (ASKING,))),
            (HOUSE, Cue(None, ())),
            (HOUSE, Close("r1")),
            (HOUSE, GiveUp("broken")),
            (TILDA, Release("pitch-1")),
            (TILDA, Delete("pitch-1", "tilda")),
        ]
    ),
)


@given(st.lists(STEPS, max_size=25))
def test_only_who_agreed_is_ever_on_a_file(steps: list[tuple[Person, Any]]) -> None:
    scene = stage(live=PITCH, upcoming=(ASKING, NEXT_PITCH))
    for by, command in steps:
        try:
            scene.do(by, command)
        except Refused:
            continue
        scene.wait(0.0)
        state = scene.room.recording
        open_takes = recording.rolling(state)
        assert {take.person for take in state.takes.values()} <= set(state.allowed)
        assert {take.layer: take.person for take in open_takes} == recording.wanted(
            state, scene.room.floor
        )
        assert recording.due(state, scene.room.floor) is None
        assert not state.takes.keys() & set(state.deleted)


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_wording_says_what_one_must_know(language: str) -> None:
    text = WORDING["de" if language == "de" else "en"]

    assert len(text) < 2000
    words = {
        "de": ("Aufnahme", "widerrufen", "gelöscht", "Frist"),
        "en": ("Recording", "withdraw", "deleted", "period"),
    }
    assert all(word in text for word in words[language])
