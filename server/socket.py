"""One WebSocket: uvicorn's `ws=` class on the sans-I/O parser of `websockets`.

uvicorn's own classes check no origin, compress every message, take 16 MiB at once and
never let go of a client that stops reading. Here the origin is compared before anything is
accepted, no extension is ever negotiated, and what cannot be delivered ends the connection.
A message to many is framed once, and the same bytes go to all.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket as sockets
import struct
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final, Protocol, cast

from msgspec import Struct
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState
from websockets.datastructures import MultipleValuesError
from websockets.frames import Frame, Opcode
from websockets.http11 import Request, Response
from websockets.protocol import SEND_EOF, State
from websockets.server import ServerProtocol
from websockets.typing import Origin

from server.wire import LARGEST

PATH: Final = "/live"
OUTBOX: Final = 1 << 20  # bytes a browser may leave unread before it is let go
HEAD_WITHIN: Final = 10.0  # seconds for the whole head of a request
LARGEST_HEAD: Final = 32 * 1024  # bytes
PING_EVERY: Final = 5.0  # seconds
PONG_WITHIN: Final = 9.0  # seconds; with the ping before it, silence is noticed within 15
CLOSE_WITHIN: Final = 2.0  # seconds for the other side to answer our closing
UNREAD_WITHIN: Final = 10_000  # milliseconds until the kernel gives up on unacknowledged bytes
PROXIES: Final = frozenset({"127.0.0.1", "::1"})  # those whose X-Forwarded-For counts

NOT_SIGNED_IN: Final = 4401
MALFORMED: Final = 4400
BUSY: Final = 4429
RESTART: Final = 1012


log = logging.getLogger(__name__)


class Head(Struct, frozen=True):
    """What the request for a WebSocket said, as far as it matters here."""

    cookies: str
    accept_language: str
    address: str
    phone: bool = False
    "Whether it comes as somebody's camera alone."


class Ear(Protocol):
    """Who listens on an open socket. Nothing here may wait."""

    def stirred(self) -> bool:
        """Any frame came, pings included; False if that was one too many."""

    def heard(self, text: bytes) -> None:
        """A whole message came."""

    def closing_house(self) -> None:
        """The server goes down: say goodbye and close."""

    def gone(self) -> None:
        """The connection is no more. Comes exactly once, and nothing after it."""


class Entrance(Protocol):
    """Who decides about a visitor; `app_state["live"]` holds it."""

    origin: str

    def admit(self, head: Head, line: Socket) -> None:
        """Call `line.open(ear)` or `line.reject(…)` soon."""


_framed: tuple[bytes, bytes] = (b"", b"")


def frame(data: bytes) -> bytes:
    """Frame one text message. The same object asked for again costs nothing."""
    global _framed
    if _framed[0] is not data:
        _framed = (data, _head_of_frame(len(data)) + data)
    return _framed[1]


def _head_of_frame(length: int) -> bytes:
    # RFC 6455 section 5.2: final text frame, unmasked, as servers send them.
    if length < 126:
        return bytes((0x81, length))
    if length < 1 << 16:
        return b"\x81\x7e" + length.to_bytes(2, "big")
    return b"\x81\x7f" + length.to_bytes(8, "big")


def listening_socket(host: str, port: int) -> sockets.socket:
    """Open the port to listen on; raises OSError. Connections inherit its time limit.

    `TCP_USER_TIMEOUT` is what lets go of a client that stops reading: asyncio has no word
    for it, and without it the kernel keeps trying for a quarter of an hour.
    """
    family = sockets.AF_INET6 if ":" in host else sockets.AF_INET
    listening = sockets.socket(family, sockets.SOCK_STREAM)
    try:
        listening.setsockopt(sockets.SOL_SOCKET, sockets.SO_REUSEADDR, 1)
        listening.setsockopt(sockets.IPPROTO_TCP, sockets.TCP_USER_TIMEOUT, UNREAD_WITHIN)
        listening.setsockopt(sockets.IPPROTO_TCP, sockets.TCP_NODELAY, 1)
        listening.bind((host, port))
        listening.listen(1024)
    except OSError:
        listening.close()
        raise
    listening.setblocking(False)
    return listening


class Http(HttpToolsProtocol):
    """uvicorn's HTTP, which otherwise waits for ever for the end of a request's head."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._head_bytes = 0
        self._patience: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._have_head()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._patience is not None:
            self._head_bytes += len(data)
            if self._head_bytes > LARGEST_HEAD and not self.transport.is_closing():
                self.send_400_response("The head of this request is too large.")

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._await_head()

    def on_headers_complete(self) -> None:
        self._have_head()
        super().on_headers_complete()

    def _await_head(self) -> None:
        if self._patience is None:
            self._patience = self.loop.call_later(HEAD_WITHIN, self.transport.abort)

    def _have_head(self) -> None:
        self._head_bytes = 0
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None


