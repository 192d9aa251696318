"""Tables of the lounge: who may sit where, who knocks, and what happens to them by itself."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from rooms import circles, lounge, rights, safety, tables
from rooms.lounge import Admit, Cue, Lounge
from rooms.people import HOUSE, Person, Role
from rooms.tables import (
    AnswerKnock,
    CloseTable,
    GetUp,
    Knock,
    LockTable,
    OpenTable,
    OpenTables,
    SayAtTable,
    ShareScreen,
    SitAtTable,
    StayAtTable,
)
from rooms.tabletop import (
    CalledAway,
    GotUp,
    Knocked,
    ScreenShared,
    Table,
    TableClosed,
    TableClosing,
    TableOpened,
    Tables,
    TableSaid,
)
from schedule.items import Meetings
from schedule.machine import Command, Event, Refused

NOON = 1_600_000_200.0
MIA = Person("mia", "Mia Roth", Role.MODERATOR)
ELIF = Person("elif", "Elif Demir", Role.TALENT)
JONAS = Person("jonas", "Jonas Weil", Role.TALENT)
RUTH = Person("ruth", "Ruth Kern", Role.REP, organisation="Kernbach")
OTHERS = tuple(Person(f"p{at}", f"Person {at}", Role.GUEST) for at in range(1, 6))
PEOPLE = {each.id: each for each in (MIA, ELIF, JONAS, RUTH, *OTHERS)}


class Evening:
    """A lounge in virtual time; `room` is how it is now, `log` all that happened."""

    def __init__(self, *topics: str) -> None:
        self.now = NOON
        self.log: list[Event] = []
        self.room = lounge.opening()
        self.do(HOUSE, Admit(PEOPLE, Meetings(topics=topics)))
        self.wait(0)

    def do(self, by: Person, *commands: Command) -> tuple[Event, ...]:
        """What follows from the last of them; raises `Refused` as the host would."""
        events: tuple[Event, ...] = ()
        for command in commands:
            rights.may(self.room, command, by)
            events = self._take(lounge.decide(self.room, command, by, self.now))
            self.wait(0)
        return events

    def refusal(self, by: Person, command: Command) -> str:
        with pytest.raises(Refused) as refused:
            self.do(by, command)
        return str(refused.value)

    def wait(self, seconds: float) -> tuple[Event, ...]:
        """What happens by itself until then, at the instants at which it is due."""
        until, happened = self.now + seconds, []
        while (due := lounge.due(self.room)) is not None and due <= until:
            self.now = max(self.now, due)
            events = lounge.tick(self.room, self.now)
            assert events, "due, and then nothing to do"
            happened += self._take(events)
        self.now = until
        return tuple(happened)

    def _take(self, events: Iterable[Event]) -> tuple[Event, ...]:
        taken = tuple(events)
        for event in taken:
            self.room = lounge.apply(self.room, event)
        self.log += taken
        return taken

    @property
    def tables(self) -> Tables:
        return self.room.tables

    def at(self, table: str) -> set[str]:
        """Who sits there."""
        return set(self.tables.tables[table].seats)


def with_table(*people: Person, private: bool = False) -> Evening:
    """A table of Elif's, at which these others have sat down too."""
    evening = Evening()
    evening.do(ELIF, OpenTable("Sensors in wine"))
    for person in people:
        evening.do(person, SitAtTable("t1"))
    if private:
        evening.do(ELIF, LockTable("t1"))
    return evening


def test_whoever_opens_a_table_sits_at_it() -> None:
    evening = with_table()

    assert evening.tables.tables == {
        "t1": Table("t1", "Sensors in wine", "elif", seats={"elif": 1})
    }


def test_the_organisers_topics_stand_there_from_the_beginning() -> None:
    evening = Evening("Microfluidics", "Living abroad")

    assert [(each.id, each.topic, each.by) for each in evening.tables.tables.values()] == [
        ("t1", "Microfluidics", None),
        ("t2", "Living abroad", None),
    ]


def test_a_topic_that_is_struck_out_closes_softly_and_a_new_one_opens() -> None:
    evening = Evening("Microfluidics")
    evening.do(ELIF, SitAtTable("t1"))

    evening.do(HOUSE, Admit(PEOPLE, Meetings(topics=("Optics",))))

    assert evening.tables.tables["t1"].closes_at == NOON + 20
    assert evening.tables.tables["t2"].topic == "Optics"
    evening.wait(20)
    assert evening.tables.tables.keys() == {"t2"}


def test_six_sit_down_and_a_seventh_is_told() -> None:
    evening = with_table(JONAS, *OTHERS[:4])

    assert sorted(evening.tables.tables["t1"].seats.values()) == [1, 2, 3, 4, 5, 6]
    assert evening.refusal(RUTH, SitAtTable("t1")).startswith("All six seats")


