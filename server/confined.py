"""Work on files of strangers in a child process that can harm nobody.

The child has a limit on time, memory and file sizes; it reads its code and what it was given,
writes into one folder at most, and has no network: every one of them is asked of the kernel,
so that a fault in a parser of others ends there. `server.confinement` is its inside.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Literal

HOUSE: Final = Path(__file__).parents[1]
LARGEST_FILE: Final = 64 << 20  # bytes of one file the child writes
LARGEST_ANSWER: Final = 4 << 20  # bytes on the child's stdout
GRACE: Final = 2.0  # seconds for starting Python, before the limit counts


class Confined(Exception):
    """The child did not come to an end by itself: out of `time` or `memory`, or it `failed`."""

    def __init__(self, why: Literal["time", "memory", "failed"], said: str = "") -> None:
        super().__init__(f"{why}: {said[-500:]}" if said else why)
        self.why = why
        self.said = said
        "What it wrote to stderr; not for people."


async def run(
    module: str,
    arguments: Sequence[str],
    seconds: float,
    memory: int,
    *,
    folder: Path | None = None,
    reads: Sequence[Path] = (),
    largest_file: int = LARGEST_FILE,
) -> bytes:
    """Call `module.main(arguments)` in a confined process; return what it wrote to stdout.

    `seconds` counts for CPU and for the wall, `memory` is address space in bytes. The child
    may write into `folder` alone, and read there, in `reads` and where code lies. Raises
    `Confined`.
    """
    limits = (f"{seconds:.0f}", str(memory), str(largest_file))
    places = (str(folder or ""), os.pathsep.join(str(path) for path in reads))
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "server.confinement", *limits, *places, module, *arguments,
        cwd=HOUSE,
        env={"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "OMP_NUM_THREADS": "1"},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,
    )  # fmt: skip
    try:
        async with asyncio.timeout(seconds + GRACE):
            answer, said = await _heard(child)
            code = await child.wait()
    except TimeoutError:
        raise Confined("time") from None
    finally:
        await _end(child)
    if len(answer) > LARGEST_ANSWER or len(said) > LARGEST_ANSWER:
        raise Confined("failed", "it said far too much")
    if code:
        raise Confined(_why(code, said), said)
    return answer


async def _heard(child: asyncio.subprocess.Process) -> tuple[bytes, str]:
    if child.stdout is None or child.stderr is None:
        raise RuntimeError("the child was started with both pipes")
    answer, said = await asyncio.gather(_up_to(child, child.stdout), _up_to(child, child.stderr))
    return answer, said.decode(errors="replace")


async def _up_to(child: asyncio.subprocess.Process, pipe: asyncio.StreamReader) -> bytes:
    """Read to the end; whoever says too much is killed, which brings the end about."""
    parts = bytearray()
    while chunk := await pipe.read(1 << 16):
        if len(parts) <= LARGEST_ANSWER:
            parts += chunk
        if len(parts) > LARGEST_ANSWER:
            _kill(child)
    return bytes(parts)


async def _end(child: asyncio.subprocess.Process) -> None:
    """Nothing of it stays: neither the child nor what it may have started."""
    _kill(child)
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(GRACE):
            # asyncio tells the end of a child only after the end of its pipes, and a pipe that
            # nobody reads never ends: what is still in them is read and dropped.
            await child.communicate()


def _kill(child: asyncio.subprocess.Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)


def _why(code: int, said: str) -> Literal["time", "memory", "failed"]:
    if code == -signal.SIGXCPU:
        return "time"
    return "memory" if "MemoryError" in said or "memory" in said.lower() else "failed"
