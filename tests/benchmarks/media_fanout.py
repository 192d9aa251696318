"""How much one media process can hand out.

One camera of 640 by 360 (30 frames of 5 packets a second) to many viewers over the loopback,
sealed for each. Prints microseconds of one core per packet, and what of it is system time.
"""

from __future__ import annotations

import asyncio
import os
import socket
import time

from rooms.media import keyframes
from rooms.media.fanout import Fanout
from rooms.media.lane import Lane
from rooms.media.outlet import Outlet
from rooms.media.peer import Path
from rooms.media.rtp import Rtp
from rooms.media.spread import PlainSpread
from rooms.media.srtp import AeadSeal

FRAMES = 300
PACKETS = 5
KEY, DELTA = b"\x90\x80\x80\x01\x00", b"\x90\x80\x80\x01\x01"


class Watcher:
    """A viewer with keys of its own; the kernel throws its packets away."""

    def __init__(self, ours: socket.socket, address: tuple[str, int]) -> None:
        self.path = Path(ours, address)
        self.codecs = frozenset({"vp8"})
        self.seal = AeadSeal(os.urandom(16), os.urandom(12))

    def send_rtcp(self, data: bytes) -> None:
        """Reports are not measured."""


async def measure(viewers: int) -> None:
    """Send ten seconds of video as fast as it goes."""
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ours,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as theirs,
    ):
        theirs.bind(("127.0.0.1", 0))
        out = PlainSpread()
        fanout = Fanout(Lane("video", 5, 96, 90_000, 0), "speaker", out, lambda fanout: None)
        for _ in range(viewers):
            fanout.add(Outlet(Watcher(ours, theirs.getsockname())))
        wall, used = time.perf_counter(), os.times()
        for frame in range(FRAMES):
            for at in range(PACKETS):
                head = KEY if frame == at == 0 else DELTA
                content = head + bytes(1100 if at < PACKETS - 1 else 400)
                packet = Rtp(at == PACKETS - 1, 96, 0, frame * 3000, 7, content, 0, 0, b"")
                known = keyframes.describe(content)
                fanout.receive(frame * PACKETS + at, packet, known, frame / 30)
        wall, now = time.perf_counter() - wall, os.times()
    cpu, system = now.user + now.system - used.user - used.system, now.system - used.system
    print(
        f"{viewers} viewers: {cpu / out.sent * 1e6:.1f} µs a packet"
        f" ({system / out.sent * 1e6:.1f} in the kernel), {out.sent / wall:,.0f} packets/s,"
        f" segmentation {'on' if out.segmented else 'off'}, {out.dropped} dropped"
    )


def main() -> None:
    """Print the figures for a hundred and for two hundred viewers."""
    for viewers in (100, 200):
        asyncio.run(measure(viewers))


if __name__ == "__main__":
    main()
