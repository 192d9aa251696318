"""The chat: lines, the moderator's hand over them, and how many are kept."""

from __future__ import annotations

from rooms import chat
from rooms.chat import ChatShown, Delete, Deleted, Said, Say, Silence, Silenced
from tests.rooms.scenes import GRETA, MIRA, RHEA, T, stage


def test_a_line_is_said() -> None:
    scene = stage()
    assert scene.do(GRETA, Say(" Hello ")) == (Said("c1", "greta", "Hello", T),)
    assert chat.show(scene.room.chat, RHEA) == ChatShown((Said("c1", "greta", "Hello", T),), ())


def test_an_empty_line_is_not_said() -> None:
    sentence = stage().refusal(GRETA, Say("  "))
    assert sentence == "There is nothing in this line yet. Please write something first."


def test_ones_own_line_can_be_taken_back_and_by_the_desk_any() -> None:
    scene = stage()
    scene.do(GRETA, Say("one"))
    scene.do(GRETA, Say("two"))
    assert scene.refusal(RHEA, Delete("c1")) == (
        "You can take back your own lines only. The moderator sees to the others."
    )
    assert scene.do(GRETA, Delete("c1")) == (Deleted("c1"),)
    assert scene.do(MIRA, Delete("c2")) == (Deleted("c2"),)
    assert (
        scene.refusal(MIRA, Delete("c2"))
        == "This line is gone already. There is nothing left to do."
    )
    assert scene.do(GRETA, Say("three")) == (Said("c3", "greta", "three", T),)


def test_the_silenced_are_told_what_they_still_can_do() -> None:
    scene = stage()
    assert scene.do(MIRA, Silence("greta")) == (Silenced("greta", on=True),)
    assert scene.do(MIRA, Silence("greta")) == ()
    assert scene.refusal(GRETA, Say("but")) == (
        "The moderator has paused your chat here. You can still ask questions and raise a hand."
    )
    scene.do(MIRA, Silence("greta", on=False))
    scene.do(GRETA, Say("thanks"))


def test_the_desk_sees_who_is_silenced_and_others_only_themselves() -> None:
    scene = stage()
    scene.do(MIRA, Silence("rhea"))
    scene.do(MIRA, Silence("greta"))
    seen = [chat.show(scene.room.chat, reader).silenced for reader in (MIRA, GRETA, RHEA)]
    assert seen == [("greta", "rhea"), ("greta",), ("rhea",)]


def test_the_desk_cannot_be_silenced() -> None:
    scene = stage()
    scene.do(MIRA, Silence("mira"))
    assert scene.do(MIRA, Say("still here")) == (Said("c1", "mira", "still here", T),)


def test_the_last_two_hundred_lines_are_kept() -> None:
    scene = stage()
    for number in range(1, 206):
        scene.do(GRETA, Say(f"line {number}"))
    lines = scene.room.chat.lines
    assert (len(lines), lines[0].id, lines[-1].id) == (200, "c6", "c205")
