"""A network of its own: nothing enters or leaves, and there is more than loopback."""

from __future__ import annotations

import ctypes
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ADDRESS = "10.213.7.1"
"Where everybody in the namespace finds everybody else; Firefox and Janus leave out loopback."
LONGEST_NAME = 15  # characters of an interface's name


@contextmanager
def apart() -> Iterator[str]:
    """Move this thread, and what it starts from now on, into a new network; needs root.

    Yields the name of the namespace, for processes that others start.
    """
    name = f"foyer-{os.getpid()}"
    near, far = f"n{os.getpid()}"[:LONGEST_NAME], f"f{os.getpid()}"[:LONGEST_NAME]
    _ip("netns", "add", name)
    try:
        for words in (
            f"link set lo up|link add {near} type veth peer name {far}|link set {near} up"
            f"|link set {far} up|addr add {ADDRESS}/24 dev {near}"
            f"|route add default via 10.213.7.2 dev {near}"
        ).split("|"):
            _ip("-n", name, *words.split())
        with entered(name):
            yield name
    finally:
        _ip("netns", "delete", name)


@contextmanager
def entered(name: str) -> Iterator[None]:
    """Move this thread, and what it starts from now on, into a namespace."""
    with (
        Path("/proc/thread-self/ns/net").open("rb") as home,
        Path(f"/run/netns/{name}").open("rb") as away,
    ):
        _enter(away.fileno())
        try:
            yield
        finally:
            _enter(home.fileno())


def _ip(*words: str) -> None:
    done = subprocess.run(["ip", *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, (
        f"this needs network namespaces, as root with iproute2: ip {' '.join(words)}: {done.stderr}"
    )


def _enter(descriptor: int) -> None:
    """`os.setns` came with Python 3.12 only."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.setns(descriptor, 0) != 0:
        raise OSError(ctypes.get_errno(), "setns")
