"""What several media processes tell, told as if they were one."""

from __future__ import annotations

from collections.abc import Callable

from rooms.media.control import PeerState, RecordingChanged, SourceState
from server.media_process import Listener


class Tidings:
    """Sorts out who speaks for what.

    A source is whoever said last that it is there: one that reconnects to another process is
    told by that one, and what the former says afterwards does not count. The same goes for
    peers. Who is loudest on a stage every process knows; one of them is believed.
    """

    def __init__(
        self,
        listener: Listener,
        home: Callable[[str], int],
        others: Callable[[int], bool],
    ) -> None:
        """`home` is the process that is believed about a stage; `others` says whether any
        process but one is up."""
        self.listener = listener
        self.home = home
        self.others = others
        self.peers: dict[str, int] = {}
        "which process has whom"
        self.sources: dict[str, int] = {}
        self._heard: dict[tuple[str, int], str | None] = {}
        self._loudest: dict[str, str | None] = {}

    def hear_loudest(self, index: int, stage: str, seat: str | None) -> None:
        """One process hears this seat."""
        self._heard[stage, index] = seat
        self.judge(stage)

    def judge(self, stage: str) -> None:
        """Tell who is loudest on a stage, if that is news."""
        seat = self._heard.get((stage, self.home(stage)))
        if self._loudest.get(stage) != seat:
            self._loudest[stage] = seat
            self.listener.loudest_changed(stage, seat)

    def lose(self, index: int) -> None:
        """A process is gone, and hears nobody any more."""
        for stage, at in tuple(self._heard):
            if at == index:
                del self._heard[stage, at]
                self.judge(stage)


class Ear:
    """Listens to one of the processes."""

    def __init__(self, index: int, tidings: Tidings) -> None:
        self._index = index
        self._tidings = tidings
        self._listener = tidings.listener

    def peer_changed(self, peer: str, state: PeerState) -> None:
        """A browser's media connection came or went here."""
        if state != "gone":
            self._tidings.peers[peer] = self._index
        elif self._tidings.peers.get(peer, self._index) != self._index:
            return  # it has moved to another process
        else:
            self._tidings.peers.pop(peer, None)
        self._listener.peer_changed(peer, state)

    def line_changed(self, peer: str, thin: bool) -> None:
        """A viewer's line carries less, or all again."""
        self._listener.line_changed(peer, thin)

    def source_changed(
        self, source: str, state: SourceState, has_audio: bool, has_video: bool, codec: str
    ) -> None:
        """What somebody sends here is live, stands still, or is gone."""
        sources = self._tidings.sources
        if state != "gone":
            sources[source] = self._index
        elif sources.get(source, self._index) != self._index:
            return
        else:
            sources.pop(source, None)
        self._listener.source_changed(source, state, has_audio, has_video, codec)

    def unable_changed(self, index: int, stage: str, viewers: int) -> None:
        """So many who watch a stage here have nothing that decodes H264."""
        self._listener.unable_changed(index, stage, viewers)

    def loudest_changed(self, stage: str, seat: str | None) -> None:
        """Another seat is the one heard on a stage."""
        self._tidings.hear_loudest(self._index, stage, seat)

    def still_taken(self, stage: str, seat: str, image: bytes) -> None:
        """A JPEG of a seat."""
        self._listener.still_taken(stage, seat, image)

    def recording_changed(self, told: RecordingChanged) -> None:
        """A take has begun in its file, or ended by itself."""
        self._listener.recording_changed(told)

    def clip_over(self, source: str) -> None:
        """A clip was played to its end, or cannot be played."""
        self._listener.clip_over(source)

    def media_lost(self, index: int) -> None:
        """The process died."""
        self._tidings.lose(index)
        if self._tidings.others(index):
            self._listener.media_changed()
        else:
            self._listener.media_lost(index)

    def media_back(self, index: int) -> None:
        """It is up again."""
        if self._tidings.others(index):
            self._listener.media_changed()
        else:
            self._listener.media_back(index)

    def media_changed(self) -> None:
        """Processes come and go one by one."""
