"""A real redis-server on a free port, which a test may kill and start again."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Self

STARTS_WITHIN = 10.0  # seconds
OPTIONS = ("--save", "", "--appendonly", "no", "--dbfilename", "kept.rdb")


class RedisServer:
    """Keeps its data in `folder` when stopped with `keep`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = probe.getsockname()[1]
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self._port}/0"

    def start(self) -> None:
        binary = shutil.which("redis-server")
        assert binary, "redis-server is missing: apt-get install redis-server"
        self._process = subprocess.Popen(
            [binary, "--port", str(self._port), "--bind", "127.0.0.1", *OPTIONS],
            cwd=self._folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + STARTS_WITHIN
        while not self._answers():
            assert time.monotonic() < deadline, "redis-server does not start"
            time.sleep(0.02)

    def stop(self, *, keep: bool = False) -> None:
        """Stop it at once; with `keep` it comes back with what it knew, else with nothing."""
        if self._process is None:
            return
        if keep:
            self._say(b"SAVE\r\n")
        else:
            (self._folder / "kept.rdb").unlink(missing_ok=True)
        self._process.kill()
        self._process.wait()
        self._process = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _answers(self) -> bool:
        try:
            return self._say(b"PING\r\n").startswith(b"+PONG")
        except OSError:
            return False

    def _say(self, line: bytes) -> bytes:
        with socket.create_connection(("127.0.0.1", self._port), timeout=5) as connection:
            connection.sendall(line)
            return connection.recv(100)
