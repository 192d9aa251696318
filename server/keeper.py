"""Who among several processes looks after the database file: locks that die with their holder."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

OPENING: Final = 5.0  # seconds to wait while another process makes the tables


class Keeper:
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
def alone(path: Path) -> Iterator[None]:
    """Two processes that start together must not both make the tables."""
    file = os.open(path.with_name(path.name + "-opening"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        deadline = time.monotonic() + OPENING
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
