"""The exhibition: threads, what hangs at a work, words said to it, and the favourite."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from rooms import fair, gallery, rights
from rooms.ballot import Close, Open, Vote
from rooms.fair import Admit, Fair
from rooms.gallery import (
    Answer,
    Ask,
    Caption,
    Counted,
    Describe,
    Hang,
    Hanging,
    Hide,
    React,
    Stirred,
    TakeDown,
    TakenDown,
    Withdraw,
)
from rooms.people import HOUSE, Person
from schedule.items import Exhibit
from schedule.machine import Command, Event, Refused
from tests.rooms.talks import ALL, ELIF, JONAS, MIA, NELE, NOON, RUTH

WORKS = (
    Exhibit("bach", "Ein Bach im Glas", authors=("elif",), about="Wasser."),
    Exhibit("lot", "Das Lot", names=("Jemand von außen",)),
)
POSTER = Hanging("ab" * 8, "poster", "bach.pdf", ((1600, 2262),))
PICTURE = Hanging("cd" * 8, "picture", "bach.jpg", ((1200, 900),))


class Hall:
    """An exhibition of two works; the first is Elif's, the author of the second is not here."""

    def __init__(self) -> None:
        self.room = fair.opening()
        self.happened: list[Event] = []
        self.do(Admit(ALL, (), WORKS, (NOON, NOON + 3600)))

    def do(self, command: Command, by: Person = HOUSE) -> tuple[Event, ...]:
        rights.may(self.room, command, by)
        events = fair.decide(self.room, command, by, NOON)
        for event in events:
            self.room = fair.apply(self.room, event)
        self.happened += events
        return events

    def thread(self, reader: Person, *apart: str) -> list[tuple[str, list[str]]]:
        found = gallery.thread(self.room, "bach", reader, apart)
        return [(each.text, [reply.text for reply in each.replies]) for each in found]


def test_anybody_asks_and_who_made_it_answers() -> None:
    hall = Hall()
    hall.do(Ask("bach", " Wie viel Wasser? "), RUTH)
    hall.do(Answer("w1", "Zwei Liter."), ELIF)
    assert hall.thread(NELE) == [("Wie viel Wasser?", ["Zwei Liter."])]
    for other in (RUTH, MIA):
        with pytest.raises(Refused, match="Only those who made this work can answer"):
            hall.do(Answer("w1", "Drei."), other)


def test_for_authors_who_are_not_here_the_desk_answers() -> None:
    hall = Hall()
    hall.do(Ask("lot", "Wie schwer?"), RUTH)
    hall.do(Answer("w1", "Ein Kilo."), MIA)
    assert gallery.thread(hall.room, "lot", NELE, ())[0].replies[0].by == "mia"


def test_what_is_asked_is_told_to_nobody_but_fetched() -> None:
    hall = Hall()
    asked, stirred = hall.do(Ask("bach", "Wie viel Wasser?"), RUTH)
    assert not any(rights.hears(asked, each) for each in (RUTH, ELIF, MIA))
    assert stirred == Stirred("bach", 1)
    assert rights.hears(stirred, NELE)
    assert gallery.show(hall.room, NELE, NOON).revisions == {"bach": 1}


def test_people_who_keep_apart_do_not_read_each_other() -> None:
    hall = Hall()
    hall.do(Ask("bach", "Wie viel Wasser?"), RUTH)
    hall.do(Ask("bach", "Lebt darin etwas?"), NELE)
    hall.do(Answer("w2", "Flohkrebse."), ELIF)
    assert hall.thread(NELE, "ruth") == [("Lebt darin etwas?", ["Flohkrebse."])]
    assert hall.thread(NELE, "elif") == [("Wie viel Wasser?", []), ("Lebt darin etwas?", [])]


def test_the_desk_hides_a_question_and_shows_it_again() -> None:
    hall = Hall()
    hall.do(Ask("bach", "Kaufen Sie jetzt!"), RUTH)
    hall.do(Hide("w1"), MIA)
    assert hall.do(Hide("w1"), MIA) == ()
    assert hall.thread(NELE) == []
    assert len(hall.thread(RUTH)) == len(hall.thread(MIA)) == 1
    hall.do(Hide("w1", on=False), MIA)
    assert len(hall.thread(NELE)) == 1


def test_a_question_is_taken_back_by_who_asked_it() -> None:
    hall = Hall()
    hall.do(Ask("bach", "Wie viel Wasser?"), RUTH)
    with pytest.raises(Refused, match="Only the person who asked"):
        hall.do(Withdraw("w1"), NELE)
    hall.do(Withdraw("w1"), RUTH)
    assert hall.thread(RUTH) == []
    assert hall.do(Withdraw("w1"), RUTH) == ()
    with pytest.raises(Refused, match="was taken back"):
        hall.do(Answer("w1", "Zwei Liter."), ELIF)


