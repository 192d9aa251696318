"""A house whose rooms cannot be asked yet: nobody is taken for a stranger."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.applications import Starlette

from schedule import programme
from server import door
from server.clock import WallClock
from server.door import Closed, Door
from server.limits import PER_ADDRESS, PER_PERSON, Limits
from server.live import Live, Sessions
from server.session import Surroundings
from server.settings import Settings
from server.socket import Head
from server.stills import Stills
from tests.server.conftest import PROGRAMME

SETTINGS = Settings(public_url="http://localhost:8000", secret="x" * 32)


def closed_app() -> Starlette:
    app = Starlette()
    gathering = programme.read(PROGRAMME.read_text())
    app.state.house = SimpleNamespace(is_open=False, gathering=gathering)
    app.state.settings = SETTINGS
    app.state.accounts = None
    app.state.limits = Limits(PER_ADDRESS)
    app.state.clock = WallClock()
    return app


async def test_nobody_is_looked_up_while_it_is_closed() -> None:
    with pytest.raises(Closed):
        await door.recognise(closed_app(), "foyer=secret")


async def test_a_page_says_one_moment() -> None:
    sent: list[dict[str, Any]] = []
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/people",
        "query_string": b"",
        "headers": [(b"host", b"localhost:8000"), (b"cookie", b"foyer=secret")],
    }

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    await Door(closed_app(), SETTINGS)(scope, receive, send)

    assert sent[0]["status"] == 503
    assert (b"retry-after", b"2") in sent[0]["headers"]
    assert "Jetzt noch einmal versuchen" in sent[1]["body"].decode()


class Line:
    """Notes how it was answered."""

    def __init__(self) -> None:
        self.rejected: HTTPStatus | None = None
        self.opened = False

    def open(self, ear: Any) -> bool:
        self.opened = True
        return True

    def reject(self, status: HTTPStatus, why: str) -> None:
        self.rejected = status

    def close(self, code: int, reason: str) -> None:
        raise AssertionError("nothing was opened")


async def test_a_socket_is_turned_away_for_now_and_not_as_a_stranger() -> None:
    app, line = closed_app(), Line()
    around = Surroundings(
        house=app.state.house,
        media=None,  # type: ignore[arg-type]
        clock=app.state.clock,
        per_person=Limits(PER_PERSON),
        per_address=app.state.limits,
        stills=Stills(),
    )

    async with asyncio.TaskGroup() as tasks:
        live = Live(
            SETTINGS.origin,
            around,
            Sessions(),
            lambda header, phone: door.recognise(app, header),
            lambda cookies, wish: "de",
            tasks,
        )
        live.admit(Head("foyer=secret", "", "127.0.0.1"), line)  # type: ignore[arg-type]

    assert line.rejected == 503
    assert not line.opened
