"""Several media processes, told of as one: nothing twice, nothing that contradicts itself."""

from __future__ import annotations

from server.tidings import Ear, Tidings
from tests.rooms.media.clients import Ears


class Two:
    """Two processes; the first is the home of every stage as long as it is up."""

    def __init__(self) -> None:
        self.ears = Ears()
        self.up = {0, 1}
        tidings = Tidings(self.ears, lambda stage: min(self.up), lambda at: bool(self.up - {at}))
        self.first, self.second = Ear(0, tidings), Ear(1, tidings)

    @property
    def heard(self) -> list[tuple[object, ...]]:
        return self.ears.heard


def test_a_source_that_moved_is_not_gone() -> None:
    two = Two()

    two.first.source_changed("elif/camera", "live", True, True, "vp8")
    two.second.source_changed("elif/camera", "live", True, True, "vp8")
    two.first.source_changed("elif/camera", "gone", True, True, "vp8")

    assert two.heard == [("source", "elif/camera", "live", True, True)] * 2


def test_a_source_that_ends_where_it_is_is_gone() -> None:
    two = Two()

    two.first.source_changed("elif/camera", "live", True, True, "vp8")
    two.first.source_changed("elif/camera", "gone", True, True, "vp8")

    assert two.heard[-1] == ("source", "elif/camera", "gone", True, True)


def test_a_peer_that_moved_is_not_gone() -> None:
    two = Two()

    two.first.peer_changed("v1", "connected")
    two.second.peer_changed("v1", "connecting")
    two.first.peer_changed("v1", "gone")

    assert two.heard == [("peer", "v1", "connected"), ("peer", "v1", "connecting")]


def test_of_all_who_listen_the_home_is_believed() -> None:
    two = Two()

    two.first.loudest_changed("main", "speaker")
    two.second.loudest_changed("main", "speaker")
    two.second.loudest_changed("main", "guest")

    assert two.heard == [("loudest", "main", "speaker")]


def test_when_the_home_dies_the_next_one_is_believed() -> None:
    two = Two()
    two.first.loudest_changed("main", "speaker")
    two.second.loudest_changed("main", "guest")

    two.up = {1}
    two.first.media_lost(0)

    assert two.heard == [("loudest", "main", "speaker"), ("loudest", "main", "guest"), ("changed",)]


def test_browsers_hear_of_it_only_when_none_is_left() -> None:
    two = Two()

    two.up = {1}
    two.first.media_lost(0)
    two.up = set()
    two.second.media_lost(1)
    two.up = {0}
    two.first.media_back(0)
    two.up = {0, 1}
    two.second.media_back(1)

    assert two.heard == [("changed",), ("lost", 1), ("back", 0), ("changed",)]
