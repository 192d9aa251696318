"""Starts the real server on free ports for a test, and knows everybody's link."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

ROOT = Path(__file__).parents[1]
STARTS_WITHIN = 40.0  # seconds; a loaded machine with two cores needs some


class Running:
    """One server process in a data folder of its own; it can be killed and started again."""

    def __init__(self, data: Path, programme: Path, **settings: str) -> None:
        self.data = data
        self.programme = programme
        self.port = int(settings.get("FOYER_PORT") or free_port(socket.SOCK_STREAM))
        self.url = settings.get("FOYER_PUBLIC_URL", f"http://localhost:{self.port}")
        self.settings = {
            "FOYER_HOST": "127.0.0.1",
            "FOYER_PORT": str(self.port),
            "FOYER_DATA": str(data),
            "FOYER_PUBLIC_URL": self.url,
            "FOYER_MEDIA_PORT": str(free_port(socket.SOCK_DGRAM)),
            "FOYER_MEDIA_ANNOUNCE": "127.0.0.1",
            **settings,
        }
        self.log = data / "server.log"
        self._process: subprocess.Popen[bytes] | None = None
        self._links: dict[str, str] = {}

    def start(self, *words: str) -> None:
        """Serve; returns when the house says that it is well."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "server", *words],
                cwd=ROOT,
                env=self._environment(),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        deadline = time.monotonic() + STARTS_WITHIN
        while self.health().get("status") != "ok":
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"the server did not start:\n{self.log.read_text()}")
            time.sleep(0.1)

    def health(self) -> dict[str, object]:
        """What /healthz says; empty while nobody answers."""
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=5) as answer:
                said: dict[str, object] = json.load(answer)
        except urllib.error.HTTPError as error:
            said = json.load(error)
        except (OSError, ValueError):
            said = {}
        return said

    @property
    def pid(self) -> int | None:
        """Of the server's process, once it was started."""
        return None if self._process is None else self._process.pid

    def media_pids(self) -> list[int]:
        """The media processes that answer."""
        said: Any = self.health()
        return [each["measured"]["pid"] for each in said["media"] if each["up"]]

    def kill(self) -> None:
        """As a power cut would."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def stop_together(self) -> int:
        """As Ctrl+C in a terminal would: server and media processes at once. The exit code."""
        assert self._process is not None
        os.killpg(self._process.pid, signal.SIGTERM)
        return self._process.wait(20)

    def stop(self) -> None:
        """As an operator would."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run `python -m server WORDS` beside the server."""
        return subprocess.run(
            [sys.executable, "-m", "server", *words],
            cwd=ROOT,
            env=self._environment(),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def link(self, person: str) -> str:
        """A personal sign-in link, by the person's id."""
        if person not in self._links:
            done = self.command("links", "--person", person)
            assert done.returncode == 0, done.stderr
            self._links[person] = next(
                word for word in done.stdout.split() if word.startswith("http")
            )
        return self._links[person]

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("FOYER_")}
        return {**kept, **self.settings}


@contextmanager
def running(data: Path, programme: Path, **settings: str) -> Iterator[Running]:
    """A server that has imported `programme` and serves until the block ends."""
    server = Running(data, programme, **settings)
    done = server.command("import", str(programme))
    assert done.returncode == 0, done.stderr
    server.start()
    try:
        yield server
    finally:
        server.stop()


def tonight(programme: Path, folder: Path) -> Path:
    """A copy of a programme written for 18:00 that begins at the last full minute instead."""
    now = datetime.now(ZoneInfo("Europe/Berlin")).replace(second=0, microsecond=0)
    later = now - now.replace(hour=18, minute=0)
    text = re.sub(r"(?m)^date = .*$", f"date = {now:%Y-%m-%d}", programme.read_text())

    def moved(written: re.Match[str]) -> str:
        at = now.replace(hour=int(written[1]), minute=int(written[2])) + later
        return f'"{at:%H:%M}"'

    copy = folder / programme.name
    copy.write_text(re.sub(r'"(\d\d):(\d\d)"', moved, text))
    return copy


def free_port(kind: socket.SocketKind) -> int:
    """A port nobody uses just now."""
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
