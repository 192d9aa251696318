"""What people upload: files in the data folder, under names that nobody can guess."""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
import shutil
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

from schedule.machine import Refused

FOLDER: Final = "files"  # in the data folder
SPARE: Final = 0.10  # of the disk stays free, so that the evening's log always can be written
STALE: Final = 24 * 3600.0  # seconds; an upload that was cut off is swept away by then
PARTIAL: Final = ".part"
MEGABYTE: Final = 1 << 20


class Files:
    """All files of a data folder. Several server processes may share it."""

    def __init__(self, data: Path) -> None:
        self.folder = data / FOLDER

    async def take(self, chunks: AsyncIterator[bytes], most: int, suffix: str) -> str:
        """Write down what arrives, and return the name it is kept under.

        `most` is in bytes. Raises `Refused` as soon as there is more, and when the disk is
        nearly full; nothing is left behind then, nor when the upload breaks off.
        """
        self.check_room()
        name = secrets.token_hex(16) + suffix
        partial = self.folder / (name + PARTIAL)
        try:
            await self._write(partial, chunks, most)
            partial.rename(self.path(name))
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
        return name

    async def _write(self, path: Path, chunks: AsyncIterator[bytes], most: int) -> None:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        size = checked = 0
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            async for chunk in chunks:
                size += len(chunk)
                if size > most:
                    raise Refused(
                        "This file is larger than {most} MB. Please make it smaller and try again.",
                        most=most // MEGABYTE,
                    )
                if size - checked > MEGABYTE:
                    checked = size
                    self.check_room()
                await asyncio.to_thread(file.write, chunk)

    def check_room(self) -> None:
        """Raises `Refused` when less than a tenth of the disk is free."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        disk = shutil.disk_usage(self.folder)
        if disk.free < disk.total * SPARE:
            raise Refused("The house has no room for files just now. Please tell the organisers.")

    def path(self, name: str) -> Path:
        """Where a file, or a folder of files, of this name lies. Raises `ValueError` for a
        name that would lead elsewhere."""
        if not name or Path(name).name != name or name.startswith("."):
            raise ValueError(f"{name!r} is no name of a file here")
        return self.folder / name

    def drop(self, name: str) -> None:
        """Remove it; twice does no harm."""
        path = self.path(name)
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with contextlib.suppress(FileNotFoundError):
                path.unlink()

    def sweep(self) -> None:
        """Remove what uploads that were cut off left behind."""
        before = time.time() - STALE
        for partial in self.folder.glob("*" + PARTIAL):
            with contextlib.suppress(FileNotFoundError):
                if partial.stat().st_mtime < before:
                    self.drop(partial.name)
