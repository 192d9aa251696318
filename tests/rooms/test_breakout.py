"""The talks of a round in virtual time: they open, wait, go on, and nobody is cut off."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms import breakout, rights
from rooms.breakout import (
    AgreeDirect,
    Enter,
    Extend,
    Leave,
    Say,
    Signal,
    Signalled,
)
from rooms.lounge import Cue, RoundTime
from rooms.people import Person, Role
from rooms.safety import Block
from schedule.machine import Refused
from tests.rooms.talks import ALL, ELIF, JONAS, MIA, NOON, RUTH, TIM, Evening, replayed


def both_there() -> Evening:
    evening = Evening(("elif", "ruth"))
    evening.begin()
    evening.do(Enter("b1"), ELIF)
    evening.do(Enter("b1"), RUTH)
    return evening


def test_a_round_that_begins_opens_its_talks() -> None:
    evening = Evening(("elif", "ruth"), ("jonas", "tim"))

    evening.begin()

    talk = evening.talk()
    assert (talk.people, talk.phase, talk.via) == (("elif", "ruth"), "open", "pair")
    assert (talk.opens_at, talk.ends_at, talk.closes_at) == (NOON, NOON + 580, NOON + 600)
    assert set(evening.room.breakouts.talks) == {"b1", "b2"}


def test_a_talk_ends_with_twenty_seconds_of_farewell() -> None:
    evening = both_there()

    evening.until(NOON + 579)
    before = evening.talk().phase
    evening.until(NOON + 580)
    farewell = evening.talk().phase
    evening.until(NOON + 600)

    assert (before, farewell, evening.talk().phase) == ("open", "farewell", "over")


def test_only_its_people_hear_and_enter_a_talk() -> None:
    evening = both_there()

    for event in evening.happened:
        if event.__struct_config__.tag.startswith("breakout."):
            assert rights.hears(event, ELIF)
            assert not rights.hears(event, JONAS)
            assert not rights.hears(event, MIA)
    with pytest.raises(Refused, match="between others"):
        evening.do(Enter("b1"), JONAS)
    with pytest.raises(Refused, match="between others"):
        evening.do(Say("b1", "Hallo"), MIA)


def test_a_signal_reaches_the_other_of_the_pair_alone() -> None:
    evening = both_there()

    (signal,) = evening.do(Signal("b1", "ruth", "page-1", "{}"), ELIF)

    assert signal == Signalled("b1", "elif", "ruth", "page-1", "{}")
    assert [each.id for each in ALL.values() if rights.hears(signal, each)] == ["ruth"]
    with pytest.raises(Refused, match="between others"):
        evening.do(Signal("b1", "ruth", "page-1", "{}"), JONAS)
    with pytest.raises(Refused, match="your own talk"):
        evening.do(Signal("b1", "jonas", "page-1", "{}"), ELIF)


def test_two_minutes_more_once_both_want_them() -> None:
    evening = both_there()

    evening.do(Extend("b1"), ELIF)
    after_one = evening.talk().closes_at
    evening.do(Extend("b1"), RUTH)
    evening.until(NOON + 600)
    evening.round("over")

    assert after_one == NOON + 600
    assert (evening.talk().closes_at, evening.talk().extended) == (NOON + 720, 1)
    assert evening.talk().wants_more == ()
    evening.until(NOON + 720)
    assert evening.talk().phase == "over"


def test_no_extension_where_somebody_else_would_wait() -> None:
    evening = both_there()
    rounds = (RoundTime("first", "Erste Runde", NOON, NOON + 600, "live"),)
    evening.do(Cue(rounds, {"ruth": ((NOON + 660, NOON + 900),)}))

    with pytest.raises(Refused, match="Ruth Kern is expected elsewhere"):
        evening.do(Extend("b1"), ELIF)


def test_no_third_extension() -> None:
    evening = both_there()
    for _ in range(2):
        evening.do(Extend("b1"), ELIF)
        evening.do(Extend("b1"), RUTH)

    with pytest.raises(Refused, match="extended twice"):
        evening.do(Extend("b1"), ELIF)


def test_the_talk_moves_with_its_round() -> None:
    evening = both_there()

    evening.round("live", ends_at=NOON + 660)

    assert (evening.talk().ends_at, evening.talk().closes_at) == (NOON + 640, NOON + 660)


def test_a_round_that_is_ended_cuts_nobody_off() -> None:
    evening = both_there()
    evening.until(NOON + 200)

    evening.round("over", ends_at=NOON + 200)

    assert evening.talk().phase == "farewell"
    evening.until(NOON + 219)
    assert evening.talk().phase == "farewell"
    evening.until(NOON + 220)
    assert evening.talk().phase == "over"


def test_a_pause_holds_the_talk_and_also_its_farewell() -> None:
    evening = both_there()
    evening.until(NOON + 590)

    evening.round("paused", ends_at=NOON + 600)
    evening.until(NOON + 1000)
    held = evening.talk()
    evening.round("live", ends_at=NOON + 1010)
    evening.until(NOON + 1005)

    assert (held.phase, held.paused_at) == ("open", NOON + 590)
    assert evening.talk().paused_at is None
    assert evening.talk().phase == "farewell"
    evening.until(NOON + 1030)
    assert evening.talk().phase == "over"


def test_who_waits_is_told_after_twenty_seconds_and_free_after_forty() -> None:
    evening = Evening(("elif", "ruth"))
    evening.begin()
    evening.do(Enter("b1"), ELIF)

    evening.until(NOON + 19)
    early = evening.talk().missing
    evening.until(NOON + 20)
    told = evening.talk().missing
    evening.until(NOON + 40)

    assert (early, told, evening.talk().given_up) == ((), ("ruth",), True)
    assert not breakout.engaged(evening.room, "elif")


def test_whoever_comes_late_is_let_in() -> None:
    evening = Evening(("elif", "ruth"))
    evening.begin()
    evening.do(Enter("b1"), ELIF)
    evening.until(NOON + 100)

    evening.do(Enter("b1"), RUTH)

    assert (evening.talk().given_up, evening.talk().missing) == (False, ())
    assert breakout.engaged(evening.room, "elif")


def test_who_was_there_and_lost_the_line_is_not_given_up() -> None:
    evening = both_there()
    evening.do(Leave("b1"), RUTH)

    evening.until(NOON + 300)

    assert not evening.talk().given_up
    evening.do(Enter("b1"), RUTH)
    assert len(evening.talk().entered) == 2


def test_a_talk_ends_at_once_where_one_keeps_the_other_away() -> None:
    evening = both_there()

    evening.do(Block("ruth"), ELIF)

    assert evening.talk().phase == "over"
    assert evening.talk("b1").entered == {}


def test_a_direct_connection_needs_both() -> None:
    evening = both_there()

    evening.do(AgreeDirect("b1"), ELIF)
    one = evening.talk().direct
    evening.do(AgreeDirect("b1"), RUTH)

    assert (one, evening.talk().direct) == (("elif",), ("elif", "ruth"))


def test_what_is_written_in_a_talk_is_stored_nowhere() -> None:
    evening = both_there()

    (said,) = evening.do(Say("b1", "  Guten Abend  "), ELIF)

    assert (said.text, said.stored) == ("Guten Abend", False)


def test_three_go_through_the_house() -> None:
    evening = Evening(("elif", "jonas", "ruth"))

    evening.begin()

    assert evening.talk().via == "sfu"


def test_each_one_is_told_where_to_go() -> None:
    in_hall = {
        "elif": Person(id="elif", name="Elif Demir", role=Role.TALENT, place="hall"),
        "ruth": Person(id="ruth", name="Ruth Kern", role=Role.REP, place="hall"),
        "jonas": Person(id="jonas", name="Jonas Weil", role=Role.TALENT, place="hall"),
    }
    evening = Evening(("elif", "ruth"), ("jonas", "tim"), **in_hall)

    evening.begin()

    assert evening.talk("b1").places == {"elif": "table 1", "ruth": "table 1"}
    assert evening.talk("b2").places == {"jonas": "tablet 2", "tim": "room"}


def test_the_desk_sees_numbers_alone() -> None:
    evening = Evening(("elif", "ruth"), ("jonas", "tim"))
    evening.begin()
    evening.do(Enter("b1"), ELIF)
    evening.do(Enter("b1"), RUTH)
    evening.do(Enter("b2"), JONAS)

    shown = breakout.talks(evening.room, NOON)

    assert (shown.talking, shown.waiting, shown.empty) == (1, 1, 0)
    assert breakout.show(evening.room, MIA, NOON) == {}


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["enter", "leave", "extend", "pause", "go on", "longer", "end"]),
        st.sampled_from([ELIF, RUTH, JONAS, TIM]),
        st.integers(1, 90),
    ),
    max_size=25,
)


@given(STEPS)
def test_nobody_is_ever_cut_off_or_in_two_talks_and_the_log_says_it_all(steps: list) -> None:
    evening = Evening(("elif", "ruth"), ("jonas", "tim"))
    first = evening.room
    evening.happened.clear()
    evening.begin()
    ends_at, how = NOON + 600, "live"
    for deed, by, seconds in steps:
        evening.until(evening.now + seconds)
        key = "b1" if by.id in ("elif", "ruth") else "b2"
        try:
            if deed in ("enter", "leave", "extend"):
                command = {"enter": Enter, "leave": Leave, "extend": Extend}[deed]
                evening.do(command(key), by)
            elif how != "over":
                how = {"pause": "paused", "end": "over"}.get(deed, "live")
                ends_at = evening.now if deed == "end" else max(ends_at, evening.now) + 60
                evening.round(how, ends_at=ends_at)
        except Refused:
            continue
        for person in ALL:
            assert sum(person in talk.entered for talk in breakout.running(evening.room)) <= 1
    evening.round("over", ends_at=max(NOON, evening.now))
    evening.until(evening.now + 1000)

    assert [talk.phase for talk in evening.room.breakouts.talks.values()] == ["over", "over"]
    _farewells_were_given(evening)
    assert replayed(evening, first).breakouts == evening.room.breakouts


def _farewells_were_given(evening: Evening) -> None:
    promised: dict[str, float] = {}
    for event in evening.happened:
        match event:
            case breakout.FarewellBegan(breakout=key, closes_at=closes_at):
                promised[key] = closes_at
            case breakout.Closed(breakout=key, at=at):
                assert at >= promised[key]
