"""The UDP port: takes datagrams apart (RFC 7983), answers STUN, and lets no stranger further."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import socket
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Protocol

from rooms.media import binding
from rooms.media.peer import Address, Path, Peer

REMEMBERED: Final = 4096  # connectivity checks; four hundred viewers send that many in 25 s
DATAGRAM: Final = 2048  # bytes; longer ones are not media
AT_ONCE: Final = 64  # datagrams read before other work gets its turn
RECEIVE_BUFFER: Final = 8 << 20  # bytes
SEND_BUFFER: Final = 16 << 20  # bytes
BINDING_LIMIT: Final = 2.0  # seconds to wait for a port a dying process still holds
NO_IPV6: Final = (errno.EAFNOSUPPORT, errno.EADDRNOTAVAIL)

_BUFFER_FORCED: Final = {"receive": 33, "send": 32}  # SO_RCVBUFFORCE, SO_SNDBUFFORCE

log = logging.getLogger(__name__)


class Caller(Protocol):
    """Who can prove itself here: a browser, or another media process."""

    name: str

    @property
    def ufrag(self) -> str:
        """Its name in connectivity checks."""

    @property
    def passwords(self) -> Mapping[str, str]:
        """By ufrag, all that hold."""

    @property
    def paths(self) -> Sequence[Path]:
        """All proven addresses."""

    def prove(self, path: Path, nominated: bool, now: float) -> Path | None:
        """An authenticated check came from `path`. Returns an address to forget, if any."""

    def settle(self, ufrag: str) -> list[str]:
        """A path was nominated under `ufrag`; returns those that hold no longer."""

    def receive(self, data: bytes) -> None:
        """Take a datagram from a proven address."""


class Mux:
    """All peers behind one port, on one or several addresses of this machine."""

    def __init__(self) -> None:
        self.port = 0
        self.refused = 0
        "datagrams thrown away: empty, foreign or not to be read"
        self._sockets: list[socket.socket] = []
        self._by_ufrag: dict[str, Caller] = {}
        self._by_path: dict[tuple[socket.socket, Address], Caller] = {}
        self._checks: dict[bytes, Address] = {}
        "where the newest checks came from, by their transaction"

    @property
    def sockets(self) -> tuple[socket.socket, ...]:
        """What is listened on, in the order it was asked for."""
        return tuple(self._sockets)

    async def open(self, hosts: Sequence[str], port: int) -> None:
        """Bind every address to the same port; raises `OSError` if one cannot be had.

        Only what this machine has no protocol for is left out, as long as something is left.
        """
        self.port = port
        for host in hosts:
            try:
                opened = await self._bind(host)
            except OSError as error:
                if not self._sockets or error.errno not in NO_IPV6:
                    raise
                log.warning("%s cannot be listened on: %s", host, error.strerror)
                continue
            self._sockets.append(opened)
            self.port = opened.getsockname()[1]
            asyncio.get_running_loop().add_reader(opened, self._read, opened)

    def close(self) -> None:
        """Stop listening and release the port."""
        for each in self._sockets:
            asyncio.get_running_loop().remove_reader(each)
            each.close()
        self._sockets.clear()

    def add(self, peer: Caller) -> None:
        """Let a peer prove itself from now on."""
        self._by_ufrag[peer.ufrag] = peer

    def restart(self, peer: Peer) -> None:
        """Give a peer new credentials; where it is and how it is spoken to stays."""
        self._forget(peer.restart())
        self._by_ufrag[peer.ufrag] = peer

    def remove(self, peer: Caller) -> None:
        """Make it a stranger again."""
        self._forget(peer.passwords)
        for path in peer.paths:
            if self._by_path.get(path) is peer:
                del self._by_path[path]

    def receive(self, data: bytes, path: Path) -> None:
        """Pass one datagram to whom it is for; throw it away if it is for nobody."""
        if not data:
            self.refused += 1
        elif data[0] < 4:
            self._check(data, path)
        elif (peer := self._by_path.get(path)) is not None:
            self._deliver(peer, data)
        else:
            self.refused += 1

    def _read(self, source: socket.socket) -> None:
        with contextlib.suppress(OSError):  # nothing more to read, or news of a closed port
            for _ in range(AT_ONCE):
                data, address = source.recvfrom(DATAGRAM)
                self.receive(data, Path(source, address))

    def _deliver(self, peer: Caller, data: bytes) -> None:
        # Whatever a packet does to a parser, it does to this packet alone.
        try:
            peer.receive(data)
        except Exception:
            self.refused += 1
            log.exception("a packet of %s could not be handled", peer.name)

    def _check(self, data: bytes, path: Path) -> None:
        """Answer a connectivity check that knows a password (RFC 8445 §7.3)."""
        check = binding.read(data)
        if check is None:
            # What answers the check of a link says nothing that its own checks do not say.
            self.refused += not (path in self._by_path and binding.is_answer(data))
            return
        peer = self._by_ufrag.get(check.ufrag)
        password = peer.passwords[check.ufrag] if peer is not None else ""
        if peer is None or not check.knows(password) or self._is_copied(check, path):
            self.refused += 1
            return
        self._by_path[path] = peer
        forgotten = peer.prove(path, check.nominates, asyncio.get_running_loop().time())
        if forgotten is not None and self._by_path.get(forgotten) is peer:
            del self._by_path[forgotten]
        if check.nominates:
            self._forget(peer.settle(check.ufrag))
        with contextlib.suppress(OSError):
            said = binding.answer(check.transaction, password, *path.address[:2])
            path.socket.sendto(said, path.address)

    def _is_copied(self, check: binding.Request, path: Path) -> bool:
        """Whether this very check came from elsewhere before: who overheard a check could
        otherwise draw somebody's media to an address of their own by sending it again."""
        known = self._checks.setdefault(check.transaction, path.address)
        if len(self._checks) > REMEMBERED:
            del self._checks[next(iter(self._checks))]
        return known != path.address

    def _forget(self, ufrags: Iterable[str]) -> None:
        for ufrag in ufrags:
            self._by_ufrag.pop(ufrag, None)

    async def _bind(self, host: str) -> socket.socket:
        """Bind, waiting a little for a predecessor that is just going."""
        deadline = asyncio.get_running_loop().time() + BINDING_LIMIT
        while True:
            try:
                return _bound(host, self.port)
            except OSError as error:
                late = asyncio.get_running_loop().time() > deadline
                if error.errno != errno.EADDRINUSE or late:
                    raise
                await asyncio.sleep(0.1)


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_DGRAM)
    try:
        made.setblocking(False)
        if family == socket.AF_INET6:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        _widen(made, "receive", socket.SO_RCVBUF, RECEIVE_BUFFER)
        _widen(made, "send", socket.SO_SNDBUF, SEND_BUFFER)
        made.bind((host, port))
    except OSError:
        made.close()
        raise
    return made


def _widen(made: socket.socket, which: str, plain: int, size: int) -> None:
    try:
        made.setsockopt(socket.SOL_SOCKET, _BUFFER_FORCED[which], size)
    except OSError:  # not allowed to pass the system's limit: take what it gives
        made.setsockopt(socket.SOL_SOCKET, plain, size)
