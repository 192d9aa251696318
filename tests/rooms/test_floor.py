"""Who may sit where, who makes room for whom, and that nobody is moved by force."""

from __future__ import annotations

from msgspec.structs import replace

from rooms.floor import (
    Agreed,
    AskedToWrapUp,
    ClearSeat,
    Cue,
    Cued,
    Decline,
    Enter,
    Entered,
    GoOut,
    HandRaised,
    Invite,
    Invited,
    LeaveSeat,
    Prompt,
    Prompted,
    RaiseHand,
    SaidReady,
    SayReady,
    Seated,
    Share,
    Shared,
    SourceLight,
    SourceLit,
    TakeSeat,
    Vacated,
    Waiting,
    WentOut,
    WrapUp,
)
from rooms.people import HOUSE
from tests.rooms.scenes import (
    ASKING,
    GRETA,
    JULES,
    MIRA,
    NEXT_PITCH,
    OSKAR,
    PITCH,
    RHEA,
    TESSA,
    TILDA,
    TOM,
    WELCOME,
    T,
    seats,
    stage,
)

# The speaker's seat


def test_whose_item_is_live_takes_the_seat_at_once() -> None:
    scene = stage(live=PITCH)
    assert scene.do(TILDA, TakeSeat("speaker")) == (Seated("speaker", "tilda", T),)
    assert seats(scene) == {"speaker": "tilda"}


def test_a_speaker_who_reloads_keeps_the_seat() -> None:
    scene = stage(live=PITCH)
    scene.do(TILDA, TakeSeat("speaker"))
    assert scene.do(TILDA, TakeSeat("speaker")) == ()
    assert seats(scene) == {"speaker": "tilda"}


def test_whose_item_comes_next_agrees_and_is_seated_when_it_begins() -> None:
    scene = stage(live=PITCH, upcoming=(NEXT_PITCH,))
    agreeing = scene.do(TESSA, TakeSeat("speaker"))
    assert agreeing == (Entered("tessa", T), Agreed("tessa", on=True))
    assert seats(scene) == {}
    cueing = scene.do(HOUSE, Cue(NEXT_PITCH, ()))
    assert cueing == (Cued(NEXT_PITCH, (), T), Seated("speaker", "tessa", T))
    assert scene.room.floor.green_room == {}


def test_who_has_not_agreed_is_not_moved() -> None:
    scene = stage(live=PITCH, upcoming=(NEXT_PITCH,))
    scene.do(TESSA, Enter())
    scene.do(TESSA, SayReady("ready"))
    assert scene.do(HOUSE, Cue(NEXT_PITCH, ())) == (Cued(NEXT_PITCH, (), T),)
    assert scene.room.floor.green_room == {"tessa": Waiting(since=T, state="ready")}


def test_the_agreement_can_be_taken_back() -> None:
    scene = stage(live=PITCH, upcoming=(NEXT_PITCH,))
    scene.do(TESSA, TakeSeat("speaker"))
    assert scene.do(TESSA, LeaveSeat()) == (Agreed("tessa", on=False),)
    assert scene.do(HOUSE, Cue(NEXT_PITCH, ())) == (Cued(NEXT_PITCH, (), T),)


def test_an_agreement_lapses_when_its_item_is_out_of_sight() -> None:
    scene = stage(live=PITCH, upcoming=(NEXT_PITCH,))
    scene.do(TESSA, TakeSeat("speaker"))
    cueing = scene.do(HOUSE, Cue(PITCH, (ASKING,)))
    assert cueing == (Cued(PITCH, (ASKING,), T), Agreed("tessa", on=False))


def test_the_next_item_takes_the_seat_from_whoever_is_not_in_it() -> None:
    scene = stage(live=PITCH, upcoming=(NEXT_PITCH,))
    scene.do(TILDA, TakeSeat("speaker"))
    scene.do(TILDA, Share(on=True))
    assert scene.do(HOUSE, Cue(NEXT_PITCH, ())) == (
        Cued(NEXT_PITCH, (), T),
        Shared(None),
        Vacated("speaker", "tilda"),
    )


def test_questions_after_the_pitch_leave_the_speaker_and_the_screen_where_they_are() -> None:
    scene = stage(live=PITCH, upcoming=(ASKING,))
    scene.do(TILDA, TakeSeat("speaker"))
    scene.do(TILDA, Share(on=True))
    assert scene.do(HOUSE, Cue(ASKING, (NEXT_PITCH,))) == (Cued(ASKING, (NEXT_PITCH,), T),)
    assert seats(scene) == {"speaker": "tilda"}


