"""The store: one SQLite file that holds every room's log and is the arbiter of who may write.

One connection writes, and all that waits is committed together; another one reads.
What `append` and `transact` have returned from is on the disk.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import logging
import os
import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple, Protocol

import aiosqlite

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
        self._keeper = _Keeper(path)
        self._closed = False

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
                _settle(wishes[0], error=_named(error))
                return
            for wish in wishes:
                await self._commit([wish])
            return
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
        with _alone(path):
            writer = await _connect(held, path, "synchronous = FULL", "wal_autocheckpoint = 0")
            await _migrate(writer, migrations)
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


class _Keeper:
    """The one process that folds the write-ahead log in: whoever holds the lock of a file.

    The kernel frees the lock when the process dies.
    """

    def __init__(self, path: Path) -> None:
        self._path = path.with_name(path.name + "-keeper")
        self._file: int | None = None

    def is_me(self) -> bool:
        """Whether it is this process, by now."""
        if self._file is None:
            file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                os.close(file)
                return False
            self._file = file
        return True

    def retire(self) -> None:
        """Let another process be it."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Two processes that start together must not both make the tables."""
    file = os.open(path.with_name(path.name + "-opening"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        deadline = time.monotonic() + BUSY
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.01)  # at start-up, before anybody is served
        yield
    finally:
        os.close(file)


async def _connect(
    held: contextlib.AsyncExitStack, path: Path, *pragmas: str
) -> aiosqlite.Connection:
    db = await held.enter_async_context(aiosqlite.connect(path, isolation_level=None, timeout=BUSY))
    for pragma in ("journal_mode = WAL", *pragmas):
        await db.execute(f"PRAGMA {pragma}")
    return db


async def _migrate(db: aiosqlite.Connection, folder: Path) -> None:
    """Run each NNN_name.sql that has not run yet, in order, each in a transaction of its own."""
    await db.execute("CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, at REAL)")
    done = {name for (name,) in await db.execute_fetchall("SELECT name FROM migration")}
    for name, script in _scripts(folder):
        if name in done:
            continue
        await db.execute("BEGIN IMMEDIATE")
        try:
            for statement in _statements(script):
                await db.execute(statement)
            await db.execute("INSERT INTO migration VALUES (?, ?)", (name, time.time()))
            await db.commit()
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                await db.rollback()
            raise


def _scripts(folder: Path) -> list[tuple[str, str]]:
    files = sorted(folder.glob("*.sql"))
    return [(file.stem, file.read_text(encoding="utf-8")) for file in files]


def _statements(script: str) -> Iterable[str]:
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        yield statement


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
