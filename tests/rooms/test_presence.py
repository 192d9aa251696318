"""Presence: true while a process repeats it, gone soon after the process is."""

from __future__ import annotations

from rooms import pitch, presence
from rooms.people import HOUSE
from rooms.pitch import Pitch
from rooms.presence import ListFaded, PresenceShown, Report, Reported
from tests.rooms.scenes import Scene, T


def here(scene: Scene[Pitch]) -> PresenceShown:
    return presence.show(scene.room.presence)


def test_all_processes_together_know_who_is_here() -> None:
    scene = Scene(pitch.opening("north"))
    said = scene.do(HOUSE, Report("one", ("tom", "greta")))
    assert said == (Reported("one", ("tom", "greta"), until=T + 15.0),)
    scene.do(HOUSE, Report("two", ("rhea", "greta")))
    assert here(scene) == PresenceShown(("greta", "rhea", "tom"))
    scene.do(HOUSE, Report("one", ("tom",)))
    scene.do(HOUSE, Report("two", ()))
    assert here(scene) == PresenceShown(("tom",))


def test_the_people_of_a_process_that_died_fade_away() -> None:
    scene = Scene(pitch.opening("north"))
    scene.do(HOUSE, Report("one", ("tom",)))
    scene.do(HOUSE, Report("two", ("rhea",)))
    scene.wait(10.0)
    scene.do(HOUSE, Report("two", ("rhea",)))
    assert scene.wait(5.0) == (ListFaded("one"),)
    assert here(scene) == PresenceShown(("rhea",))
    scene.wait(10.0)
    assert here(scene) == PresenceShown(())
    assert pitch.due(scene.room) is None
