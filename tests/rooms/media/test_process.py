"""The process by itself: its arguments, its end, and what it leaves behind."""

from __future__ import annotations

import asyncio
import signal
import sys
from pathlib import Path

from rooms.media import control
from tests.rooms.media.clients import until

ROOT = Path(__file__).parents[3]


async def start(path: Path, *more: str) -> asyncio.subprocess.Process:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "rooms.media", "--socket", str(path), "--host", "127.0.0.1", "--port", "0"),
        *more,
        stdin=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=ROOT,
    )
    await until(lambda: path.exists() or process.returncode is not None, 15.0)
    return process


async def end(process: asyncio.subprocess.Process) -> int:
    async with asyncio.timeout(10):
        await process.communicate()
    assert process.returncode is not None
    return process.returncode


async def test_a_child_goes_with_its_parent(tmp_path: Path) -> None:
    process = await start(tmp_path / "media-0.sock", "--child")
    assert process.stdin is not None

    process.stdin.close()

    assert await end(process) == 0
    assert not (tmp_path / "media-0.sock").exists()


async def test_started_by_hand_it_goes_when_told(tmp_path: Path) -> None:
    process = await start(tmp_path / "media-0.sock")

    process.send_signal(signal.SIGTERM)

    assert await end(process) == 0


async def test_one_socket_is_served_by_one_process(tmp_path: Path) -> None:
    first = await start(tmp_path / "media-0.sock")
    second = await start(tmp_path / "media-0.sock", "--child")

    assert await end(second) == control.TAKEN
    first.terminate()
    assert await end(first) == 0


async def test_started_by_hand_it_stands_by_until_the_socket_is_free(tmp_path: Path) -> None:
    path = tmp_path / "media-0.sock"
    first = await start(path)
    second = await start(path)
    assert second.stderr is not None
    assert b"standing by" in await second.stderr.readline()

    first.terminate()
    assert await end(first) == 0
    await until(path.exists)

    second.terminate()
    assert await end(second) == 0


async def test_its_socket_is_for_this_user_alone(tmp_path: Path) -> None:
    process = await start(tmp_path / "media-0.sock")

    mode = (tmp_path / "media-0.sock").stat().st_mode & 0o777
    process.terminate()
    await end(process)

    assert mode & 0o077 == 0


async def test_what_is_no_request_ends_that_conversation_alone(tmp_path: Path) -> None:
    process = await start(tmp_path / "media-0.sock")
    reader, writer = await asyncio.open_unix_connection(tmp_path / "media-0.sock")
    other, asking = await asyncio.open_unix_connection(tmp_path / "media-0.sock")

    greetings = [control.reply(await each.readline()) for each in (reader, other)]
    assert greetings[0] == greetings[1]

    writer.write(b'{"type":"Fly"}\n')
    assert await reader.read() == b""
    asking.write(control.line(control.Stats(7)))
    answer = control.reply(await other.readline())

    assert isinstance(answer, control.Measured)
    assert (answer.id, answer.viewers) == (7, 0)
    for each in (writer, asking):
        each.close()
    process.terminate()
    await end(process)


def test_a_long_path_moves_to_the_temporary_folder() -> None:
    near = control.socket_path(Path("/tmp/data"), 3)
    far = control.socket_path(Path("/tmp") / ("x" * 200), 3)

    assert near == Path("/tmp/data/media-3.sock")
    assert len(str(far)) < control.PATH_LIMIT
    assert far != control.socket_path(Path("/tmp") / ("y" * 200), 3)
