"""One media process as the server sees it: started, asked, watched, and started again."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol

import msgspec

from rooms.media import control
from rooms.media.control import TAKEN, PeerState, SourceState
from schedule.machine import Refused

PULSE: Final = 2.0  # seconds between two questions "how are you"
PULSE_NUMBER: Final = 0  # the request id of that question
QUIET: Final = 4.0  # seconds without a word after which nobody new is sent there
SILENCE: Final = 10.0  # seconds without a word after which a process counts as stuck
PATIENCE: Final = 6.0  # seconds a request waits for a process that is being started
SPAWNING: Final = 30.0  # seconds a new process may take until it answers
RETRY: Final = 0.25  # seconds between two attempts to reach one
FAREWELL: Final = 3.0  # seconds a process has to go when asked

UNAVAILABLE: Final = "Picture and sound are being restarted. Please wait a moment."

log = logging.getLogger(__name__)


class Listener(Protocol):
    """Who wants to know. Called from the event loop; must not wait."""

    def peer_changed(self, peer: str, state: PeerState) -> None:
        """A browser's media connection came or went."""

    def line_changed(self, peer: str, thin: bool) -> None:
        """A viewer's line carries nothing but the sound, or pictures again."""

    def source_changed(
        self, source: str, state: SourceState, has_audio: bool, has_video: bool, codec: str
    ) -> None:
        """What somebody sends is live, stands still, or is gone."""

    def unable_changed(self, index: int, stage: str, viewers: int) -> None:
        """So many who watch a stage at this process have nothing that decodes H264."""

    def loudest_changed(self, stage: str, seat: str | None) -> None:
        """Another seat is the one heard on a stage."""

    def still_taken(self, stage: str, seat: str, image: bytes) -> None:
        """A JPEG of a seat, for those who watch by stills."""

    def recording_changed(self, told: control.RecordingChanged) -> None:
        """A take has begun in its file, or ended by itself."""

    def clip_over(self, source: str) -> None:
        """A clip was played to its end, or cannot be played."""

    def media_lost(self, index: int) -> None:
        """The last media process died. All peers and sources were reported gone before."""

    def media_back(self, index: int) -> None:
        """One is up again with all routes; browsers may connect anew."""

    def media_changed(self) -> None:
        """A media process came or went while others go on: browsers need not care, but what
        was told to one process alone (clips, takes) is to be said again."""


class Health(msgspec.Struct, frozen=True):
    """One media process, as `/healthz` shows it."""

    index: int
    up: bool
    restarts: int
    measured: control.Measured | None = None
    "the newest figures, at most two seconds old while it is up"


def _fenced(deed: Callable[[], None]) -> None:
    """Tell the listener. A fault of its own must not cost everybody the picture."""
    try:
        deed()
    except Exception:
        log.exception("a listener failed")


