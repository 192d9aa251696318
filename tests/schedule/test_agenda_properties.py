"""What holds for every agenda, whatever people do to it."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from schedule import agenda
from schedule.agenda import Agenda, Extend, Pause, Resume, Undo
from schedule.machine import Command, Refused
from schedule.programme import Gathering
from tests.schedule.shows import (
    VERBS,
    Evening,
    T,
    Wish,
    command,
    gathering,
    gatherings,
    item,
    lived,
    rerun,
    wishes,
)

later = st.integers(0, 60)


@given(gatherings(), wishes(), later)
def test_a_rerun_from_the_stored_log_is_identical(
    plan: Gathering, tries: list[Wish], more: int
) -> None:
    evening, at = lived(plan, tries)
    now = at + more
    assert rerun(plan, evening.log, now) == evening.wait(now).agenda


@given(gatherings(), wishes(), st.lists(st.integers(0, 200), max_size=8), later)
def test_ticks_in_between_change_nothing(
    plan: Gathering, tries: list[Wish], ticks: list[int], more: int
) -> None:
    evening, at = lived(plan, tries)
    now = at + more
    state = agenda.opening(plan, T)
    moments: list[tuple[float, int]] = [(T + tick, -1) for tick in ticks if tick <= now]
    moments += [(event.at, place) for place, event in enumerate(evening.log)]
    for when, place in sorted(moments):
        events = agenda.tick(state, when) if place < 0 else (evening.log[place],)
        for event in events:
            state = agenda.apply(state, event)
    for event in agenda.tick(state, T + now):
        state = agenda.apply(state, event)
    assert state == evening.wait(now).agenda
    assert agenda.tick(state, T + now) == ()


@given(gatherings(), wishes(), wishes(8, VERBS[:-1]), later, later)
def test_a_command_and_its_undo_are_nothing(
    plan: Gathering, tries: list[Wish], some: list[Wish], wait: int, more: int
) -> None:
    evening, at = lived(plan, tries)
    at += wait
    before = evening.wait(at).agenda
    if not any(_done(evening, command(before, wish), at) for wish in some):
        assert evening.agenda == before  # what is refused leaves no trace
        return
    evening.undo(at + more)
    untouched = Evening(plan)
    untouched.agenda = before
    untouched.wait(at + more)
    assert evening.agenda.running == untouched.agenda.running
    assert evening.agenda.deeds == untouched.agenda.deeds


def _done(evening: Evening, wish: Command, at: int) -> bool:
    try:
        evening.do(wish, at)
    except Refused:
        return False
    return True


@given(gatherings(), wishes(), later)
def test_no_item_is_lost_or_doubled_and_nobody_is_on_two_stages(
    plan: Gathering, tries: list[Wish], more: int
) -> None:
    evening, at = Evening(plan), 0
    for wish in [*tries, (more, "finish", 0, 0, 0, 0)]:
        at += wish[0]
        evening.wait(at).may(command(evening.agenda, wish), at)
        _check_sound(plan, evening.agenda)


def _check_sound(plan: Gathering, state: Agenda) -> None:
    on_stage: list[str] = []
    for stage, track in zip(plan.stages, state.running.tracks, strict=True):
        live = [track.live.id] if track.live else []
        over = [past.id for past in track.past if past.how != "deferred"]
        assert sorted([*track.queue, *live, *over]) == sorted(i.id for i in stage.items)
        ran = [p for p in track.past if p.how != "skipped" or p.started_at < p.ended_at]
        assert all(a.ended_at <= b.started_at for a, b in itertools.pairwise(ran))
        assert all(p.started_at <= p.ended_at <= state.running.now for p in track.past)
        assert track.live is None or track.live.started_at <= state.running.now
        on_stage += [p for one in live for p in state.running.plan.items[one].people]
    assert len(on_stage) == len(set(on_stage))


@given(gatherings(), wishes(), later)
def test_a_prediction_has_a_sane_time_for_everything(
    plan: Gathering, tries: list[Wish], more: int
) -> None:
    evening, at = lived(plan, tries)
    now = at + more
    state = evening.wait(now).agenda
    times = agenda.predict(state, T + now)
    items = state.running.plan.items
    casts: list[tuple[str, float, float]] = []
    expected: set[str] = set()
    for track in state.running.tracks:
        order = ((track.live.id,) if track.live else ()) + track.queue
        expected |= set(order)
        for one, other in itertools.pairwise(order):
            assert times[one][1] <= times[other][0]
        for waiting in track.queue:
            assert times[waiting][0] >= (items[waiting].anchor or T)
        casts += [(person, *times[one]) for one in order for person in items[one].people]
    assert set(times) == expected
    for place, (person, start, end) in enumerate(casts):
        for other, other_start, other_end in casts[:place]:
            assert person != other or end <= other_start or other_end <= start


@given(gatherings(automatic=True), wishes(8, ("extend", "move", "skip", "start", "swap")), later)
def test_if_all_is_automatic_what_was_predicted_happens_to_the_second(
    plan: Gathering, tries: list[Wish], more: int
) -> None:
    evening, at = lived(plan, tries)
    now = at + more
    evening.wait(now)
    assume(not any(track.held for track in evening.agenda.running.tracks))
    predicted = evening.predicted(now)
    evening.wait(100_000)
    happened = {
        past.id: (past.started_at - T, past.ended_at - T)
        for track in evening.agenda.running.tracks
        for past in track.past
        if past.how == "done"
    }
    assert {one: happened[one] for one in predicted} == predicted


@given(gatherings(("main",)), st.integers(0, 40), st.integers(1, 15))
def test_on_one_stage_an_extension_makes_nothing_earlier(
    plan: Gathering, at: int, seconds: int
) -> None:
    evening = Evening(plan).wait(at)
    assume(evening.live())
    before = evening.predicted(at)
    evening.do(Extend("main", evening.live() or "", seconds), at)
    after = evening.predicted(at)
    for one, (start, end) in before.items():
        assert start <= after[one][0] <= start + seconds
        assert end <= after[one][1] <= end + seconds


@given(
    st.integers(1, 30),
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 9)), max_size=5),
    st.integers(0, 5),
)
def test_pauses_cost_exactly_their_length(
    seconds: int, pauses: list[tuple[int, int]], grace: int
) -> None:
    evening, at, ran = Evening(gathering(main=(item("a", 0, seconds, grace=grace),))), 0, 0
    for run, pause in pauses:
        if ran + run >= seconds:
            break
        ran, at = ran + run, at + run
        evening.do(Pause("main", "a"), at)
        at += pause
        evening.do(Resume("main", "a"), at)
    assert evening.wait(10_000).past() == [("a", 0, seconds + (at - ran) + grace, "done")]


@given(
    over=st.integers(1, 40),
    anchor=st.integers(20, 35),
    least=st.integers(0, 10),
    between=st.integers(0, 5),
    gap=st.integers(0, 4),
)
def test_a_break_shrinks_just_enough_to_save_the_next_anchor(
    over: int, anchor: int, least: int, between: int, gap: int
) -> None:
    tail = 20 + gap
    plan = gathering(
        main=(
            item("talk", 0, 10),
            item("break", 10, 10, least_seconds=least),
            *([item("between", tail, between)] if between else []),
            item("fixed", tail + between + 20, 5, anchor=anchor),
        )
    )
    evening = Evening(plan).do(Extend("main", "talk", over), 5)
    times = evening.predicted(5)

    def fixed_at(seconds: float) -> float:
        free = 10 + over + seconds
        if between:
            free = (max(free, tail) if gap else free) + between
        return max(free, anchor)

    shortest = min(least, 10)
    granted = times["break"][1] - times["break"][0]
    assert shortest <= granted <= 10
    assert times["fixed"][0] == fixed_at(granted) == fixed_at(shortest)
    assert granted == 10 or fixed_at(granted + 1) > fixed_at(granted)
    assert evening.wait(200).past()[1][2] == times["break"][1]


@given(gatherings(), wishes())
def test_tick_has_something_to_do_exactly_when_due_says_so(
    plan: Gathering, tries: list[Wish]
) -> None:
    evening, at = lived(plan, tries)
    state = evening.wait(at).agenda
    due = agenda.due(state)
    if due is None:
        assert agenda.tick(state, T + 100_000) == ()
    else:
        assert due >= T + at or agenda.tick(state, due)
        assert agenda.tick(state, due)
        assert agenda.tick(state, due - 0.001) == ()


@given(gatherings(), wishes(), st.integers(-100, 100))
def test_a_clock_that_steps_back_undoes_nothing(
    plan: Gathering, tries: list[Wish], step: int
) -> None:
    evening, at = lived(plan, tries[: len(tries) // 2])
    at += step
    for wish in tries[len(tries) // 2 :]:
        at += wish[0]
        before = evening.agenda.running
        evening.wait(at)
        assert evening.agenda.running.now >= before.now
        evening.may(command(evening.agenda, wish), at)
        _check_sound(plan, evening.agenda)
        assert wish[1] == "undo" or evening.agenda.running.now >= before.now
        assert agenda.shown(evening.agenda, T + at).now >= evening.agenda.running.now
    now = max(at, 0) + 50
    assert rerun(plan, evening.log, now) == evening.wait(now).agenda


@given(gatherings(), wishes(), gatherings(), wishes(6), later)
def test_a_new_programme_keeps_what_happened(
    plan: Gathering, tries: list[Wish], new: Gathering, more: list[Wish], wait: int
) -> None:
    evening, at = lived(plan, tries)
    evening.wait(at + wait)
    before = evening.agenda.running
    evening.take(agenda.plan(evening.agenda, new, "organiser", T + at + wait))
    at += wait
    for old, track, stage in zip(
        before.tracks, evening.agenda.running.tracks, new.stages, strict=True
    ):
        assert (track.live, track.past) == (old.live, old.past)
        over = {past.id for past in old.past if past.how != "deferred"}
        over |= {old.live.id} if old.live else set()
        assert sorted(track.queue) == sorted({i.id for i in stage.items} - over)
    for wish in more:
        at += wish[0]
        evening.wait(at).may(command(evening.agenda, wish), at)
        assert agenda.shown(evening.agenda, T + at).number == len(evening.log)
    assert rerun(plan, evening.log, at + 30) == evening.wait(at + 30).agenda


@given(gatherings(), wishes())
def test_two_undos_of_the_same_step_take_back_one(plan: Gathering, tries: list[Wish]) -> None:
    evening, at = lived(plan, tries)
    assume(evening.agenda.deeds)
    last = evening.agenda.deeds[-1].number
    evening.do(Undo(last), at)
    with pytest.raises(Refused):
        evening.do(Undo(last), at)


@given(gatherings(), wishes())
def test_the_same_gathering_read_again_is_no_news(plan: Gathering, tries: list[Wish]) -> None:
    evening, at = lived(plan, tries)
    assert agenda.plan(evening.agenda, replace(plan), "organiser", T + at) == ()