def test_a_seat_given_back_is_the_next_ones() -> None:
    evening = with_table(JONAS, RUTH)

    evening.do(JONAS, GetUp("t1"))
    evening.do(MIA, SitAtTable("t1"))

    assert evening.tables.tables["t1"].seats == {"elif": 1, "ruth": 3, "mia": 2}


def test_one_sits_at_one_table_only() -> None:
    evening = with_table(JONAS)
    evening.do(RUTH, OpenTable("Theses"))

    evening.do(JONAS, SitAtTable("t2"))

    assert (evening.at("t1"), evening.at("t2")) == ({"elif"}, {"ruth", "jonas"})


def test_one_opens_one_table_and_the_desk_as_many_as_it_likes() -> None:
    evening = with_table(JONAS)
    evening.do(MIA, OpenTable("First"))
    evening.do(RUTH, SitAtTable("t2"))
    evening.do(MIA, OpenTable("Second"))

    assert [each.topic for each in evening.tables.tables.values()] == [
        *("Sensors in wine", "First", "Second"),
    ]
    assert evening.refusal(ELIF, OpenTable("Another")) == (
        "You have opened a table already. Please close that one first."
    )


def test_who_opens_another_table_closes_the_one_where_nobody_else_sits() -> None:
    evening = with_table()

    evening.do(ELIF, OpenTable("Another"))

    assert [each.topic for each in evening.tables.tables.values()] == ["Another"]


def test_a_table_that_all_have_left_is_cleared_away_and_one_of_the_organisers_stays() -> None:
    evening = Evening("Optics")
    evening.do(ELIF, OpenTable("Sensors"), SitAtTable("t1"), GetUp("t1"))

    evening.wait(59)
    assert evening.tables.tables.keys() == {"t1", "t2"}
    evening.wait(1)
    assert evening.tables.tables.keys() == {"t1"}


# Private tables


def test_at_a_private_table_one_knocks_and_is_let_in() -> None:
    evening = with_table(private=True)

    assert evening.refusal(JONAS, SitAtTable("t1")) == "This table is private. Please knock."
    evening.do(JONAS, Knock("t1"))
    assert evening.tables.knocks == {"t1": {"jonas": NOON}}
    evening.do(ELIF, AnswerKnock("t1", "jonas", let_in=True))
    evening.do(JONAS, SitAtTable("t1"))

    assert evening.at("t1") == {"elif", "jonas"}
    assert evening.tables.knocks == {}


def test_who_is_turned_away_may_knock_again_after_a_while() -> None:
    evening = with_table(private=True)
    evening.do(JONAS, Knock("t1"))
    evening.do(ELIF, AnswerKnock("t1", "jonas", let_in=False))

    assert "after 5 minutes" in evening.refusal(JONAS, Knock("t1"))
    for _ in range(5):
        evening.do(ELIF, StayAtTable("t1"))
        evening.wait(60)
    evening.do(JONAS, Knock("t1"))

    assert evening.tables.knocks["t1"].keys() == {"jonas"}


def test_a_knock_that_nobody_hears_fades() -> None:
    evening = with_table(private=True)
    evening.do(JONAS, Knock("t1"))
    evening.do(ELIF, StayAtTable("t1"))
    evening.wait(60)
    evening.do(ELIF, StayAtTable("t1"))

    happened = evening.wait(60)

    assert happened == (Knocked("t1", "jonas", False, ("elif", "jonas"), NOON + 120),)
    assert evening.tables.knocks == {}


def test_only_those_who_sit_there_hear_a_knock_and_they_alone_answer() -> None:
    evening = with_table(RUTH, private=True)
    (knock,) = evening.do(JONAS, Knock("t1"))

    heard = [person.id for person in PEOPLE.values() if rights.hears(knock, person)]

    assert heard == ["elif", "jonas", "ruth"]
    sentence = evening.refusal(MIA, AnswerKnock("t1", "jonas", let_in=True))
    assert sentence == "You do not sit at this table. Please sit down first."


def test_a_table_of_the_organisers_stays_open_to_all() -> None:
    evening = Evening("Optics")
    evening.do(ELIF, SitAtTable("t1"))

    assert evening.refusal(ELIF, LockTable("t1")).startswith("This table is open to everybody.")


def test_a_private_table_that_all_have_left_is_open() -> None:
    evening = with_table(private=True)
    evening.do(ELIF, GetUp("t1"))

    evening.do(JONAS, SitAtTable("t1"))

    assert evening.at("t1") == {"jonas"}


