"""A confined process does its work, and nothing else."""

from __future__ import annotations

import socket
import time
from pathlib import Path

import pytest

from server import confined, confinement
from server.confined import Confined

MISDEEDS = "tests.server.misdeeds"
MEMORY = 512 << 20


async def asked(*arguments: str, seconds: float = 5.0, **places: object) -> str:
    return (await confined.run(MISDEEDS, arguments, seconds, MEMORY, **places)).decode()


async def test_work_is_done_and_answered() -> None:
    assert await asked("greet", "Foyer") == "Hello Foyer"


async def test_nothing_is_connected_to() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        assert await asked("connect", str(listening.getsockname()[1])) == "prevented"


async def test_no_other_program_is_started() -> None:
    assert await asked("run") == "prevented"


async def test_it_writes_into_its_folder(tmp_path: Path) -> None:
    assert await asked("write", str(tmp_path / "page"), folder=tmp_path) == "done"
    assert (tmp_path / "page").read_bytes() == b"x"


async def test_files_of_others_stay_closed_where_the_kernel_can_close_them(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "secret").write_bytes(b"x")
    expected = "prevented" if confinement.closes_files() else "done"

    told = {
        await asked("read", str(tmp_path / "secret"), folder=tmp_path / "mine"),
        await asked("write", str(tmp_path / "other"), folder=tmp_path / "mine"),
    }

    assert told == {expected}


async def test_what_it_was_given_is_read(tmp_path: Path) -> None:
    (tmp_path / "given").write_bytes(b"x")

    assert await asked("read", str(tmp_path / "given"), reads=[tmp_path / "given"]) == "done"


async def test_a_file_too_large_is_not_written(tmp_path: Path) -> None:
    told = await asked("write much", str(tmp_path / "page"), folder=tmp_path, largest_file=1000)

    assert told == "prevented"
    assert (tmp_path / "page").stat().st_size <= 1000


@pytest.mark.parametrize("busy", ["spin", "sleep"])
async def test_time_is_limited(busy: str) -> None:
    begun = time.monotonic()

    with pytest.raises(Confined) as ended:
        await asked(busy, seconds=1.0)

    assert ended.value.why == "time"
    assert time.monotonic() - begun < 10


async def test_nothing_it_started_outlives_it(tmp_path: Path) -> None:
    with pytest.raises(Confined) as ended:
        await asked("outlive", str(tmp_path / "told"), folder=tmp_path, seconds=1.0)

    assert ended.value.why == "time"
    assert (tmp_path / "told").read_bytes() == b"prevented"


async def test_memory_is_limited() -> None:
    with pytest.raises(Confined) as ended:
        await asked("hoard", seconds=20.0)

    assert ended.value.why == "memory"


async def test_a_crash_is_told() -> None:
    with pytest.raises(Confined) as ended:
        await asked("crash")

    assert ended.value.why == "failed"


@pytest.mark.parametrize("pipe", ["1", "2"])
async def test_whoever_says_too_much_is_ended(pipe: str) -> None:
    with pytest.raises(Confined) as ended:
        await asked("chatter", pipe, seconds=20.0)

    assert ended.value.why == "failed"
    assert "far too much" in ended.value.said
