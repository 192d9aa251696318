"""Questions: asked, supported once each, one on air, merged without losing a voice."""

from __future__ import annotations

from rooms import questions
from rooms.pitch import Pitch
from rooms.questions import (
    Answered,
    Ask,
    Dismiss,
    Merge,
    PutBack,
    PutOnAir,
    QuestionAsked,
    QuestionMerged,
    QuestionMoved,
    QuestionShown,
    QuestionSigned,
    QuestionSupported,
    Support,
    Tallied,
    Withdraw,
)
from tests.rooms.scenes import GRETA, JULES, MIRA, PITCH, RHEA, TOM, Scene, T, stage


def asked(*texts: str) -> Scene[Pitch]:
    """A stage where Greta has asked these questions: `q1`, `q2` …"""
    scene = stage(live=PITCH)
    for text in texts:
        scene.do(GRETA, Ask(text))
    return scene


def states(scene: Scene[Pitch]) -> dict[str, str]:
    return {question.id: question.state for question in scene.room.questions.all.values()}


def votes(scene: Scene[Pitch]) -> dict[str, int]:
    return questions.tally(scene.room.questions).votes


def test_a_question_carries_its_authors_voice() -> None:
    scene = stage(live=PITCH)
    assert scene.do(GRETA, Ask("  How much?  ")) == (
        QuestionAsked("q1", "How much?", by="greta", item="pitch-1", at=T),
    )
    assert votes(scene) == {"q1": 1}


def test_a_question_without_a_name_is_signed_apart() -> None:
    scene = stage()
    assert scene.do(GRETA, Ask("How much?", anonymous=True)) == (
        QuestionAsked("q1", "How much?", by=None, item=None, at=T),
        QuestionSigned("q1", "greta"),
    )
    shown = QuestionShown("q1", "How much?", None, True, None, T, "open", None, 1, False, False)
    assert questions.show(scene.room.questions, JULES) == (shown,)
    to_desk = QuestionShown(
        "q1", "How much?", "greta", True, None, T, "open", None, 1, False, False
    )
    assert questions.show(scene.room.questions, MIRA) == (to_desk,)
    own = QuestionShown("q1", "How much?", "greta", True, None, T, "open", None, 1, True, True)
    assert questions.show(scene.room.questions, GRETA) == (own,)


def test_an_empty_question_is_not_asked() -> None:
    sentence = stage().refusal(GRETA, Ask("   "))
    assert sentence == "There is no question in it yet. Please write it first."


def test_five_open_questions_are_enough() -> None:
    scene = asked("1?", "2?", "3?", "4?", "5?")
    assert scene.refusal(GRETA, Ask("6?", anonymous=True)) == (
        "5 of your questions are still open. Withdraw one, or wait for an answer."
    )
    scene.do(GRETA, Withdraw("q5"))
    scene.do(GRETA, Ask("6?"))
    assert list(scene.room.questions.all) == ["q1", "q2", "q3", "q4", "q6"]


def test_everybody_has_one_voice() -> None:
    scene = asked("How much?")
    assert scene.do(RHEA, Support("q1")) == (QuestionSupported("q1", "rhea", on=True),)
    assert scene.do(RHEA, Support("q1")) == ()
    assert scene.do(GRETA, Support("q1")) == ()
    assert votes(scene) == {"q1": 2}
    scene.do(RHEA, Support("q1", on=False))
    assert votes(scene) == {"q1": 1}


def test_ones_own_voice_stays_with_ones_question() -> None:
    sentence = asked("How much?").refusal(GRETA, Support("q1", on=False))
    assert sentence == "Your own voice stays with your question. You can withdraw the question."


def test_closed_questions_collect_no_voices() -> None:
    scene = asked("1?", "2?")
    scene.do(MIRA, Dismiss("q1"))
    sentence = scene.refusal(RHEA, Support("q1"))
    assert sentence == "This question is closed. Please support one that is still open."
    scene.do(MIRA, PutBack("q1"))
    scene.do(MIRA, Merge("q1", "q2"))
    sentence = scene.refusal(RHEA, Support("q1"))
    assert sentence == "This question is now part of another one. Please support that one."
    assert (
        scene.refusal(RHEA, Support("q9"))
        == "This question has been withdrawn. Please choose another one."
    )


