"""Two networks with a line between them that can be made as bad as one likes; needs root."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

import msgspec

from tests.namespace import entered
from tests.running import ROOT
from tests.unetem import Weather

HOUSE: Final = "10.213.8.1"
"The server's address."
HOME: Final = "10.213.8.2"
"The browser's,"
ELSEWHERE: Final = "10.213.8.3"
"and its other one."

# What the sender leaves to the network card, such as checksums, no card does here.
OFFLOADS: Final = ("tx", "rx", "tso", "gso", "gro")


class Lossy:
    """The line, and who is at its far end."""

    def __init__(
        self, near: str, far: str, forwarder: subprocess.Popen[bytes], folder: Path
    ) -> None:
        self.beyond = far
        "the namespace at its far end"
        self._forwarder = forwarder
        self.near = _chromium(folder / "chromium-near", near)
        "a Chromium that lives at the server's end,"
        self.far = _chromium(folder / "chromium-far", far)
        "and one at the other"

    def weather(self, **is_now: float | bool) -> None:
        """From now on the line is like this (see `Weather`), and otherwise good."""
        assert self._forwarder.stdin is not None
        self._forwarder.stdin.write(msgspec.json.encode(Weather(**is_now)) + b"\n")
        self._forwarder.stdin.flush()

    def move(self) -> None:
        """The far end has another address, as after a change from Wi-Fi to mobile."""
        # The last address of a network takes the routes with it.
        for words in (
            f"addr del {HOME}/24 dev line",
            f"addr add {ELSEWHERE}/24 dev line",
            f"route add default via {HOUSE} dev line",
        ):
            _ip("-n", self.beyond, *words.split())


@contextmanager
def lossy(folder: Path) -> Iterator[Lossy]:
    """Move this thread, and what it starts from now on, to the server's end of a new line."""
    names = near, middle, far = [f"foyer-{end}{os.getpid()}" for end in ("n", "m", "f")]
    with ExitStack() as stack:
        for name in names:
            _ip("netns", "add", name)
            stack.callback(_ip, "netns", "delete", name)
        _connect(near, middle, "near", HOUSE)
        _connect(far, middle, "far", HOME)
        forwarder = stack.enter_context(
            subprocess.Popen(
                [*_within(middle), sys.executable, "-m", "tests.unetem", "near", "far"],
                stdin=subprocess.PIPE,
                cwd=ROOT,
            )
        )
        stack.callback(forwarder.kill)
        stack.enter_context(entered(near))
        yield Lossy(near, far, forwarder, folder)


def unavailable() -> str:
    """Why there can be no such line here; empty if there can."""
    done = subprocess.run(
        ["unshare", "--net", "ethtool", "--version"], capture_output=True, text=True, check=False
    )
    if done.returncode == 0:
        return ""
    return f"this needs network namespaces, as root, and ethtool: {done.stderr.strip()}"


def _connect(end: str, middle: str, name: str, address: str) -> None:
    made = f"link add line netns {end} type veth peer name {name} netns {middle}"
    _ip(*made.split())
    for words in (f"-n {end} addr add {address}/24 dev line", f"-n {end} link set lo up"):
        _ip(*words.split())
    for namespace, interface in ((end, "line"), (middle, name)):
        off = [word for each in OFFLOADS for word in (each, "off")]
        _run(*_within(namespace), "ethtool", "-K", interface, *off)
        _ip("-n", namespace, "link", "set", interface, "up")
    # A browser without a way out believes to be offline.
    gateway = HOME if address == HOUSE else HOUSE
    _ip("-n", end, "route", "add", "default", "via", gateway, "dev", "line")


def _within(namespace: str) -> tuple[str, ...]:
    return ("ip", "netns", "exec", namespace)


def _chromium(path: Path, namespace: str) -> str:
    chromium = shutil.which("chromium")
    path.write_text(f'#!/bin/sh\nexec ip netns exec {namespace} {chromium} "$@"\n')
    path.chmod(0o755)
    return str(path)


def _ip(*words: str) -> None:
    _run("ip", *words)


def _run(*words: str) -> None:
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(words)}: {done.stderr}"
