"""One server's trial: joins, cost for a few and for many, and how far it goes."""

from __future__ import annotations

import asyncio
import contextlib
import os
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from rooms.media.dtls import Certificate, HandshakeError
from tests.benchmarks.media import usage
from tests.benchmarks.media.audience import Audience, Heard, Viewer
from tests.benchmarks.media.publisher import Publisher
from tests.benchmarks.media.servers import Server
from tests.benchmarks.media.source import PACKETS, SOUNDS

CROWD: Final = 200  # viewers who join at once, and at whom the highest rate is sought
SIZES: Final = (10, 50, 100, 200, 400)
FEW: Final = (1, 2, 4, 8, 12)  # for a server that encodes for each
LOSS: Final = 0.005
QUEUE: Final = 0.07  # seconds a picture may be old; more, or more and more, is a standing queue
GROWTH: Final = 0.035  # seconds by which that may differ from the start of a window to its end
SHORTFALL: Final = 0.03  # share of what was sent that may be on its way at a window's end
STEADY: Final = 27.0  # pictures a second of thirty, where they are encoded anew
MOST: Final = 120  # packets of a picture, 3,650 a second and viewer
BUSY: Final = 0.93  # of a core; above, the load itself is at its end
IDLE: Final = 0.85  # of a core; a server below it is not at its end
CHANCES: Final = 3  # to be clean, for a window that other work disturbed
JOINING: Final = 25.0  # seconds


@dataclass(frozen=True)
class Pace:
    """How long a trial looks."""

    settle: float
    window: float
    bisections: int


SHORT: Final = Pace(settle=0.4, window=1.2, bisections=2)
FULL: Final = Pace(settle=1.5, window=5.0, bisections=4)


@dataclass(frozen=True)
class Window:
    """What was seen for a moment."""

    viewers: int
    heard: Heard
    sent: int
    seconds: float
    server_cpu: float
    load_cpu: float
    overrun: int
    "datagrams our own sockets lost"
    behind: float
    "how old a picture was at the end, seconds"
    growth: float
    "and how much older than at the start"
    comparable: bool
    wanted: float
    "packets a second that the publisher was to send"

    @property
    def rate(self) -> float:
        """Packets delivered a second."""
        return self.heard.received / self.seconds

    @property
    def cost(self) -> float:
        """Microseconds of the server's CPU for each of them."""
        return self.server_cpu / max(1, self.heard.received) * 1e6

    @property
    def disturbed(self) -> bool:
        """Whether something else than the server was the limit: our load, or other work."""
        late = self.sent < 0.97 * self.wanted * self.seconds
        idle = self.server_cpu < IDLE * self.seconds
        return idle or late or self.overrun > 0 or self.load_cpu > BUSY * self.seconds

    @property
    def clean(self) -> bool:
        """Next to nothing lost, nothing piling up, nothing changed."""
        if self.heard.loss >= LOSS or self.heard.differing:
            return False
        if not self.comparable:  # encoded anew: the pictures must keep coming
            return self.heard.pictures > STEADY
        came = self.heard.received >= (1 - SHORTFALL) * self.sent * self.viewers
        return came and self.behind < QUEUE and self.growth < GROWTH


@dataclass
class Result:
    """What a trial found; None is what could not be had."""

    note: str
    us_per_packet: dict[int, float] = field(default_factory=dict)
    unclean: list[int] = field(default_factory=list)
    "numbers of viewers at which packets were lost or a queue stood"
    clean_rate: float | None = None
    clean_viewers: int = CROWD
    disturbed: bool = False
    "whether not the server was the limit of `clean_rate`"
    join_ms: float | None = None
    "CPU of the server for one who joins, without forwarding"
    join_seconds: float | None = None
    "until the last of two hundred who come at once has a picture"
    joined: int = 0
    kb_per_viewer: float | None = None
    compared: int = 0
    differing: int = 0
    trouble: str = ""


