"""The store keeps its promises, on disk and (for tests of others) in memory."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from server import store as stores
from server.store import Answer, Entry, Fenced, Kept, Store, StoreFull
from tests.server.tally import MemoryStore

NOON = 1_600_000_000.0


def said(seq: int, epoch: int, word: str = "hello") -> Entry:
    return Entry(seq, epoch, NOON + seq, "anna", word.encode())


@pytest.fixture
async def disk(tmp_path: Path) -> AsyncIterator[Store]:
    async with stores.opened(tmp_path / "foyer.db") as store:
        yield store


@pytest.fixture(params=["disk", "memory"])
async def store(
    request: pytest.FixtureRequest, tmp_path: Path
) -> AsyncIterator[Store | MemoryStore]:
    if request.param == "memory":
        yield MemoryStore()
        return
    async with stores.opened(tmp_path / "foyer.db") as store:
        yield store


# The contract


async def test_what_was_appended_is_replayed_in_order(store: Store | MemoryStore) -> None:
    epoch = await store.claim("hall", "here", NOON)
    await store.append("hall", epoch, 0, [said(1, epoch), said(2, epoch)], [])
    await store.append("hall", epoch, 2, [said(3, epoch, "bye")], [])
    assert await store.replay("hall") == [said(1, epoch), said(2, epoch), said(3, epoch, "bye")]
    assert await store.replay("hall", after=2) == [said(3, epoch, "bye")]
    assert await store.replay("garden") == []


async def test_each_claim_has_a_higher_epoch(store: Store | MemoryStore) -> None:
    assert await store.fence("hall") == 0
    first = await store.claim("hall", "here", NOON)
    second = await store.claim("hall", "there", NOON - 3600)
    third = await store.claim("hall", "here", NOON + 3600)
    assert first == int(NOON)
    assert first < second < third
    assert await store.fence("hall") == third
    assert await store.fence("garden") == 0


async def test_only_the_newest_claim_may_append(store: Store | MemoryStore) -> None:
    old = await store.claim("hall", "here", NOON)
    new = await store.claim("hall", "there", NOON)
    with pytest.raises(Fenced):
        await store.append("hall", old, 0, [said(1, old)], [Answer("anna", "op-1", 1)])
    await store.append("hall", new, 0, [said(1, new)], [])
    assert await store.replay("hall") == [said(1, new)]
    assert await store.answered("hall", [("anna", "op-1")]) == {}


async def test_nothing_is_appended_but_behind_the_end(store: Store | MemoryStore) -> None:
    epoch = await store.claim("hall", "here", NOON)
    await store.append("hall", epoch, 0, [said(1, epoch)], [])
    for after in (0, 2):
        with pytest.raises(Fenced):
            await store.append("hall", epoch, after, [said(after + 1, epoch)], [])
    assert await store.replay("hall") == [said(1, epoch)]


async def test_answers_belong_to_a_person_in_a_room(store: Store | MemoryStore) -> None:
    epoch = await store.claim("hall", "here", NOON)
    answers = [Answer("anna", "op-1", 1), Answer("ben", "op-1", 1)]
    await store.append("hall", epoch, 0, [said(1, epoch)], answers)
    asked = [("anna", "op-1"), ("anna", "op-2"), ("ben", "op-1")]
    assert await store.answered("hall", asked) == {("anna", "op-1"): 1, ("ben", "op-1"): 1}
    assert await store.answered("garden", asked) == {}


async def test_an_answer_may_come_without_an_event(store: Store | MemoryStore) -> None:
    epoch = await store.claim("hall", "here", NOON)
    await store.append("hall", epoch, 0, [], [Answer("anna", "op-1", 0)])
    assert await store.answered("hall", [("anna", "op-1")]) == {("anna", "op-1"): 0}


async def test_rooms_do_not_hinder_each_other(store: Store | MemoryStore) -> None:
    halls = [f"hall-{n}" for n in range(20)]
    epochs = [await store.claim(hall, "here", NOON) for hall in halls]
    results = await asyncio.gather(
        *(
            store.append(hall, epoch, 7 if hall == "hall-3" else 0, [said(1, epoch)], [])
            for hall, epoch in zip(halls, epochs, strict=True)
        ),
        return_exceptions=True,
    )
    assert isinstance(results.pop(3), Fenced)
    assert results == [None] * 19
    assert len(await store.replay("hall-4")) == 1


async def test_a_gathering_imported_twice_is_one_version(store: Store | MemoryStore) -> None:
    assert await store.gatherings() == []
    assert await store.keep_gathering(b"one", NOON) == 1
    assert await store.keep_gathering(b"one", NOON + 1) == 1
    assert await store.keep_gathering(b"two", NOON + 2) == 2
    assert await store.gatherings() == [Kept(1, NOON, b"one"), Kept(2, NOON + 2, b"two")]
    assert await store.gatherings(after=1) == [Kept(2, NOON + 2, b"two")]


# The disk


async def test_it_is_all_there_when_it_is_opened_again(tmp_path: Path) -> None:
    async with stores.opened(tmp_path / "foyer.db") as store:
        epoch = await store.claim("hall", "here", NOON)
        answers = [Answer("anna", "op-1", 1)]
        await store.append("hall", epoch, 0, [said(1, epoch)], answers)
    async with stores.opened(tmp_path / "foyer.db") as store:
        assert await store.replay("hall") == [said(1, epoch)]
        assert await store.answered("hall", [("anna", "op-1")]) == {("anna", "op-1"): 1}
        assert await store.claim("hall", "here", NOON) == epoch + 1


async def test_what_is_acknowledged_is_written_through(disk: Store) -> None:
    pragmas = {
        name: (await (await disk._writer.execute(f"PRAGMA {name}")).fetchone() or (None,))[0]
        for name in ("journal_mode", "synchronous", "wal_autocheckpoint")
    }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "wal_autocheckpoint": 0}


async def test_what_waits_together_is_committed_together(disk: Store) -> None:
    epochs = [await disk.claim(f"hall-{n}", "here", NOON) for n in range(50)]
    statements: list[str] = []
    await disk._writer.set_trace_callback(statements.append)
    await asyncio.gather(
        *(
            disk.append(f"hall-{n}", epoch, 0, [said(1, epoch)], [])
            for n, epoch in enumerate(epochs)
        )
    )
    await disk._writer.set_trace_callback(None)
    assert statements.count("COMMIT") <= 2  # the first may have gone alone


async def test_a_full_disk_acknowledges_nothing_and_it_recovers_by_itself(disk: Store) -> None:
    epoch = await disk.claim("hall", "here", NOON)
    await disk.append("hall", epoch, 0, [said(1, epoch)], [])
    await disk._writer.execute("PRAGMA max_page_count = 1")  # SQLite takes the current size
    big = said(2, epoch, "x" * 100_000)
    with pytest.raises(StoreFull):
        await disk.append("hall", epoch, 1, [big], [Answer("anna", "op-2", 2)])
    assert await disk.replay("hall") == [said(1, epoch)]
    assert await disk.answered("hall", [("anna", "op-2")]) == {}
    await disk._writer.execute("PRAGMA max_page_count = 1000000")
    await disk.append("hall", epoch, 1, [big], [Answer("anna", "op-2", 2)])
    assert len(await disk.replay("hall")) == 2


async def test_statements_are_carried_out_together_or_not_at_all(disk: Store) -> None:
    await disk.transact([("CREATE TABLE guest (name TEXT PRIMARY KEY)", ())])
    insert = "INSERT INTO guest VALUES (?)"
    assert await disk.transact([(insert, ("Anna",)), (insert, ("Ben",))]) == [1, 1]
    with pytest.raises(sqlite3.IntegrityError):
        await disk.transact([(insert, ("Cem",)), (insert, ("Anna",))])
    assert await disk.transact([("UPDATE guest SET name = name || '!'", ())]) == [2]
    assert await disk.fetch("SELECT name FROM guest ORDER BY name") == [("Anna!",), ("Ben!",)]


async def test_one_that_fails_does_not_take_the_others_with_it(disk: Store) -> None:
    await disk.transact([("CREATE TABLE guest (name TEXT PRIMARY KEY)", ())])
    insert = "INSERT INTO guest VALUES (?)"
    results = await asyncio.gather(
        *(disk.transact([(insert, (name,))]) for name in ("Anna", "Ben", "Anna", "Cem")),
        return_exceptions=True,
    )
    assert isinstance(results.pop(2), sqlite3.IntegrityError)
    assert results == [[1], [1], [1]]


async def test_a_reader_cannot_write(disk: Store) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        await disk.fetch("DELETE FROM event")


async def test_migrations_run_once_and_in_order(tmp_path: Path) -> None:
    folder = tmp_path / "migrations"
    folder.mkdir()
    (folder / "001_guest.sql").write_text("-- People; a comment\nCREATE TABLE guest (name TEXT);\n")
    async with stores.opened(tmp_path / "foyer.db", folder) as store:
        await store.transact([("INSERT INTO guest VALUES ('Anna')", ())])
    (folder / "002_hat.sql").write_text(
        "ALTER TABLE guest ADD COLUMN hat TEXT;\nUPDATE guest SET hat = 'red; tall';\n"
    )
    for _ in range(2):
        async with stores.opened(tmp_path / "foyer.db", folder) as store:
            assert await store.fetch("SELECT * FROM guest") == [("Anna", "red; tall")]
            names = await store.fetch("SELECT name FROM migration ORDER BY name")
            assert names == [("001_guest",), ("002_hat",)]


async def test_a_migration_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    folder = tmp_path / "migrations"
    folder.mkdir()
    (folder / "001_bad.sql").write_text("CREATE TABLE guest (name TEXT);\nCREATE TABLE ;\n")
    with pytest.raises(sqlite3.OperationalError):
        async with stores.opened(tmp_path / "foyer.db", folder):
            pass
    (folder / "001_bad.sql").write_text("CREATE TABLE guest (name TEXT);\n")
    async with stores.opened(tmp_path / "foyer.db", folder) as store:
        assert await store.fetch("SELECT * FROM guest") == []


async def test_two_processes_share_one_file_and_one_of_them_folds_the_log_in(
    tmp_path: Path,
) -> None:
    path = tmp_path / "foyer.db"
    async with stores.opened(path) as one, stores.opened(path) as two:
        epoch = await one.claim("hall", "one", NOON)
        newer = await two.claim("hall", "two", NOON)
        with pytest.raises(Fenced):
            await one.append("hall", epoch, 0, [said(1, epoch)], [])
        await two.append("hall", newer, 0, [said(1, newer)], [])
        assert await one.replay("hall") == [said(1, newer)]
        assert [one._keeper.is_me(), two._keeper.is_me()] == [True, False]
        one._keeper.retire()
        assert two._keeper.is_me()
        await two._checkpoint()
        assert await one.replay("hall") == [said(1, newer)]


async def test_a_closed_store_says_so(tmp_path: Path) -> None:
    async with stores.opened(tmp_path / "foyer.db") as store:
        waiting = [asyncio.create_task(store.keep_gathering(b"x", NOON)) for _ in range(3)]
        await asyncio.sleep(0)
    assert [await each for each in waiting] == [1, 1, 1]
    with pytest.raises(StoreFull):
        await store.keep_gathering(b"y", NOON)
