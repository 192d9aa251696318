"""Where recordings lie: one folder a stage, one file a take, and how much room there is."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import Final

GIGABYTE: Final = 1_000_000_000
DAY: Final = 86_400.0  # seconds
RESERVE: Final = GIGABYTE  # bytes of the disk that stay free for the evening's log
FOLDER: Final = "recordings"  # in the data folder
SUFFIXES: Final = ("webm", "mp4")


class Shelf:
    """All recordings of a data folder. Several server processes may share it."""

    def __init__(self, data: Path, gigabytes: int, days: int) -> None:
        self.folder = (data / FOLDER).absolute()
        self.seconds = days * DAY
        "How long a recording may be kept."
        self._most = gigabytes * GIGABYTE

    def stem(self, stage: str, take: str) -> Path:
        """The path of a take without its suffix; makes the folder. Both are checked ids."""
        folder = self.folder / stage
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return folder / take

    def find(self, stage: str, take: str) -> Path | None:
        """The file of a take, if it is there."""
        for suffix in SUFFIXES:
            path = self.folder / stage / f"{take}.{suffix}"
            if path.is_file():
                return path
        return None

    def drop(self, stage: str, take: str) -> None:
        """Remove the file of a take; twice does no harm."""
        for suffix in SUFFIXES:
            (self.folder / stage / f"{take}.{suffix}").unlink(missing_ok=True)

    def used(self) -> int:
        """Bytes of all recordings."""
        return sum(path.stat().st_size for path in self.folder.glob("*/*") if path.is_file())

    def left(self) -> int:
        """Bytes that recordings may still take; 0 or less when it is full."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        free = shutil.disk_usage(self.folder).free - RESERVE
        return min(self._most - self.used(), free)

    def sweep(self) -> None:
        """Remove what was kept too long, even if no room knows of it any more."""
        before = time.time() - self.seconds
        for path in self.folder.glob("*/*"):
            if path.is_file() and path.stat().st_mtime < before:
                path.unlink(missing_ok=True)