def test_three_questions_may_wait_at_a_work() -> None:
    hall = Hall()
    for n in range(3):
        hall.do(Ask("bach", f"Frage {n}"), RUTH)
    with pytest.raises(Refused, match="3 of your questions here wait"):
        hall.do(Ask("bach", "Noch eine"), RUTH)
    hall.do(Answer("w1", "Ja."), ELIF)
    hall.do(Ask("bach", "Noch eine"), RUTH)


def test_the_abstract_is_written_by_who_made_it_and_by_the_desk() -> None:
    hall = Hall()
    hall.do(Describe("bach", "Ein Bach, der bergauf fließt."), ELIF)
    assert gallery.work(hall.room, "bach").abstract == "Ein Bach, der bergauf fließt."
    hall.do(Describe("bach", "Wasser."), MIA)
    assert hall.do(Describe("bach", "Wasser."), ELIF) == ()
    with pytest.raises(Refused, match="Only those who made this work can change it"):
        hall.do(Describe("bach", "Meins."), JONAS)


def test_a_new_poster_takes_the_place_of_the_old_one_and_pictures_gather() -> None:
    hall = Hall()
    hall.do(Hang("bach", POSTER))
    another = Hanging("ef" * 8, "poster", "neu.pdf", ((1600, 2262),))
    down, _, stirred = hall.do(Hang("bach", another))
    assert (down, stirred) == (TakenDown("bach", POSTER.id), Stirred("bach", 3))
    hall.do(Hang("bach", PICTURE))
    hall.do(Caption("bach", PICTURE.id, "Der Bach  von oben"), ELIF)
    assert gallery.hanging(hall.room, "bach", "poster") == (another,)
    (picture,) = gallery.hanging(hall.room, "bach", "picture")
    assert picture.caption == "Der Bach von oben"
    assert gallery.hangings(hall.room) == {another.id, PICTURE.id}
    assert gallery.show(hall.room, NELE, NOON).revisions == {"bach": 5}
    hall.do(TakeDown("bach", PICTURE.id))
    assert hall.do(TakeDown("bach", PICTURE.id)) == ()


def test_six_pictures_are_a_wall_full() -> None:
    hall = Hall()
    for n in range(6):
        hall.do(Hang("bach", Hanging(f"{n}" * 8, "picture")))
    with pytest.raises(Refused, match="6 pictures already"):
        hall.do(Hang("bach", PICTURE))


def test_each_says_a_word_once_and_all_see_how_many_did() -> None:
    hall = Hall()
    hall.do(React("bach", "bravo"), ELIF)
    reacted, counted = hall.do(React("bach", "bravo"), NELE)
    assert hall.do(React("bach", "bravo"), NELE) == ()
    assert counted == Counted("bach", "bravo", 2)
    assert rights.hears(counted, RUTH)
    assert rights.hears(reacted, NELE)
    assert not rights.hears(reacted, RUTH)
    shown = gallery.show(hall.room, NELE, NOON)
    assert (shown.words, shown.mine) == ({"bach": {"bravo": 2}}, {"bach": ("bravo",)})
    hall.do(React("bach", "bravo", on=False), NELE)
    assert gallery.show(hall.room, NELE, NOON).words == {"bach": {"bravo": 1}}


def test_a_favourite_is_one_of_the_works() -> None:
    hall = Hall()
    hall.do(Open("favourite"), MIA)
    hall.do(Vote("favourite", "bach"), RUTH)
    with pytest.raises(Refused, match="cannot be voted for"):
        hall.do(Vote("favourite", "elsewhere"), RUTH)
    with pytest.raises(Refused, match="no such vote"):
        hall.do(Vote("best-dressed", "bach"), RUTH)
    assert gallery.show(hall.room, MIA, NOON).favourite.votes == 0
    hall.do(Close("favourite"), MIA)
    (first,) = gallery.show(hall.room, NELE, NOON).favourite.places
    assert (first.rank, first.choices, first.votes) == (1, ("bach",), 1)


@pytest.mark.parametrize(
    "command",
    [Ask("gone", "Wo?"), React("gone", "aha"), Hang("gone", POSTER), Describe("gone", "Da.")],
)
def test_of_a_work_that_is_gone_nothing_is_said(command: Command) -> None:
    by = HOUSE if isinstance(command, Hang) else MIA
    with pytest.raises(Refused, match="not in the exhibition any more"):
        Hall().do(command, by)


def test_the_log_makes_the_same_exhibition() -> None:
    hall = Hall()
    deeds: list[tuple[Command, Person]] = [
        (Ask("bach", "Wie viel Wasser?"), RUTH),
        (Answer("w1", "Zwei Liter."), ELIF),
        (Hide("w1"), MIA),
        (Hang("bach", POSTER), HOUSE),
        (React("lot", "thanks"), NELE),
        (Open("favourite"), MIA),
        (Vote("favourite", "lot"), NELE),
    ]
    for command, by in deeds:
        hall.do(command, by)
    again: Fair = fair.opening()
    for event in hall.happened:
        if event.stored:
            kind: Any = type(event)
            again = fair.apply(again, msgspec.json.decode(msgspec.json.encode(event), type=kind))
    assert again == hall.room