def test_one_who_sits_down_learns_what_the_others_know() -> None:
    evening = with_table(RUTH)
    evening.do(ELIF, ShareScreen("table-t1"), LockTable("t1"))
    evening.do(OTHERS[0], Knock("t1"))
    evening.do(JONAS, Knock("t1"))
    evening.do(ELIF, AnswerKnock("t1", "jonas", let_in=True))

    _, *briefing = evening.do(JONAS, SitAtTable("t1"))

    assert briefing == [
        Knocked("t1", "p1", True, ("jonas",), NOON),
        ScreenShared("table-t1", "elif", ("jonas",)),
    ]


# Those who keep each other away


def test_who_keeps_somebody_away_is_told_and_the_other_learns_nothing() -> None:
    evening = with_table()
    evening.do(ELIF, safety.Block("jonas"))

    assert evening.refusal(JONAS, SitAtTable("t1")) == (
        "You cannot sit down at this table just now. Please choose another one."
    )
    evening.do(JONAS, OpenTable("Another"))
    assert evening.refusal(ELIF, SitAtTable("t2")).startswith("Somebody sits there whom you")


def test_a_block_at_the_table_parts_the_two_at_once() -> None:
    evening = with_table(JONAS, RUTH)

    evening.do(ELIF, safety.Block("jonas"))

    assert evening.log[-1] == GotUp("t1", "elif", NOON)
    assert evening.at("t1") == {"jonas", "ruth"}


def test_nobody_whom_one_keeps_away_may_knock() -> None:
    evening = with_table(private=True)
    evening.do(ELIF, safety.Block("jonas"))

    assert evening.refusal(JONAS, Knock("t1")).startswith("You cannot sit down at this table")


# What happens by itself


def test_a_page_that_says_nothing_more_gives_its_seat_back() -> None:
    evening = with_table(JONAS)
    evening.wait(60)
    evening.do(JONAS, StayAtTable("t1"))

    assert evening.wait(30) == (GotUp("t1", "elif", NOON + 90),)
    assert evening.at("t1") == {"jonas"}


def test_a_page_that_loads_anew_finds_its_seat() -> None:
    evening = with_table()
    evening.do(ELIF, StayAtTable("t1", leaving=True))

    evening.wait(9)
    evening.do(ELIF, StayAtTable("t1"))
    evening.wait(60)

    assert evening.at("t1") == {"elif"}


def test_a_page_that_is_left_gives_its_seat_back_soon() -> None:
    evening = with_table()

    evening.do(ELIF, StayAtTable("t1", leaving=True))

    assert evening.wait(10) == (GotUp("t1", "elif", NOON + 10),)


def test_after_a_restart_everybody_has_time_to_come_back() -> None:
    evening = with_table(JONAS)
    evening.wait(80)
    evening.room = replayed(evening.log)

    evening.wait(89)
    assert evening.at("t1") == {"elif", "jonas"}


def test_the_agenda_calls_a_minute_before_and_nobody_is_thrown_out() -> None:
    evening = with_table(JONAS)
    evening.do(HOUSE, Cue((), {"elif": ((NOON + 100, NOON + 400),)}))

    called = evening.wait(40)
    for _ in range(3):
        evening.do(ELIF, StayAtTable("t1"))
        evening.do(JONAS, StayAtTable("t1"))
        evening.wait(50)

    assert called == (CalledAway("t1", "elif", True, NOON + 100, ("elif", "jonas")),)
    assert evening.at("t1") == {"elif", "jonas"}


def test_a_call_that_moves_is_said_again_and_one_that_is_off_is_taken_back() -> None:
    evening = with_table()
    evening.do(HOUSE, Cue((), {"elif": ((NOON + 50, NOON + 400),)}))
    assert evening.tables.called == {"elif": NOON + 50}

    evening.do(HOUSE, Cue((), {"elif": ((NOON + 55, NOON + 400),)}))
    assert evening.tables.called == {"elif": NOON + 55}
    evening.do(HOUSE, Cue((), {"elif": ((NOON + 500, NOON + 900),)}))
    assert evening.tables.called == {}


def test_a_table_closes_after_a_farewell() -> None:
    evening = with_table(JONAS)

    assert evening.do(ELIF, CloseTable("t1")) == (TableClosing("t1", NOON + 20),)
    assert evening.refusal(RUTH, SitAtTable("t1")).startswith("This table is about to close.")
    assert evening.wait(20) == (TableClosed("t1"),)
    assert evening.tables.tables == {}


def test_only_who_opened_a_table_and_the_desk_close_it() -> None:
    evening = with_table(JONAS)

    assert evening.refusal(JONAS, CloseTable("t1")).startswith("Only who opened this table")
    assert evening.do(MIA, CloseTable("t1")) == (TableClosing("t1", NOON + 20),)


