"""What a parser taken over by a hostile file would try; runs in a confined process."""

from __future__ import annotations

import ctypes
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path


def main(arguments: Sequence[str]) -> None:
    """Try one misdeed; whoever fails says so in one word."""
    name, *rest = arguments
    sys.stdout.write(MISDEEDS[name](*rest))


def tried(deed: Callable[[], object]) -> str:
    try:
        deed()
    except (OSError, PermissionError):
        return "prevented"
    return "done"


def connect(port: str) -> str:
    return tried(lambda: socket.create_connection(("127.0.0.1", int(port)), 2).close())


def run_other(_: str = "") -> str:
    return tried(lambda: subprocess.run(["/bin/true"], check=True))


def read(path: str) -> str:
    return tried(lambda: Path(path).read_bytes())


def write(path: str) -> str:
    return tried(lambda: Path(path).write_bytes(b"x"))


def write_much(path: str) -> str:
    return tried(lambda: Path(path).write_bytes(bytes(10_000_000)))


def spin() -> str:
    while True:
        pass


def sleep() -> str:
    time.sleep(60)
    return "done"


def hoard() -> str:
    kept = []
    while True:
        kept.append(bytearray(10_000_000))


def outlive(path: str) -> str:
    """A child of its own, in a group of its own, that goes on holding the pipe."""
    if os.fork():
        return "done"
    try:
        os.setsid()
    except PermissionError:
        Path(path).write_bytes(b"prevented")
    time.sleep(60)
    os._exit(0)


def crash() -> str:
    ctypes.string_at(0)
    return "done"


def chatter(pipe: str) -> str:
    while True:
        os.write(int(pipe), bytes(1_000_000))


def greet(name: str) -> str:
    return f"Hello {name}"


MISDEEDS: dict[str, Callable[..., str]] = {
    "connect": connect,
    "run": run_other,
    "read": read,
    "write": write,
    "write much": write_much,
    "spin": spin,
    "sleep": sleep,
    "hoard": hoard,
    "outlive": outlive,
    "crash": crash,
    "chatter": chatter,
    "greet": greet,
}