class Trial:
    """Measures one server, which it starts and ends."""

    def __init__(self, server: Server, pace: Pace) -> None:
        self._server = server
        self._pace = pace
        self._result = Result(server.note)
        self._certificate = Certificate.generateCertificate()
        self._publisher = Publisher(self._certificate, server.source(), server.address)
        self._audience = Audience(self._publisher, self._certificate)
        self._count = 0

    async def run(self) -> Result:
        """Do all of it. A server that gives up keeps what it reached."""
        with tempfile.TemporaryDirectory(prefix="foyer-bench-") as folder:
            tasks: list[asyncio.Task[None]] = []
            try:
                await self._server.start(Path(folder))
                await self._publisher.connect(await self._server.publish(self._publisher.offer()))
                tasks = [
                    asyncio.create_task(each.run()) for each in (self._publisher, self._audience)
                ]
                await self._measure()
            except (OSError, RuntimeError, TimeoutError, HandshakeError) as error:
                self._result.trouble = f"{type(error).__name__}: {error}"
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
                await self._server.stop()
                for viewer in list(self._audience.viewers):
                    await self._audience.leave(viewer)
                await self._publisher.close()
        return self._result

    async def _measure(self) -> None:
        await asyncio.sleep(self._pace.settle)
        if not self._publisher.source.comparable:
            await self._few()
            return
        if len(self._server.pids) > 1:
            await self._spread()
            return
        await self._crowd(SIZES[0])
        await self._note(SIZES[0])
        await self._join_at_once()
        await self._thin(CROWD)
        await self._note(CROWD)
        await self._seek()
        await self._thin(100)
        await self._note(100)
        await self._thin(50)
        await self._note(50)
        await self._crowd(400)
        await self._note(400)

    async def _spread(self) -> None:
        """Several processes: what a packet costs all of them together."""
        for viewers in SIZES[2:]:
            await self._crowd(viewers)
            await self._note(viewers)

    async def _few(self) -> None:
        """A server that encodes for each viewer: how many it stands."""
        before = self._memory()
        for viewers in FEW:
            joined, used = len(self._audience.viewers), self._used()
            await self._crowd(viewers)
            used = self._used() - used
            self._result.joined = viewers - joined
            window = await self._note(viewers)
            grown = self._memory() - before
            self._result.kb_per_viewer = grown / viewers
            self._result.join_ms = used / (viewers - joined) * 1e3
            if not window.clean:
                break
            self._result.clean_rate, self._result.clean_viewers = window.rate, viewers

    async def _join_at_once(self) -> None:
        before, cpu = self._memory(), self._used()
        self._audience.begin()
        began, already = time.monotonic(), len(self._audience.viewers)
        await self._crowd(already + CROWD)
        self._result.join_seconds = time.monotonic() - began
        self._result.joined = joined = len(self._audience.viewers) - already
        cpu = self._used() - cpu
        forwarded = self._audience.heard().received
        await asyncio.sleep(2 * self._pace.settle)
        window = await self._watch()
        per_packet = window.server_cpu / max(1, window.heard.received)
        cpu = max(0.0, cpu - forwarded * per_packet)
        self._result.join_ms = cpu / max(1, joined) * 1e3
        self._result.kb_per_viewer = (self._memory() - before) / max(1, joined)

    async def _seek(self) -> None:
        """The highest rate that is clean: up until it is not, then halve the step."""
        low, high = 0, 0
        packets = PACKETS
        bisections = self._pace.bisections
        while low < MOST and (not high or bisections >= 0):
            if high:
                bisections -= 1
            window = await self._try(packets)
            if window.clean:
                low = packets
                self._result.clean_rate = window.rate
            else:
                high = packets
                self._result.disturbed = window.disturbed
            packets = (low + high) // 2 if high else min(MOST, round(packets * 1.6))
            if packets in (low, 0):
                break
        self._publisher.source.packets = PACKETS
        await asyncio.sleep(2 * self._pace.settle)

    async def _try(self, packets: int) -> Window:
        """Watch at another rate; what fails undeservedly gets another chance."""
        for _ in range(CHANCES):
            self._publisher.source.packets = packets
            await asyncio.sleep(self._pace.settle)
            window = await self._watch()
            if window.clean or (window.heard.loss >= LOSS and not window.disturbed):
                break
            self._publisher.source.packets = 1
            await asyncio.sleep(2 * self._pace.settle)
        return window

    async def _note(self, viewers: int) -> Window:
        """Watch at the plain rate and write the cost down."""
        for _ in range(CHANCES):
            await asyncio.sleep(self._pace.settle)
            window = await self._watch()
            if window.clean or not window.disturbed:
                break
        self._result.us_per_packet[viewers] = window.cost
        if not window.clean:
            self._result.unclean.append(viewers)
        return window

    async def _watch(self) -> Window:
        ports = self._audience.ports
        overrun, sent = usage.dropped(ports), self._publisher.sent
        server, load = self._used(), time.process_time()
        self._audience.begin()
        began = time.monotonic()
        await asyncio.sleep(self._pace.window)
        server, load = self._used() - server, time.process_time() - load
        sent = self._publisher.sent - sent
        heard = self._audience.heard()
        ended = time.monotonic()
        self._result.compared += heard.compared
        self._result.differing += heard.differing
        quarter = (ended - began) / 4
        first = heard.delay(began, began + quarter)
        behind = heard.delay(ended - quarter, ended)
        window = Window(
            viewers=len(self._audience.viewers),
            heard=heard,
            sent=sent,
            seconds=ended - began,
            server_cpu=server,
            load_cpu=load,
            overrun=usage.dropped(ports) - overrun,
            behind=behind,
            growth=behind - first,
            comparable=self._publisher.source.comparable,
            wanted=30 * self._publisher.source.packets + SOUNDS,
        )
        if os.environ.get("FOYER_BENCH_TALK"):
            print(f"    {_said(window)}", flush=True)
        return window

    def _used(self) -> float:
        """Seconds of CPU of the server."""
        return sum(usage.cpu(each) for each in self._server.pids)

    def _memory(self) -> int:
        """Kilobytes of the server."""
        return sum(usage.memory(each) for each in self._server.pids)

    async def _crowd(self, viewers: int) -> None:
        """Let others join, all at once, until there are so many and all have a picture."""
        wanted = viewers - len(self._audience.viewers)
        joins = [asyncio.create_task(self._join()) for _ in range(wanted)]
        await asyncio.wait(joins, timeout=JOINING)
        for join in joins:
            join.cancel()
        ends = await asyncio.gather(*joins, return_exceptions=True)
        failed = [each for each in ends if isinstance(each, BaseException)]
        if failed:
            self._result.trouble = f"{len(failed)} of {wanted} did not join: {failed[0]!r}"
        if len(failed) * 2 > wanted:
            raise RuntimeError(self._result.trouble)

    async def _join(self) -> Viewer:
        self._count += 1
        number = self._count
        viewer = self._audience.admit(number, await self._server.invite(number))
        try:
            await self._server.accept(number, viewer.answer)
            await self._audience.connect(viewer)
        except BaseException:
            await viewer.end.close()
            raise
        await viewer.seen.wait()
        return viewer

    async def _thin(self, viewers: int) -> None:
        """Let the last who came leave."""
        while len(self._audience.viewers) > viewers:
            viewer = self._audience.viewers[-1]
            await self._audience.leave(viewer)
            with contextlib.suppress(RuntimeError):  # Janus forgets by itself who says goodbye
                await self._server.dismiss(viewer.number)


def _said(window: Window) -> str:
    return (
        f"{window.viewers} viewers: {window.rate:,.0f} packets/s, {window.cost:.1f} µs each,"
        f" server {window.server_cpu / window.seconds:.0%}, load"
        f" {window.load_cpu / window.seconds:.0%}, lost {window.heard.loss:.2%},"
        f" {window.behind * 1e3:.0f} ms behind, {window.overrun} overrun,"
        f" {window.heard.compared}/{window.heard.opened} same,"
        f" {'clean' if window.clean else 'not clean'}"
    )
