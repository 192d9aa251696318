"""Insurance: outages are noticed, the desk is offered what helps, and nothing plays by itself."""

from __future__ import annotations

from rooms import insurance, pitch
from rooms.floor import Cue, LeaveSeat, Slot, SourceLight, TakeSeat
from rooms.insurance import (
    Asked,
    AskedForPhone,
    AskForPhone,
    Began,
    Clip,
    ClipLaid,
    ClipTakenAway,
    End,
    Ended,
    GoWithout,
    Hold,
    Keep,
    Kept,
    LayClip,
    Missed,
    Offered,
    Outage,
    Play,
    Playing,
    Returned,
    Rule,
    Sight,
    Stop,
    TakeClipAway,
    UsedPhone,
    UsePhone,
    WentWithout,
)
from rooms.people import HOUSE
from rooms.pitch import Pitch
from rooms.sources import Admit, Air, Report
from schedule.machine import Event
from tests.rooms.scenes import (
    GRETA,
    MIRA,
    NEXT_PITCH,
    PITCH,
    TESSA,
    TILDA,
    Scene,
    T,
    stage,
)

LIT = SourceLight("tilda", "camera", "live")
DARK = SourceLight("tilda", "camera", "gone")
FROZEN = SourceLight("tilda", "camera", "frozen")
CLIP = LayClip("pitch-1", "abcd", 40.0, ("tilda", "tom"))


def speaking(*commands: LayClip | Rule) -> Scene[Pitch]:
    """Tilda speaks and is seen; it is `T`."""
    scene = stage(live=PITCH, upcoming=(NEXT_PITCH,))
    scene.do(TILDA, TakeSeat("speaker"))
    scene.do(HOUSE, LIT)
    for command in commands:
        scene.do(MIRA if isinstance(command, Rule) else HOUSE, command)
    scene.wait(0.0)
    scene.log.clear()
    return scene


def gone(*commands: LayClip | Rule) -> Scene[Pitch]:
    """Tilda speaks, and for eight seconds nobody has seen her; it is `T` + 8."""
    scene = speaking(*commands)
    scene.do(HOUSE, DARK)
    scene.wait(8.0)
    scene.log.clear()
    return scene


def helped(scene: Scene[Pitch], seconds: float) -> tuple[Event, ...]:
    """What insurance does by itself until then."""
    return tuple(event for event in scene.wait(seconds) if isinstance(event, insurance.EVENTS))


def test_a_picture_that_is_gone_is_missed_at_once_and_offered_help_after_eight_seconds() -> None:
    scene = speaking()
    scene.do(HOUSE, DARK)
    assert helped(scene, 7.9) == (Missed("tilda", True, T),)
    assert helped(scene, 0.1) == (Offered(),)
    assert scene.room.insurance.outage == Outage("tilda", T, True, offered=True)


def test_a_picture_that_stands_still_is_missed_as_well() -> None:
    scene = speaking()
    scene.do(HOUSE, FROZEN)
    assert helped(scene, 8.0) == (Missed("tilda", True, T), Offered())


def test_sound_alone_counts_as_missing_once_there_was_a_picture() -> None:
    scene = speaking()
    scene.do(HOUSE, Sight("tilda", blind=True))
    assert helped(scene, 8.0) == (Missed("tilda", True, T), Offered())
    scene.do(HOUSE, Sight("tilda", blind=False))
    assert helped(scene, 0.0) == (Returned(),)


def test_a_picture_that_comes_back_in_time_is_no_matter_for_the_desk() -> None:
    scene = speaking()
    scene.do(HOUSE, DARK)
    scene.wait(5.0)
    scene.do(HOUSE, LIT)
    assert helped(scene, 60.0) == (Returned(),)
    assert scene.room.insurance.outage is None


def test_a_camera_of_the_hall_on_the_seat_makes_up_for_the_speakers_own() -> None:
    scene = speaking()
    scene.do(MIRA, Admit("in", "speaker", "Lectern", "ab" * 32))
    scene.do(HOUSE, Report("in", "speaker", "live", "vp8"))
    scene.do(MIRA, Air("speaker", on=True))
    scene.do(HOUSE, DARK)
    assert helped(scene, 60.0) == ()


def test_whoever_does_not_come_to_their_own_item_is_missed() -> None:
    scene = stage(live=None, upcoming=(PITCH,))
    scene.do(HOUSE, Cue(PITCH, (NEXT_PITCH,)))
    assert helped(scene, 8.0) == (Missed("tilda", False, T), Offered())
    scene.do(TILDA, TakeSeat("speaker"))
    scene.do(HOUSE, LIT)
    assert helped(scene, 8.0) == (Returned(),)


