"""All media processes of a house, and which stage is at which."""

from __future__ import annotations

import asyncio
import contextlib
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from rooms.media import control, reasons
from rooms.media.control import PREVIEW, SEATS
from schedule.machine import Refused
from server.media_process import SPAWNING, UNAVAILABLE, Health, Listener, MediaProcess

__all__ = ["PREVIEW", "SEATS", "Health", "Listener", "Media"]


class Media:
    """All media processes of this house. Enter it, and they run; leave it, and they end.

    A process that somebody else started on the same socket is used as it is. Stages are
    spread over the processes: those named in `stages` in turn, all others by their name,
    the same in every server. Every method that asks raises `Refused` with a sentence for
    the person when it cannot be done.
    """

    def __init__(
        self,
        folder: Path,
        listener: Listener,
        *,
        processes: int = 1,
        host: str = "0.0.0.0",  # noqa: S104 - media must reach browsers from outside
        port: int = 0,
        announce: Sequence[str] = (),
        stages: Sequence[str] = (),
        fanout: str = "auto",
    ) -> None:
        """`host` and `announce` may name several addresses (host: comma-separated).

        Process i listens on UDP `port` + i (any free one if 0) and `folder`/media-i.sock.
        """
        self._stages = {stage: at for at, stage in enumerate(stages)}
        self._peers: dict[str, MediaProcess] = {}
        self._processes = tuple(
            MediaProcess(
                index,
                control.socket_path(folder, index),
                ("--host", host, "--fanout", fanout)
                + ("--port", str(port + index if port else 0))
                + (("--announce", ",".join(announce)) if announce else ()),
                listener,
                self._forget,
            )
            for index in range(processes)
        )
        self._tasks = asyncio.TaskGroup()
        self._running: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        await self._tasks.__aenter__()
        self._running = [self._tasks.create_task(each.run()) for each in self._processes]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for task in self._running:
            task.cancel()
        await self._tasks.__aexit__(kind, error, trace)

    async def ready(self, seconds: float = SPAWNING) -> bool:
        """Wait until every process answers; False if one could not start (it said why on
        standard error, and is tried again) or did not answer within `seconds`."""
        try:
            async with asyncio.timeout(seconds):
                for each in self._processes:
                    await each.tried.wait()
        except TimeoutError:
            return False
        return all(each.up.is_set() for each in self._processes)

    async def open_viewer(self, peer: str, stage: str, preview: bool = False) -> str:
        """Return the offer for a browser that wants to see `stage`. `accept` comes next."""
        process = self._at(stage)
        answer = await process.ask(lambda number: control.OpenViewer(number, peer, stage, preview))
        self._peers[peer] = process
        return _sdp(answer)

    async def accept(self, peer: str, sdp: str) -> None:
        """Hand in the browser's answer to the offer of `open_viewer`."""
        process = self._peers.get(peer)
        if process is None:
            raise Refused("This connection is no longer known. Please reload the page.")
        await process.ask(lambda number: control.Accept(number, peer, sdp))

    async def open_publisher(
        self, peer: str, source: str, sdp: str, stage: str = "", *, whole: bool = False
    ) -> str:
        """Return the answer to a browser that offers to send `source`.

        `stage` is where it will be seen; with several processes it must be said. With `whole`
        an offer is refused if we cannot take all of it.
        """
        process = self._at(stage)
        answer = await process.ask(
            lambda number: control.OpenPublisher(number, peer, source, sdp, whole)
        )
        self._peers[peer] = process
        return _sdp(answer)

    async def open_player(self, peer: str, stage: str, seat: str, sdp: str) -> str:
        """Return the answer to a player that offers to receive what stands on a seat."""
        process = self._at(stage)
        answer = await process.ask(
            lambda number: control.OpenPlayer(number, peer, stage, seat, sdp)
        )
        self._peers[peer] = process
        return _sdp(answer)

    async def describe(self, peer: str, restart: bool = False) -> tuple[str, str]:
        """Our ufrag towards a peer of any server, and our end as an SDP fragment.

        With `restart` both are new; the peer's keys and media stay.
        """
        known = self._peers.get(peer)
        for process in self._processes if known is None else (known,):
            with contextlib.suppress(Refused):
                answer = await process.ask(lambda number: control.Describe(number, peer, restart))
                if isinstance(answer, control.Described):
                    return answer.ufrag, answer.sdp
        raise Refused(reasons.UNKNOWN)

    async def show(self, peer: str, sizes: Mapping[str, control.Size]) -> None:
        """Tell how large a browser shows each seat, so that it gets what it can use."""
        process = self._peers.get(peer)
        if process is not None:
            process.say(control.Show(peer, dict(sizes)))

    async def close(self, peer: str) -> None:
        """Let a peer go. Closing twice does no harm."""
        known = self._peers.pop(peer, None)
        for process in self._processes if known is None else (known,):
            process.say(control.Close(peer))

    async def route(self, stage: str, seat: str, source: str | None) -> None:
        """Put `source` (or nothing) behind a seat. Remembered across restarts of media."""
        self._at(stage).route(stage, seat, source)

    async def record(
        self, stage: str, seat: str, take: str, source: str, stem: Path, zero: float
    ) -> bool:
        """Write `source` on a seat into a file; False if this take cannot go on.

        `stem` is the path without its suffix, in a folder that is there; `zero` is what
        Unix time 0 seconds in the file mean.
        """
        answer = await self._at(stage).ask(
            lambda number: control.Record(number, stage, seat, take, source, str(stem), zero)
        )
        return isinstance(answer, control.Done)

    def keep_takes(self, stage: str, takes: Sequence[str]) -> None:
        """End all takes of a stage but these."""
        self._at(stage).say(control.KeepTakes(stage, tuple(takes)))

    def play(self, stage: str, source: str, path: Path, at: float) -> None:
        """Play a clip that began at `at`, Unix seconds, as `source`. Twice is once."""
        self._at(stage).say(control.Play(source, str(path.absolute()), at))

    def stop_playing(self, stage: str, source: str) -> None:
        """Play it no longer; what does not play is left alone."""
        self._at(stage).say(control.StopPlaying(source))

    def want_stills(self, stage: str) -> None:
        """Take still pictures of a stage for the next ten seconds."""
        for each in self._processes:
            each.say(control.WantStills(stage))

    def health(self) -> tuple[Health, ...]:
        """How every process is."""
        return tuple(each.health() for each in self._processes)

    def _at(self, stage: str) -> MediaProcess:
        number = self._stages.get(stage)
        if number is None:
            number = zlib.crc32(stage.encode())
        return self._processes[number % len(self._processes)]

    def _forget(self, peer: str) -> None:
        self._peers.pop(peer, None)


def _sdp(answer: control.Answer) -> str:
    if isinstance(answer, control.Offered | control.Answered):
        return answer.sdp
    raise Refused(UNAVAILABLE)
