"""A mail server as small as one can be: it takes every mail and keeps it, without encryption."""

from __future__ import annotations

import email
import email.policy
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from typing import cast


class Letterbox(socketserver.ThreadingTCPServer):
    """Listens on a free port of this machine; `mails` are those it took."""

    daemon_threads = True

    def __init__(self, host: str) -> None:
        super().__init__((host, 0), _Line)
        self.heard: list[bytes] = []
        "The first word of each line."
        self.mails: list[EmailMessage] = []
        self.refuses = False

    @property
    def url(self) -> str:
        return f"smtp://{self.server_address[0]!s}:{self.server_address[1]}"


class _Line(socketserver.StreamRequestHandler):
    """RFC 5321, as far as one client needs it."""

    def handle(self) -> None:
        box = cast("Letterbox", self.server)
        self._say("220 letterbox")
        while line := self.rfile.readline():
            word = line.split()[0].upper() if line.split() else b""
            box.heard.append(word)
            if word == b"RCPT" and box.refuses:
                self._say("550 nobody of this name")
            elif word == b"DATA":
                self._say("354 go on")
                box.mails.append(self._mail())
                self._say("250 kept")
            elif word == b"QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 letterbox")

    def _mail(self) -> EmailMessage:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b"."))
        return email.message_from_bytes(b"".join(lines), policy=email.policy.default)

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@contextmanager
def letterbox(host: str = "127.0.0.1") -> Iterator[Letterbox]:
    """One that is open for a while."""
    with Letterbox(host) as box:
        thread = threading.Thread(target=box.serve_forever)
        thread.start()
        try:
            yield box
        finally:
            box.shutdown()
            thread.join()
