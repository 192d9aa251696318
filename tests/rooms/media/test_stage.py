"""A stage's seats: what viewers are offered, and who is heard."""

from __future__ import annotations

from rooms.media import control
from rooms.media.spread import PlainSpread
from rooms.media.stage import Stage
from rooms.media.track import Track


class Voice:
    """A publisher who only speaks."""

    def __init__(self) -> None:
        self.audio = Track("audio", 111)
        self.layers: tuple[Track, ...] = ()


def stage_with(*seats: str) -> tuple[Stage, dict[str, Voice]]:
    stage, voices = Stage(PlainSpread()), {seat: Voice() for seat in seats}
    for seat, voice in voices.items():
        stage.seats[seat].attach(voice)
    return stage, voices


def test_viewers_are_offered_every_seat_with_numbers_of_its_own() -> None:
    watched = [sending for sending, _ in Stage(PlainSpread()).watched(preview=False)]

    assert [each.mid for each in watched] == [
        *("speaker-a", "speaker-v", "moderator-a", "moderator-v"),
        *("guest-a", "guest-v", "screen-a", "screen-v"),
    ]
    assert len({each.ssrc for each in watched}) == 8


def test_only_the_desk_is_offered_the_preview() -> None:
    watched = [sending.mid for sending, _ in Stage(PlainSpread()).watched(preview=True)]

    assert watched[-2:] == ["preview-a", "preview-v"]


def test_who_speaks_is_heard_until_somebody_is_clearly_louder() -> None:
    stage, voices = stage_with("speaker", "moderator")
    voices["speaker"].audio.level = 90

    assert (stage.listen(), stage.loudest) == (True, "speaker")
    voices["moderator"].audio.level = 94
    assert (stage.listen(), stage.loudest) == (False, "speaker")
    voices["moderator"].audio.level = 97
    assert (stage.listen(), stage.loudest) == (True, "moderator")
    voices["moderator"].audio.level = voices["speaker"].audio.level = 20
    assert (stage.listen(), stage.loudest) == (True, None)


def test_the_preview_is_not_heard() -> None:
    stage, voices = stage_with("preview")
    voices["preview"].audio.level = 120

    assert not stage.listen()


def test_a_stage_is_idle_without_viewers_and_sources() -> None:
    stage = Stage(PlainSpread())
    assert stage.idle

    stage.seats["guest"].routed = "elif/camera"

    assert not stage.idle


def test_leaving_a_seat_ends_the_following() -> None:
    stage, voices = stage_with("speaker")
    assert len(voices["speaker"].audio.followers) == 1

    stage.seats["speaker"].attach(None)

    assert voices["speaker"].audio.followers == []


def test_a_circle_has_six_seats_and_a_screen() -> None:
    watched = Stage(PlainSpread(), control.seats("circle/table-t1")).watched(preview=False)

    assert [sending.mid for sending, _ in watched][::2] == [
        *("seat-1-a", "seat-2-a", "seat-3-a", "seat-4-a", "seat-5-a", "seat-6-a", "screen-a"),
    ]


def test_a_stage_whose_name_begins_like_a_table_is_a_stage() -> None:
    assert control.seats("table-t1") == ("speaker", "moderator", "guest", "screen")
