"""The control socket of a running house's media process, for a stage of our own there."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from rooms.media import control

STAGE: Final = "besieged"
SPEAKER: Final = "publisher"
SOURCE: Final = "publisher/camera"
ANSWERING: Final = 20.0  # seconds until an answer must be there


class Backdoor:
    """Lets people in who need no browser and no seat in the programme."""

    def __init__(self, writer: asyncio.StreamWriter) -> None:
        self._writer = writer
        self._asked: dict[int, asyncio.Future[control.Answer]] = {}
        self._ids = itertools.count(1)

    async def publish(self, offer: str) -> str:
        """Hand in the speaker's offer; returns the answer."""
        answer = await self.offer(SPEAKER, SOURCE, offer)
        self._say(control.Route(STAGE, "speaker", SOURCE))
        assert isinstance(answer, control.Answered), answer
        return answer.sdp

    async def offer(self, peer: str, source: str, offer: str) -> control.Answer:
        """Hand in anybody's offer to send; returns whatever is said to it."""
        return await self._ask(lambda number: control.OpenPublisher(number, peer, source, offer))

    async def invite(self, number: int) -> str:
        """Ask for the offer to a viewer."""
        answer = await self._ask(lambda asked: control.OpenViewer(asked, f"viewer-{number}", STAGE))
        assert isinstance(answer, control.Offered), answer
        return answer.sdp

    async def accept(self, number: int, answer: str) -> None:
        """Hand in that viewer's answer."""
        done = await self._ask(lambda asked: control.Accept(asked, f"viewer-{number}", answer))
        assert isinstance(done, control.Done), done

    def dismiss(self, number: int) -> None:
        """That viewer goes."""
        self._say(control.Close(f"viewer-{number}"))

    async def listen(self, reader: asyncio.StreamReader) -> None:
        """Take answers until the end."""
        while text := await reader.readline():
            said = control.reply(text)
            asked = self._asked.pop(getattr(said, "id", 0), None)
            if asked is not None and not asked.done():
                asked.set_result(said)  # type: ignore[arg-type] # it carries the id of a request

    def _say(self, request: control.Request) -> None:
        self._writer.write(control.line(request))

    async def _ask(self, asking: Callable[[int], control.Request]) -> control.Answer:
        number = next(self._ids)
        self._asked[number] = asyncio.get_running_loop().create_future()
        self._say(asking(number))
        async with asyncio.timeout(ANSWERING):
            return await self._asked[number]


@asynccontextmanager
async def backdoor(path: Path) -> AsyncIterator[Backdoor]:
    """Open it until the block ends."""
    reader, writer = await asyncio.open_unix_connection(path, limit=control.LINE_LIMIT)
    made = Backdoor(writer)
    listening = asyncio.create_task(made.listen(reader))
    try:
        yield made
    finally:
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
        writer.close()
        await writer.wait_closed()
