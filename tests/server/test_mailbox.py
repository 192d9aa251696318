"""Letters and notes in their tables: sealed, each under its key, and kept no longer than links."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rooms import fair
from rooms.fair import Admit, Fair
from rooms.letters import Answer, Close, Post
from rooms.people import HOUSE, Person
from rooms.post import Bring
from rooms.visits import Share, TakeBack
from schedule.machine import Command
from server.accounts import FEWEST, LASTS
from server.cards import Note
from server.mailbox import Mailbox, Words
from server.postman import Postman
from server.remarks import Remarks
from server.sealed import Sealer
from server.store import Store, opened
from tests.rooms.test_letters import BOOTHS, DAY, ELIF, PEOPLE, T
from tests.server.test_cards import holding

CANARY = "canary-4711"


def mailbox(store: Store, folder: Path) -> tuple[Mailbox, Remarks]:
    return Mailbox(store, Sealer(folder)), Remarks(store, Sealer(folder))


async def test_a_letter_is_read_with_the_answers_of_each(tmp_path: Path) -> None:
    async with opened(tmp_path / "foyer.db") as store:
        box, _ = mailbox(store, tmp_path)
        await box.keep("l1", "kernbach", CANARY, T)
        await box.keep_answer("l1", "ruth", "Gern")
        await box.keep_answer("l1", "kai", "Nein")
        found = await box.read(["l1", "l2"])
    assert found == {"l1": Words(CANARY, {"ruth": "Gern", "kai": "Nein"})}


async def test_what_is_erased_cannot_be_read_from_any_file(tmp_path: Path) -> None:
    async with opened(tmp_path / "foyer.db") as store:
        box, remarks = mailbox(store, tmp_path)
        await box.keep("l1", "kernbach", CANARY, T)
        await remarks.keep("kernbach", "elif", Note(CANARY, 5), T)
        assert holding(tmp_path, CANARY) == []
        await box.erase("l1")
        await remarks.erase("kernbach", "elif")
        assert await box.read(["l1"]) == {}
        assert await remarks.all("kernbach") == {}
    assert Sealer(tmp_path).names() == ()


async def test_notes_are_those_of_one_booth(tmp_path: Path) -> None:
    async with opened(tmp_path / "foyer.db") as store:
        _, remarks = mailbox(store, tmp_path)
        await remarks.keep("kernbach", "elif", Note("Optik", 4), T)
        assert await remarks.one("kernbach", "elif") == Note("Optik", 4)
        assert await remarks.one("auwald", "elif") == Note()
        await remarks.keep("kernbach", "elif", Note(), T)
        assert await remarks.all("kernbach") == {}


async def test_all_of_it_ends_with_the_links_of_the_gathering(tmp_path: Path) -> None:
    async with opened(tmp_path / "foyer.db") as store:
        box, remarks = mailbox(store, tmp_path)
        await box.keep("l1", "kernbach", CANARY, T)
        await remarks.keep("kernbach", "elif", Note(CANARY), T)
        ends_at = T + FEWEST
        for each in (box, remarks):
            await each.sweep(ends_at + LASTS - 1, ends_at)
        assert len(Sealer(tmp_path).names()) == 2
        for each in (box, remarks):
            await each.sweep(ends_at + LASTS, ends_at)
    assert Sealer(tmp_path).names() == ()


class Rooms:
    """A fair by hand; what is brought to the lounge is kept."""

    def __init__(self) -> None:
        self.room: Fair = fair.opening()
        self.brought: list[Bring] = []
        self.postman = Postman(self)
        self.say(Admit({each.id: each for each in PEOPLE}, BOOTHS, (), (T - DAY, T + DAY)))

    async def do(self, room: str, op: str, command: Any, by: Person) -> int:
        self.brought.append(command)
        return 0

    def say(self, command: Command, by: Person = HOUSE, now: float = T) -> None:
        for event in fair.decide(self.room, command, by, now):
            self.room = fair.apply(self.room, event)
        self.postman.changed(fair.ROOM, self.room)

    def tick(self, now: float) -> None:
        for event in fair.tick(self.room, now):
            self.room = fair.apply(self.room, event)
        self.postman.changed(fair.ROOM, self.room)

    def news(self) -> list[Bring]:
        """What waits to be brought."""
        queue = self.postman.waiting
        return [queue.get_nowait() for _ in range(queue.qsize())]


def test_a_letter_is_told_to_the_company_and_its_answer_to_who_wrote() -> None:
    rooms = Rooms()
    rooms.say(Post("l1", "kernbach", "elif"))
    assert rooms.news() == [Bring(("ruth", "kai"), "kernbach", "letter")]
    rooms.say(Answer("l1", "ruth"), now=T + 60)
    assert rooms.news() == [Bring(("elif",), "kernbach", "answered")]
    rooms.say(Close("l1"), PEOPLE[0], T + 90)
    assert rooms.news() == []


def test_what_waits_a_day_is_told_to_the_company_again() -> None:
    rooms = Rooms()
    rooms.say(Post("l1", "kernbach", "elif"))
    rooms.news()
    rooms.tick(T + DAY)
    assert rooms.news() == [Bring(("ruth", "kai"), "kernbach", "late")]
    rooms.say(Close("l1"), PEOPLE[0], T + DAY + 9)
    assert rooms.news() == [Bring(("elif",), "kernbach", "closed")]


def test_a_card_is_told_when_it_is_left_and_not_when_it_goes() -> None:
    rooms = Rooms()
    rooms.say(Share("kernbach", T + DAY), ELIF)
    assert rooms.news() == [Bring(("ruth", "kai"), "kernbach", "card")]
    rooms.say(TakeBack("kernbach"), ELIF, T + 9)
    assert rooms.news() == []


def test_a_house_that_opens_again_tells_nothing_anew() -> None:
    rooms = Rooms()
    rooms.say(Post("l1", "kernbach", "elif"))
    again = Postman(rooms)
    again.changed(fair.ROOM, rooms.room)
    assert again.waiting.empty()
