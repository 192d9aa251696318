"""A house under fire: a stage that some watch, a chat, and what those inside feel of the siege."""

from __future__ import annotations

import asyncio
import itertools
import math
import random
import socket
import struct
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, closing, suppress
from pathlib import Path
from typing import Final, NamedTuple

from rooms.media import control
from rooms.media.dtls import Certificate
from rooms.media.srtp import Packet
from tests.benchmarks.media.audience import Audience, Viewer
from tests.benchmarks.media.publisher import Publisher
from tests.benchmarks.media.source import Pattern
from tests.faults.backdoor import Backdoor, backdoor
from tests.faults.flood import HERE, Kind, Order, flood
from tests.running import Running, running, tonight
from tests.server.visitor import Visitor, do

PROGRAMME: Final = Path(__file__).parents[1] / "browser" / "evening.toml"
TALKERS: Final = ("elif", "konrad", "hanna", "ines")
WATCHERS: Final = 3
ROOM: Final = "stage-gross"
PACE: Final = 0.13  # seconds between an answer and the next word; eight a second are allowed
LOOKING: Final = 0.01  # seconds between two looks at what has arrived
COPIES: Final = 200  # datagrams of the speaker that an attacker repeats
JOINS: Final = 300
JOINING: Final = 5.0  # seconds in which they all come
MALFORMED: Final = 1000.0  # packets a second of somebody who is let in
CANDIDATES: Final = 400  # in a description nobody should write

Deed = Callable[[Callable[[], None]], Awaitable[int]]
"Calls what it is given when it really begins, and returns how much it did."


class Felt(NamedTuple):
    """What those inside felt while it lasted."""

    gap: float
    "the longest time, in seconds, that a viewer saw no new picture"
    slow: float
    "seconds that 99 of 100 words in the chat took at most"
    done: int
    "datagrams of a flood, people who joined, …"


class Besieged:
    """A server with a picture on its way to some viewers, and people who talk."""

    def __init__(self, server: Running, house: Backdoor, certificate: Certificate) -> None:
        self.server = server
        self.joins: list[float] = []
        "seconds from a newcomer's knock to the first packet of the picture"
        self._house = house
        self._certificate = certificate
        self._publisher = Publisher(certificate, Pattern(), HERE)
        self._audience = Audience(self._publisher, certificate)
        self._watchers: list[Viewer] = []
        self._numbers = itertools.count()
        self._gap = 0.0
        self._since = 0.0
        self._seen: dict[int, float] = {}
        self._took: list[float] = []
        self._tasks = asyncio.TaskGroup()

    async def run(self) -> AsyncIterator[None]:
        """Speaker, viewers and talkers come, and stay until the block ends."""
        await self._publisher.connect(await self._house.publish(self._publisher.offer()))
        people = [
            await asyncio.to_thread(Visitor(self.server).sign_in, person) for person in TALKERS
        ]
        async with self._tasks as tasks:
            staying = [tasks.create_task(self._publisher.run())]
            staying.append(tasks.create_task(self._audience.run()))
            for _ in range(WATCHERS):
                self._watchers.append(await self._join())
            staying += [tasks.create_task(self._talk(each)) for each in people]
            staying += [tasks.create_task(self._watch(each)) for each in self._watchers]
            yield
            for each in staying:
                each.cancel()
        for viewer in list(self._audience.viewers):
            await self._audience.leave(viewer)
        await self._publisher.close()

    @property
    def watching(self) -> list[str]:
        """Those who came to stay."""
        return [f"viewer-{each.number}" for each in self._watchers]

    @property
    def watched(self) -> list[str]:
        """Those of them who see pictures just now."""
        now = time.monotonic()
        return [
            f"viewer-{each.number}" for each in self._watchers if now - self._seen[each.number] < 1
        ]

    async def feel(self, deed: Deed) -> Felt:
        """What is felt from the beginning of a deed to its end."""
        done = await deed(self._forget)
        assert len(self._took) > 0, "nobody got an answer in the chat"
        slow = sorted(self._took)[math.ceil(0.99 * len(self._took)) - 1]
        return Felt(self._gap, slow, done)

    def peace(self, seconds: float) -> Deed:
        """Nothing happens."""

        async def deed(begins: Callable[[], None]) -> int:
            begins()
            await asyncio.sleep(seconds)
            return 0

        return deed

    def flood(self, kind: Kind, rate: float, seconds: float) -> Deed:
        """Datagrams from outside."""
        watched = self._watchers[0]
        sent = [list(stream.values())[-COPIES:] for stream in self._publisher.sent_lately()]
        order = Order(
            kind=kind,
            port=watched.remote.address[1],
            rate=rate,
            seconds=seconds,
            ufrag=watched.remote.ufrag,
            victims=(watched.end.port, self._publisher.end.port),
            copies=tuple(itertools.chain(*sent)),
        )
        return lambda begins: flood(order, begins)

    def malformed(self, seconds: float) -> Deed:
        """Somebody who was let in sends RTP and RTCP that nobody can read."""

        async def deed(begins: Callable[[], None]) -> int:
            viewer = await self._join()
            begins()
            try:
                return await _evenly(MALFORMED, seconds, lambda at: _say_rubbish(viewer, at))
            finally:
                await self._leave(viewer)

        return deed

    def joins_at_once(self) -> Deed:
        """Many come within a moment, and go once they have seen a picture."""

        async def deed(begins: Callable[[], None]) -> int:
            begins()
            self.joins.clear()
            async with asyncio.TaskGroup() as coming:
                for _ in range(JOINS):
                    coming.create_task(self._look_in())
                    await asyncio.sleep(JOINING / JOINS)
            return len(self.joins)

        return deed

    def strange_descriptions(self, seconds: float) -> Deed:
        """Offers of hundreds of lines that name addresses of people who asked for nothing."""

        async def deed(begins: Callable[[], None]) -> int:
            begins()
            with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as bystander:
                bystander.bind(("127.0.0.77", 0))
                bystander.setblocking(False)
                offer = _strange(self._publisher.offer(), bystander.getsockname())
                ends = time.monotonic() + seconds
                done = 0
                while time.monotonic() < ends:
                    answer = await self._house.offer("stranger", "stranger/camera", offer)
                    assert not isinstance(answer, control.Failed) or answer.reason
                    done += 1
                    await asyncio.sleep(0.1)
                with suppress(BlockingIOError):
                    said = bystander.recv(2048)
                    raise AssertionError(f"the server wrote to a stranger: {said!r}")
            return done

        return deed

    async def _join(self) -> Viewer:
        number = next(self._numbers)
        viewer = self._audience.admit(number, await self._house.invite(number))
        await self._house.accept(number, viewer.answer)
        await self._audience.connect(viewer)
        return viewer

    async def _leave(self, viewer: Viewer) -> None:
        await self._audience.leave(viewer)
        self._house.dismiss(viewer.number)

    async def _look_in(self) -> None:
        began = time.monotonic()
        viewer = await self._join()
        await viewer.seen.wait()
        self.joins.append(time.monotonic() - began)
        await self._leave(viewer)

    async def _watch(self, viewer: Viewer) -> None:
        seen, seen_at = -1, time.monotonic()
        while True:
            await asyncio.sleep(LOOKING)
            now = time.monotonic()
            self._gap = max(self._gap, now - max(seen_at, self._since))
            if viewer.last_timestamp != seen:
                seen, seen_at = viewer.last_timestamp, now
                self._seen[viewer.number] = now

    async def _talk(self, visitor: Visitor) -> None:
        async with visitor.live() as line:
            for number in itertools.count():
                began = time.monotonic()
                answer = await do(line, ROOM, "chat.say", text=f"Wort {number}")
                assert answer["type"] == "done", answer
                self._took.append(time.monotonic() - began)
                await asyncio.sleep(PACE)

    def _forget(self) -> None:
        self._since = time.monotonic()
        self._gap = 0.0
        self._took.clear()