def test_between_two_items_the_speaker_may_stay() -> None:
    scene = stage(live=PITCH, upcoming=(NEXT_PITCH,))
    scene.do(TILDA, TakeSeat("speaker"))
    assert scene.do(HOUSE, Cue(None, (NEXT_PITCH,))) == (Cued(None, (NEXT_PITCH,), T),)
    assert seats(scene) == {"speaker": "tilda"}
    scene.do(HOUSE, Cue(NEXT_PITCH, ()))
    assert seats(scene) == {}


def test_who_is_no_longer_in_the_item_makes_room_for_who_is() -> None:
    scene = stage(live=PITCH)
    scene.do(TILDA, TakeSeat("speaker"))
    scene.do(HOUSE, Cue(replace(PITCH, people=("tom",)), ()))
    assert seats(scene) == {"speaker": "tilda"}
    assert scene.do(TOM, TakeSeat("speaker")) == (
        Vacated("speaker", "tilda"),
        Seated("speaker", "tom", T),
    )


def test_a_colleague_on_the_seat_is_not_pushed_off() -> None:
    scene = stage(live=PITCH)
    scene.do(TILDA, TakeSeat("speaker"))
    sentence = scene.refusal(TOM, TakeSeat("speaker"))
    assert sentence == "Somebody of your own item is speaking. Take the guest seat, or wait."


def test_two_who_agreed_come_on_together() -> None:
    scene = stage(upcoming=(PITCH,))
    scene.do(TOM, TakeSeat("speaker"))
    scene.do(TILDA, TakeSeat("speaker"))
    scene.do(HOUSE, Cue(PITCH, ()))
    assert seats(scene) == {"speaker": "tilda", "guest": "tom"}


def test_the_speakers_seat_is_not_for_the_audience() -> None:
    sentence = stage(live=PITCH).refusal(GRETA, TakeSeat("speaker"))
    assert sentence == "This seat is for those whose turn it is. Raise a hand to speak as a guest."


def test_a_moderator_who_speaks_leaves_the_moderators_seat() -> None:
    scene = stage(upcoming=(WELCOME,))
    scene.do(MIRA, TakeSeat("moderator"))
    scene.do(MIRA, TakeSeat("speaker"))
    scene.do(HOUSE, Cue(WELCOME, ()))
    assert seats(scene) == {"speaker": "mira"}


def test_the_same_cue_twice_is_one() -> None:
    scene = stage(live=PITCH, upcoming=(NEXT_PITCH,))
    assert scene.do(HOUSE, Cue(PITCH, (NEXT_PITCH,))) == ()


# The moderator's seat and the guest's


def test_one_moderator_does_not_push_the_other_off_the_seat() -> None:
    scene = stage()
    scene.do(MIRA, TakeSeat("moderator"))
    sentence = scene.refusal(OSKAR, TakeSeat("moderator"))
    assert sentence == "Another moderator sits there. Ask them to leave the seat, or clear it."


def test_the_moderators_seat_is_not_for_a_talent() -> None:
    sentence = stage(live=PITCH).refusal(TILDA, TakeSeat("moderator"))
    assert sentence == "This seat is the moderator's. Raise a hand to speak as a guest."


def test_a_hand_is_invited_comes_in_and_takes_the_guest_seat() -> None:
    scene = stage(live=ASKING)
    assert scene.do(GRETA, RaiseHand(up=True)) == (HandRaised("greta", True, T),)
    assert scene.do(MIRA, Invite("greta")) == (Invited("greta", on=True),)
    assert scene.do(GRETA, Enter()) == (Entered("greta", T),)
    assert scene.do(GRETA, TakeSeat("guest")) == (Seated("guest", "greta", T),)
    floor = scene.room.floor
    assert (floor.hands, floor.invited, floor.green_room) == ({}, (), {})


def test_without_an_invitation_there_is_no_guest_seat() -> None:
    sentence = stage(live=ASKING).refusal(GRETA, TakeSeat("guest"))
    assert sentence == "Please raise a hand first. The moderator then offers you the guest seat."


def test_the_guest_seat_is_taken_while_somebody_sits_there() -> None:
    scene = stage(live=ASKING)
    scene.do(MIRA, Invite("greta"))
    scene.do(MIRA, Invite("rhea"))
    scene.do(GRETA, TakeSeat("guest"))
    sentence = scene.refusal(RHEA, TakeSeat("guest"))
    assert sentence == "The guest seat is taken. The moderator will free it for you."
    assert scene.do(GRETA, TakeSeat("guest")) == ()