def test_in_a_break_nobody_is_missed() -> None:
    scene = stage(live=Slot("break-1", "Coffee", "break", ()))
    assert helped(scene, 60.0) == ()


def test_somebody_of_the_item_on_another_seat_is_enough() -> None:
    scene = stage(live=Slot("hello", "Hello", "welcome", ("mira",)))
    scene.do(MIRA, TakeSeat("moderator"))
    assert helped(scene, 60.0) == ()


def test_after_a_minute_the_moderator_is_asked_and_the_seat_stays() -> None:
    scene = gone()
    assert helped(scene, 51.9) == ()
    assert helped(scene, 0.1) == (Asked(),)
    assert scene.room.floor.seats["speaker"].person == "tilda"


def test_a_seat_that_is_kept_is_asked_about_again_a_minute_later() -> None:
    scene = gone()
    scene.wait(52.0)
    scene.do(MIRA, Keep())
    assert scene.log[-1] == Kept(T + 60.0)
    assert helped(scene, 59.9) == ()
    assert helped(scene, 0.1) == (Asked(),)


def test_keeping_what_nobody_asked_about_changes_nothing() -> None:
    assert gone().do(MIRA, Keep()) == ()


def test_nothing_plays_by_itself() -> None:
    scene = gone(CLIP)
    scene.wait(600.0)
    assert scene.room.insurance.playing is None
    assert pitch.routes(scene.room)["speaker"] == "tilda/camera"


def test_plan_b_stands_on_the_speakers_seat_until_it_is_over() -> None:
    scene = gone(CLIP)
    playing = Playing("pitch-1", "abcd", "tilda", T + 8.0, 40.0)
    assert scene.do(MIRA, Play("pitch-1")) == (Began(playing),)
    assert pitch.routes(scene.room)["speaker"] == "clip/abcd"
    scene.do(HOUSE, LIT)
    assert helped(scene, 39.9) == (Returned(),)
    assert helped(scene, 0.1) == (Ended(T + 48.0),)
    assert pitch.routes(scene.room)["speaker"] == "tilda/camera"


def test_plan_b_comes_before_a_camera_of_the_hall() -> None:
    scene = gone(CLIP)
    scene.do(MIRA, Admit("in", "speaker", "Lectern", "ab" * 32))
    scene.do(HOUSE, Report("in", "speaker", "live", "vp8"))
    scene.do(MIRA, Air("speaker", on=True))
    scene.do(MIRA, Play("pitch-1"))
    assert pitch.routes(scene.room)["speaker"] == "clip/abcd"


def test_plan_b_plays_for_somebody_who_never_came() -> None:
    scene = stage(live=PITCH)
    scene.do(HOUSE, CLIP)
    scene.do(MIRA, Play("pitch-1"))
    assert scene.room.insurance.playing == Playing("pitch-1", "abcd", "tilda", T, 40.0)


def test_pressed_twice_it_plays_once() -> None:
    scene = gone(CLIP)
    scene.do(MIRA, Play("pitch-1"))
    scene.wait(3.0)
    assert scene.do(MIRA, Play("pitch-1")) == ()


def test_the_moderator_stops_it() -> None:
    scene = gone(CLIP)
    scene.do(MIRA, Play("pitch-1"))
    assert scene.do(MIRA, Stop()) == (Ended(T + 8.0),)
    assert scene.do(MIRA, Stop()) == ()


def test_another_item_ends_it() -> None:
    scene = gone(CLIP)
    scene.do(MIRA, Play("pitch-1"))
    scene.do(HOUSE, Cue(NEXT_PITCH, ()))
    assert Ended(T + 8.0) in helped(scene, 0.0)


def test_a_clip_that_cannot_be_played_ends_at_once() -> None:
    scene = gone(CLIP)
    scene.do(MIRA, Play("pitch-1"))
    assert scene.do(HOUSE, End("another")) == ()
    assert scene.do(HOUSE, End("abcd")) == (Ended(T + 8.0),)


def test_a_clip_plays_only_during_its_own_item() -> None:
    said = speaking(CLIP).refusal(MIRA, Play("pitch-2"))
    assert said == "This item is not on just now. A clip plays only during its own item."


