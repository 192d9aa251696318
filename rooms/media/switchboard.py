"""The media process's one object: peers, sources and stages, and the requests about them."""

from __future__ import annotations

import asyncio
import logging
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from rooms.media import control, hall, sdp
from rooms.media.cascade import Cascade
from rooms.media.control import Answer, Request, SourceState, Tiding
from rooms.media.dtls import Certificate, HandshakeError, Role
from rooms.media.ingest import Publisher
from rooms.media.mux import Mux
from rooms.media.peer import Peer
from rooms.media.player import Players
from rooms.media.reasons import CROWDED, NOTHING, NOTHING_TO_PLAY, UNKNOWN, UNREADABLE
from rooms.media.recorder import Recorders
from rooms.media.source import Source
from rooms.media.spread import PlainSpread, Spread
from rooms.media.stage import Seat, Stage
from rooms.media.stills import Stills
from rooms.media.viewer import Viewer

HALF_OPEN: Final = 512  # peers that may be connecting at once
MENDING: Final = 0.01  # seconds between two looks for missing packets
LISTENING: Final = 0.25  # seconds between two looks at who is loudest
SWEEPING: Final = 1.0  # seconds between two reports, and two looks at who has gone

log = logging.getLogger(__name__)


class Switchboard:
    """Answers requests, keeps time, and tells what changes."""

    def __init__(
        self,
        mux: Mux,
        addresses: tuple[str, ...],
        tell: Callable[[Tiding], None],
        out: Spread | None = None,
    ) -> None:
        """`addresses` go into every description; `tell` hears all that changes."""
        self._mux = mux
        self._addresses = addresses
        self._tell = tell
        self._certificate = Certificate.generateCertificate()
        self._out: Spread = out or PlainSpread()
        self._recorders = Recorders(tell)
        self._players = Players(self, tell, _clock)
        self._tasks = asyncio.TaskGroup()
        self._peers: dict[str, Peer] = {}
        self._calls: dict[str, asyncio.Task[None]] = {}
        self._viewers: dict[str, tuple[Viewer, str]] = {}
        self._publishers: dict[str, Publisher] = {}
        self._sources: dict[str, Source] = {}
        self._stages: dict[str, Stage] = {}
        self._cascade = Cascade(self, self._sources, mux, addresses, self._out, _clock)
        self._stills = Stills(lambda *taken: tell(control.StillTaken(*taken)))
        self._measures: tuple[control.SourceMeasure, ...] = ()
        self._unable: dict[str, int] = {}

    async def run(self) -> None:
        """Keep time until cancelled."""
        try:
            async with self._tasks:
                self._tasks.create_task(_every(MENDING, self._mend))
                self._tasks.create_task(_every(LISTENING, self._listen))
                self._tasks.create_task(_every(SWEEPING, self._sweep))
        finally:
            self._stills.close()
            self._recorders.close()
            self._players.close()
            self._cascade.close()
            for peer in self._peers.values():
                await _part(peer)

    def greet(self) -> tuple[Tiding, ...]:
        """How things stand, for a server that has just come."""
        peers = [
            control.PeerChanged(peer.name, "connected" if peer.keys else "connecting")
            for peer in self._peers.values()
        ]
        sources = [
            _told(source, source.state)
            for source in self._sources.values()
            if source.state is not None
        ]
        loud = [control.Loudest(name, s.loudest) for name, s in self._stages.items() if s.loudest]
        unable = [control.Unable(name, viewers) for name, viewers in self._unable.items()]
        ours = control.Linkable(self._cascade.ours)
        return (ours, *peers, *sources, *loud, *unable, *self._recorders.greet())

    def answer(self, request: Request) -> Answer | None:
        """Do what a server asks."""
        match request:
            case control.OpenViewer(number, name, stage, preview):
                return self._open_viewer(number, name, stage, preview)
            case control.Accept(number, name, text):
                return self._accept(number, name, text)
            case control.OpenPublisher():
                return self._open_publisher(request)
            case control.OpenPlayer():
                return self._open_player(request)
            case control.Describe(number, name, restart):
                return self._describe(number, name, restart)
            case control.Show(name, sizes):
                self._show(name, sizes)
            case control.Close(name):
                self._close(name)
            case control.Link(neighbour):
                self._cascade.link(neighbour)
            case control.Route(stage, seat, source):
                self._route(stage, seat, source)
            case control.WantStills(stage):
                self._stills.want(stage, _clock())
                self._take_stills()
            case control.Record():
                return self._recorders.record(request)
            case control.Play() | control.StopPlaying():
                self._players.answer(request)
            case control.KeepTakes(stage, takes):
                self._recorders.keep(stage, takes)
            case control.Stats(number):
                return self._measure(number)
        return None

    def _open_viewer(self, number: int, name: str, at: str, preview: bool) -> Answer:
        if self._crowded():
            return control.Failed(number, CROWDED)
        peer = self._add_peer(name)
        stage = self._stage(at)
        watched = stage.watched(preview)
        feeds = {sending.ssrc: feed for sending, feed in watched}
        viewer = Viewer(peer, feeds, _clock)
        viewer.on_thin = lambda thin: self._tell(control.Thin(name, thin))
        self._viewers[name] = viewer, at
        stage.viewers += 1
        return control.Offered(number, sdp.offer(self._end(peer), [each for each, _ in watched]))

    def _accept(self, number: int, name: str, text: str) -> Answer:
        if name not in self._viewers or name in self._calls:
            return control.Failed(number, UNKNOWN)
        try:
            theirs = sdp.parse(text)
        except ValueError:
            return control.Failed(number, UNREADABLE)
        viewer, _ = self._viewers[name]
        viewer.codecs = theirs.codecs
        self._call(viewer.peer, theirs, viewer.begin)
        return control.Done(number)

    def _show(self, name: str, sizes: Mapping[str, control.Size]) -> None:
        if name in self._viewers:
            self._viewers[name][0].show(sizes)

    def _open_publisher(self, asked: control.OpenPublisher) -> Answer:
        number, name = asked.id, asked.peer
        if self._crowded():
            return control.Failed(number, CROWDED)
        try:
            theirs = sdp.parse(asked.sdp)
        except ValueError:
            return control.Failed(number, UNREADABLE)
        if (reason := hall.refusal(theirs)) and asked.whole:
            return control.Failed(number, reason)
        if not any(sdp.wanted(section) for section in theirs.sections):
            return control.Failed(number, NOTHING)
        peer = self._add_peer(name)
        publisher = Publisher(peer, asked.source, theirs, _clock, lambda: self._close(name))
        self._publishers[name] = publisher
        self._call(peer, theirs, lambda: self.add_source(publisher))
        return control.Answered(number, sdp.answer(self._end(peer), theirs))

    def _open_player(self, asked: control.OpenPlayer) -> Answer:
        number, name = asked.id, asked.peer
        if self._crowded():
            return control.Failed(number, CROWDED)
        try:
            theirs = sdp.parse(asked.sdp)
        except ValueError:
            return control.Failed(number, UNREADABLE)
        stage = self._stage(asked.stage)
        played = hall.played(theirs, stage.seats.get(asked.seat))
        if not played:
            self._tidy(asked.stage)
            return control.Failed(number, NOTHING_TO_PLAY)
        peer = self._add_peer(name)
        feeds = {sending.ssrc: feed for sending, feed in played.values()}
        viewer = Viewer(peer, feeds, _clock, hall.numbers(theirs, played))
        viewer.codecs = theirs.codecs
        self._viewers[name] = viewer, asked.stage
        stage.viewers += 1
        self._call(peer, theirs, viewer.begin)
        lines = {at: sending for at, (sending, _) in played.items()}
        return control.Answered(number, sdp.playing(self._end(peer), theirs, lines))

    def _describe(self, number: int, name: str, restart: bool) -> Answer:
        peer = self._peers.get(name)
        if peer is None:
            return control.Failed(number, UNKNOWN)
        if restart:
            self._mux.restart(peer)
        fragment = sdp.fragment(self._end(peer), *peer.first_line)
        return control.Described(number, peer.ufrag, fragment)

    def add_source(self, source: Source) -> None:
        """It is there: it takes the place of whatever was sent under this name before."""
        before = self._sources.get(source.name)
        self._sources[source.name] = source
        if before is not None:
            before.close()
        for seat in self._seats():
            if seat.routed == source.name:
                seat.attach(source)

    def drop_source(self, source: Source) -> None:
        """It is not there any more. If another has its name by now, that one stays."""
        if self._sources.get(source.name) is not source:
            return
        del self._sources[source.name]
        for seat in self._seats():
            if seat.source is source:
                seat.attach(None)
        if source.state is not None:
            self._tell(_told(source, "gone"))

    def _route(self, at: str, name: str, source: str | None) -> None:
        stage = self._stage(at)
        seat = stage.seats.get(name)
        if seat is not None:
            seat.routed = source
            seat.attach(self._sources.get(source) if source is not None else None)
        self._tidy(at)

    def _close(self, name: str) -> None:
        """Let a peer go, and say so."""
        if self._drop(name):
            self._tell(control.PeerChanged(name, "gone"))

    def _drop(self, name: str) -> bool:
        """Let a peer go, with all that hangs on it; False if it is not there."""
        peer = self._peers.pop(name, None)
        if peer is None:
            return False
        self._mux.remove(peer)
        call = self._calls.pop(name, None)
        if call is not None and call is not asyncio.current_task():
            call.cancel()
        if (watching := self._viewers.pop(name, None)) is not None:
            viewer, at = watching
            viewer.end()
            self._stages[at].viewers -= 1
            self._tidy(at)
        if (publisher := self._publishers.pop(name, None)) is not None:
            self.drop_source(publisher)
        self._tasks.create_task(_part(peer))
        return True

    def _call(self, peer: Peer, theirs: sdp.Description, begin: Callable[[], None]) -> None:
        work = self._talk(peer, theirs.role, theirs.fingerprints, begin)
        first = next((each for each in theirs.sections if not each.rejected), None)
        if first is not None:
            peer.first_line = first.kind, first.mid
        self._calls[peer.name] = self._tasks.create_task(work)

    async def _talk(
        self,
        peer: Peer,
        role: Role,
        fingerprints: tuple[tuple[str, str], ...],
        begin: Callable[[], None],
    ) -> None:
        """One peer's life, from the handshake to its end."""
        try:
            await peer.connect(role, fingerprints)
            begin()
            self._tell(control.PeerChanged(peer.name, "connected"))
            await peer.closed()
        except HandshakeError as error:
            log.info("%s did not connect: %s", peer.name, error)
        except Exception:  # whatever one peer brings about, it brings about for itself alone
            log.exception("the connection of %s failed", peer.name)
        if self._peers.get(peer.name) is peer:
            self._close(peer.name)

    def _mend(self) -> None:
        now = _clock()
        for source in list(self._sources.values()):
            source.mend(now)
            self._note_source(source, now)
        self._cascade.mend(now)
        self._recorders.look(self._seen, now)

    def _listen(self) -> None:
        now = _clock()
        for name, stage in self._stages.items():
            stage.look(now)
            if stage.listen():
                self._tell(control.Loudest(name, stage.loudest))

    def _take_stills(self) -> None:
        seats = {name: list(stage.seats.values()) for name, stage in self._stages.items()}
        self._stills.look(seats, _clock())

    def _sweep(self) -> None:
        now = _clock()
        self._take_stills()
        for peer in list(self._peers.values()):
            if peer.expired(now):
                self._close(peer.name)
        for viewer, _ in self._viewers.values():
            viewer.attend(now)
        self._measures = tuple(each.report(now) for each in self._sources.values())
        self._count_unable()

    def _count_unable(self) -> None:
        """Tell of every stage how many of its viewers have no H264, if that has changed."""
        able = [(at, "h264" in viewer.codecs) for viewer, at in self._viewers.values()]
        unable = Counter(at for at, has in able if not has)
        for stage in unable.keys() | self._unable.keys():
            if unable[stage] != self._unable.get(stage, 0):
                self._tell(control.Unable(stage, unable[stage]))
        self._unable = dict(unable)

    def _note_source(self, source: Source, now: float) -> None:
        state = source.condition(now)
        if state is not None and source.state != state:
            source.state = state
            self._tell(_told(source, state))

    def _measure(self, number: int) -> control.Measured:
        return control.Measured(
            id=number,
            pid=os.getpid(),
            port=self._mux.port,
            viewers=len(self._viewers),
            publishers=len(self._publishers),
            stages=len(self._stages),
            sent=self._out.sent,
            dropped=self._out.dropped,
            refused=self._mux.refused,
            segmented=self._out.segmented,
            accelerated=self._out.accelerated,
            links=self._cascade.open,
            sources=self._measures,
        )

    def _add_peer(self, name: str) -> Peer:
        self._drop(name)  # without a word: under this name, somebody is connecting
        peer = self._peers[name] = Peer(name, self._certificate, _clock())
        self._mux.add(peer)
        self._tell(control.PeerChanged(name, "connecting"))
        return peer

    def _crowded(self) -> bool:
        return sum(peer.keys is None for peer in self._peers.values()) >= HALF_OPEN

    def _stage(self, name: str) -> Stage:
        stage = self._stages.get(name)
        if stage is None:
            stage = self._stages[name] = Stage(self._out, control.seats(name))
        return stage

    def _seen(self, at: str, name: str) -> Source | None:
        stage = self._stages.get(at)
        seat = stage.seats.get(name) if stage is not None else None
        return seat.source if seat is not None else None

    def _seats(self) -> Iterator[Seat]:
        for stage in self._stages.values():
            yield from stage.seats.values()

    def _tidy(self, name: str) -> None:
        stage = self._stages.get(name)
        if stage is not None and stage.idle:
            del self._stages[name]

    def _end(self, peer: Peer) -> sdp.Transport:
        return sdp.Transport(
            ufrag=peer.ufrag,
            password=peer.password,
            fingerprint=self._certificate.fingerprint,
            addresses=self._addresses,
            port=self._mux.port,
            version=peer.described,
        )


def _told(source: Source, state: SourceState) -> control.SourceChanged:
    return control.SourceChanged(
        source.name,
        state,
        has_audio=source.audio is not None,
        has_video=source.video is not None,
        codec=source.video.codec if source.video is not None else "",
    )


def _clock() -> float:
    return asyncio.get_running_loop().time()


async def _every(seconds: float, deed: Callable[[], None]) -> None:
    while True:
        await asyncio.sleep(seconds)
        try:
            deed()
        except Exception:  # a fault of ours must not stop everybody's picture
            log.exception("%s failed", deed.__name__)


async def _part(peer: Peer) -> None:
    try:
        await peer.stop()
    except Exception:
        log.exception("parting from %s failed", peer.name)
