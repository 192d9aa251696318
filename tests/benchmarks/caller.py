"""A live connection that reads all the time and opens only the answers it waits for."""

from __future__ import annotations

import asyncio
import json
import secrets
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin

from tests.running import Running

WITHIN = 60.0  # seconds an answer may take on a loaded machine
OPENED = ('{"type":"done"', '{"type":"refused"', '{"type":"snapshot"')


class Caller:
    """What others hear beside it costs this one next to nothing."""

    def __init__(self, live: ClientConnection) -> None:
        self._live = live
        self._awaited: dict[str, asyncio.Future[dict[str, Any]]] = {}
        self._reading = asyncio.create_task(self._read())

    @classmethod
    async def call(cls, server: Running, cookie: str) -> Caller:
        """Open somebody's connection."""
        live = await connect(
            f"ws://127.0.0.1:{server.port}/live",
            origin=Origin(server.url),
            additional_headers={"Cookie": cookie},
            compression=None,
            max_size=None,
            open_timeout=WITHIN,
        )
        return cls(live)

    async def enter(self, room: str) -> dict[str, Any]:
        """Join a room, or join it anew; its snapshot."""
        frame = await self._ask(room, {"type": "join", "room": room})
        return dict(frame["shown"])

    async def do(self, room: str, command: str, **fields: object) -> None:
        """Say something; raises if it is not taken."""
        op = secrets.token_hex(8)
        said = {"type": command, **fields}
        answer = await self._ask(op, {"type": "do", "op": op, "room": room, "command": said})
        assert answer["type"] == "done", answer

    async def close(self) -> None:
        """Leave the house."""
        self._reading.cancel()
        await self._live.close()

    async def _ask(self, key: str, frame: dict[str, Any]) -> dict[str, Any]:
        self._awaited[key] = asyncio.get_running_loop().create_future()
        await self._live.send(json.dumps(frame))
        async with asyncio.timeout(WITHIN):
            return await self._awaited[key]

    async def _read(self) -> None:
        async for message in self._live:
            if not str(message).startswith(OPENED):
                continue
            frame = json.loads(message)
            waiting = self._awaited.pop(str(frame.get("op") or frame.get("room")), None)
            if waiting is not None:
                waiting.set_result(frame)