@asynccontextmanager
async def besieged(folder: Path) -> AsyncIterator[Besieged]:
    """A house with people in it, until the block ends."""
    async with AsyncExitStack() as stack:
        server = stack.enter_context(running(folder, tonight(PROGRAMME, folder)))
        house = await stack.enter_async_context(backdoor(control.socket_path(folder, 0)))
        inside = Besieged(server, house, Certificate.generateCertificate())
        await stack.enter_async_context(asynccontextmanager(inside.run)())
        yield inside


async def _evenly(rate: float, seconds: float, deed: Callable[[int], None]) -> int:
    began = time.monotonic()
    done = 0
    while (passed := time.monotonic() - began) < seconds:
        while done < passed * rate:
            deed(done)
            done += 1
        await asyncio.sleep(0.002)
    return done


def _say_rubbish(viewer: Viewer, at: int) -> None:
    keys = viewer.end.keys
    assert keys is not None
    if at % 2:
        kind = random.randrange(192, 224)
        said = struct.pack("!BBH", 0x80 | random.randrange(64), kind, random.randrange(1 << 16))
        with suppress(Exception):  # what libsrtp itself will not seal
            viewer.end.send_rtcp(said + random.randbytes(random.randrange(4, 200)))
        return
    first = 0x80 | random.choice((0x00, 0x10, 0x20, 0x30, 0x0F))
    header = struct.pack("!BBHII", first, random.randrange(256), at & 0xFFFF, 0, 77)
    packet = Packet(at, header, random.randbytes(random.randrange(200)))
    viewer.end.send(b"".join(keys.seal.seal(77, [packet], 0)))


def _strange(offer: str, address: tuple[str, int]) -> str:
    places: Sequence[tuple[str, int]] = [
        address,
        ("10.0.0.1", 53),
        ("192.168.0.1", 80),
        ("169.254.169.254", 80),
        ("198.51.100.7", 9),
        ("fd00::1", 53),
    ]
    lines = [
        f"a=candidate:{at} 1 udp {2122260223 - at} {host} {port} typ host"
        for at, (host, port) in zip(range(CANDIDATES), itertools.cycle(places), strict=False)
    ]
    return offer + "\r\n".join(lines) + "\r\n"
