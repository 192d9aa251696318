"""Cameras and players of the hall: admitted, put on a seat, taken off, dismissed."""

from __future__ import annotations

import pytest

from rooms import pitch
from rooms.people import HOUSE
from rooms.sources import (
    Admit,
    Admitted,
    Air,
    Aired,
    Count,
    Dismiss,
    Dismissed,
    Preview,
    Previewed,
    Report,
    Reported,
)
from schedule.machine import Refused
from tests.rooms.scenes import GRETA, MIRA, Scene, T, stage

SECRET = "ab" * 32
ANOTHER = "cd" * 32


def with_camera(place: str = "guest") -> Scene[pitch.Pitch]:
    """A stage with one camera that sends."""
    scene = stage()
    scene.do(MIRA, Admit("in", place, "Hall camera", SECRET))
    scene.do(HOUSE, Report("in", place, "live", "vp8"))
    return scene


def test_a_camera_is_admitted_under_its_name() -> None:
    assert stage().do(MIRA, Admit("in", "guest", " Hall camera ", SECRET)) == (
        Admitted("in", "guest", "Hall camera", SECRET, T),
    )


def test_a_camera_needs_a_name() -> None:
    with pytest.raises(Refused, match="give it a name"):
        stage().do(MIRA, Admit("in", "guest", "   ", SECRET))


def test_a_new_secret_takes_the_place_of_the_old_one() -> None:
    scene = with_camera()
    scene.do(MIRA, Admit("in", "guest", "Hall camera", ANOTHER))
    assert [each.secret for each in scene.room.sources.known] == [ANOTHER]


def test_a_camera_on_air_is_seen_instead_of_whoever_sits_there() -> None:
    scene = with_camera()
    assert pitch.routes(scene.room)["guest"] is None

    assert scene.do(MIRA, Air("guest", on=True)) == (Aired("guest", "Hall camera"),)

    assert pitch.routes(scene.room)["guest"] == f"whip/{scene.room.stage}/guest"
    assert scene.do(MIRA, Air("guest", on=True)) == ()
    assert scene.do(MIRA, Air("guest", on=False)) == (Aired("guest", None),)
    assert pitch.routes(scene.room)["guest"] is None


def test_a_camera_that_sends_nothing_is_not_put_on_air() -> None:
    scene = stage()
    with pytest.raises(Refused, match="no camera for this seat"):
        scene.do(MIRA, Air("guest", on=True))
    scene.do(MIRA, Admit("in", "guest", "Hall camera", SECRET))
    with pytest.raises(Refused, match="Nothing arrives"):
        scene.do(MIRA, Air("guest", on=True))


def test_a_camera_that_fails_stays_on_its_seat_until_it_is_back() -> None:
    scene = with_camera()
    scene.do(MIRA, Air("guest", on=True))
    scene.do(HOUSE, Report("in", "guest", "gone"))
    assert pitch.routes(scene.room)["guest"] == f"whip/{scene.room.stage}/guest"


def test_the_desk_looks_at_a_camera_before_anybody_else_does() -> None:
    scene = with_camera()
    assert scene.do(MIRA, Preview("guest")) == (Previewed("guest"),)
    assert pitch.routes(scene.room)["preview"] == f"whip/{scene.room.stage}/guest"
    assert scene.do(MIRA, Preview(None)) == (Previewed(None),)


def test_who_dismisses_a_camera_takes_it_off_the_stage_as_well() -> None:
    scene = with_camera()
    scene.do(MIRA, Air("guest", on=True))
    scene.do(MIRA, Preview("guest"))
    assert scene.do(MIRA, Dismiss("in", "guest")) == (
        Aired("guest", None),
        Previewed(None),
        Dismissed("in", "guest"),
    )
    assert scene.do(MIRA, Dismiss("in", "guest")) == ()
    assert scene.room.sources.known == ()


def test_a_player_is_another_thing_than_a_camera_of_the_same_seat() -> None:
    scene = with_camera()
    scene.do(MIRA, Admit("out", "guest", "Lobby", ANOTHER))
    scene.do(MIRA, Dismiss("in", "guest"))
    assert [each.name for each in scene.room.sources.known] == ["Lobby"]


def test_what_has_not_changed_is_not_said_again() -> None:
    scene = with_camera()
    assert scene.do(HOUSE, Report("in", "guest", "live", "vp8")) == ()
    assert scene.do(HOUSE, Report("in", "screen", "live", "vp8")) == ()
    assert scene.do(HOUSE, Report("in", "guest", "frozen", "vp8")) == (
        Reported("in", "guest", "frozen", "vp8"),
    )
    assert scene.do(HOUSE, Count(0)) == ()


def test_a_guest_is_told_of_what_is_on_air_and_of_nothing_else() -> None:
    scene = with_camera()
    scene.do(HOUSE, Count(3))
    scene.do(MIRA, Air("guest", on=True))
    desk = pitch.show(scene.room, MIRA, scene.now).sources
    guest = pitch.show(scene.room, GRETA, scene.now).sources
    assert (guest.known, guest.on_air, guest.unable) == ((), {"guest": "Hall camera"}, 0)
    assert ([each.state for each in desk.known], desk.unable) == (["live"], 3)
