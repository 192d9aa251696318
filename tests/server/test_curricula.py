"""What stands on CV cards on a real store: sealed, erased for good, kept while it hangs."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from rooms.cvs import Card, Cvs
from rooms.fair import Fair
from server import curricula, store
from server.clock import WallClock
from server.curricula import Curricula, Curriculum
from server.files import Files
from server.sealed import Sealer
from tests.server.decks import deck

NOW = 1_600_000_000.0
CANARY = "canary of Elif"
CARD = Curriculum(field="Optik", seeks=CANARY)
PDF = deck(CANARY)


@pytest.fixture
async def kept(tmp_path: Path) -> AsyncIterator[Curricula]:
    async with store.opened(tmp_path / "foyer.db") as opened:
        yield Curricula(opened, Sealer(tmp_path), Files(tmp_path))


def handed_in(tmp_path: Path, name: str = "ab12.pdf") -> Path:
    files = Files(tmp_path)
    files.check_room()
    files.path(name).write_bytes(PDF)
    return files.path(name)


def names(tmp_path: Path) -> list[str]:
    return sorted(path.name for path in (tmp_path / "files").glob("*"))


def holding(folder: Path) -> list[str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if CANARY.encode() in path.read_bytes()]


def hanging(*people: str) -> Fair:
    cards = {each: Card(f"k{each}", each, 1, NOW, NOW, NOW + 9, pdf=False) for each in people}
    return Fair(cvs=Cvs(cards=cards))


async def test_a_cv_is_sealed_and_comes_back_whole(kept: Curricula, tmp_path: Path) -> None:
    await kept.keep("elif", CARD, NOW)
    paper = handed_in(tmp_path)
    await kept.lay("elif", paper, 1, NOW)
    paper.unlink()

    assert await kept.of("elif") == replace(CARD, file="ab12.cv", pages=1)
    assert await kept.pdf("elif") == PDF
    assert await kept.pdf("jonas") is None
    assert await kept.all(["elif", "jonas"]) == {"elif": await kept.of("elif")}
    assert holding(tmp_path) == []
    assert names(tmp_path) == ["ab12.cv"]


async def test_a_new_cv_replaces_the_old_one(kept: Curricula, tmp_path: Path) -> None:
    for name in ("ab12.pdf", "cd34.pdf"):
        paper = handed_in(tmp_path, name)
        await kept.lay("elif", paper, 1, NOW)
        paper.unlink()
    assert names(tmp_path) == ["cd34.cv"]

    await kept.keep("elif", CARD, NOW)
    assert names(tmp_path) == []


async def test_what_was_erased_cannot_be_read_from_a_copy(kept: Curricula, tmp_path: Path) -> None:
    await kept.keep("elif", CARD, NOW)
    await kept.lay("elif", handed_in(tmp_path), 1, NOW)
    copy = (tmp_path / "files" / "ab12.cv").read_bytes()
    await kept.erase("elif")
    await kept.keep("elif", Curriculum(field="Optik"), NOW)

    assert Sealer(tmp_path).read("elif.cv", "elif ab12.cv", copy) is None
    assert await kept.pdf("elif") is None
    assert (await kept.of("elif")).seeks == ""


async def test_what_falls_from_the_board_is_erased_at_once(kept: Curricula, tmp_path: Path) -> None:
    for person in ("elif", "jonas"):
        await kept.keep(person, CARD, WallClock().now())
    work = asyncio.create_task(kept.run(WallClock()))
    kept.changed("fair", hanging("elif", "jonas"))
    kept.changed("lounge", object())
    kept.changed("fair", hanging("jonas"))

    async with asyncio.timeout(10):
        while await kept.of("elif") != Curriculum():
            pass
    work.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await work
    assert await kept.of("jonas") == CARD
    assert not (tmp_path / "keys" / "elif.cv").exists()


async def test_drafts_are_kept_for_a_day_and_files_nobody_names_for_an_hour(
    kept: Curricula, tmp_path: Path
) -> None:
    for person in ("elif", "jonas"):
        await kept.keep(person, CARD, NOW)
    orphan = handed_in(tmp_path, "ee55.cv")
    await kept.sweep(NOW + 2 * curricula.DRAFT)
    assert await kept.of("elif") == CARD  # as long as nobody knows what hangs

    kept.changed("fair", hanging("jonas"))
    await kept.sweep(NOW + curricula.DRAFT - 1)
    assert await kept.of("elif") == CARD
    await kept.sweep(NOW + curricula.DRAFT)
    assert (await kept.of("elif"), await kept.of("jonas")) == (Curriculum(), CARD)
    assert names(tmp_path) == ["ee55.cv"]
    old = orphan.stat().st_mtime - curricula.ORPHANED - 1
    os.utime(orphan, (old, old))
    await kept.sweep(NOW)
    assert names(tmp_path) == []