def test_a_colleague_of_the_speaker_takes_the_guest_seat_uninvited() -> None:
    scene = stage(live=PITCH)
    sentence = scene.refusal(TOM, TakeSeat("guest"))
    assert sentence == "The speaker's seat is free and yours. Please take that one."
    scene.do(TILDA, TakeSeat("speaker"))
    scene.do(TOM, TakeSeat("guest"))
    assert seats(scene) == {"speaker": "tilda", "guest": "tom"}


def test_a_guest_who_asks_stays_for_the_questions_and_leaves_with_them() -> None:
    scene = stage(live=PITCH)
    scene.do(MIRA, Invite("greta"))
    scene.do(GRETA, TakeSeat("guest"))
    scene.do(HOUSE, Cue(ASKING, ()))
    assert seats(scene) == {"guest": "greta"}
    scene.do(HOUSE, Cue(NEXT_PITCH, ()))
    assert seats(scene) == {}


def test_an_invitation_can_be_declined_and_taken_back() -> None:
    scene = stage()
    scene.do(MIRA, Invite("greta"))
    assert scene.do(MIRA, Invite("greta")) == ()
    assert scene.do(GRETA, Decline()) == (Invited("greta", on=False),)
    assert scene.do(GRETA, Decline()) == ()
    scene.do(MIRA, Invite("rhea"))
    assert scene.do(MIRA, Invite("rhea", on=False)) == (Invited("rhea", on=False),)


def test_only_those_who_are_here_are_invited() -> None:
    sentence = stage().refusal(MIRA, Invite("nobody"))
    assert sentence == "This person is not here just now. Please invite somebody who is."


def test_whoever_is_on_stage_is_not_invited_again() -> None:
    scene = stage(live=PITCH)
    scene.do(TILDA, TakeSeat("speaker"))
    assert scene.refusal(MIRA, Invite("tilda")) == "This person is on stage already and can speak."


# Leaving, clearing, sharing


def test_a_seat_is_left_and_the_screen_goes_with_it() -> None:
    scene = stage(live=PITCH)
    scene.do(TILDA, TakeSeat("speaker"))
    assert scene.do(TILDA, Share(on=True)) == (Shared("tilda"),)
    assert scene.do(TILDA, LeaveSeat()) == (Shared(None), Vacated("speaker", "tilda"))
    assert scene.do(TILDA, LeaveSeat()) == ()


def test_the_moderator_clears_the_seat_of_whom_they_saw_there() -> None:
    scene = stage(live=PITCH)
    scene.do(TILDA, TakeSeat("speaker"))
    sentence = scene.refusal(MIRA, ClearSeat("speaker", "tom"))
    assert sentence == "This seat has changed hands meanwhile. Please look again."
    assert scene.do(MIRA, ClearSeat("speaker", "tilda")) == (Vacated("speaker", "tilda"),)


def test_a_screen_needs_a_seat() -> None:
    scene = stage(live=PITCH)
    sentence = scene.refusal(TILDA, Share(on=True))
    assert sentence == "Please go on stage first, then share your screen."
    assert scene.do(TILDA, Share(on=False)) == ()


def test_the_speakers_screen_goes_before_anybody_elses() -> None:
    scene = stage(live=PITCH)
    scene.do(TILDA, TakeSeat("speaker"))
    scene.do(TOM, TakeSeat("guest"))
    scene.do(TOM, Share(on=True))
    assert scene.do(TILDA, Share(on=True)) == (Shared("tilda"),)
    assert scene.do(TILDA, Share(on=True)) == ()
    sentence = scene.refusal(TOM, Share(on=True))
    assert sentence == "Another screen is on stage. Share yours as soon as it is gone."


# The green room


def test_the_green_room_is_for_those_who_are_on_soon() -> None:
    scene = stage(live=PITCH, upcoming=(NEXT_PITCH,))
    for person in (TILDA, TESSA, MIRA, OSKAR):
        assert scene.do(person, Enter()) == (Entered(person.id, T),)
    assert scene.refusal(JULES, Enter()) == (
        "The green room is for those who are on next. Raise a hand if you would like to speak."
    )


def test_coming_in_twice_is_once_and_going_out_too() -> None:
    scene = stage(upcoming=(NEXT_PITCH,))
    scene.do(TESSA, Enter())
    assert scene.do(TESSA, Enter()) == ()
    assert scene.do(TESSA, GoOut()) == (WentOut("tessa"),)
    assert scene.do(TESSA, GoOut()) == ()


def test_whoever_is_on_stage_does_not_wait_in_the_green_room_as_well() -> None:
    scene = stage(live=PITCH)
    scene.do(TILDA, TakeSeat("speaker"))
    assert scene.do(TILDA, Enter()) == ()


