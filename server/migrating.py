"""Bringing a database up to date: numbered scripts, each run once."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Iterable
from pathlib import Path

import aiosqlite


async def migrate(db: aiosqlite.Connection, folder: Path) -> None:
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
