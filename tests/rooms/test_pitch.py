"""A pitch room: how its parts hang together and which pictures it wants."""

from __future__ import annotations

from rooms import pitch
from rooms.floor import Cue, Enter, Invite, Prompt, Share, TakeSeat, WrapUp
from rooms.people import HOUSE
from rooms.questions import Ask, QuestionAsked
from rooms.reactions import Applaud, React
from tests.rooms.scenes import (
    ASKING,
    GRETA,
    MIRA,
    NEXT_PITCH,
    PITCH,
    TESSA,
    TILDA,
    TOM,
    T,
    seats,
    stage,
)

NOTHING = {"speaker": None, "screen": None, "moderator": None, "guest": None, "preview": None}


def test_an_empty_room_wants_no_pictures() -> None:
    assert pitch.routes(pitch.opening("north")) == NOTHING


def test_every_seat_has_its_picture_and_the_preview_is_the_next_persons() -> None:
    scene = stage(live=PITCH, upcoming=(NEXT_PITCH,))
    scene.do(TILDA, TakeSeat("speaker"))
    scene.do(TILDA, Share(on=True))
    scene.do(TOM, TakeSeat("guest"))
    scene.do(MIRA, TakeSeat("moderator"))
    scene.do(TESSA, Enter())
    assert pitch.routes(scene.room) == {
        "speaker": "tilda/camera",
        "screen": "tilda/screen",
        "moderator": "mira/camera",
        "guest": "tom/camera",
        "preview": "tessa/camera",
    }


def test_the_preview_looks_past_those_who_are_on_stage_already() -> None:
    scene = stage(live=PITCH, upcoming=(ASKING, NEXT_PITCH))
    scene.do(TILDA, TakeSeat("speaker"))
    scene.do(TESSA, Enter())
    assert pitch.routes(scene.room)["preview"] == "tessa/camera"


def test_who_is_late_for_the_live_item_comes_first_in_the_preview() -> None:
    scene = stage(live=PITCH, upcoming=(NEXT_PITCH,))
    scene.do(TESSA, Enter())
    scene.do(TOM, Enter())
    assert pitch.routes(scene.room)["preview"] == "tom/camera"


def test_a_question_remembers_what_was_on() -> None:
    scene = stage(live=PITCH)
    assert scene.do(GRETA, Ask("Why?")) == (QuestionAsked("q1", "Why?", "greta", "pitch-1", T),)
    scene.do(HOUSE, Cue(None, ()))
    assert scene.do(GRETA, Ask("And?")) == (QuestionAsked("q2", "And?", "greta", None, T),)


def test_the_room_is_due_when_the_first_thing_fades() -> None:
    scene = stage()
    assert pitch.due(scene.room) == T + 15.0
    scene.do(GRETA, Applaud())
    assert pitch.due(scene.room) == T + 6.0


def test_what_one_said_oneself_is_shown_to_oneself() -> None:
    scene = stage(live=PITCH)
    scene.do(GRETA, React("thanks"))
    assert pitch.show(scene.room, GRETA, T).my_words == ("thanks",)
    assert pitch.show(scene.room, TOM, T).my_words == ()


def test_prompts_invitations_and_wrap_ups_are_between_the_desk_and_one_person() -> None:
    scene = stage(live=PITCH)
    scene.do(TILDA, TakeSeat("speaker"))
    scene.do(TOM, TakeSeat("guest"))
    scene.do(MIRA, Invite("greta"))
    scene.do(MIRA, WrapUp())
    scene.do(TOM, Prompt("My slides are stuck"))
    whole = scene.room.floor
    assert seats(scene) == {"speaker": "tilda", "guest": "tom"}
    shown = {
        reader.id: pitch.show(scene.room, reader, T).floor for reader in (MIRA, TILDA, TOM, GRETA)
    }
    seen = {
        reader: (len(floor.prompts), floor.invited, floor.wrap_up_at)
        for reader, floor in shown.items()
    }
    assert seen == {
        "mira": (1, ("greta",), T),
        "tilda": (0, (), T),
        "tom": (1, (), None),
        "greta": (0, ("greta",), None),
    }
    assert shown["mira"].seats == whole.seats
