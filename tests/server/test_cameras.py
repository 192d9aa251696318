"""What the media processes tell of the hall's cameras, and what the stage is told of it."""

from __future__ import annotations

from rooms.pitch import Pitch
from rooms.sources import Count, Report, Source, Sources
from server.cameras import Call, Cameras, read

SECRET = "ab" * 32
CAMERA = Source("in", "guest", "Hall camera", SECRET, 0.0)
PLAYER = Source("out", "speaker", "Lobby", SECRET, 0.0)


def test_a_call_is_read_from_its_peers_name() -> None:
    call = Call("in", "gross", "guest", "abababab", "0123")
    assert (call.peer, read(call.peer)) == ("whip.gross.guest.abababab.0123", call)
    assert read("0123456789.camera") is None


def test_a_light_is_told_once_until_it_changes() -> None:
    cameras = Cameras()
    cameras.source_changed("whip/gross/guest", "live", "h264")
    assert cameras.news(Pitch("gross", sources=Sources((CAMERA,)))) == (
        Report("in", "guest", "live", "h264"),
    )
    known = Source("in", "guest", "Hall camera", SECRET, 0.0, "live", "h264")
    assert cameras.news(Pitch("gross", sources=Sources((known,)))) == ()
    cameras.source_changed("whip/gross/guest", "gone", "h264")
    assert cameras.news(Pitch("gross", sources=Sources((known,)))) == (
        Report("in", "guest", "gone", ""),
    )


def test_the_lights_of_other_stages_and_of_people_are_not_theirs() -> None:
    cameras = Cameras()
    cameras.source_changed("whip/klein/guest", "live", "vp8")
    cameras.source_changed("whip/camera", "live", "vp8")
    assert cameras.news(Pitch("gross", sources=Sources((CAMERA,)))) == ()


def test_a_player_shines_while_one_is_connected() -> None:
    cameras, pitch = Cameras(), Pitch("gross", sources=Sources((PLAYER,)))
    peer = Call("out", "gross", "speaker", SECRET[:8], "01").peer
    cameras.peer_changed(peer, "connecting")
    assert cameras.news(pitch) == ()
    cameras.peer_changed(peer, "connected")
    assert cameras.news(pitch) == (Report("out", "speaker", "live", ""),)
    cameras.peer_changed(peer, "gone")
    assert cameras.news(pitch) == ()


def test_who_came_with_an_older_secret_is_parted_from() -> None:
    cameras = Cameras()
    welcome = Call("in", "gross", "guest", SECRET[:8], "01").peer
    dismissed = Call("in", "gross", "guest", "cdcdcdcd", "02").peer
    stranger = Call("in", "klein", "guest", "cdcdcdcd", "03").peer
    for peer in (welcome, dismissed, stranger):
        cameras.peer_changed(peer, "connected")
    assert cameras.unwelcome(Pitch("gross", sources=Sources((CAMERA,)))) == (dismissed,)


def test_viewers_without_h264_are_added_up_over_the_media_processes() -> None:
    cameras = Cameras()
    cameras.unable_changed(0, "gross", 2)
    cameras.unable_changed(1, "gross", 1)
    cameras.unable_changed(0, "klein", 4)
    assert cameras.news(Pitch("gross")) == (Count(3),)
    assert cameras.news(Pitch("gross", sources=Sources(unable=3))) == ()