def test_the_organiser_closes_the_lounge_softly_and_opens_it_again() -> None:
    evening = Evening("Optics", "Law")
    evening.do(ELIF, SitAtTable("t1"))

    evening.do(MIA, OpenTables(on=False))
    assert evening.at("t1") == {"elif"}
    evening.wait(20)
    assert evening.tables.tables == {}
    assert evening.refusal(ELIF, OpenTable("Mine")).startswith("The tables are closed just now.")

    evening.do(MIA, OpenTables(on=True))
    assert [each.topic for each in evening.tables.tables.values()] == ["Optics", "Law"]


# At the table


def test_what_is_said_at_a_table_is_heard_there_and_never_stored() -> None:
    evening = with_table(JONAS)

    (said,) = evening.do(ELIF, SayAtTable("t1", " Hello "))

    assert said == TableSaid("t1", "elif", "Hello", NOON, ("elif", "jonas"))
    assert not said.stored
    assert [each.id for each in PEOPLE.values() if rights.hears(said, each)] == ["elif", "jonas"]
    assert evening.refusal(MIA, SayAtTable("t1", "I listen")).startswith("You do not sit")


def test_one_screen_at_a_time_and_it_goes_with_its_owner() -> None:
    evening = with_table(JONAS)
    evening.do(ELIF, ShareScreen("table-t1"))

    assert evening.refusal(JONAS, ShareScreen("table-t1")).startswith("Somebody shows their")
    assert evening.refusal(RUTH, ShareScreen("table-t1")).startswith("You do not sit here.")
    evening.do(ELIF, GetUp("t1"))

    assert evening.tables.screens == {}


def test_a_circle_is_those_who_sit_there() -> None:
    evening = with_table(JONAS)
    evening.do(JONAS, ShareScreen("table-t1"))

    assert circles.find(evening.room, "table-t1") == circles.Circle(
        "table-t1", {"elif": 1, "jonas": 2}, "jonas"
    )
    assert circles.people(evening.room, "table-t9") == ()


def test_readers_see_who_sits_where_and_only_their_own_knocks() -> None:
    evening = with_table(RUTH, private=True)
    evening.do(JONAS, Knock("t1"))
    evening.do(ELIF, ShareScreen("table-t1"))

    inside, outside, knocking = (
        tables.show(evening.room, reader, evening.now) for reader in (RUTH, MIA, JONAS)
    )

    assert inside.tables == outside.tables
    assert inside.knocks == knocking.knocks == {"t1": {"jonas": NOON}}
    assert inside.screens == {"table-t1": "elif"}
    assert (outside.knocks, outside.screens, knocking.screens) == ({}, {}, {})


# Whatever people do


def replayed(log: Iterable[Event]) -> Lounge:
    """The lounge after all that was stored went to disk and came back."""
    room = lounge.opening()
    for event in log:
        if event.stored:
            body = msgspec.json.encode(event)
            room = lounge.apply(room, msgspec.json.decode(body, type=type(event)))
    return room


FEW = (MIA, ELIF, JONAS, RUTH)
people = st.sampled_from(FEW)
ids = st.sampled_from(["t1", "t2", "t3"])
deeds = st.one_of(
    st.builds(OpenTable, st.just("Topic")),
    st.builds(SitAtTable, ids),
    st.builds(GetUp, ids),
    st.builds(LockTable, ids, st.booleans()),
    st.builds(Knock, ids, st.booleans()),
    st.builds(AnswerKnock, ids, st.sampled_from([each.id for each in FEW]), st.booleans()),
    st.builds(ShareScreen, ids.map("table-{}".format), st.booleans()),
    st.builds(StayAtTable, ids, st.booleans()),
    st.builds(CloseTable, ids),
    st.builds(OpenTables, st.booleans()),
    st.builds(safety.Block, st.sampled_from(["elif", "jonas", "ruth"]), st.booleans()),
)
waits = st.sampled_from([0.0, 5.0, 20.0, 70.0])


@given(st.lists(st.tuples(people, deeds, waits), max_size=30))
def test_whatever_people_do_the_seats_are_in_order(
    acts: list[tuple[Person, Command, float]],
) -> None:
    evening = Evening("Optics")
    for person, command, seconds in acts:
        with suppress(Refused):
            evening.do(person, command)
        evening.wait(seconds)
        sitting = [each for table in evening.tables.tables.values() for each in table.seats]
        assert len(sitting) == len(set(sitting))
        for table in evening.tables.tables.values():
            assert len(set(table.seats.values())) == len(table.seats) <= 6
            assert not any(
                safety.blocked(evening.room, one, other)
                for one in table.seats
                for other in table.seats
            )
        assert evening.tables.kept.keys() == set(sitting) == evening.tables.heard.keys()

    unstored = replace(evening.tables, kept={})
    assert replace(replayed(evening.log).tables, kept={}) == unstored


def test_a_table_is_told_to_everybody() -> None:
    opened = TableOpened(Table("t1", "Optics", None))

    assert all(rights.hears(opened, person) for person in PEOPLE.values())
