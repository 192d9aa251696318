"""Frames, and clients that send half a request or stop reading."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable

import pytest
from websockets.frames import Frame, Opcode

from server.socket import frame
from tests.running import Running
from tests.server.visitor import Visitor


@pytest.mark.parametrize("length", [0, 1, 125, 126, 127, 65_535, 65_536, 200_000])
def test_a_frame_is_what_the_standard_says(length: int) -> None:
    text = b"x" * length

    assert frame(text) == Frame(Opcode.TEXT, text).serialize(mask=False)


def test_the_same_text_is_framed_once() -> None:
    text = b'{"type":"told"}'

    assert frame(text) is frame(text)


def test_another_text_of_the_same_value_is_framed_rightly() -> None:
    first, second = b"one", b"two"

    assert (frame(first), frame(second), frame(first)) == (
        b"\x81\x03one",
        b"\x81\x03two",
        b"\x81\x03one",
    )


def test_clients_that_hang_are_let_go(server: Running) -> None:
    """In real time, all at once: nothing but a real kernel can show this."""
    cookie = Visitor(server).sign_in("hanna").cookie
    took: dict[str, float] = {}
    hanging: dict[str, Callable[[], float]] = {
        "sends half a request": lambda: _half_a_request(server),
        "sends nothing": lambda: _nothing(server),
        "stop reading": lambda: _unread(server, cookie),
    }
    threads = [
        threading.Thread(target=lambda name=name, hang=hang: took.update({name: hang()}))
        for name, hang in hanging.items()
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert took.keys() == hanging.keys()
    assert all(5.0 < seconds < 15.0 for seconds in took.values()), took


def _half_a_request(server: Running) -> float:
    with _connected(server) as line:
        line.sendall(b"GET /live HTTP/1.1\r\nHost: localhost\r\nUpgrade: webs")
        return _until_closed(line)


def _nothing(server: Running) -> float:
    with _connected(server) as line:
        return _until_closed(line)


def _unread(server: Running, cookie: str) -> float:
    """Two fill the pipe to them and never read again, one of them still talks; how long the
    server keeps them. Their own kernels do not hear of the end: nothing fits in any more."""
    with _stuck(server, cookie), _stuck(server, cookie) as talking:
        since = time.monotonic()
        assert server.health()["sessions"] == 2
        while server.health()["sessions"] and time.monotonic() < since + 20.0:
            with contextlib.suppress(OSError):
                talking.sendall(_masked(b'{"type":"ping","sent":1}'))
            time.sleep(0.2)
        return time.monotonic() - since


def _stuck(server: Running, cookie: str) -> socket.socket:
    line = _connected(server, buffer=4096)
    line.sendall(
        b"GET /live HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
        + f"Host: localhost\r\nOrigin: {server.url}\r\nCookie: {cookie}\r\n\r\n".encode()
    )
    assert b"101" in line.recv(64)
    for _ in range(30):
        line.sendall(_masked(b'{"type":"join","room":"foyer"}'))
    return line


def _connected(server: Running, buffer: int = 0) -> socket.socket:
    line = socket.socket()
    if buffer:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
    line.settimeout(20.0)
    line.connect(("127.0.0.1", server.port))
    return line


def _until_closed(line: socket.socket) -> float:
    since = time.monotonic()
    with contextlib.suppress(OSError):
        while line.recv(4096):
            pass
    return time.monotonic() - since


def _masked(text: bytes) -> bytes:
    return Frame(Opcode.TEXT, text).serialize(mask=True)
