"""A media process's objects within this process: an evening on them, and what goes wrong there."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
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
        self._intruding: list[Publisher | Watcher] = []
        self._number = 1 << 20

    async def open(self) -> None:
        """A speaker is seen; the intruder has come in twice."""
        await self._publish(self.speaker, "speaker", SOURCE)
        self.board.answer(control.Route("main", "speaker", SOURCE))
        self.watcher = await self._watch("viewer")
        self.board.answer(control.Route("main", "guest", f"{INTRUDER}/camera"))
        await self.enter()

    async def enter(self) -> None:
        """The intruder comes in, twice; again if one of his sessions has ended."""
        self.outside = False
        for each in self._intruding:
            await each.close()
        self.intruder = Publisher(self.certificate, Plain(), HERE)
        await self._publish(self.intruder, INTRUDER, f"{INTRUDER}/camera")
        self.lurker = await self._watch(f"{INTRUDER}-viewer")
        self._intruding = [self.intruder, self.lurker]

    async def close(self) -> None:
        """Everybody leaves."""
        for each in (self.watcher, self.speaker, *self._intruding):
            await each.close()

    def stay(self) -> None:
        """The intruder wants to hear more (RFC 7675). Every few seconds."""
        self.intruder.end.check()

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
        """A packet of the intruder's, so that it opens; empty if it cannot be sealed."""
        keys = self.intruder.end.keys
        assert keys is not None
        self._number += 1
        head = data[:2] + (self._number & 0xFFFF).to_bytes(2, "big") + data[4:12]
        if len(head) < 12:
            return b""
        sealed = keys.seal.seal(
            int.from_bytes(head[8:12], "big"), [Packet(self._number, head, data[12:])], 0
        )
        return b"".join(sealed)

    def sealed_report(self, data: bytes, *, viewing: bool) -> bytes:
        """The same of his RTCP."""
        keys = (self.lurker if viewing else self.intruder).end.keys
        assert keys is not None
        with contextlib.suppress(Exception):  # libsrtp refuses what has no head
            return keys.outbound.protect_rtcp(data)
        return b""

    async def _publish(self, publisher: Publisher, peer: str, source: str) -> None:
        answer = self.ask(control.OpenPublisher(1, peer, source, publisher.offer()))
        assert isinstance(answer, control.Answered), answer
        await publisher.connect(answer.sdp)

    async def _watch(self, peer: str) -> Watcher:
        offered = self.ask(control.OpenViewer(2, peer, "main"))
        assert isinstance(offered, control.Offered), offered
        watcher = Watcher(self.certificate, offered.sdp)
        assert isinstance(self.ask(control.Accept(3, peer, watcher.answer)), control.Done)
        await watcher.connect()
        return watcher

    def _hear(self, tiding: Tiding) -> None:
        if isinstance(tiding, control.PeerChanged) and tiding.state == "gone":
            self.lost += [tiding.peer] if tiding.peer in ("speaker", "viewer") else []
            self.outside = self.outside or tiding.peer.startswith(INTRUDER)


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