class Socket(asyncio.Protocol):
    """One WebSocket connection, from the request to the last byte."""

    def __init__(
        self, config: Config, server_state: ServerState, app_state: dict[str, Any]
    ) -> None:
        del config
        self._connections = cast(set[Any], server_state.connections)
        self._entrance: Entrance = app_state["live"]
        self._loop = asyncio.get_running_loop()
        self._parser = ServerProtocol(
            origins=[Origin(self._entrance.origin)], extensions=None, max_size=LARGEST
        )
        self._transport: asyncio.Transport
        self._acceptance: Response | None = None
        self._ear: Ear | None = None
        self._parts: list[bytes] = []
        self._outbox: list[bytes] = []
        self._outbox_bytes = 0
        self._timer: asyncio.TimerHandle | None = None
        self._unanswered = False
        self._over = False

    # What the transport calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._connections.add(self)
        self._set_timer(HEAD_WITHIN, self._drop)

    def data_received(self, data: bytes) -> None:
        self._unanswered = False  # any byte shows that somebody is there
        self._parser.receive_data(data)
        for event in self._parser.events_received():
            if isinstance(event, Request):
                self._request(event)
            elif isinstance(event, Frame) and not self._over:
                self._frame(event)
        self._flush_parser()
        if self._parser.close_expected() and not self._over:
            self._over = True
            self._await_end()

    def eof_received(self) -> None:
        """The other side is done; the transport then closes by itself."""

    def pause_writing(self) -> None:
        """Nobody waits for a browser; `send` looks at the buffer itself."""

    def resume_writing(self) -> None:
        """See `pause_writing`."""

    def connection_lost(self, exc: Exception | None) -> None:
        del exc
        self._connections.discard(self)
        self._over = True
        self._stop_timer()
        ear, self._ear = self._ear, None
        if ear is not None:
            ear.gone()

    # What uvicorn calls

    def shutdown(self) -> None:
        """The server goes down."""
        if self._ear is not None:
            self._ear.closing_house()
        else:
            self._transport.close()

    # What the entrance calls

    def open(self, ear: Ear) -> bool:
        """Accept the visitor; False if they are gone already."""
        if self._acceptance is None or self._transport.is_closing():
            return False
        self._parser.send_response(self._acceptance)
        self._flush_parser()
        self._ear = ear
        self._set_timer(PING_EVERY, self._ping)
        return True

    def reject(self, status: HTTPStatus, why: str) -> None:
        """Answer the request with an error instead of a WebSocket."""
        if not self._transport.is_closing():
            self._parser.send_response(self._parser.reject(status, why + "\n"))
            self._flush_parser()
            self._await_end()

    # What the ear calls

    @property
    def waiting(self) -> int:
        """Bytes on their way that the browser has not taken yet."""
        return self._outbox_bytes + self._transport.get_write_buffer_size()

    def send(self, data: bytes) -> None:
        """Send one text message, or let go of a browser that does not read. Never waits."""
        if self._over or self._transport.is_closing():
            return
        framed = frame(data)
        if self.waiting + len(framed) > OUTBOX:
            log.info("a browser that does not read is let go")
            self._drop()
            return
        if not self._outbox:
            self._loop.call_soon(self._flush)
        self._outbox.append(framed)
        self._outbox_bytes += len(framed)

    def close(self, code: int, reason: str) -> None:
        """Close with a code and a reason of at most 123 bytes. Closing twice does no harm."""
        if self._over:
            return
        self._over = True
        self._flush()
        if self._parser.state is State.OPEN:
            self._parser.send_close(code, reason)
            self._flush_parser()
        self._await_end()

    # Details

    def _request(self, request: Request) -> None:
        response = self._parser.accept(request)
        if response.status_code != HTTPStatus.SWITCHING_PROTOCOLS:
            self._parser.send_response(response)
            self._flush_parser()
            self._await_end()
        elif request.path.partition("?")[0] != PATH:
            self.reject(HTTPStatus.NOT_FOUND, "There is no WebSocket here.")
        else:
            self._acceptance = response
            self._entrance.admit(self._head(request), self)

    def _head(self, request: Request) -> Head:
        peer = self._transport.get_extra_info("peername")
        address = peer[0] if peer else ""
        forwarded = ", ".join(request.headers.get_all("X-Forwarded-For"))
        if address in PROXIES and forwarded:
            address = forwarded.rpartition(",")[2].strip()
        return Head(
            cookies="; ".join(request.headers.get_all("Cookie")),
            accept_language=_only(request, "Accept-Language"),
            address=address,
            phone=request.path.partition("?")[2] == "phone",
        )

    def _frame(self, event: Frame) -> None:
        if self._ear is None or not self._ear.stirred():
            return
        if event.opcode is Opcode.BINARY:
            self.close(MALFORMED, "only text is understood here")
        elif event.opcode in (Opcode.TEXT, Opcode.CONT):
            self._parts.append(bytes(event.data))
            if event.fin:
                text, self._parts = b"".join(self._parts), []
                self._ear.heard(text)

    def _flush(self) -> None:
        if self._outbox and not self._transport.is_closing():
            self._transport.write(b"".join(self._outbox))
        self._outbox.clear()
        self._outbox_bytes = 0

    def _flush_parser(self) -> None:
        parts = self._parser.data_to_send()
        if not parts or self._transport.is_closing():
            return
        self._flush()  # what was said before goes out before
        self._transport.write(b"".join(parts))
        if parts[-1] == SEND_EOF and self._transport.can_write_eof():
            self._transport.write_eof()

    def _await_end(self) -> None:
        """Let the other side close. A socket closed with bytes unread is a reset, and what we
        said last, the reason, would be lost with it."""
        self._set_timer(CLOSE_WITHIN, self._drop)

    def _drop(self) -> None:
        """End it now. Without this option the kernel would go on offering what was not read."""
        raw = self._transport.get_extra_info("socket")
        with contextlib.suppress(OSError):
            raw.setsockopt(sockets.SOL_SOCKET, sockets.SO_LINGER, struct.pack("ii", 1, 0))
        self._transport.abort()

    def _ping(self) -> None:
        if self._unanswered:
            self._drop()
            return
        self._unanswered = True
        self._parser.send_ping(b"")
        self._flush_parser()
        self._set_timer(PONG_WITHIN, self._check_pong)

    def _check_pong(self) -> None:
        if self._unanswered:
            self._drop()
        else:
            self._set_timer(0.0, self._ping)

    def _set_timer(self, seconds: float, then: Callable[[], None]) -> None:
        self._stop_timer()
        self._timer = self._loop.call_later(seconds, then)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def _only(request: Request, name: str) -> str:
    try:
        return request.headers.get(name, "")
    except MultipleValuesError:
        return ""