def test_ready_is_said_in_the_green_room() -> None:
    scene = stage(upcoming=(NEXT_PITCH,))
    sentence = scene.refusal(TESSA, SayReady("ready"))
    assert sentence == "Please come into the green room first, then say that you are ready."
    scene.do(TESSA, Enter())
    assert scene.do(TESSA, SayReady("ready")) == (SaidReady("tessa", "ready", T),)
    assert scene.do(TESSA, SayReady("ready")) == ()


# Hands, wrap-ups, prompts, lights


def test_a_hand_goes_up_once_and_down_again() -> None:
    scene = stage()
    scene.do(GRETA, RaiseHand(up=True))
    assert scene.do(GRETA, RaiseHand(up=True)) == ()
    assert scene.do(GRETA, RaiseHand(up=False)) == (HandRaised("greta", False, T),)


def test_who_is_on_stage_need_not_raise_a_hand() -> None:
    scene = stage(live=PITCH)
    scene.do(TILDA, TakeSeat("speaker"))
    assert scene.refusal(TILDA, RaiseHand(up=True)) == "You are on stage: just speak."


def test_hands_stay_up_when_the_next_item_begins() -> None:
    scene = stage(live=PITCH)
    scene.do(GRETA, RaiseHand(up=True))
    scene.do(HOUSE, Cue(NEXT_PITCH, ()))
    assert scene.room.floor.hands == {"greta": T}


def test_the_speaker_is_asked_to_wrap_up_until_the_next_item() -> None:
    scene = stage(live=PITCH)
    assert scene.refusal(MIRA, WrapUp()) == (
        "Nobody is on the speaker's seat just now. Please wait until somebody is."
    )
    scene.do(TILDA, TakeSeat("speaker"))
    assert scene.do(MIRA, WrapUp()) == (AskedToWrapUp("tilda", T),)
    scene.do(HOUSE, Cue(PITCH, (ASKING,)))
    assert scene.room.floor.wrap_up_at == T
    scene.do(HOUSE, Cue(ASKING, ()))
    assert scene.room.floor.wrap_up_at is None


def test_the_desk_writes_to_the_speaker_and_the_speaker_back() -> None:
    scene = stage(live=PITCH)
    scene.do(TILDA, TakeSeat("speaker"))
    said = scene.do(MIRA, Prompt(" Closer to the microphone ", to="tilda"))
    assert said == (Prompted("p1", "tilda", "mira", "Closer to the microphone", T),)
    assert scene.do(TILDA, Prompt("Better?")) == (Prompted("p2", "tilda", "tilda", "Better?", T),)


def test_a_prompt_is_for_somebody_backstage() -> None:
    scene = stage(live=PITCH)
    assert scene.refusal(MIRA, Prompt("Hello", to="greta")) == (
        "Please write to somebody who is in the green room or on stage."
    )
    assert scene.refusal(GRETA, Prompt("Hello")) == (
        "Only from the green room or the stage can you write to the moderator."
    )
    scene.do(TILDA, TakeSeat("speaker"))
    assert scene.refusal(TILDA, Prompt("Hello", to="mira")) == (
        "From here you can write to the moderator alone. Please leave the name out."
    )
    assert scene.refusal(TILDA, Prompt("  ")) == (
        "There is nothing in this line yet. Please write something first."
    )


def test_the_last_fifty_prompts_with_each_person_are_kept() -> None:
    scene = stage(live=PITCH)
    scene.do(TILDA, TakeSeat("speaker"))
    scene.do(TOM, TakeSeat("guest"))
    scene.do(TOM, Prompt("I am here too"))
    for number in range(60):
        scene.do(TILDA, Prompt(f"line {number}"))
    kept = [prompt.text for prompt in scene.room.floor.prompts]
    assert kept == ["I am here too", *(f"line {number}" for number in range(10, 60))]
    assert scene.room.floor.prompts[-1].id == "p61"


def test_the_media_process_lights_the_lamps() -> None:
    scene = stage()
    lit = scene.do(HOUSE, SourceLight("tilda", "camera", "live"))
    assert lit == (SourceLit("tilda", "camera", "live"),)
    assert scene.do(HOUSE, SourceLight("tilda", "camera", "live")) == ()
    assert scene.room.floor.lights == {"tilda/camera": "live"}
    scene.do(HOUSE, SourceLight("tilda", "camera", "gone"))
    assert scene.room.floor.lights == {}
    assert scene.do(HOUSE, SourceLight("tilda", "camera", "gone")) == ()
