"""Cards and notes on a real store: sealed, erased for good, kept no longer than links."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from schedule.machine import Refused
from server import cards, store
from server.cards import Card, Cards, Note
from server.sealed import Sealer

NOW = 1_600_000_000.0
END = NOW + 10_000.0
WEEK = 7 * 86_400.0
CANARY = "canary-elif@breisenau.example"


@pytest.fixture
async def box(tmp_path: Path) -> AsyncIterator[Cards]:
    async with store.opened(tmp_path / "foyer.db") as opened:
        yield Cards(opened, Sealer(tmp_path))


def holding(folder: Path, words: str) -> list[str]:
    """The files in which these words can be read."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if words.encode() in path.read_bytes()]


async def test_a_card_is_kept_and_replaced(box: Cards) -> None:
    assert await box.card("elif") == Card()
    await box.keep("elif", Card(mail="elif@breisenau.example"), NOW)
    await box.keep("elif", Card(mail="elif@breisenau.example", phone="0761 1"), NOW)

    assert await box.card("elif") == Card("elif@breisenau.example", "0761 1")
    assert await box.card("jonas") == Card()


async def test_only_chosen_fields_leave_a_card() -> None:
    card = Card("elif@breisenau.example", "0761 1", "Master, Mikrofluidik")

    assert card.only(("phone",)) == Card(phone="0761 1")
    assert card.only(()) == Card()


async def test_nothing_stands_in_the_clear_in_any_file(box: Cards, tmp_path: Path) -> None:
    await box.keep("elif", Card(mail=CANARY), NOW)
    await box.keep_note("elif", "carla", Note(f"write to {CANARY}", 5), NOW)

    assert holding(tmp_path, CANARY) == []
    assert holding(tmp_path, "elif") != []  # such a search does find things


async def test_what_was_erased_cannot_be_read_from_a_copy_of_the_database(
    box: Cards, tmp_path: Path
) -> None:
    await box.keep("elif", Card(mail=CANARY), NOW)
    rows = await box._database.fetch("SELECT sealed FROM card")
    copied = bytes(rows[0][0])
    assert CANARY.encode() in (Sealer(tmp_path).read("elif.card", "elif", copied) or b"")

    await box.erase("elif")

    assert Sealer(tmp_path).read("elif.card", "elif", copied) is None
    assert await box.card("elif") == Card()
    await box.keep("elif", Card(phone="0761 1"), NOW)  # under another key
    assert Sealer(tmp_path).read("elif.card", "elif", copied) is None
    assert await box.card("elif") == Card(phone="0761 1")


async def test_an_empty_card_is_an_erased_card(box: Cards, tmp_path: Path) -> None:
    await box.keep("elif", Card(mail=CANARY), NOW)
    await box.keep("elif", Card(), NOW)

    assert Sealer(tmp_path).names() == ()


async def test_nobody_reads_under_another_name(box: Cards, tmp_path: Path) -> None:
    await box.keep_note("elif", "carla", Note("private"), NOW)
    ((sealed,),) = await box._database.fetch("SELECT sealed FROM note")

    assert Sealer(tmp_path).read("elif.notes", "elif jonas", sealed) is None
    assert await box.note("carla", "elif") == Note()


async def test_notes_are_kept_by_whom_they_are_about(box: Cards) -> None:
    await box.keep_note("elif", "carla", Note("Optik", 4), NOW)
    await box.keep_note("elif", "jonas", Note("", 2), NOW)
    await box.keep_note("elif", "carla", Note("Optik, Praktikum", 5), NOW)

    assert await box.notes("elif") == {"carla": Note("Optik, Praktikum", 5), "jonas": Note("", 2)}
    await box.keep_note("elif", "jonas", Note(), NOW)
    assert await box.notes("elif") == {"carla": Note("Optik, Praktikum", 5)}
    await box.erase_notes("elif")
    assert await box.notes("elif") == {}


async def test_there_is_an_end_to_notes(box: Cards, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cards, "MOST_NOTES", 2)
    await box.keep_note("elif", "carla", Note("one"), NOW)
    await box.keep_note("elif", "jonas", Note("two"), NOW)

    with pytest.raises(Refused, match="notes on 2 people"):
        await box.keep_note("elif", "ines", Note("three"), NOW)
    await box.keep_note("elif", "jonas", Note("two, changed"), NOW)


async def test_everything_is_erased_a_week_after_the_gathering(box: Cards, tmp_path: Path) -> None:
    await box.keep("elif", Card(mail=CANARY), NOW)
    await box.keep_note("elif", "carla", Note("Optik"), NOW)

    await box.sweep(END + WEEK - 1, END)
    assert await box.card("elif") == Card(CANARY)

    await box.sweep(END + WEEK, END)
    assert await box.card("elif") == Card()
    assert await box.notes("elif") == {}
    assert Sealer(tmp_path).names() == ()


async def test_what_was_written_long_after_the_gathering_is_kept_a_day(box: Cards) -> None:
    late = END + 2 * WEEK
    await box.keep("elif", Card(phone="0761 1"), late)

    await box.sweep(late + 86_399, END)
    assert await box.card("elif") == Card(phone="0761 1")
    await box.sweep(late + 86_400, END)
    assert await box.card("elif") == Card()


async def test_a_key_is_private_and_made_once(tmp_path: Path) -> None:
    first, second = Sealer(tmp_path), Sealer(tmp_path)
    one, two = first.seal("elif.card", "elif", b"one"), second.seal("elif.card", "elif", b"two")

    assert (second.read("elif.card", "elif", one), first.read("elif.card", "elif", two)) == (
        b"one",
        b"two",
    )
    path = tmp_path / "keys" / "elif.card"
    assert path.stat().st_mode & 0o077 == 0
    assert [each.name for each in (tmp_path / "keys").iterdir()] == ["elif.card"]
    first.forget("elif.card")
    first.forget("elif.card")
    assert list((tmp_path / "keys").iterdir()) == []
