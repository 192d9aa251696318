"""Reactions: one a person and word, applause that fades, anew with each item."""

from __future__ import annotations

from rooms import reactions
from rooms.floor import Cue
from rooms.people import HOUSE
from rooms.pitch import Pitch
from rooms.reactions import Applaud, Applauded, ApplauseFaded, React, Reacted, ReactionsShown
from tests.rooms.scenes import GRETA, NEXT_PITCH, PITCH, RHEA, Scene, T, stage


def shown(scene: Scene[Pitch]) -> ReactionsShown:
    return reactions.show(scene.room.reactions)


def test_a_word_counts_once_a_person() -> None:
    scene = stage(live=PITCH)
    assert scene.do(GRETA, React("bravo")) == (Reacted("greta", "bravo", on=True),)
    assert scene.do(GRETA, React("bravo")) == ()
    scene.do(RHEA, React("bravo"))
    scene.do(RHEA, React("thanks"))
    assert shown(scene) == ReactionsShown({"bravo": 2, "aha": 0, "thanks": 1}, clapping=0)
    assert reactions.words_of(scene.room.reactions, "rhea") == ("bravo", "thanks")


def test_a_word_can_be_taken_back() -> None:
    scene = stage(live=PITCH)
    scene.do(GRETA, React("aha"))
    assert scene.do(GRETA, React("aha", on=False)) == (Reacted("greta", "aha", on=False),)
    assert scene.do(GRETA, React("aha", on=False)) == ()
    assert shown(scene).words == {"bravo": 0, "aha": 0, "thanks": 0}


def test_applause_fades_after_six_seconds_unless_it_goes_on() -> None:
    scene = stage(live=PITCH)
    assert scene.do(GRETA, Applaud()) == (Applauded("greta", until=T + 6.0),)
    assert scene.do(GRETA, Applaud()) == ()
    scene.do(RHEA, Applaud())
    scene.wait(3.0)
    scene.do(RHEA, Applaud())
    assert shown(scene).clapping == 2
    assert scene.wait(3.0) == (ApplauseFaded(T + 6.0),)
    assert shown(scene).clapping == 1
    scene.wait(3.0)
    assert shown(scene).clapping == 0


def test_applause_fades_on_the_beat() -> None:
    scene = stage(live=PITCH)
    scene.wait(0.2)
    assert scene.do(GRETA, Applaud()) == (Applauded("greta", until=T + 6.5),)


def test_the_next_item_begins_without_words_but_the_applause_goes_on() -> None:
    scene = stage(live=PITCH)
    scene.do(GRETA, React("bravo"))
    scene.do(GRETA, Applaud())
    scene.do(HOUSE, Cue(PITCH, (NEXT_PITCH,)))
    scene.do(HOUSE, Cue(None, (NEXT_PITCH,)))
    assert shown(scene) == ReactionsShown({"bravo": 1, "aha": 0, "thanks": 0}, clapping=1)
    scene.do(HOUSE, Cue(NEXT_PITCH, ()))
    assert shown(scene) == ReactionsShown({"bravo": 0, "aha": 0, "thanks": 0}, clapping=1)
