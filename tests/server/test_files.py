"""Files of others are counted while they arrive and leave nothing behind."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import NamedTuple

import pytest

from schedule.machine import Refused
from server.files import Files


class Disk(NamedTuple):
    total: int
    used: int
    free: int


async def arriving(*chunks: bytes) -> AsyncIterator[bytes]:
    for chunk in chunks:
        yield chunk


async def breaking_off() -> AsyncIterator[bytes]:
    yield b"half"
    raise ConnectionError


async def test_a_file_is_kept_under_a_name_of_its_own(tmp_path: Path) -> None:
    files = Files(tmp_path)

    one = await files.take(arriving(b"a", b"b"), 2, ".pdf")
    other = await files.take(arriving(b"ab"), 2, ".pdf")

    assert one != other
    assert one.endswith(".pdf")
    assert files.path(one).read_bytes() == b"ab"
    assert files.path(one).stat().st_mode & 0o077 == 0


async def test_what_is_too_large_is_refused_and_forgotten(tmp_path: Path) -> None:
    files = Files(tmp_path)

    with pytest.raises(Refused, match="larger than 1 MB"):
        await files.take(arriving(bytes(1 << 20), b"x"), 1 << 20, ".pdf")

    assert list(files.folder.iterdir()) == []


async def test_what_breaks_off_is_forgotten(tmp_path: Path) -> None:
    files = Files(tmp_path)

    with pytest.raises(ConnectionError):
        await files.take(breaking_off(), 100, ".pdf")

    assert list(files.folder.iterdir()) == []


async def test_a_tenth_of_the_disk_stays_free(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Disk(100, 91, 9))

    with pytest.raises(Refused, match="no room"):
        await Files(tmp_path).take(arriving(b"a"), 100, ".pdf")


async def test_no_name_leads_elsewhere(tmp_path: Path) -> None:
    for name in ("../secret", "a/b", "/etc/passwd", "", "..", ".hidden"):
        with pytest.raises(ValueError, match="no name"):
            Files(tmp_path).path(name)


async def test_files_and_folders_are_dropped_and_twice_does_no_harm(tmp_path: Path) -> None:
    files = Files(tmp_path)
    name = await files.take(arriving(b"a"), 2, ".pdf")
    (files.folder / "deck").mkdir()
    (files.folder / "deck" / "1.webp").write_bytes(b"x")

    for each in (name, "deck", name, "deck"):
        files.drop(each)

    assert list(files.folder.iterdir()) == []


async def test_old_halves_are_swept_away(tmp_path: Path) -> None:
    files = Files(tmp_path)
    files.check_room()
    old, fresh, whole = (files.folder / n for n in ("old.pdf.part", "new.pdf.part", "whole.pdf"))
    for path in (old, fresh, whole):
        path.write_bytes(b"x")
    os.utime(old, (1_000_000, 1_000_000))
    os.utime(whole, (1_000_000, 1_000_000))

    files.sweep()

    assert sorted(files.folder.iterdir()) == [fresh, whole]