def test_without_a_clip_there_is_no_plan_b() -> None:
    said = speaking().refusal(MIRA, Play("pitch-1"))
    assert said == "There is no plan B for this item. Please choose another way to go on."


def test_slides_and_sound_only_holds_until_the_picture_is_shown_again() -> None:
    scene = gone()
    assert scene.do(MIRA, GoWithout(on=True)) == (WentWithout("tilda"),)
    scene.do(HOUSE, LIT)
    scene.wait(5.0)
    assert scene.room.insurance.without == "tilda"
    assert scene.do(MIRA, GoWithout(on=False)) == (WentWithout(None),)


def test_slides_and_sound_only_ends_with_its_speaker() -> None:
    scene = gone()
    scene.do(MIRA, GoWithout(on=True))
    scene.do(TILDA, LeaveSeat())
    assert WentWithout(None) in helped(scene, 0.0)


def test_without_a_speaker_there_is_nobody_to_hear() -> None:
    said = stage(live=PITCH).refusal(MIRA, GoWithout(on=True))
    assert said.startswith("Nobody is on the speaker's seat just now.")


def test_the_speaker_is_asked_for_the_phone_and_takes_it() -> None:
    scene = gone()
    assert scene.do(MIRA, AskForPhone(on=True)) == (AskedForPhone("tilda", on=True),)
    assert scene.do(TILDA, UsePhone(on=True)) == (
        AskedForPhone("tilda", on=False),
        UsedPhone("tilda", on=True),
    )
    assert scene.do(TILDA, UsePhone(on=True)) == ()
    assert scene.do(TILDA, UsePhone(on=False)) == (UsedPhone("tilda", on=False),)


def test_a_phone_nobody_needs_any_more_is_not_asked_for() -> None:
    scene = gone()
    scene.do(MIRA, AskForPhone(on=True))
    scene.do(TILDA, LeaveSeat())
    assert AskedForPhone("tilda", on=False) in helped(scene, 0.0)


def test_the_clock_stops_only_by_the_moderators_rule() -> None:
    assert insurance.stops_clock(gone().room.insurance, gone().room.floor) is None
    scene = gone(Rule(on=True))
    assert insurance.stops_clock(scene.room.insurance, scene.room.floor) == "pitch-1"


def test_the_clock_stands_still_no_longer_than_nothing_is_chosen() -> None:
    scene = gone(CLIP, Rule(on=True))
    scene.do(MIRA, Play("pitch-1"))
    assert insurance.stops_clock(scene.room.insurance, scene.room.floor) is None
    scene.do(MIRA, Stop())
    assert insurance.stops_clock(scene.room.insurance, scene.room.floor) == "pitch-1"
    scene.do(MIRA, GoWithout(on=True))
    assert insurance.stops_clock(scene.room.insurance, scene.room.floor) is None


def test_the_clock_does_not_stop_for_a_short_stumble() -> None:
    scene = speaking(Rule(on=True))
    scene.do(HOUSE, DARK)
    scene.wait(7.0)
    assert insurance.stops_clock(scene.room.insurance, scene.room.floor) is None


def test_the_house_remembers_which_clock_it_stopped() -> None:
    scene = gone(Rule(on=True))
    scene.do(HOUSE, Hold("pitch-1"))
    assert scene.do(HOUSE, Hold("pitch-1")) == ()
    assert scene.room.insurance.held == "pitch-1"
    scene.do(HOUSE, Hold(None))
    assert scene.room.insurance.held is None


def test_a_clip_is_laid_replaced_and_taken_away() -> None:
    scene = speaking(CLIP)
    newer = LayClip("pitch-1", "ef01", 30.0, ("tilda", "tom"))
    assert scene.do(HOUSE, newer) == (ClipLaid("pitch-1", Clip("ef01", 30.0, ("tilda", "tom"), T)),)
    gone_with = (ClipTakenAway("pitch-1", ("tilda", "tom")),)
    assert scene.do(HOUSE, TakeClipAway("pitch-1")) == gone_with
    assert scene.do(HOUSE, TakeClipAway("pitch-1")) == ()


def test_clips_are_seen_by_their_speakers_and_the_desk() -> None:
    scene = speaking(CLIP)
    clips = {
        reader.id: tuple(pitch.show(scene.room, reader, T).insurance.clips)
        for reader in (TILDA, MIRA, TESSA, GRETA)
    }
    assert clips == {"tilda": ("pitch-1",), "mira": ("pitch-1",), "tessa": (), "greta": ()}
