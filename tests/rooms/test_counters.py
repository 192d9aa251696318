"""The talk at the counter: who sits down there, who is let in, and how it ends."""

from __future__ import annotations

from rooms import acquaintance, circles
from rooms.hosting import (
    Finish,
    HandOver,
    JoinCounter,
    LeaveCounter,
    LetIn,
    MakePrivate,
    StayAtCounter,
    TakeOver,
)
from rooms.safety import Block
from rooms.tables import OpenTable, ShareScreen
from rooms.turns import Call, Come, GiveBack, Next
from tests.rooms.fairs import (
    ALL,
    ELIF,
    JONAS,
    KAI,
    NELE,
    NOON,
    OTHERS,
    RUTH,
    Fairday,
    talking,
)

NEXT, COME = Next("kernbach"), Come("kernbach")


# At the counter


def test_who_comes_sits_with_the_one_who_called() -> None:
    day = talking(ELIF, JONAS)

    assert day.talks() == [["ruth", "elif"]]
    assert day.waiting() == ["jonas"]
    assert acquaintance.met(day.room, "ruth", "elif")
    assert circles.people(day.room, "counter-c1") == ("ruth", "elif")


def test_only_who_is_called_can_come() -> None:
    day = Fairday().opened().queue(ELIF)

    assert "not your turn" in day.refusal(ELIF, COME)


def test_who_comes_from_a_table_gets_up_there() -> None:
    day = Fairday().opened().queue(ELIF)
    day.do(ELIF, OpenTable("Optics"))
    day.do(RUTH, NEXT)
    day.do(ELIF, COME)

    assert [list(each.seats) for each in day.room.tables.tables.values()] == [[]]


def test_who_sits_down_at_a_table_leaves_the_counter() -> None:
    day = talking(ELIF)
    day.do(ELIF, OpenTable("Optics"))

    assert day.talks() == []


def test_a_talk_ends_softly() -> None:
    day = talking(ELIF)
    day.do(RUTH, Finish("c1"))
    assert day.room.booths.counters["c1"].ends_at == NOON + 20
    day.wait(20)

    assert day.talks() == []
    assert day.room.booths.talks["kernbach"][0].visitors == ("elif",)


def test_seats_are_kept_for_a_while_and_no_longer() -> None:
    day = talking(ELIF)
    day.do(ELIF, StayAtCounter("c1", leaving=True))
    day.wait(9)
    day.do(ELIF, StayAtCounter("c1"))
    day.do(RUTH, StayAtCounter("c1"))
    day.wait(60)
    assert day.talks() == [["ruth", "elif"]]
    day.do(RUTH, StayAtCounter("c1"))
    day.wait(31)

    assert day.talks() == []


def test_a_talk_is_handed_to_a_colleague_who_takes_it() -> None:
    day = talking(ELIF)
    day.do(RUTH, HandOver("c1", "kai"))
    assert day.talks() == [["ruth", "elif"]]
    day.do(KAI, TakeOver("c1"))

    assert sorted(day.talks()[0]) == ["elif", "kai"]
    assert day.room.booths.counters["c1"].reps == ("kai",)


def test_a_talk_is_handed_to_nobody_else() -> None:
    day = talking(ELIF)

    assert "Only a colleague" in day.refusal(RUTH, HandOver("c1", "tim"))
    assert "Only those of this booth" in day.refusal(ELIF, HandOver("c1", "kai"))
    assert "not handed to you" in day.refusal(KAI, TakeOver("c1"))


def test_who_asks_is_let_in_and_nobody_asks_where_they_are_among_themselves() -> None:
    day = talking(ELIF)
    day.do(JONAS, JoinCounter("c1"))
    day.do(RUTH, LetIn("c1", "jonas"))
    assert day.talks() == [["ruth", "elif", "jonas"]]
    day.do(RUTH, MakePrivate("c1"))

    assert "among themselves" in day.refusal(NELE, JoinCounter("c1"))


def test_at_most_six_stand_around_a_counter() -> None:
    day = Fairday(ALL | OTHERS).opened().queue(ELIF)
    day.do(RUTH, NEXT)
    day.do(ELIF, COME)
    for each in list(OTHERS.values())[:4]:
        day.do(each, JoinCounter("c1"))
        day.do(RUTH, LetIn("c1", each.id))

    assert len(day.talks()[0]) == 6
    assert "no room" in day.refusal(OTHERS["p5"], JoinCounter("c1"))


def test_who_waits_can_be_called_to_a_talk_that_goes_on() -> None:
    day = talking(ELIF, JONAS)
    day.do(RUTH, LetIn("c1", "jonas"))
    day.do(JONAS, COME)

    assert day.talks() == [["ruth", "elif", "jonas"]]
    assert day.waiting() == []


def test_without_its_representative_a_talk_says_goodbye() -> None:
    day = talking(ELIF)
    day.do(RUTH, LeaveCounter("c1"))
    assert day.talks() == [["elif"]]
    day.wait(20)

    assert day.talks() == []


def test_the_agenda_calls_people_away_a_minute_before() -> None:
    day = talking(ELIF)
    day.agenda({"ruth": ((NOON + 100, NOON + 300),)})
    day.wait(45)

    assert day.room.booths.counters["c1"].called == {"ruth": NOON + 100}


def test_a_screen_is_shared_at_a_counter_as_at_a_table() -> None:
    day = talking(ELIF)
    day.do(ELIF, ShareScreen("counter-c1"))
    circle = circles.find(day.room, "counter-c1")
    assert circle is not None
    assert circle.screen == "elif"
    day.do(ELIF, LeaveCounter("c1"))

    assert day.room.tables.screens == {}


# Who keeps whom away


def test_who_keeps_each_other_away_do_not_meet_and_nobody_learns_why() -> None:
    day = Fairday().opened().queue(ELIF, JONAS)
    day.do(ELIF, Block("ruth"))
    day.do(RUTH, NEXT)
    assert day.called() == {"ruth": "jonas"}
    day.do(JONAS, GiveBack("kernbach"))

    assert "can come just now" in day.refusal(RUTH, NEXT)
    assert "cannot come just now" in day.refusal(RUTH, Call("kernbach", "elif"))
    day.do(KAI, NEXT)
    assert day.called() == {"kai": "elif"}


def test_who_keeps_somebody_away_in_a_talk_is_out_of_it() -> None:
    day = talking(ELIF)
    day.do(ELIF, Block("ruth"))

    assert day.talks() == []
