"""The agenda in single moments of an evening. Times count in seconds from T."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from schedule import agenda
from schedule.agenda import (
    Acted,
    Extend,
    Finish,
    Move,
    Pause,
    Resume,
    Skip,
    Start,
    Stepped,
    Swap,
    Undo,
    Undone,
)
from schedule.machine import Command, Refused
from schedule.programme import Item, shifted
from tests.schedule.shows import Evening, T, gathering, item, rerun


def pitches() -> Evening:
    """Three pitches of 300 s, the second started and ended by a human."""
    return Evening(
        gathering(
            main=(
                item("a", 0, 300),
                item("b", 300, 300, starts=False, ends=False),
                item("c", 600, 300),
            )
        )
    )


def two_stages() -> Evening:
    return Evening(
        gathering(
            main=(item("a", 0, 300, people=("x",)), item("b", 300, 300)),
            side=(item("k", 0, 200), item("l", 200, 300, people=("x",), starts=False)),
        )
    )


def refusal(evening: Evening, command: Command, at: float) -> str:
    with pytest.raises(Refused) as refused:
        evening.do(command, at)
    return str(refused.value)


# By itself


def test_the_first_item_waits_for_its_planned_start() -> None:
    early = Evening(gathering(main=(item("a", 0, 300),)), at=-3600)
    assert agenda.due(early.agenda) == T
    assert early.wait(-1).live() is None
    assert early.wait(0).live() == "a"


def test_steps_are_stamped_with_the_instant_they_were_due() -> None:
    evening = Evening(gathering(main=(item("a", 0, 300, grace=10), item("c", 300, 60))))
    assert agenda.tick(evening.agenda, T + 9999) == (
        Stepped("main", "a", "started", T),
        Stepped("main", "a", "finished", T + 310),
        Stepped("main", "c", "started", T + 310),
        Stepped("main", "c", "finished", T + 370),
    )


def test_an_item_that_humans_end_runs_over_and_pushes_the_rest() -> None:
    evening = pitches().wait(300).do(Start("main", "b", None), 320)
    assert evening.wait(700).live() == "b"
    assert evening.predicted(700) == {"b": (320, 700), "c": (700, 1000)}
    assert evening.do(Start("main", "c", "b"), 720).past() == [
        ("a", 0, 300, "done"),
        ("b", 320, 720, "done"),
    ]


def test_an_item_that_humans_start_waits_for_them() -> None:
    assert pitches().wait(2000).live() is None
    assert pitches().wait(2000).predicted(2000)["b"] == (2000, 2300)


def test_a_gap_absorbs_delay() -> None:
    evening = Evening(gathering(main=(item("a", 0, 300), item("b", 400, 60))))
    assert evening.predicted(0)["b"] == (400, 460)
    evening.do(Extend("main", "a", 80), 10)
    assert evening.predicted(10)["b"] == (400, 460)
    evening.do(Extend("main", "a", 80), 20)
    assert evening.predicted(20)["b"] == (460, 520)


def test_a_break_shrinks_to_save_the_appointment_and_no_further_than_its_least() -> None:
    evening = Evening(
        gathering(
            main=(
                item("a", 0, 300),
                item("pause", 300, 600, least_seconds=240),
                item("round", 900, 1800, anchor=900, fixed=True),
            )
        )
    )
    evening.do(Extend("main", "a", 180), 10)
    assert evening.predicted(10)["pause"] == (480, 900)
    assert evening.predicted(10)["round"] == (900, 2700)
    evening.do(Extend("main", "a", 240), 20)
    assert evening.predicted(20)["pause"] == (720, 960)
    assert evening.predicted(20)["round"] == (960, 2760)


def test_somebody_on_another_stage_holds_this_one_back() -> None:
    evening = Evening(
        gathering(
            main=(item("a", 0, 300, people=("x",)),),
            side=(item("k", 0, 200), item("l", 200, 60, people=("x", "y"))),
        )
    )
    assert evening.predicted(0)["l"] == (300, 360)
    evening.do(Extend("main", "a", 50), 250)
    assert evening.predicted(250)["l"] == (350, 410)
    assert evening.wait(1000).past("side")[1] == ("l", 350, 410, "done")


# Commands


def test_the_second_of_two_moderators_who_press_next_is_refused() -> None:
    evening = pitches().do(Start("main", "b", "a"), 100)
    assert refusal(evening, Start("main", "b", "a"), 100.2) == "“B” is already on stage."
    assert refusal(evening, Start("main", "c", "a"), 100.3) == (
        "The agenda has moved on: “B” is on stage now. Please look again."
    )
    assert evening.past() == [("a", 0, 100, "done")]


def test_next_pressed_in_the_moment_when_the_time_is_up_is_next() -> None:
    assert pitches().do(Start("main", "b", "a"), 300.2).live() == "b"
    assert refusal(pitches(), Start("main", "b", "c"), 300.2) == (
        "The agenda has moved on: nothing is on stage now. Please look again."
    )


def test_a_finish_that_comes_too_late_is_refused() -> None:
    evening = pitches()
    assert refusal(evening, Finish("main", "a"), 301) == (
        "The agenda has moved on: nothing is on stage now. Please look again."
    )


def test_after_a_finish_nothing_begins_until_somebody_says_so() -> None:
    evening = Evening(gathering(main=(item("a", 0, 300), item("b", 300, 60))))
    evening.do(Finish("main", "a"), 200)
    assert evening.wait(500).live() is None
    assert evening.do(Resume("main", None), 500).wait(500).live() == "b"
    assert refusal(evening, Resume("main", None), 510) == (
        "The stage is not held; it goes on by itself."
    )


def test_a_stage_can_be_held_between_two_items() -> None:
    evening = Evening(gathering(main=(item("a", 0, 300), item("b", 400, 60))))
    evening.do(Pause("main", None), 350)
    assert evening.wait(500).live() is None
    assert evening.do(Start("main", "b", None), 510).live() == "b"
    assert not evening.agenda.running.tracks[0].held


def test_a_jump_leaves_the_others_waiting_in_order() -> None:
    evening = pitches().do(Start("main", "c", "a"), 100)
    assert (evening.live(), evening.waiting()) == ("c", ("b",))
    assert evening.predicted(100) == {"c": (100, 400), "b": (400, 700)}


def test_less_time_ends_at_once_but_never_in_the_past() -> None:
    evening = pitches().do(Extend("main", "a", -600), 100)
    assert evening.wait(100).past() == [("a", 0, 100, "done")]


def test_less_time_makes_no_sense_once_it_is_up() -> None:
    evening = pitches().do(Start("main", "b", "a"), 100)
    assert refusal(evening, Extend("main", "b", -60), 500) == (
        "The time of “B” is up. Finish it, or start the next item."
    )


@pytest.mark.parametrize("seconds", [0.0, 20_000.0, -20_000.0, float("inf"), float("nan")])
def test_an_absurd_extension_is_refused(seconds: float) -> None:
    assert refusal(pitches(), Extend("main", "a", seconds), 10) == (
        "An extension lasts up to four hours. Please choose another length."
    )


def test_a_pause_costs_its_length() -> None:
    evening = pitches().do(Pause("main", "a"), 100)
    assert agenda.due(evening.agenda) is None
    assert evening.predicted(160) == {"a": (0, 360), "b": (360, 660), "c": (660, 960)}
    assert refusal(evening, Pause("main", "a"), 161) == "“A” is already paused."
    evening.do(Resume("main", "a"), 170)
    assert refusal(evening, Resume("main", "a"), 171) == "“A” is not paused."
    assert evening.wait(2000).past() == [("a", 0, 370, "done")]


def test_skipping_strikes_out_what_waits_and_ends_what_runs() -> None:
    evening = pitches().do(Skip("main", "b"), 50).do(Skip("main", "a"), 60).wait(60)
    assert evening.past() == [("b", 50, 50, "skipped"), ("a", 0, 60, "skipped")]
    assert evening.live() == "c"
    assert refusal(evening, Skip("main", "b"), 61) == (
        "“B” is not waiting any more. Please look at the agenda and choose again."
    )


def test_when_the_camera_fails_the_next_goes_first() -> None:
    evening = pitches().do(Move("main", "a", 1), 20)
    assert (evening.live(), evening.waiting()) == (None, ("b", "a", "c"))
    evening.do(Start("main", "b", None), 30)
    assert evening.past() == [("a", 0, 20, "deferred")]
    assert evening.predicted(30)["a"] == (330, 630)


def test_what_is_sent_back_with_nobody_else_to_go_does_not_come_on_again_by_itself() -> None:
    evening = Evening(gathering(main=(item("a", 0, 300),))).do(Move("main", "a", 0), 10)
    assert evening.wait(1000).live() is None
    assert evening.do(Start("main", "a", None), 1000).live() == "a"


def test_what_waits_moves_anywhere_in_the_queue() -> None:
    evening = pitches().do(Move("main", "c", 0), 10)
    assert evening.waiting() == ("c", "b")
    assert evening.do(Move("main", "c", 10**30), 11).waiting() == ("b", "c")
    assert evening.do(Move("main", "c", -7), 12).waiting() == ("c", "b")


def test_swapping_two_that_wait() -> None:
    assert pitches().do(Swap("main", "b", "c"), 10).waiting() == ("c", "b")
    assert refusal(pitches(), Swap("main", "b", "b"), 10) == (
        "Please choose two different items to swap."
    )


@pytest.mark.parametrize("names", [("a", "c"), ("c", "a")])
def test_swapping_what_runs_starts_the_other_and_puts_it_right_after(
    names: tuple[str, str],
) -> None:
    evening = pitches().do(Swap("main", *names), 10)
    assert (evening.live(), evening.waiting()) == ("c", ("a", "b"))


def test_nobody_is_started_on_two_stages() -> None:
    evening = two_stages()
    assert refusal(evening, Start("side", "l", "k"), 10) == (
        "X is still on stage in “A”. Please finish that first."
    )
    assert refusal(evening, Swap("side", "k", "l"), 10).startswith("X is still on stage")
    assert evening.do(Start("side", "l", None), 300).live("side") == "l"


def test_an_anchor_holds_for_humans_too() -> None:
    evening = Evening(gathering(main=(item("a", 0, 300), item("b", 600, 60, anchor=600))))
    assert refusal(evening, Start("main", "b", None), 590) == (
        "“B” does not begin before 16:23. Please start something else until then."
    )
    assert evening.wait(600).live() == "b"


def test_a_planned_start_after_a_gap_does_not_bind_a_human() -> None:
    evening = Evening(gathering(main=(item("a", 0, 300), item("b", 600, 60))))
    assert evening.do(Start("main", "b", "a"), 200).live() == "b"


def test_an_unknown_stage_or_item_is_refused() -> None:
    assert refusal(pitches(), Skip("attic", "a"), 0).startswith("This stage is not")
    assert refusal(pitches(), Skip("main", "ghost"), 0).startswith("“ghost” is not waiting")


def test_a_command_of_another_room_is_our_mistake() -> None:
    with pytest.raises(TypeError, match="Command is not a command of the agenda"):
        agenda.decide(pitches().agenda, Command(), "miriam", T)


# Undo


def test_an_undo_leaves_no_trace_in_the_running_order() -> None:
    evening = pitches().do(Start("main", "c", "a"), 100).undo(110)
    assert evening.agenda.running == pitches().wait(110).agenda.running
    assert evening.log == [
        Acted(1, T + 100, "miriam", Start("main", "c", "a")),
        Undone(2, T + 110, "miriam"),
    ]
    assert evening.agenda.number == 2


def test_what_would_have_happened_meanwhile_has_happened_after_an_undo() -> None:
    evening = pitches().do(Pause("main", "a"), 100).undo(400)
    assert evening.past() == [("a", 0, 300, "done")]


def test_undo_means_one_step_and_goes_back_as_far_as_there_are_any() -> None:
    evening = pitches().do(Extend("main", "a", 60), 10).do(Extend("main", "a", 30), 20)
    assert refusal(evening, Undo(1), 21) == (
        "Another step was taken meanwhile. Please look, then take back that one."
    )
    evening.undo(30).undo(40)
    assert refusal(evening, Undo(1), 50) == "There is no step left to take back."
    assert evening.predicted(50)["a"] == (0, 300)


# A new programme


def test_a_new_programme_keeps_what_happened_and_changes_what_waits() -> None:
    evening = pitches().do(Start("main", "b", "a"), 100)
    new = gathering(
        main=(
            item("a", 0, 100),
            item("b", 300, 999),
            item("news", 400, 60),
            item("c", 600, 120),
        )
    )
    evening.take(agenda.plan(evening.agenda, new, "organiser", T + 150))
    assert (evening.past(), evening.live()) == ([("a", 0, 100, "done")], "b")
    assert evening.predicted(150) == {"b": (100, 400), "news": (400, 460), "c": (600, 720)}
    assert evening.agenda.number == 2


def test_a_removed_item_vanishes_if_it_waits_and_stays_if_it_runs() -> None:
    evening = pitches().wait(10)
    evening.take(agenda.plan(evening.agenda, gathering(main=(item("b", 0, 60),)), "o", T + 10))
    assert (evening.live(), evening.waiting()) == ("a", ("b",))
    assert agenda.shown(evening.agenda, T + 10).items["a"].title == "A"


def test_the_moderators_order_stands_unless_the_organisers_change_theirs() -> None:
    def longer(*names: str) -> tuple[Item, ...]:
        return tuple(item(name, place * 500, 400) for place, name in enumerate(names))

    evening = pitches().do(Swap("main", "b", "c"), 10)
    same_order = gathering(main=longer("a", "b", "new", "c"))
    evening.take(agenda.plan(evening.agenda, same_order, "o", T + 20))
    assert evening.waiting() == ("c", "b", "new")
    other_order = gathering(main=longer("a", "new", "b", "c"))
    evening.take(agenda.plan(evening.agenda, other_order, "o", T + 30))
    assert evening.waiting() == ("new", "b", "c")


def test_a_removed_stage_stays_only_if_something_happened_there() -> None:
    evening = two_stages().wait(10)
    only_main = replace(evening.agenda.gathering, stages=evening.agenda.gathering.stages[:1])
    evening.take(agenda.plan(evening.agenda, only_main, "o", T + 10))
    assert (evening.live("side"), evening.waiting("side")) == ("k", ())
    untouched = Evening(evening.agenda.gathering, at=-100)
    untouched.take(agenda.plan(untouched.agenda, gathering(new=(item("n", 0, 9),)), "o", T - 50))
    assert [track.stage for track in untouched.agenda.running.tracks] == ["new"]


def test_steps_from_before_a_new_programme_cannot_be_undone() -> None:
    evening = pitches().do(Extend("main", "a", 60), 10)
    evening.take(agenda.plan(evening.agenda, shifted(evening.agenda.gathering, 60), "o", T + 20))
    assert refusal(evening, Undo(1), 30) == "There is no step left to take back."
    assert evening.predicted(30)["a"] == (0, 360)


# Clocks


def test_a_clock_that_steps_back_cannot_put_a_deed_before_what_has_happened() -> None:
    evening = pitches().wait(300)
    assert evening.agenda.running.now == T + 300
    evening.do(Start("main", "b", None), 120)
    assert evening.log == [Acted(1, T + 300, "miriam", Start("main", "b", None))]
    assert rerun(evening.agenda.gathering, evening.log, 500) == evening.wait(500).agenda


def test_midnight_is_a_second_like_any_other() -> None:
    midnight = datetime(2026, 9, 25, tzinfo=ZoneInfo("Europe/Berlin")).timestamp() - T
    evening = Evening(
        gathering(main=(item("a", midnight - 100, 300), item("b", midnight + 200, 60))),
        at=midnight - 500,
    )
    assert evening.wait(midnight + 1000).past() == [
        ("a", midnight - 100, midnight + 200, "done"),
        ("b", midnight + 200, midnight + 260, "done"),
    ]


@pytest.mark.parametrize("night", [datetime(2026, 10, 25, 2, 30), datetime(2026, 3, 29, 1, 30)])
def test_the_night_the_clocks_change_lengths_stay_lengths(night: datetime) -> None:
    begin = night.replace(tzinfo=ZoneInfo("Europe/Berlin")).timestamp() - T
    evening = Evening(gathering(main=(item("a", begin, 3600), item("b", begin + 3600, 60))), begin)
    assert evening.wait(begin + 9000).past() == [
        ("a", begin, begin + 3600, "done"),
        ("b", begin + 3600, begin + 3660, "done"),
    ]
