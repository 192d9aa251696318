"""CPU of one server process per delivered message: our socket beside two peers, in one run.

Every server tells the same 200 bytes to all its clients, again and again, and says how much
CPU it took. Run by `make bench`, or `python -m tests.benchmarks.fanout`.
"""

from __future__ import annotations

import asyncio
import os
import socket as sockets
import statistics
import subprocess
import sys
import time
from typing import Any

import uvicorn
import websockets
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from server import socket

CLIENTS = 300
ROUNDS = 400
PAUSE = 0.005  # seconds between two rounds
ROUNDS_OF_ALL = 3  # each server runs this often, in turn
MESSAGE = '{"type":"told","room":"stage-gross","event":"' + "x" * 150 + '"}'
HANDSHAKE = (
    "GET /live HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Origin: http://127.0.0.1\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n"
    "Sec-WebSocket-Version: 13\r\n\r\n"
)


def main() -> None:
    """Print the CPU per message of each server, and what it is beside ours."""
    taken: dict[str, list[float]] = {name: [] for name in SERVERS}
    for _ in range(ROUNDS_OF_ALL):
        for name, costs in taken.items():
            costs.append(_measure(name))
    middle = {name: statistics.median(costs) for name, costs in taken.items()}
    print(f"{CLIENTS} clients, {len(MESSAGE)} bytes, µs of CPU per delivered message")
    for name, cost in middle.items():
        print(f"  {name:<22}{cost:6.2f} µs   {cost / middle['foyer']:5.2f} × foyer")


def _measure(name: str) -> float:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.fanout", name], stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        port = int(server.stdout.readline())
        asyncio.run(_listen(port))
        return float(server.stdout.readline())


async def _listen(port: int) -> None:
    """All clients in one process; they read and throw away until the server is done."""
    ends = [await asyncio.open_connection("127.0.0.1", port) for _ in range(CLIENTS)]
    for _, writer in ends:
        writer.write(HANDSHAKE.encode())
    await asyncio.gather(*(reader.read(-1) for reader, _ in ends), return_exceptions=True)
    for _, writer in ends:
        writer.close()


def _say_cost(before: float) -> None:
    print((time.process_time() - before) / (CLIENTS * ROUNDS) * 1e6, flush=True)
    os._exit(0)


# The servers


class _Ear:
    def stirred(self) -> bool:
        return True

    def heard(self, text: bytes) -> None:
        pass

    def closing_house(self) -> None:
        pass

    def gone(self) -> None:
        pass


class _Entrance:
    origin = "http://127.0.0.1"

    def __init__(self) -> None:
        self.lines: list[socket.Socket] = []

    def admit(self, head: socket.Head, line: socket.Socket) -> None:
        line.open(_Ear())
        self.lines.append(line)
        if len(self.lines) == CLIENTS:
            self.telling = asyncio.ensure_future(self._tell())

    async def _tell(self) -> None:
        before = time.process_time()
        for _ in range(ROUNDS):
            data = MESSAGE.encode()
            for line in self.lines:
                line.send(data)
            await asyncio.sleep(PAUSE)
        _say_cost(before)


def _foyer(listening: sockets.socket) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        while scope["type"] == "lifespan":
            message = await receive()
            if message["type"] == "lifespan.startup":
                scope["state"]["live"] = _Entrance()
                await send({"type": "lifespan.startup.complete"})
            else:
                await send({"type": "lifespan.shutdown.complete"})

    _serve(app, listening, ws=socket.Socket)


def _starlette(listening: sockets.socket) -> None:
    lines: list[WebSocket] = []

    async def live(line: WebSocket) -> None:
        await line.accept()
        lines.append(line)
        if len(lines) == CLIENTS:
            before = time.process_time()
            for _ in range(ROUNDS):
                for each in lines:
                    await each.send_text(MESSAGE)
                await asyncio.sleep(PAUSE)
            _say_cost(before)
        try:
            await line.receive_text()
        except WebSocketDisconnect:
            return

    app = Starlette(routes=[WebSocketRoute("/live", live)])
    _serve(app, listening, ws="websockets-sansio", ws_per_message_deflate=False)


def _broadcast(listening: sockets.socket) -> None:
    async def run() -> None:
        lines: set[websockets.ServerConnection] = set()

        async def live(line: websockets.ServerConnection) -> None:
            lines.add(line)
            if len(lines) == CLIENTS:
                before = time.process_time()
                for _ in range(ROUNDS):
                    websockets.broadcast(lines, MESSAGE)
                    await asyncio.sleep(PAUSE)
                _say_cost(before)
            await line.wait_closed()

        async with websockets.serve(live, sock=listening, compression=None):
            await asyncio.Event().wait()

    asyncio.run(run())


def _serve(app: Any, listening: sockets.socket, **options: Any) -> None:
    config = uvicorn.Config(app, loop="uvloop", http="httptools", log_level="error", **options)
    uvicorn.Server(config).run(sockets=[listening])


SERVERS = {
    "foyer": _foyer,
    "websockets.broadcast": _broadcast,
    "starlette": _starlette,
}


def _be_server(name: str) -> None:
    listening = socket.listening_socket("127.0.0.1", 0)
    print(listening.getsockname()[1], flush=True)
    SERVERS[name](listening)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _be_server(sys.argv[1])
    else:
        main()
