"""The way between two media processes: who is at its other end, and what keeps strangers out."""

from __future__ import annotations

import contextlib
import hmac
import socket
from collections.abc import Callable, Sequence
from pathlib import Path as File
from typing import Final

import pylibsrtp
from aioice import stun
from pylibsrtp import Policy, Session

from rooms.media import sdp
from rooms.media.control import Neighbour
from rooms.media.peer import Path
from rooms.media.srtp import AeadSeal

KEY: Final = 16  # bytes
SALT: Final = 12  # bytes
WINDOW: Final = 1024  # packets that may overtake each other
CHECKING: Final = 1.0  # seconds between two checks, as both ends make them
STALE: Final = 2.5  # seconds without a check until another path may take over
SILENT: Final = 4.0  # seconds after which nothing is sent any more
GONE: Final = 20.0  # seconds after which a link is forgotten, unless it is told of again
MESSAGE: Final = 204  # RTCP's packet type for an application's own (RFC 3550 §6.7)
OURS: Final = b"FOYR"

_BOOT: Final = File("/proc/sys/kernel/random/boot_id")
_NETWORK: Final = File("/proc/self/ns/net")


class Link:
    """A peer that proves itself by a key both processes were given over their control sockets.

    To the demultiplexer it is like any other: an address counts once a connectivity check
    came from it that knows the password, and media goes where the last such check came from.
    Everything is sealed by keys that hold for these two runs of the two processes alone.
    """

    codecs = frozenset(sdp.NUMBERS)
    "a link carries everything"

    def __init__(
        self, ours: Neighbour, theirs: Neighbour, sockets: Sequence[socket.socket], now: float
    ) -> None:
        """`sockets` are what we send from; `now` is in monotonic seconds."""
        self.theirs = theirs
        self.name = f"link to {theirs.id}"
        self._master = _master(ours, theirs)
        self.ufrag = self._derived(f"ufrag {ours.id}")[:8].hex()
        self.passwords = {self.ufrag: self._derived(f"password {ours.id}").hex()}
        self.path: Path | None = None
        self.paths: list[Path] = []
        self.told_at = now
        "when a server last said that this link should be"
        self.heard_at = float("-inf")
        self.on_rtp: Callable[[bytes], None] = _ignore
        self.on_message: Callable[[bytes], None] = _ignore
        self.on_rtcp: Callable[[bytes], None] = _ignore
        self._ours = ours.id
        self._checked_at = float("-inf")
        self.ways = _ways(ours, theirs, sockets)
        "all that are tried"
        out, into = self._derived(f"media {ours.id}"), self._derived(f"media {theirs.id}")
        self.seal = AeadSeal(out[:KEY], out[KEY : KEY + SALT])
        self._outbound = _session(out[: KEY + SALT], Policy.SSRC_ANY_OUTBOUND)
        self._inbound = _session(into[: KEY + SALT], Policy.SSRC_ANY_INBOUND)

    def check(self, now: float) -> None:
        """Show the other end that we are here, on every way there might be. Call it often."""
        if now - self._checked_at < CHECKING:
            return
        self._checked_at = now
        for way in self.ways:  # no check is like another: a copy can be told by that
            with contextlib.suppress(OSError):
                way.socket.sendto(self._request(), way.address)
        if self.path is not None and now - self.heard_at > SILENT:
            self._move(None)

    def is_open(self, now: float) -> bool:
        """Whether the other end was heard of just now."""
        return self.path is not None and now - self.heard_at <= SILENT

    def is_gone(self, now: float) -> bool:
        """Whether nobody has answered, and nobody has asked for it, for long enough."""
        return now - max(self.heard_at, self.told_at) > GONE

    def prove(self, path: Path, nominated: bool, now: float) -> Path | None:
        """An authenticated check came from `path`. Returns an address to forget, if any."""
        del nominated  # both ends check all ways; the first that works is kept while it does
        if self.path is None or now - self.heard_at > STALE:
            self._move(path)
        if path == self.path:
            self.heard_at = now
        if path not in self.paths:
            self.paths.append(path)
        most = max(1, len(self.ways)) + 1
        return self._oldest() if len(self.paths) > most else None

    def settle(self, ufrag: str) -> list[str]:
        """A link has one password as long as it lives."""
        del ufrag
        return []

    def receive(self, data: bytes) -> None:
        """Take a datagram from a proven address. What the seal does not open costs itself."""
        if not 127 < data[0] < 192 or len(data) < 2:
            return
        with contextlib.suppress(pylibsrtp.Error, ValueError):
            if not 192 <= data[1] <= 223:
                self.on_rtp(self._inbound.unprotect(data))
                return
            opened = self._inbound.unprotect_rtcp(data)
            if opened[1] == MESSAGE:
                self.on_message(opened[12:].rstrip(b"\0"))
            else:
                self.on_rtcp(opened)

    def send_message(self, text: bytes) -> None:
        """Send what only we understand."""
        body = OURS + text + bytes(-len(text) % 4)
        head = bytes([0x80, MESSAGE]) + (len(body) // 4 + 1).to_bytes(2, "big")
        self.send_rtcp(head + bytes(3) + b"\1" + body)

    def send_rtcp(self, data: bytes) -> None:
        """Protect and send a compound RTCP packet; what the network refuses is lost."""
        if self.path is not None:
            with contextlib.suppress(OSError):
                self.path.socket.sendto(self._outbound.protect_rtcp(data), self.path.address)

    def forget(self, ssrc: int) -> None:
        """Nothing more will come under this number."""
        with contextlib.suppress(pylibsrtp.Error):
            self._inbound.remove_stream(ssrc)

    def _move(self, path: Path | None) -> None:
        self.path = path
        self.seal.moved(path)

    def _oldest(self) -> Path:
        oldest = next(path for path in self.paths if path != self.path)
        self.paths.remove(oldest)
        return oldest

    def _derived(self, label: str) -> bytes:
        return hmac.digest(self._master, label.encode(), "sha256")

    def _request(self) -> bytes:
        """A check that this link is still wanted, for the other end's password."""
        theirs = self.theirs.id
        ufrag = self._derived(f"ufrag {theirs}")[:8].hex()
        request = stun.Message(stun.Method.BINDING, stun.Class.REQUEST)
        request.attributes["USERNAME"] = f"{ufrag}:{self._ours}"
        request.add_message_integrity(self._derived(f"password {theirs}").hex().encode())
        return bytes(request)


def machine() -> str:
    """Where this process runs: two that say the same reach each other without any network."""
    return f"{_BOOT.read_text().strip()} {_NETWORK.readlink()}"


def near(sockets: Sequence[socket.socket]) -> str:
    """Under which address others on this machine reach who listens on these."""
    host = str(sockets[0].getsockname()[0]) if sockets else "127.0.0.1"
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - only compared


def _master(one: Neighbour, other: Neighbour) -> bytes:
    first, second = sorted((one, other), key=lambda each: each.id)
    return hmac.digest(
        (first.secret + second.secret).encode(), f"{first.id} {second.id}".encode(), "sha256"
    )


def _ways(ours: Neighbour, theirs: Neighbour, sockets: Sequence[socket.socket]) -> list[Path]:
    """Everything we could send to, from every socket that speaks that protocol."""
    addresses = (theirs.near,) if theirs.machine == ours.machine else theirs.addresses
    return [
        Path(each, (address, theirs.port))
        for address in addresses
        for each in sockets
        if (each.family == socket.AF_INET6) == (":" in address)
    ]


def _session(key: bytes, kind: int) -> Session:
    policy = Policy(key=key, ssrc_type=kind, srtp_profile=Policy.SRTP_PROFILE_AEAD_AES_128_GCM)
    policy.allow_repeat_tx = True
    policy.window_size = WINDOW
    return Session(policy)


def _ignore(data: bytes) -> None:
    del data
