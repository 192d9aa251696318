"""The store: one SQLite file that holds every room's log and is the arbiter of who may write.

One connection writes, and all that waits is committed together; another one reads.
What `append` and `transact` have returned from is on the disk.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple, Protocol

import aiosqlite

from server.keeper import Keeper, alone
from server.migrating import migrate

MIGRATIONS: Final = Path(__file__).parent / "migrations"
GROUP: Final = 500  # requests in one commit; with more the first ones would wait too long
BUSY: Final = 5.0  # seconds to wait while another process writes
CHECKPOINT_EVERY: Final = 1_000  # requests after which the write-ahead log is folded in
CHECKPOINT_SECONDS: Final = 30.0  # and how often anyway, for what other processes wrote

Statement = tuple[str, Sequence[object]]

log = logging.getLogger(__name__)


class Fenced(Exception):
    """Somebody else writes this room's log by now."""


class StoreFull(Exception):
    """The disk takes nothing more just now; nothing of what was asked is stored."""


class Entry(NamedTuple):
    """A line of a room's log."""

    seq: int
    epoch: int
    at: float
    by: str
    body: bytes


class Answer(NamedTuple):
    """A command that was carried out, and what its sender is told."""

    person: str
    op: str
    seq: int


class Kept(NamedTuple):
    """A gathering as it was imported."""

    version: int
    at: float
    body: bytes


class Log(Protocol):
    """The logs of all rooms, as their hosts need them."""

    async def claim(self, room: str, holder: str, now: float) -> int:
        """Become the room's only writer; the epoch returned is higher than any before."""
        ...

    async def fence(self, room: str) -> int:
        """The epoch that may write now; 0 before the first claim."""
        ...

    async def replay(self, room: str, after: int = 0) -> list[Entry]:
        """The log behind `after`, in order."""
        ...

    async def answered(
        self, room: str, ops: Sequence[tuple[str, str]]
    ) -> dict[tuple[str, str], int]:
        """Which of these (person, op) were carried out before, and their answers."""
        ...

    async def append(
        self, room: str, epoch: int, after: int, entries: Sequence[Entry], answers: Sequence[Answer]
    ) -> None:
        """Write all of it behind `after`, or nothing.

        Raises `Fenced` when `epoch` is no longer the room's or `after` no longer its
        end, and `StoreFull` when the disk takes nothing.
        """
        ...


