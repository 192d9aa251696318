"""The house's side of talks in browser tests: plain WebSockets, and a round that is opened."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from websockets.sync.client import ClientConnection, connect

from tests.browser.visiting import PATIENCE, eventually
from tests.running import Running
from tests.server.visitor import Visitor


class Line:
    """Somebody's connection to the house, without a page."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._seen: list[dict[str, Any]] = []
        self._until("welcome")

    def join(self, room: str) -> dict[str, Any]:
        """Open a room; how it is shown now."""
        self._send({"type": "join", "room": room, "epoch": 0, "seq": -1})
        shown: dict[str, Any] = self._until("snapshot")["shown"]
        return shown

    def do(self, room: str, command: dict[str, Any]) -> dict[str, Any]:
        """Have a command carried out; the house's answer, `done` or `refused`."""
        op = f"test-{secrets.token_hex(8)}"
        self._send({"type": "do", "op": op, "room": room, "command": command})
        while True:
            frame = self._next()
            if frame.get("op") == op:
                return frame

    def heard(self) -> list[dict[str, Any]]:
        """All events it was told so far, once a word sent now has come back."""
        self._send({"type": "ping", "sent": 1.0})
        self._until("pong")
        return [frame["event"] for frame in self._seen if frame["type"] == "told"]

    def _send(self, frame: dict[str, Any]) -> None:
        self._socket.send(json.dumps(frame))

    def _until(self, kind: str) -> dict[str, Any]:
        while True:
            frame = self._next()
            if frame["type"] == kind:
                return frame

    def _next(self) -> dict[str, Any]:
        frame: dict[str, Any] = json.loads(self._socket.recv(timeout=PATIENCE))
        self._seen.append(frame)
        return frame


@contextmanager
def line(server: Running, person: str) -> Iterator[Line]:
    """The connection of `person`, signed in with their link."""
    visitor = Visitor(server).sign_in(person)
    address = f"ws://127.0.0.1:{server.port}/live"
    headers = {"Cookie": visitor.cookie, "Host": server.url.removeprefix("http://")}
    given: Any = {"origin": server.url, "additional_headers": headers}
    # Nobody reads while a test looks at pages, and the house lets go of who does not read.
    with connect(address, max_queue=None, **given) as socket:
        yield Line(socket)


def open_round(desk: Line, item: str = "round-1", after: str | None = "welcome") -> None:
    """Plan the rounds, publish the plan, and begin one of them."""
    desk.join("foyer")
    desk.join("lounge")
    if after is not None:
        start(desk, after, None)
    assert (
        desk.do("lounge", {"type": "pairing.ask", "onlyHere": False, "strict": False})["type"]
        == "done"
    )

    def published() -> bool:
        number = desk.join("lounge")["pairing"]["desk"]["draft"]
        return (
            number is not None
            and desk.do("lounge", {"type": "pairing.publish", "number": number["number"]})["type"]
            == "done"
        )

    eventually(published, "a plan of the rounds")
    start(desk, item, after)


def start(desk: Line, item: str, after: str | None) -> None:
    """Begin an item of the agenda."""
    command = {"type": "agenda.start", "stage": "gross", "item": item, "after": after}
    answer = desk.do("foyer", command)
    assert answer["type"] == "done", answer
