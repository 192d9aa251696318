"""A media process's objects within this process: an evening on them, and what goes wrong there."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, Final

from rooms.media import control
from rooms.media.control import Answer, Request, Tiding
from rooms.media.dtls import Certificate
from rooms.media.mux import Mux
from rooms.media.peer import Path
from rooms.media.srtp import Packet
from rooms.media.switchboard import Switchboard
from tests.benchmarks.media.publisher import Publisher
from tests.watcher import HERE, Plain, Watcher

SOURCE: Final = "elif/camera"
INTRUDER: Final = "mallory"
HEAD: Final = 12  # bytes of an RTP header
LATE: Final = 100  # packets, by so many one may come late


class House:
    """What is fuzzed, and the people it must not be felt by."""

    def __init__(self, mux: Mux) -> None:
        self.mux = mux
        self.board = Switchboard(mux, (HERE,), self._hear)
        self.certificate = Certificate.generateCertificate()
        self.faults: list[str] = []
        "what was logged as an error, or reached the loop"
        self.lost: list[str] = []
        "sessions of others that ended"
        self.speaker = Publisher(self.certificate, Plain(), HERE)
        self.intruder: Publisher
        "somebody with a right to be here, who sends what he likes"
        self.watcher: Watcher
        self.lurker: Watcher
        "the same as a viewer"
        self.outside = False
        "whether one of his sessions has ended"
        self._times = 0
        self._intruding: list[Publisher | Watcher] = []
        self._numbers: dict[int, int] = {}
        "the highest of each SSRC of the intruder's"

    async def open(self) -> None:
        """A speaker is seen; the intruder has come in twice."""
        await self._publish(self.speaker, "speaker", SOURCE)
        self.board.answer(control.Route("main", "speaker", SOURCE))
        self.watcher = await self._watch("viewer")
        self.board.answer(control.Route("main", "guest", f"{INTRUDER}/camera"))
        await self.enter()

    async def enter(self) -> None:
        """The intruder comes in, twice; again if one of his sessions has ended."""
        for each in self._intruding:
            await each.close()
        self.outside = False
        self._numbers.clear()
        self._times += 1
        name = f"{INTRUDER}-{self._times}"
        self.intruder = Publisher(self.certificate, Plain(), HERE)
        await self._publish(self.intruder, name, f"{INTRUDER}/camera", _all_of_it)
        self.lurker = await self._watch(f"{name}-viewer")
        self._intruding = [self.intruder, self.lurker]

    async def close(self) -> None:
        """Everybody leaves."""
        for each in (self.watcher, self.speaker, *self._intruding):
            await each.close()

    def ask(self, request: Request) -> Answer | None:
        """As a server would."""
        return self.board.answer(request)

    def stranger(self, port: int = 9) -> Path:
        """An address that has proved nothing."""
        return Path(self.mux.sockets[0], (HERE, port))

    def publishing(self, data: bytes) -> None:
        """What the intruder sends as a publisher."""
        self.mux.receive(data, self.stranger(self.intruder.end.port))

    def viewing(self, data: bytes) -> None:
        """What he sends as a viewer."""
        self.mux.receive(data, self.stranger(self.lurker.port))

    def sealed(self, data: bytes) -> bytes:
        """A packet of the intruder's, so that it opens; empty if it has no head.

        Its number is near those before it, for nothing else opens: it may skip or come late.
        """
        keys = self.intruder.end.keys
        assert keys is not None
        size = _head(data)
        if not HEAD <= size <= len(data):
            return b""
        ssrc = int.from_bytes(data[8:HEAD], "big")
        highest = self._numbers.get(ssrc, LATE)
        number = highest + (data[3] - LATE if not data[2] else 1)
        self._numbers[ssrc] = max(highest, number)
        head = data[:2] + (number & 0xFFFF).to_bytes(2, "big") + data[4:size]
        return b"".join(keys.seal.seal(ssrc, [Packet(number, head, data[size:])], 0))

    def sealed_report(self, data: bytes, *, viewing: bool) -> bytes:
        """The same of his RTCP."""
        keys = (self.lurker if viewing else self.intruder).end.keys
        assert keys is not None
        with contextlib.suppress(Exception):  # libsrtp refuses what has no head
            return keys.outbound.protect_rtcp(data)
        return b""

    async def _publish(
        self,
        publisher: Publisher,
        peer: str,
        source: str,
        changed: Callable[[str], str] = str,
    ) -> None:
        said = changed(publisher.offer())
        answer = self.ask(control.OpenPublisher(1, peer, source, said))
        assert isinstance(answer, control.Answered), answer
        await publisher.connect(answer.sdp)

    async def _watch(self, peer: str) -> Watcher:
        offered = self.ask(control.OpenViewer(2, peer, "main"))
        assert isinstance(offered, control.Offered), offered
        # By what this process works: what others do on this machine is no fault of ours.
        watcher = Watcher(self.certificate, offered.sdp, time.process_time)
        assert isinstance(self.ask(control.Accept(3, peer, watcher.answer)), control.Done)
        await watcher.connect()
        return watcher

    def _hear(self, tiding: Tiding) -> None:
        if isinstance(tiding, control.PeerChanged) and tiding.state == "gone":
            self.lost += [tiding.peer] if tiding.peer in ("speaker", "viewer") else []
            self.outside |= tiding.peer.startswith(f"{INTRUDER}-{self._times}")


def _all_of_it(offer: str) -> str:
    """The same offer with whatever we know: repairs, redundant sound, qualities, extensions."""
    sound = offer.replace("SAVPF 111\r\n", f"SAVPF 111 63\r\n{_AUDIO}")
    return sound.replace("SAVPF 96\r\n", f"SAVPF 96 97\r\n{_VIDEO}")


_MID: Final = "a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid\r\n"
_AUDIO: Final = (
    f"{_MID}a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level\r\n"
    "a=rtpmap:63 red/48000/2\r\na=fmtp:63 111/111\r\n"
)
_VIDEO: Final = (
    f"{_MID}a=extmap:10 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id\r\n"
    "a=extmap:11 urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id\r\n"
    "a=rtpmap:97 rtx/90000\r\na=fmtp:97 apt=96\r\n"
    "a=rid:f send\r\na=rid:q send\r\na=simulcast:send f;q\r\n"
)


def _head(data: bytes) -> int:
    """How long the head of an RTP packet says it is; 0 if it does not say."""
    if len(data) < HEAD:
        return 0
    size = HEAD + 4 * (data[0] & 0x0F)
    if not data[0] & 0x10:
        return size
    return size + 4 + 4 * int.from_bytes(data[size + 2 : size + 4], "big")


@asynccontextmanager
async def house() -> AsyncIterator[House]:
    """An evening until the block ends; the intruder's own sessions may end before."""
    mux = Mux()
    await mux.open([HERE], 0)
    made = House(mux)
    noticing = _Noticing(made.faults)
    logging.getLogger("rooms.media").addHandler(noticing)
    asyncio.get_running_loop().set_exception_handler(noticing.reached_the_loop)
    tasks = [asyncio.create_task(each) for each in (made.board.run(), made.speaker.run())]
    try:
        await asyncio.sleep(0)  # the board must run before it is asked
        await made.open()
        yield made
        await made.close()
    finally:
        logging.getLogger("rooms.media").removeHandler(noticing)
        asyncio.get_running_loop().set_exception_handler(None)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        mux.close()


class _Noticing(logging.Handler):
    """Hears what the code says of its own faults."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(logging.ERROR)
        self._faults = faults

    def emit(self, record: logging.LogRecord) -> None:
        self._faults.append(logging.Formatter().format(record))

    def reached_the_loop(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        self._faults.append(f"{context['message']}: {context.get('exception')!r}")
