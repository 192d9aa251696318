"""The understudy plays clips, stops clocks by the rule, and tells who is heard but not seen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from msgspec.structs import replace

from rooms import pitch
from rooms.floor import Slot
from rooms.insurance import End, Hold, Insurance, Outage, Playing, Sight
from rooms.pitch import Pitch
from schedule.agenda import Pause, Resume
from schedule.machine import Command, Refused
from server.understudy import Understudy

PLAYING = Playing("pitch-1", "abcd", "tilda", 100.0, 40.0)
OUTAGE = Outage("tilda", 100.0, True, offered=True)
ON = Slot("pitch-1", "Light", "pitch.talent", ("tilda",))


class Notes:
    """Media and a house that write everything down."""

    def __init__(self) -> None:
        self.said: list[Any] = []
        self.refuses = False

    def play(self, stage: str, source: str, path: Path, at: float) -> None:
        self.said.append(("play", stage, source, path, at))

    def stop_playing(self, stage: str, source: str) -> None:
        self.said.append(("stop", stage, source))

    async def do(self, room: str, command: Command) -> None:
        if self.refuses and room == "foyer":
            raise Refused("It is so already.")
        self.said.append((room, command))


def stage(**changes: Any) -> Pitch:
    opened = pitch.opening("north")
    floor = replace(opened.floor, live=ON)
    return replace(opened, floor=floor, insurance=replace(Insurance(), **changes))


async def said(understudy: Understudy, notes: Notes, state: Pitch) -> list[Any]:
    """What is said about this state that was not said before."""
    notes.said.clear()
    await understudy.tend(state, frozenset({"tilda"}), notes, notes.do)
    return list(notes.said)


def an_understudy() -> tuple[Understudy, Notes]:
    return Understudy(lambda clip: Path(f"/clips/{clip}")), Notes()


async def test_a_clip_is_played_once_and_stopped_once() -> None:
    understudy, notes = an_understudy()
    playing = stage(playing=PLAYING)
    begun = [("play", "north", "clip/abcd", Path("/clips/abcd"), 100.0)]
    assert await said(understudy, notes, playing) == begun
    assert await said(understudy, notes, playing) == []
    assert await said(understudy, notes, stage()) == [("stop", "north", "clip/abcd")]
    assert await said(understudy, notes, stage()) == []


async def test_a_media_process_that_came_back_is_told_when_the_clip_began() -> None:
    understudy, notes = an_understudy()
    await said(understudy, notes, stage(playing=PLAYING))
    understudy.media_back()
    again = [("play", "north", "clip/abcd", Path("/clips/abcd"), 100.0)]
    assert await said(understudy, notes, stage(playing=PLAYING)) == again


async def test_a_clip_that_is_over_ends_where_it_plays() -> None:
    understudy, _ = an_understudy()
    assert understudy.over(stage(playing=PLAYING), "clip/abcd") == End("abcd")
    assert understudy.over(stage(playing=PLAYING), "clip/other") is None
    assert understudy.over(stage(), "clip/abcd") is None


async def test_the_clock_is_stopped_by_the_rule_and_goes_on_afterwards() -> None:
    understudy, notes = an_understudy()
    gone = stage(outage=OUTAGE, stops_clock=True)
    assert await said(understudy, notes, gone) == [
        ("foyer", Pause("north", "pitch-1")),
        ("stage-north", Hold("pitch-1")),
    ]
    held = stage(stops_clock=True, held="pitch-1")
    assert await said(understudy, notes, held) == [
        ("foyer", Resume("north", "pitch-1")),
        ("stage-north", Hold(None)),
    ]


async def test_a_clock_the_moderator_stopped_is_left_to_the_moderator() -> None:
    understudy, notes = an_understudy()
    notes.refuses = True
    gone = stage(outage=OUTAGE, stops_clock=True)
    assert await said(understudy, notes, gone) == []
    notes.refuses = False
    assert await said(understudy, notes, gone) == []
    assert await said(understudy, notes, stage(stops_clock=True)) == []


async def test_a_sound_where_a_picture_was_is_told() -> None:
    understudy, notes = an_understudy()
    understudy.source_changed("tilda/camera", "live", has_video=True)
    understudy.source_changed("tilda/camera", "gone", has_video=False)
    assert await said(understudy, notes, stage()) == []
    understudy.source_changed("tilda/camera", "live", has_video=False)
    assert await said(understudy, notes, stage()) == [("stage-north", Sight("tilda", True))]
    understudy.source_changed("tilda/camera", "live", has_video=True)
    assert await said(understudy, notes, stage(blind=("tilda",))) == [
        ("stage-north", Sight("tilda", False))
    ]


async def test_who_never_had_a_picture_is_not_missed() -> None:
    understudy, notes = an_understudy()
    understudy.source_changed("tilda/camera", "live", has_video=False)
    understudy.source_changed("tilda/screen", "live", has_video=True)
    assert await said(understudy, notes, stage()) == []