def test_one_question_is_on_air_and_the_one_before_is_answered() -> None:
    scene = asked("1?", "2?")
    scene.do(MIRA, PutOnAir("q1"))
    assert scene.do(MIRA, PutOnAir("q1")) == ()
    assert scene.do(MIRA, PutOnAir("q2")) == (
        QuestionMoved("q1", "answered", votes=1, at=T),
        QuestionMoved("q2", "air", votes=1, at=T),
    )
    scene.do(MIRA, Answered("q2"))
    assert states(scene) == {"q1": "answered", "q2": "answered"}


def test_a_closed_question_is_put_back_before_it_goes_on_air() -> None:
    scene = asked("1?")
    scene.do(MIRA, Dismiss("q1"))
    assert scene.do(MIRA, Dismiss("q1")) == ()
    assert scene.refusal(MIRA, PutOnAir("q1")) == (
        "This question has been dealt with meanwhile. Put it back among the open ones first."
    )
    scene.do(MIRA, PutBack("q1"))
    scene.do(MIRA, PutOnAir("q1"))
    assert states(scene) == {"q1": "air"}


def test_withdrawing_leaves_no_trace_in_the_room() -> None:
    scene = asked("1?")
    assert (
        scene.refusal(TOM, Withdraw("q1"))
        == "Only the person who asked can withdraw this question."
    )
    scene.do(GRETA, Withdraw("q1"))
    assert states(scene) == {}
    assert (
        scene.refusal(GRETA, Withdraw("q1"))
        == "This question has been withdrawn. Please choose another one."
    )


def test_what_was_dealt_with_is_not_withdrawn() -> None:
    scene = asked("1?")
    scene.do(MIRA, Answered("q1"))
    sentence = scene.refusal(GRETA, Withdraw("q1"))
    assert sentence == "This question has been dealt with and stays where it is."


def test_a_question_that_others_have_become_part_of_stays() -> None:
    scene = asked("1?")
    scene.do(RHEA, Ask("Also 1?"))
    scene.do(MIRA, Merge("q2", "q1"))
    sentence = scene.refusal(GRETA, Withdraw("q1"))
    assert sentence == "Questions of others are part of this one by now, so it stays."


def test_merging_counts_everybody_once() -> None:
    scene = asked("1?")
    scene.do(RHEA, Ask("Also 1?"))
    scene.do(TOM, Support("q1"))
    scene.do(TOM, Support("q2"))
    assert scene.do(MIRA, Merge("q2", "q1")) == (QuestionMerged("q2", "q1", votes=3, at=T),)
    assert votes(scene) == {"q1": 3}
    (first, second) = questions.show(scene.room.questions, RHEA)
    assert (first.supported, first.mine) == (True, False)
    assert (second.state, second.into, second.votes, second.mine) == ("merged", "q1", 0, True)


def test_merging_into_a_merged_question_follows_the_chain() -> None:
    scene = asked("1?", "2?", "3?")
    scene.do(MIRA, Merge("q2", "q1"))
    assert scene.do(MIRA, Merge("q3", "q2")) == (QuestionMerged("q3", "q1", votes=1, at=T),)


def test_a_question_is_not_merged_into_itself_nor_twice_nor_when_closed() -> None:
    scene = asked("1?", "2?", "3?")
    scene.do(MIRA, Merge("q2", "q1"))
    assert (
        scene.refusal(MIRA, Merge("q1", "q2"))
        == "These two are one question already. There is nothing left to do."
    )
    assert (
        scene.refusal(MIRA, Merge("q2", "q3"))
        == "These two are one question already. There is nothing left to do."
    )
    scene.do(MIRA, Dismiss("q3"))
    sentence = scene.refusal(MIRA, Merge("q1", "q3"))
    assert sentence == "Only open questions can become one. Put the closed one back first."


def test_what_is_on_air_stays_on_air_when_merged() -> None:
    scene = asked("1?", "2?")
    scene.do(MIRA, PutOnAir("q1"))
    scene.do(MIRA, Merge("q1", "q2"))
    assert states(scene) == {"q1": "merged", "q2": "air"}


def test_only_what_can_still_be_asked_is_tallied() -> None:
    scene = asked("1?", "2?", "3?")
    scene.do(MIRA, PutOnAir("q1"))
    scene.do(MIRA, Dismiss("q2"))
    assert questions.tally(scene.room.questions) == Tallied({"q1": 1, "q3": 1})
