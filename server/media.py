"""All media processes of a house: who is where, and what each is told."""

from __future__ import annotations

import asyncio
import contextlib
import zlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from rooms.media import control, reasons
from rooms.media.control import PREVIEW, SEATS
from schedule.machine import Refused
from server.media_process import SPAWNING, UNAVAILABLE, Health, Listener, MediaProcess
from server.tidings import Ear, Tidings

__all__ = ["PREVIEW", "SEATS", "Health", "Listener", "Media"]

LINKING: Final = 5.0  # seconds between two times the processes are told of each other


class Media:
    """All media processes of this house. Enter it, and they run; leave it, and they end.

    A process that somebody else started on the same socket is used as it is. Viewers and
    publishers go to whichever process has fewest; every process knows every route, and they
    pass on to each other what their viewers watch. What is needed of a stage once (its clips,
    recordings, stills) is done by the stage's home: those named in `stages` in turn, all
    others by their name, the same in every server. Every method that asks raises `Refused`
    with a sentence for the person when it cannot be done.
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
        far: Sequence[Path] = (),
    ) -> None:
        """`host` and `announce` may name several addresses (host: comma-separated).

        Process i listens on UDP `port` + i (any free one if 0) and `folder`/media-i.sock.
        `far` are the control sockets of processes that somebody else runs, elsewhere perhaps.
        """
        self._stages = {stage: at for at, stage in enumerate(stages)}
        self._tidings = Tidings(listener, lambda stage: self._home(stage).index, self._others)
        self._near = tuple(
            MediaProcess(
                index,
                control.socket_path(folder, index),
                ("--host", host, "--fanout", fanout)
                + ("--port", str(port + index if port else 0))
                + (("--announce", ",".join(announce)) if announce else ()),
                Ear(index, self._tidings),
                self._link,
            )
            for index in range(processes)
        )
        self._processes = self._near + tuple(
            MediaProcess(index, path, None, Ear(index, self._tidings), self._link)
            for index, path in enumerate(far, processes)
        )
        self._tasks = asyncio.TaskGroup()
        self._running: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        await self._tasks.__aenter__()
        self._running = [self._tasks.create_task(each.run()) for each in self._processes]
        self._running.append(self._tasks.create_task(self._keep_linked()))
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
        return await self._open(peer, lambda n: control.OpenViewer(n, peer, stage, preview))

    async def accept(self, peer: str, sdp: str) -> None:
        """Hand in the browser's answer to the offer of `open_viewer`."""
        process = self._of(peer)
        if process is None:
            raise Refused("This connection is no longer known. Please reload the page.")
        await process.ask(lambda number: control.Accept(number, peer, sdp))

    async def open_publisher(
        self, peer: str, source: str, sdp: str, stage: str = "", *, whole: bool = False
    ) -> str:
        """Return the answer to a browser that offers to send `source`.

        With `whole` an offer is refused if we cannot take all of it.
        """
        del stage  # wherever it will be seen, its packets find their way
        return await self._open(peer, lambda n: control.OpenPublisher(n, peer, source, sdp, whole))

    async def open_player(self, peer: str, stage: str, seat: str, sdp: str) -> str:
        """Return the answer to a player that offers to receive what stands on a seat."""
        return await self._open(peer, lambda n: control.OpenPlayer(n, peer, stage, seat, sdp))

    async def describe(self, peer: str, restart: bool = False) -> tuple[str, str]:
        """Our ufrag towards a peer of any server, and our end as an SDP fragment.

        With `restart` both are new; the peer's keys and media stay.
        """
        known = self._of(peer)
        up = tuple(each for each in self._processes if each.up.is_set())
        for process in (known,) if known is not None else up or self._near:
            with contextlib.suppress(Refused):
                answer = await process.ask(lambda number: control.Describe(number, peer, restart))
                if isinstance(answer, control.Described):
                    return answer.ufrag, answer.sdp
        raise Refused(reasons.UNKNOWN)

    async def show(self, peer: str, sizes: Mapping[str, control.Size]) -> None:
        """Tell how large a browser shows each seat, so that it gets what it can use."""
        process = self._of(peer)
        if process is not None:
            process.say(control.Show(peer, dict(sizes)))

    async def close(self, peer: str) -> None:
        """Let a peer go. Closing twice does no harm."""
        known = self._of(peer)
        for process in self._processes if known is None else (known,):
            process.say(control.Close(peer))

    async def route(self, stage: str, seat: str, source: str | None) -> None:
        """Put `source` (or nothing) behind a seat. Remembered across restarts of media."""
        for each in self._processes:
            each.route(stage, seat, source)

    async def record(
        self, stage: str, seat: str, take: str, source: str, stem: Path, zero: float
    ) -> bool:
        """Write `source` on a seat into a file; False if this take cannot go on.

        `stem` is the path without its suffix, in a folder that is there; `zero` is what
        Unix time 0 seconds in the file mean.
        """
        answer = await self._home(stage).ask(
            lambda number: control.Record(number, stage, seat, take, source, str(stem), zero)
        )
        return isinstance(answer, control.Done)

    def keep_takes(self, stage: str, takes: Sequence[str]) -> None:
        """End all takes of a stage but these."""
        for each in self._near:
            each.say(control.KeepTakes(stage, tuple(takes)))

    def play(self, stage: str, source: str, path: Path, at: float) -> None:
        """Play a clip that began at `at`, Unix seconds, as `source`. Twice is once."""
        home = self._home(stage)
        for each in self._near:
            if each is not home:
                each.say(control.StopPlaying(source))
        home.say(control.Play(source, str(path.absolute()), at))

    def stop_playing(self, stage: str, source: str) -> None:
        """Play it no longer; what does not play is left alone."""
        del stage
        for each in self._near:
            each.say(control.StopPlaying(source))

    def want_stills(self, stage: str) -> None:
        """Take still pictures of a stage for the next ten seconds."""
        self._home(stage).say(control.WantStills(stage))

    def health(self) -> tuple[Health, ...]:
        """How every process is."""
        return tuple(each.health() for each in self._processes)

    async def _open(self, peer: str, asking: Callable[[int], control.Request]) -> str:
        """Make a peer where there are fewest, and return our description."""
        process = min(self._well() or self._processes, key=lambda each: each.load)
        before = self._of(peer)
        self._tidings.peers[peer] = process.index
        if before is not None and before is not process:
            before.say(control.Close(peer))
        try:
            return _sdp(await process.open(asking))
        except Refused:
            if before is None:
                self._tidings.peers.pop(peer, None)
            raise

    def _of(self, peer: str) -> MediaProcess | None:
        at = self._tidings.peers.get(peer)
        return self._processes[at] if at is not None else None

    def _home(self, stage: str) -> MediaProcess:
        """Where a stage's clips, recordings and stills are. It is near: they are files here."""
        first = self._stages.get(stage, zlib.crc32(stage.encode())) % len(self._near)
        turn = self._near[first:] + self._near[:first]
        return next((each for each in turn if each.up.is_set()), turn[0])

    def _well(self) -> list[MediaProcess]:
        return [each for each in self._processes if each.is_well]

    def _others(self, index: int) -> bool:
        return any(each.up.is_set() for each in self._processes if each.index != index)

    def _link(self) -> None:
        """Tell all processes of each other."""
        for one in self._processes:
            for other in self._processes:
                if other is not one and other.neighbour is not None:
                    one.say(control.Link(other.neighbour))

    async def _keep_linked(self) -> None:
        while True:
            await asyncio.sleep(LINKING)
            self._link()


def _sdp(answer: control.Answer) -> str:
    if isinstance(answer, control.Offered | control.Answered):
        return answer.sdp
    raise Refused(UNAVAILABLE)
