"""Somebody who uses the house without a browser: plain HTTP and a plain WebSocket."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import json
import re
import secrets
from collections.abc import Callable
from http.cookies import SimpleCookie
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.running import Running

WITHIN = 15.0  # seconds an answer may take on a loaded machine


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    text: str


class Visitor:
    """Keeps cookies as a browser does; sends what it is told and nothing else."""

    def __init__(self, server: Running) -> None:
        self.server = server
        self.cookies: dict[str, str] = {}
        self.set_cookie: list[str] = []

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, None, headers)

    def post(self, path: str, form: dict[str, str], **headers: str) -> Answer:
        """Send a form; the Origin is ours unless `headers` say another (or none, if empty)."""
        given = {"origin": self.server.url} | headers
        return self.ask("POST", path, form, {name: each for name, each in given.items() if each})

    def token(self, path: str) -> str:
        """The hidden field of a page's form."""
        page = self.get(path).text
        found = re.search(r'name="csrf" value="([^"]+)"', page)
        assert found is not None, page
        return found[1]

    def sign_in(self, person: str) -> Visitor:
        path = urlsplit(self.server.link(person)).path
        answer = self.post(path, {"csrf": self.token(path)})
        assert answer.status == 303, answer
        return self

    def ask(
        self, method: str, path: str, form: dict[str, str] | None, headers: dict[str, str]
    ) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=WITHIN)
        body = None if form is None else urlencode(form)
        sent = {"host": urlsplit(self.server.url).netloc, "cookie": self.cookie}
        if form is not None:
            sent["content-type"] = "application/x-www-form-urlencoded"
        sent |= {name.replace("_", "-").lower(): value for name, value in headers.items()}
        try:
            connection.request(method, path, body, sent)
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        self.set_cookie = answer.headers.get_all("Set-Cookie") or []
        for line in self.set_cookie:
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        return Answer(answer.status, {k.lower(): v for k, v in answer.headers.items()}, text)

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items() if value)

    def live(self, path: str = "/live", **kwargs: Any) -> connect:
        """Open the WebSocket; `async with visitor.live() as line`."""
        given = {
            "origin": self.server.url,
            "additional_headers": {"Cookie": self.cookie},
            "open_timeout": WITHIN,
        }
        return connect(f"ws://127.0.0.1:{self.server.port}{path}", **(given | kwargs))


Frame = dict[str, Any]


async def say(line: ClientConnection, type_: str, **fields: Any) -> None:
    await line.send(json.dumps({"type": type_, **fields}))


async def hear(line: ClientConnection, type_: str) -> Frame:
    """The next frame of this type; what comes before it is passed over."""
    return await hear_that(line, lambda frame: frame["type"] == type_)


async def hear_that(line: ClientConnection, fits: Callable[[Frame], bool]) -> Frame:
    async with asyncio.timeout(WITHIN):
        while True:
            frame: Frame = json.loads(await line.recv())
            if fits(frame):
                return frame


async def do(line: ClientConnection, room: str, type_: str, /, **fields: Any) -> Frame:
    """Carry out a command; returns `done` or `refused`."""
    op = fields.pop("op", None) or secrets.token_hex(8)
    await say(line, "do", op=op, room=room, command={"type": type_, **fields})
    return await hear_that(line, lambda frame: frame.get("op") == op)


async def pass_over(line: ClientConnection) -> None:
    """Read on until the other side closes."""
    async with asyncio.timeout(WITHIN):
        with contextlib.suppress(ConnectionClosed):
            while True:
                await line.recv()


async def end(line: ClientConnection) -> tuple[int | None, str]:
    """Wait until the other side closes; the close code and reason."""
    async with asyncio.timeout(WITHIN):
        await line.wait_closed()
    return line.close_code, line.close_reason or ""
