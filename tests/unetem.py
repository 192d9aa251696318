"""A bad network between two interfaces, in user space: `python -m tests.unetem IF_A IF_B`.

Many kernels come without `netem`. This forwards every frame between the two, and loses, delays
or holds up as it is told: each line on standard input is a JSON object of `Weather`'s fields.
"""

from __future__ import annotations

import heapq
import os
import random
import select
import socket
import sys
from collections.abc import Sequence
from time import monotonic
from typing import Final

import msgspec

EVERYTHING: Final = 3  # ETH_P_ALL
FRAME: Final = 65_535  # bytes
AT_ONCE: Final = 200  # frames read before what is due goes out
QUEUE: Final = 400_000  # bytes that wait for a narrow line; more is dropped, as in a router
BUFFER: Final = 8 << 20  # bytes
OUTGOING: Final = 4  # PACKET_OUTGOING: our own, seen again


class Weather(msgspec.Struct, frozen=True):
    """What the line does, in both directions alike."""

    loss: float = 0.0
    "share of frames lost, 0 to 1"
    burst: float = 0.0
    "frames that are lost one after the other, on average; 0: each by itself"
    delay: float = 0.0
    "seconds each frame takes"
    jitter: float = 0.0
    "seconds it may take more or less"
    rate: float = 0.0
    "bits per second; 0: any"
    down: bool = False
    "nothing passes"


class Direction:
    """One way through."""

    def __init__(self, out: socket.socket) -> None:
        self._out = out
        self._bad = False
        self._free_at = 0.0
        self._waiting: list[tuple[float, int, bytes]] = []
        self._bytes = 0
        self._count = 0

    @property
    def due(self) -> float | None:
        """When the next frame is to go on."""
        return self._waiting[0][0] if self._waiting else None

    def take(self, frame: bytes, weather: Weather, now: float) -> None:
        """A frame comes in."""
        narrow = weather.rate and self._bytes + len(frame) > QUEUE
        if weather.down or self._is_lost(weather) or narrow:
            return
        at = now + max(0.0, weather.delay + random.uniform(-weather.jitter, weather.jitter))
        if weather.rate:
            self._free_at = max(self._free_at, now) + 8 * len(frame) / weather.rate
            at = max(at, self._free_at)
        self._count += 1
        self._bytes += len(frame)
        heapq.heappush(self._waiting, (at, self._count, frame))

    def pass_on(self, now: float) -> None:
        """Send what is due."""
        while self._waiting and self._waiting[0][0] <= now:
            _, _, frame = heapq.heappop(self._waiting)
            self._bytes -= len(frame)
            try:
                self._out.send(frame)
            except OSError:
                return

    def _is_lost(self, weather: Weather) -> bool:
        if not weather.burst:
            return random.random() < weather.loss
        # Gilbert's model: in the bad state everything is lost.
        leave = 1 / weather.burst
        enter = weather.loss * leave / (1 - weather.loss)
        self._bad = random.random() >= leave if self._bad else random.random() < enter
        return self._bad


def main(names: Sequence[str]) -> None:
    """Forward until standard input ends."""
    near, far = (_opened(name) for name in names)
    ways = {near: Direction(far), far: Direction(near)}
    weather = Weather()
    while True:
        dues = [way.due for way in ways.values() if way.due is not None]
        patience = max(0.0, min(dues) - monotonic()) if dues else None
        ready, _, _ = select.select([near, far, sys.stdin], [], [], patience)
        if sys.stdin in ready:
            line = os.read(sys.stdin.fileno(), 4096)
            if not line:
                return
            weather = msgspec.json.decode(line.splitlines()[-1], type=Weather)
        for side, way in ways.items():
            if side in ready:
                _read(side, way, weather)
            way.pass_on(monotonic())


def _read(side: socket.socket, way: Direction, weather: Weather) -> None:
    for _ in range(AT_ONCE):
        try:
            frame, (_, _, kind, *_) = side.recvfrom(FRAME)
        except BlockingIOError:
            return
        if kind != OUTGOING:
            way.take(frame, weather, monotonic())


def _opened(name: str) -> socket.socket:
    made = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(EVERYTHING))
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
    made.bind((name, 0))
    made.setblocking(False)
    return made


if __name__ == "__main__":
    main(sys.argv[1:])