class MediaProcess:
    """One media process, seen from here."""

    def __init__(
        self,
        index: int,
        path: Path,
        arguments: tuple[str, ...] | None,
        listener: Listener,
        changed: Callable[[], None],
    ) -> None:
        """Without `arguments` it is never started here, only waited for.

        `changed` is called when the process has come up, before its listener hears of it.
        """
        self.up = asyncio.Event()
        self.tried = asyncio.Event()
        "set once it is known for the first time whether the process starts"
        self.index = index
        self._path = path
        self._arguments = arguments
        self._listener = listener
        self._changed = changed
        self._child: asyncio.subprocess.Process | None = None
        self._writer: asyncio.StreamWriter | None = None
        self._numbers = itertools.count(PULSE_NUMBER + 1)
        self._open: dict[int, asyncio.Future[control.Answer]] = {}
        self._routes: dict[tuple[str, str], str] = {}
        self._peers: set[str] = set()
        self._sources: dict[str, control.SourceChanged] = {}
        self._unable: dict[str, int] = {}
        self._measured: control.Measured | None = None
        self._starts = 0
        self._heard_at = float("-inf")
        self._opened = 0
        self.neighbour: control.Neighbour | None = None
        "how the other processes reach it, while it is up"

    @property
    def is_well(self) -> bool:
        """Whether it is up, and spoke lately: it may be stuck without being gone."""
        now = asyncio.get_running_loop().time()
        return self.up.is_set() and now - self._heard_at < QUIET

    @property
    def load(self) -> int:
        """How many peers it has, as far as we know."""
        known = self._measured
        return self._opened + (known.viewers + known.publishers if known is not None else 0)

    async def run(self) -> None:
        """Keep the process up until cancelled."""
        try:
            while True:
                reader, writer = await self._reach()
                try:
                    await self._converse(reader, writer)
                except Exception:
                    log.exception("talking with media process %d failed", self.index)
                finally:
                    writer.close()
                self._lose()
        finally:
            await self._end_child()

    async def ask(self, asking: Callable[[int], control.Request]) -> control.Answer:
        """Send a request and return its answer; raises `Refused`."""
        try:
            async with asyncio.timeout(PATIENCE):
                await self.up.wait()
                number = next(self._numbers)
                answer = self._open[number] = asyncio.get_running_loop().create_future()
                try:
                    self.say(asking(number))
                    said: control.Answer = await answer
                finally:
                    self._open.pop(number, None)
        except (TimeoutError, ConnectionError):
            raise Refused(UNAVAILABLE) from None
        if isinstance(said, control.Failed):
            raise Refused(said.reason)
        return said

    async def open(self, asking: Callable[[int], control.Request]) -> control.Answer:
        """Like `ask`, for a request that makes a peer: it counts as load at once."""
        self._opened += 1
        return await self.ask(asking)

    def say(self, message: control.Request) -> None:
        """Send without waiting. While the process is down, nothing needs saying."""
        # It may be dead before anybody has read the end of its line, and uvloop raises then.
        if self._writer is not None and not self._writer.is_closing():
            with contextlib.suppress(RuntimeError):
                self._writer.write(control.line(message))

    def route(self, stage: str, seat: str, source: str | None) -> None:
        if source is None:
            self._routes.pop((stage, seat), None)
        else:
            self._routes[stage, seat] = source
        self.say(control.Route(stage, seat, source))

    def health(self) -> Health:
        return Health(
            index=self.index,
            up=self.up.is_set(),
            restarts=max(0, self._starts - 1),
            measured=self._measured,
        )

    async def _reach(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Connect to the process that is there, or to the one we start."""
        while True:
            with contextlib.suppress(OSError):
                return await self._connect()
            if self._arguments is None:
                self.tried.set()
                await asyncio.sleep(RETRY)
                continue
            await self._end_child()
            try:
                await self._start_child(self._arguments)
                async with asyncio.timeout(SPAWNING):
                    return await self._await_child()
            except (OSError, TimeoutError) as error:
                log.warning("media process %d does not start: %s", self.index, error)
                self.tried.set()
            await asyncio.sleep(RETRY)

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        # A socket in a shared folder is only ours if its file is.
        if self._path.stat().st_uid != os.getuid():
            raise PermissionError(f"{self._path} belongs to somebody else")
        return await asyncio.open_unix_connection(str(self._path), limit=control.LINE_LIMIT)

    async def _start_child(self, arguments: tuple[str, ...]) -> None:
        # The child reads its standard input and goes at its end: it cannot outlive us.
        self._child = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "rooms.media", "--child", "--socket", str(self._path)),
            *arguments,
            stdin=asyncio.subprocess.PIPE,
            cwd=Path(__file__).parent.parent,
        )

    async def _await_child(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        while True:
            with contextlib.suppress(OSError):
                return await self._connect()
            code = self._child.returncode if self._child is not None else None
            if code is not None and code != TAKEN:
                raise ConnectionError(f"it ended with code {code}")
            await asyncio.sleep(RETRY / 5)

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Come up, then listen until the process is gone or stuck."""
        self._writer = writer
        for (stage, seat), source in self._routes.items():
            self.say(control.Route(stage, seat, source))
        async with asyncio.TaskGroup() as tasks:
            pulse = tasks.create_task(self._pulse())
            try:
                await self._listen(reader)
            finally:
                pulse.cancel()

    async def _pulse(self) -> None:
        while True:
            self.say(control.Stats(PULSE_NUMBER))
            await asyncio.sleep(PULSE)

    async def _listen(self, reader: asyncio.StreamReader) -> None:
        try:
            while True:
                async with asyncio.timeout(SILENCE):
                    text = await reader.readline()
                if not text:
                    return
                self._hear(control.reply(text))
        except TimeoutError:
            log.error("media process %d does not answer; starting it anew", self.index)
            await self._end_child(FAREWELL)
        except (ConnectionError, msgspec.DecodeError, ValueError) as error:
            log.error("media process %d: %s", self.index, error)

    def _hear(self, message: control.Answer | control.Tiding) -> None:
        _fenced(lambda: self._take(message))

    def _take(self, message: control.Answer | control.Tiding) -> None:
        self._heard_at = asyncio.get_running_loop().time()
        match message:
            case control.Linkable(ours):
                self.neighbour = ours
            case control.PeerChanged(peer, state):
                self._note_peer(peer, state)
            case control.SourceChanged():
                self._note_source(message)
            case control.Thin(peer, thin):
                self._listener.line_changed(peer, thin)
            case control.Unable(stage, viewers):
                self._unable[stage] = viewers
                self._listener.unable_changed(self.index, stage, viewers)
            case control.StillTaken(stage, seat, image):
                self._listener.still_taken(stage, seat, image)
            case control.RecordingChanged():
                self._listener.recording_changed(message)
            case control.Played(source):
                self._listener.clip_over(source)
            case control.Loudest(stage, seat):
                self._listener.loudest_changed(stage, seat)
            case control.Measured(id=number) if number == PULSE_NUMBER:
                self._measured = message
                self._opened = 0
                if not self.up.is_set():
                    self._come_up()
            case _:
                self._settle(message)

    def _come_up(self) -> None:
        # Not before it speaks: the socket of a process just killed can still be connected to.
        self._starts += 1
        self.up.set()
        self.tried.set()
        self._changed()
        if self._starts > 1:
            self._listener.media_back(self.index)

    def _settle(self, answer: control.Answer) -> None:
        waiting = self._open.pop(answer.id, None)
        if waiting is not None and not waiting.done():
            waiting.set_result(answer)

    def _note_peer(self, peer: str, state: PeerState) -> None:
        if state == "gone":
            self._peers.discard(peer)
        else:
            self._peers.add(peer)
        self._listener.peer_changed(peer, state)

    def _note_source(self, told: control.SourceChanged) -> None:
        if told.state == "gone":
            self._sources.pop(told.source, None)
        else:
            self._sources[told.source] = told
        self._listener.source_changed(
            told.source, told.state, told.has_audio, told.has_video, told.codec
        )

    def _lose(self) -> None:
        """Say everything gone that was there, and fail whoever waits."""
        was_up = self.up.is_set()
        self.up.clear()
        self._writer = None
        self._measured = self.neighbour = None
        self._opened = 0
        for waiting in self._open.values():
            if not waiting.done():
                waiting.set_exception(ConnectionResetError())
        for peer in tuple(self._peers):
            self._hear(control.PeerChanged(peer, "gone"))
        for told in tuple(self._sources.values()):
            self._hear(msgspec.structs.replace(told, state="gone"))
        for stage in tuple(self._unable):
            self._hear(control.Unable(stage, 0))
        if was_up:
            _fenced(lambda: self._listener.media_lost(self.index))

    async def _end_child(self, seconds: float = FAREWELL) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        if child.stdin is not None:
            child.stdin.close()
        try:
            async with asyncio.timeout(seconds):
                await child.wait()
        except TimeoutError:
            log.warning("media process %d does not end by itself", self.index)
        finally:
            if child.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    child.kill()
                await child.wait()