class Store:
    """The SQLite file. Made by `opened`."""

    def __init__(self, path: Path, writer: aiosqlite.Connection, reader: aiosqlite.Connection):
        self.path = path
        self._writer = writer
        self._reader = reader
        self._wishes: asyncio.Queue[_Wish | None] = asyncio.Queue()
        self._keeper = Keeper(path)
        self._closed = False
        self.full = False
        "whether the disk refused what was last written"

    # The rooms' logs

    async def claim(self, room: str, holder: str, now: float) -> int:
        """Become the room's only writer. Epochs grow with the years too, so that a browser
        does not take a new house with an old address for the one it knew."""

        async def work(db: aiosqlite.Connection) -> int:
            await db.execute(
                "INSERT INTO fence (room, epoch, holder) VALUES (?1, ?3, ?2) ON CONFLICT (room)"
                " DO UPDATE SET epoch = max(epoch + 1, ?3), holder = ?2",
                (room, holder, int(now)),
            )
            return await _epoch(db, room)

        return int(await self._wish(work))

    async def fence(self, room: str) -> int:
        """The epoch that may write now; 0 before the first claim."""
        return await _epoch(self._reader, room)

    async def replay(self, room: str, after: int = 0) -> list[Entry]:
        """The log behind `after`, in order."""
        rows = await self.fetch(
            "SELECT seq, epoch, at, by, body FROM event WHERE room = ? AND seq > ? ORDER BY seq",
            (room, after),
        )
        return [Entry(*row) for row in rows]

    async def answered(
        self, room: str, ops: Sequence[tuple[str, str]]
    ) -> dict[tuple[str, str], int]:
        """Which of these (person, op) were carried out before, and their answers."""
        wanted = ", ".join(["(?, ?)"] * len(ops))
        rows = await self.fetch(
            f"SELECT person, op, seq FROM op WHERE room = ? AND (person, op) IN (VALUES {wanted})",  # noqa: S608 - question marks only
            (room, *(part for op in ops for part in op)),
        )
        return {(person, op): seq for person, op, seq in rows}

    async def append(
        self, room: str, epoch: int, after: int, entries: Sequence[Entry], answers: Sequence[Answer]
    ) -> None:
        """Write all of it behind `after`, or nothing; returns once it is on the disk."""

        async def work(db: aiosqlite.Connection) -> None:
            await _check_fence(db, room, epoch, after)
            await db.executemany(
                "INSERT INTO event (room, seq, epoch, at, by, body) VALUES (?, ?, ?, ?, ?, ?)",
                [(room, *entry) for entry in entries],
            )
            await db.executemany(
                "INSERT INTO op (room, person, op, seq) VALUES (?, ?, ?, ?)",
                [(room, *answer) for answer in answers],
            )

        await self._wish(work)

    # The gathering

    async def keep_gathering(self, body: bytes, now: float) -> int:
        """Keep what was imported and return its version; the same twice is one version."""

        async def work(db: aiosqlite.Connection) -> int:
            found = await db.execute_fetchall(
                "SELECT version, body FROM gathering ORDER BY version DESC LIMIT 1"
            )
            version, newest = next(iter(found), (0, None))
            if newest == body:
                return int(version)
            await db.execute(
                "INSERT INTO gathering (version, at, body) VALUES (?, ?, ?)",
                (version + 1, now, body),
            )
            return int(version) + 1

        return int(await self._wish(work))

    async def gatherings(self, after: int = 0) -> list[Kept]:
        """All versions of the gathering behind `after`, oldest first."""
        rows = await self.fetch(
            "SELECT version, at, body FROM gathering WHERE version > ? ORDER BY version", (after,)
        )
        return [Kept(*row) for row in rows]

    # Everything else

    async def transact(self, statements: Sequence[Statement]) -> list[int]:
        """Carry all statements out in one transaction, or none; how many rows each touched.

        Raises what SQLite raises (such as `sqlite3.IntegrityError`), and `StoreFull`.
        """

        async def work(db: aiosqlite.Connection) -> list[int]:
            return [(await db.execute(sql, params)).rowcount for sql, params in statements]

        touched: list[int] = await self._wish(work)
        return touched

    async def fetch(self, sql: str, params: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Read; sees all that was committed before, by whichever process."""
        return [tuple(row) for row in await self._reader.execute_fetchall(sql, params)]

    async def run(self) -> None:
        """Commit what is wished for until closed; `opened` runs this."""
        since = 0
        while True:
            try:
                async with asyncio.timeout(CHECKPOINT_SECONDS):
                    wishes = [await self._wishes.get()]
            except TimeoutError:
                wishes, since = [], CHECKPOINT_EVERY
            while len(wishes) < GROUP and not self._wishes.empty():
                wishes.append(self._wishes.get_nowait())
            await self._commit([wish for wish in wishes if wish is not None])
            since += len(wishes)
            if since >= CHECKPOINT_EVERY:
                await self._checkpoint()
                since = 0
            if None in wishes:
                return

    def close(self) -> None:
        """Take no more wishes; those that wait are still committed."""
        if not self._closed:
            self._closed = True
            self._wishes.put_nowait(None)

    async def _wish(self, work: _Work) -> Any:
        if self._closed:
            raise StoreFull("the store is closed")
        wish = _Wish(work, asyncio.get_running_loop().create_future())
        self._wishes.put_nowait(wish)
        return await wish.answer

    async def _commit(self, wishes: Sequence[_Wish]) -> None:
        """All in one transaction; when one of them fails, each in its own."""
        try:
            results = await self._transaction(wishes)
        except Exception as error:
            if len(wishes) == 1:
                named = _named(error)
                self.full = isinstance(named, StoreFull)
                _settle(wishes[0], error=named)
                return
            for wish in wishes:
                await self._commit([wish])
            return
        self.full = self.full and not wishes
        for wish, result in zip(wishes, results, strict=True):
            _settle(wish, result)

    async def _transaction(self, wishes: Sequence[_Wish]) -> list[Any]:
        if not wishes:
            return []
        await self._writer.execute("BEGIN IMMEDIATE")
        try:
            results = [await wish.work(self._writer) for wish in wishes]
            await self._writer.commit()
        except BaseException:
            # SQLite may have rolled back by itself already.
            with contextlib.suppress(sqlite3.Error):
                await self._writer.rollback()
            raise
        return results

    async def _checkpoint(self) -> None:
        """SQLite before 3.51.3 can lose pages when two connections fold the log in at once,
        so of all processes only the keeper does it."""
        if not self._keeper.is_me():
            return
        try:
            await self._writer.execute_fetchall("PRAGMA wal_checkpoint(PASSIVE)")
        except sqlite3.Error as error:
            log.warning("The write-ahead log could not be folded in: %s", error)

    async def released(self) -> None:
        """Close both connections; `opened` does this."""
        await self._reader.close()
        await self._writer.close()
        self._keeper.retire()


@contextlib.asynccontextmanager
async def opened(path: Path, migrations: Path = MIGRATIONS) -> AsyncIterator[Store]:
    """The store in this file, made or brought up to date if need be.

    Raises `sqlite3.Error` or `OSError` when the file cannot be opened or written.
    """
    async with contextlib.AsyncExitStack() as held:
        with alone(path):
            writer = await _connect(held, path, "synchronous = FULL", "wal_autocheckpoint = 0")
            await migrate(writer, migrations)
            reader = await _connect(held, path, "query_only = ON", "wal_autocheckpoint = 0")
        store = Store(path, writer, reader)
        held.push_async_callback(store.released)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(store.run(), name="store")
            try:
                yield store
            finally:
                store.close()


_Work = Callable[[aiosqlite.Connection], Awaitable[Any]]


class _Wish(NamedTuple):
    """Something to be done in a transaction, and who waits for it."""

    work: _Work
    answer: asyncio.Future[Any]


async def _connect(
    held: contextlib.AsyncExitStack, path: Path, *pragmas: str
) -> aiosqlite.Connection:
    db = await held.enter_async_context(aiosqlite.connect(path, isolation_level=None, timeout=BUSY))
    for pragma in ("journal_mode = WAL", *pragmas):
        await db.execute(f"PRAGMA {pragma}")
    return db


async def _epoch(db: aiosqlite.Connection, room: str) -> int:
    rows = await db.execute_fetchall("SELECT epoch FROM fence WHERE room = ?", (room,))
    return next((int(epoch) for (epoch,) in rows), 0)


async def _check_fence(db: aiosqlite.Connection, room: str, epoch: int, after: int) -> None:
    rows = await db.execute_fetchall(
        "SELECT (SELECT epoch FROM fence WHERE room = ?1),"
        " (SELECT coalesce(max(seq), 0) FROM event WHERE room = ?1)",
        (room,),
    )
    current, end = next(iter(rows))
    if current != epoch or end != after:
        raise Fenced(f"{room} is at {current}:{end}, not at {epoch}:{after}")


def _named(error: Exception) -> Exception:
    """Whatever keeps SQLite from writing is one thing for those who ask."""
    refusing = ("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY", "SQLITE_BUSY", "SQLITE_CANTOPEN")
    name = getattr(error, "sqlite_errorname", None) or ""
    if isinstance(error, sqlite3.OperationalError) and name.startswith(refusing):
        log.error("The store cannot write: %s (%s)", error, name)
        full = StoreFull(str(error))
        full.__cause__ = error
        return full
    return error


def _settle(wish: _Wish, result: Any = None, error: Exception | None = None) -> None:
    if wish.answer.done():  # nobody waits any more
        return
    if error is None:
        wish.answer.set_result(result)
    else:
        wish.answer.set_exception(error)
