"""The transcripts are current, tell of every message, and folding them agrees with the house."""

from __future__ import annotations

import msgspec
import pytest

from rooms import foyer, pitch, rights
from tests.rooms.scenes import GRETA
from tests.transcripts.fold import FOYER, PITCH, fold
from tests.transcripts.stories import HERE, transcripts, written_out

NAMES = ["foyer-desk.json", "foyer-guest.json", "pitch-desk.json", "pitch-guest.json"]


@pytest.mark.parametrize("name", NAMES)
def test_the_file_is_current(name: str) -> None:
    current = written_out(transcripts()[name])
    assert (HERE / name).read_bytes() == current, "run python -m tests.transcripts"


@pytest.mark.parametrize("name", NAMES)
def test_what_was_shown_folded_with_what_was_heard_is_what_is_shown(name: str) -> None:
    told = msgspec.json.decode((HERE / name).read_bytes())
    shown = told["before"]
    for frame in told["frames"]:
        shown = fold(shown, frame, told["reader"]["id"])
    assert shown == told["after"]


def test_every_message_that_browsers_fold_is_in_the_stories() -> None:
    told = {
        frame["type"]
        for name in NAMES
        for frame in msgspec.json.decode((HERE / name).read_bytes())["frames"]
    }
    assert told >= PITCH.keys() | FOYER.keys()


def test_every_message_that_anybody_hears_is_in_the_stories() -> None:
    told = {frame["type"] for story in transcripts().values() for frame in story["frames"]}
    messages = {*foyer.EVENTS, *foyer.VIEWS, *pitch.EVENTS, *pitch.VIEWS}
    unheard = {kind for kind in messages if rights.HEARS[kind] == rights.NOBODY}
    assert told == {kind.__struct_config__.tag for kind in messages - unheard}


def test_the_guest_hears_nothing_of_what_is_for_the_desk() -> None:
    frames = transcripts()["pitch-guest.json"]["frames"]
    signed = [frame["by"] for frame in frames if frame["type"] == "question.signed"]
    prompted = [frame["person"] for frame in frames if frame["type"] == "floor.prompted"]
    invited = [frame["person"] for frame in frames if frame["type"] == "floor.invited"]
    assert (set(signed), set(prompted), set(invited)) == ({GRETA.id}, {GRETA.id}, {GRETA.id})
