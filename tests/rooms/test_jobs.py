"""Offers are pinned for one's own booth, found by all, bookmarked alone, and gone in time."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from rooms import fair, jobs, rights
from rooms.fair import Admit, Fair
from rooms.jobs import (
    BookmarkJob,
    EditJob,
    Job,
    JobBookmarked,
    JobEdited,
    JobGone,
    JobPinned,
    Offer,
    PinJob,
    TakeJobDown,
)
from rooms.people import HOUSE, Person
from schedule.items import Booth, Package
from schedule.machine import Command, Event, Refused
from tests.rooms.talks import ELIF, JONAS, MIA, NOON, RUTH, TIM

DAY = 86_400.0
GOLD = Package("gold", "Gold", jobs=2)
BOOTHS = (Booth("kernbach", "Kernbach", 1, GOLD), Booth("auwald", "Auwald", 2, GOLD))
THESIS = Offer(
    title="Abschlussarbeit: Blasenfreies Dosieren",
    kind="thesis",
    valid_until=NOON + 30 * DAY,
    place="Sankt Auwald",
    topics=("Mikrofluidik", "Messtechnik"),
    text="Sie bauen einen Versuchsstand.",
)


class Board:
    """A fair with two booths, and the clock on its wall."""

    def __init__(self) -> None:
        self.now = NOON
        self.room = fair.opening()
        self.happened: list[Event] = []
        people = {each.id: each for each in (ELIF, JONAS, MIA, RUTH, TIM)}
        self.do(Admit(people, BOOTHS, (), (NOON - 3600, NOON + 3600)), HOUSE)
        self.happened.clear()

    def do(self, command: Command, by: Person) -> tuple[Event, ...]:
        rights.may(self.room, command, by)
        return self._take(fair.decide(self.room, command, by, self.now))

    def until(self, moment: float) -> tuple[Event, ...]:
        self.now = moment
        return self._take(fair.tick(self.room, moment))

    def pin(self, by: Person = RUTH, booth: str = "kernbach", offer: Offer = THESIS) -> Job:
        (event,) = self.do(PinJob(booth, offer), by)
        assert isinstance(event, JobPinned)
        return event.job

    def _take(self, events: tuple[Event, ...]) -> tuple[Event, ...]:
        for event in events:
            self.room = fair.apply(self.room, event)
        self.happened += events
        return events


def test_a_representative_pins_an_offer_for_everybody() -> None:
    board = Board()
    job = board.pin()

    assert (job.id, job.booth, job.by, job.at) == ("j1", "kernbach", "ruth", NOON)
    assert job.title == "Abschlussarbeit: Blasenfreies Dosieren"
    assert jobs.find(board.room, "j1") == job
    shown = jobs.show(board.room, ELIF, NOON)
    assert shown.jobs == {"j1": replace(job, text="")}  # the text has a page of its own
    assert rights.hears(JobPinned(job), ELIF)


def test_what_is_pinned_is_tidy() -> None:
    board = Board()
    untidy = replace(
        THESIS,
        title="  Werkstudium \n Qualität ",
        topics=(" Optik", "optik", "Prüf  technik", "  "),
        text="Zeile\r\nZeile \n",
        link=" https://kernbach.example ",
    )

    job = board.pin(offer=untidy)

    assert job.title == "Werkstudium Qualität"
    assert job.topics == ("Optik", "Prüf technik")
    assert job.text == "Zeile\nZeile"
    assert job.link == "https://kernbach.example"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": "   "}, "needs a title"),
        ({"link": "javascript:alert(1)"}, "begins with https"),
        ({"valid_until": NOON}, "day is over"),
        ({"valid_until": NOON + 367 * DAY}, "a year at most"),
    ],
)
def test_an_offer_that_cannot_hang_is_refused(wrong: dict[str, object], sentence: str) -> None:
    board = Board()
    with pytest.raises(Refused, match=sentence):
        board.pin(offer=replace(THESIS, **wrong))
    assert board.room.jobs.jobs == {}


@pytest.mark.parametrize("person", [TIM, ELIF, MIA], ids=lambda each: each.role)
def test_nobody_else_pins_or_edits_for_a_booth(person: Person) -> None:
    board = Board()
    board.pin()
    for command in (PinJob("kernbach", THESIS), EditJob("j1", THESIS)):
        with pytest.raises(Refused, match="Only those who stand at this booth"):
            board.do(command, person)


def test_the_desk_may_take_down_what_does_not_belong_there() -> None:
    board = Board()
    board.pin()
    for person in (TIM, ELIF):
        with pytest.raises(Refused, match="Only those who stand at this booth"):
            board.do(TakeJobDown("j1"), person)

    assert board.do(TakeJobDown("j1"), MIA) == (JobGone("j1", NOON),)
    assert jobs.find(board.room, "j1") is None
    assert jobs.once_hung(board.room, "j1")
    assert not jobs.once_hung(board.room, "j2")


def test_a_package_has_room_for_so_many() -> None:
    board = Board()
    board.pin()
    board.pin()
    with pytest.raises(Refused, match="room for 2 offers"):
        board.pin()
    board.do(TakeJobDown("j1"), RUTH)

    assert board.pin().id == "j3"  # no number is given twice
    assert [job.id for job in jobs.of_booth(board.room, "kernbach")] == ["j3", "j2"]


def test_an_edited_offer_keeps_its_place_and_its_day() -> None:
    board = Board()
    job = board.pin()
    board.now = NOON + 60
    (edited,) = board.do(EditJob("j1", replace(THESIS, place="Auwald")), RUTH)

    assert edited == JobEdited(replace(job, place="Auwald", edited_at=NOON + 60))
    assert board.do(EditJob("j1", replace(THESIS, place="Auwald")), RUTH) == ()


def test_what_is_out_of_date_comes_off_by_itself() -> None:
    board = Board()
    board.pin(offer=replace(THESIS, valid_until=NOON + DAY))
    board.pin(offer=replace(THESIS, valid_until=NOON + 2 * DAY))
    board.do(BookmarkJob("j1"), ELIF)

    assert jobs.due(board.room) == NOON + DAY
    assert board.until(NOON + DAY - 1) == ()
    assert board.until(NOON + DAY) == (JobGone("j1", NOON + DAY),)
    assert jobs.show(board.room, ELIF, board.now).bookmarks == ()
    assert jobs.due(board.room) == NOON + 2 * DAY


def test_a_bookmark_is_ones_own() -> None:
    board = Board()
    board.pin()

    assert board.do(BookmarkJob("j1"), ELIF) == (JobBookmarked("elif", "j1", on=True),)
    assert board.do(BookmarkJob("j1"), ELIF) == ()
    assert jobs.show(board.room, ELIF, NOON).bookmarks == ("j1",)
    assert jobs.show(board.room, JONAS, NOON).bookmarks == ()
    for person in (JONAS, RUTH, MIA):
        assert not rights.hears(JobBookmarked("elif", "j1", on=True), person)
    board.do(BookmarkJob("j1", on=False), ELIF)
    assert jobs.show(board.room, ELIF, NOON).bookmarks == ()
    with pytest.raises(Refused, match="no longer on the board"):
        board.do(BookmarkJob("j9"), ELIF)


def test_with_its_booth_an_offer_is_gone() -> None:
    board = Board()
    board.pin()
    board.do(Admit(board.room.people, BOOTHS[1:], (), board.room.hours), HOUSE)

    assert jobs.find(board.room, "j1") is None
    assert jobs.show(board.room, ELIF, NOON).jobs == {}


DEEDS = st.sampled_from(["pin", "take", "mark", "unmark", "wait"])


@given(st.lists(st.tuples(DEEDS, st.integers(1, 6)), max_size=30))
def test_the_log_makes_the_same_board_again(deeds: list[tuple[str, int]]) -> None:
    board, start = Board(), Board().room
    for deed, number in deeds:
        command: Command = {
            "pin": PinJob("kernbach", replace(THESIS, valid_until=board.now + number * DAY)),
            "take": TakeJobDown(f"j{number}"),
            "mark": BookmarkJob(f"j{number}"),
            "unmark": BookmarkJob(f"j{number}", on=False),
            "wait": BookmarkJob("j0", on=False),
        }[deed]
        with contextlib.suppress(Refused):
            board.do(command, RUTH)
        if deed == "wait":
            board.until(board.now + DAY)
        check(board.room, board.now)
    for event in board.happened:
        start = fair.apply(start, event)

    assert start == board.room


def check(room: Fair, now: float) -> None:
    """Never more than was bought, nothing out of date, no mark on what does not hang."""
    assert len(jobs.of_booth(room, "kernbach")) <= 2
    assert all(job.valid_until > now for job in room.jobs.jobs.values())
    assert all(marks <= room.jobs.jobs.keys() for marks in room.jobs.bookmarks.values())
