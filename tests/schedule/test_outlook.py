"""What browsers are shown of the agenda."""

from __future__ import annotations

import msgspec

from schedule import agenda
from schedule.agenda import AgendaShown, Extend, Finish, Move, Pause, Resume, StageCue, Start, Swap
from schedule.outlook import ItemShown, LastShown, LiveShown, NoteShown, PastShown, StageShown
from tests.schedule.shows import Evening, T, gathering, item


def evening() -> Evening:
    return Evening(
        gathering(
            main=(
                item("a", 0, 300, people=("x",)),
                item("b", 300, 300, starts=False),
                item("pause", 600, 600, least_seconds=240, kind="break"),
                item("round", 1200, 1800, anchor=1200, fixed=True, kind="round"),
            )
        )
    )


def stage(lived: Evening, at: float) -> StageShown:
    return agenda.shown(lived.wait(at).agenda, T + at).stages[0]


def test_the_whole_agenda_at_a_glance() -> None:
    lived = Evening(gathering(main=(item("a", 0, 300, people=("x",)), item("b", 300, 60))))
    lived.do(Extend("main", "a", 60), 10)
    assert agenda.shown(lived.agenda, T + 20) == AgendaShown(
        now=T + 20,
        number=1,
        last=LastShown(1, T + 10, "miriam", "agenda.extend", "main", "a", 60),
        stages=(
            StageShown(
                id="main",
                name="Main",
                held=False,
                live=LiveShown("a", T, T + 360, 360, None, 0.0),
                waiting=("b",),
                past=(),
                drift=60.0,
                note=None,
            ),
        ),
        late={},
        times={"a": (T, T + 360), "b": (T + 360, T + 420)},
        items={
            "a": ItemShown("A", "talk", ("x",), T, 300, None, False, True, True, 0.0, ""),
            "b": ItemShown("B", "talk", (), T + 300, 60, None, False, True, True, 0.0, ""),
        },
    )


def test_it_goes_over_the_wire_and_back() -> None:
    view = agenda.shown(evening().wait(10).agenda, T + 10)
    wire = msgspec.json.encode(view)
    assert msgspec.json.decode(wire, type=AgendaShown) == view
    assert b'"type":"agenda.shown"' in wire
    assert b'"startedAt"' in wire


def test_what_was_not_ticked_yet_is_shown_as_it_is() -> None:
    assert agenda.shown(evening().agenda, T + 350).stages[0].past == (
        PastShown("a", T, T + 300, "done"),
    )


def test_a_shortened_break_is_noted_with_the_appointment_it_saves() -> None:
    lived = evening().do(Extend("main", "a", 180), 10)
    assert stage(lived, 10).note == NoteShown("pause", 600, 420, "round")
    assert stage(evening(), 10).note is None


def test_a_shortened_break_is_still_noted_while_it_runs() -> None:
    lived = evening().do(Extend("main", "a", 180), 10).do(Start("main", "b", None), 480)
    assert stage(lived, 800).note == NoteShown("pause", 600, 420, "round")


def test_lateness_at_an_anchor_is_shown() -> None:
    lived = evening().do(Extend("main", "a", 400), 10)
    assert agenda.shown(lived.agenda, T + 10).late == {"round": 40.0}
    assert agenda.shown(evening().agenda, T).late == {}


def test_drift_is_how_far_the_next_change_is_from_the_plan() -> None:
    lived = evening()
    assert stage(lived, 100).drift == 0.0
    lived.do(Extend("main", "a", 180), 100)
    assert stage(lived, 100).drift == 180.0
    lived.do(Finish("main", "a"), 200)
    assert stage(lived, 200).drift == -100.0
    assert stage(lived, 350).drift == 50.0


def test_a_swap_is_no_drift() -> None:
    assert stage(evening().do(Swap("main", "a", "b"), 0), 0).drift == 0.0


def test_an_end_in_time_after_a_shrunken_break_is_no_drift() -> None:
    lived = evening().do(Extend("main", "a", 180), 10).do(Start("main", "b", None), 480)
    assert stage(lived, 500).drift == 180.0
    assert stage(lived, 1300).drift == 0.0
    assert stage(lived, 5000).drift == 0.0


def test_a_pause_shows_the_clock_standing() -> None:
    lived = evening().do(Pause("main", "a"), 100)
    assert stage(lived, 130).live == LiveShown("a", T, T + 330, 300, T + 100, 0.0)
    lived.do(Resume("main", "a"), 150)
    assert stage(lived, 150).live == LiveShown("a", T, T + 350, 300, None, 50.0)


def test_what_was_sent_back_is_both_past_and_waiting() -> None:
    lived = evening().do(Move("main", "a", 1), 20)
    assert stage(lived, 20).past == (PastShown("a", T, T + 20, "deferred"),)
    assert stage(lived, 20).waiting == ("b", "a", "pause", "round")


def test_the_last_step_is_named_for_the_undo() -> None:
    lived = evening().do(Swap("main", "b", "pause"), 5)
    assert agenda.shown(lived.agenda, T + 5).last == LastShown(
        1, T + 5, "miriam", "agenda.swap", "main", "b", None
    )
    lived.undo(6)
    view = agenda.shown(lived.agenda, T + 6)
    assert (view.last, view.number) == (None, 2)


def test_cues_say_who_is_on_and_who_comes_next() -> None:
    lived = evening()
    assert agenda.cues(lived.agenda, T - 1) == {
        "main": StageCue(None, ("a", "b", "pause"), None),
    }
    assert agenda.cues(lived.agenda, T + 5) == {
        "main": StageCue("a", ("b", "pause", "round"), T),
    }


def test_an_empty_stage_is_shown_too() -> None:
    lived = Evening(gathering(main=()))
    assert stage(lived, 0) == StageShown("main", "Main", False, None, (), (), 0.0, None)
