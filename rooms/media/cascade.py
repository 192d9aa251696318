"""All links of this process: what it has goes to its neighbours, what they have comes here."""

from __future__ import annotations

import itertools
import secrets
from collections.abc import Callable, Mapping, Sequence
from typing import Final, Protocol

from aiortc.rtp import RTCP_RTPFB_NACK, RtcpRtpfbPacket, RtcpSrPacket

from rooms.media import feedback, rtp, talk
from rooms.media import link as ways
from rooms.media.carrier import Carrier
from rooms.media.control import Neighbour
from rooms.media.distant import Distant
from rooms.media.feed import FADED
from rooms.media.link import Link
from rooms.media.mux import Mux
from rooms.media.source import Source
from rooms.media.spread import Spread
from rooms.media.talk import Gone, Have, Strand, Want
from rooms.media.track import Track

TELLING: Final = 0.2  # seconds between two times all is told; a quality fades after `FADED`
UNWANTED: Final = 4.0  # seconds without a wish after which nothing is carried any more


class Sources(Protocol):
    """Where sources come and go."""

    def add_source(self, source: Source) -> None:
        """It is there from now on."""

    def drop_source(self, source: Source) -> None:
        """It is there no longer."""


class Cascade:
    """Carries each packet at most once to every neighbour, whose viewers get it from there."""

    def __init__(
        self,
        board: Sources,
        sources: Mapping[str, Source],
        mux: Mux,
        addresses: tuple[str, ...],
        out: Spread,
        clock: Callable[[], float],
    ) -> None:
        """`sources` are those of `board`, as they are at any time."""
        self._board = board
        self._sources = sources
        self._mux = mux
        self._out = out
        self._clock = clock
        self.ours = Neighbour(
            id=secrets.token_hex(8),
            secret=secrets.token_hex(16),
            machine=ways.machine(),
            near=ways.near(mux.sockets),
            addresses=addresses,
            port=mux.port,
        )
        self._ends: dict[str, End] = {}
        self.keys: dict[Source, int] = {}
        "what neighbours know of ours, and by which number"
        self._numbers = itertools.count(1)
        self._told_at = float("-inf")

    @property
    def open(self) -> int:
        """How many neighbours are heard of."""
        now = self._clock()
        return sum(end.link.is_open(now) for end in self._ends.values())

    def link(self, theirs: Neighbour) -> None:
        """A server says that there is this neighbour. Twice is once."""
        now = self._clock()
        known = self._ends.get(theirs.id)
        if known is not None:
            known.link.told_at = now
        elif theirs.id != self.ours.id:
            link = Link(self.ours, theirs, self._mux.sockets, now)
            self._ends[theirs.id] = End(link, self, self._out, self._clock)
            self._mux.add(link)
            link.check(now)

    def mend(self, now: float) -> None:
        """Tell at once what has changed, and all of it from time to time. Call it often."""
        if not self._ends:
            return
        here = [each for each in self._sources.values() if not isinstance(each, Distant)]
        for gone in self.keys.keys() - set(here):
            text = talk.encode(Gone(gone.name, self.keys.pop(gone)))
            for end in self._ends.values():
                end.link.send_message(text)
        for source in here:
            if source not in self.keys:
                self.keys[source] = next(self._numbers)
        whole = now - self._told_at >= TELLING
        self._told_at = now if whole else self._told_at
        for end in list(self._ends.values()):
            end.mend(here, now, whole)
        for distant in self._distant():
            if distant.is_gone(now):
                self._drop(distant)

    def close(self) -> None:
        """Carry nothing any more."""
        for end in list(self._ends.values()):
            end.close()
            self._mux.remove(end.link)
        self._ends.clear()

    def part(self, end: End) -> None:
        """A neighbour is not heard of any more."""
        end.close()
        self._mux.remove(end.link)
        del self._ends[end.link.theirs.id]
        for distant in self._distant():
            if distant.link is end.link:
                self._drop(distant)

    def sender(self, name: str, key: int) -> Source | None:
        """The source of ours that a neighbour means."""
        source = self._sources.get(name)
        return source if source is not None and self.keys.get(source) == key else None

    def hear(self, told: Have, link: Link) -> None:
        """A neighbour has something."""
        before = self._sources.get(told.source)
        if isinstance(before, Distant) and (before.link, before.key) == (link, told.key):
            before.heard(told)
            return
        # Whoever came last counts: a browser that reconnected, wherever it did. A neighbour
        # that still has the older one hears of the younger as we do, and lets it go.
        if before is not None and before.began_at > self._clock() - told.age:
            return
        distant = Distant(link, told, self._clock)
        distant.state = before.state if before is not None else None
        self._board.add_source(distant)

    def lose(self, told: Gone, link: Link) -> None:
        """A neighbour has it no longer."""
        for distant in self._distant():
            if (distant.name, distant.link, distant.key) == (told.source, link, told.key):
                self._drop(distant)

    def distant(self, link: Link, ssrc: int) -> Distant | None:
        """The source that a stream of a link belongs to."""
        mine = (each for each in self._distant() if each.link is link and each.carries(ssrc))
        return next(mine, None)

    def _distant(self) -> list[Distant]:
        return [each for each in self._sources.values() if isinstance(each, Distant)]

    def _drop(self, distant: Distant) -> None:
        self._board.drop_source(distant)
        distant.close()


class End:
    """This end of one link: what goes over it, and who gets what comes."""

    def __init__(
        self, link: Link, cascade: Cascade, out: Spread, clock: Callable[[], float]
    ) -> None:
        self.link = link
        self._cascade = cascade
        self._out = out
        self._clock = clock
        self._carriers: dict[Track, Carrier] = {}
        self._told: dict[Source, tuple[int, ...]] = {}
        self._of: dict[int, Distant] = {}
        link.on_rtp, link.on_rtcp, link.on_message = self._take, self._obey, self._hear

    def mend(self, here: Sequence[Source], now: float, whole: bool) -> None:
        """Tell what has changed of what is here, or the whole of it."""
        self.link.check(now)
        if self.link.is_gone(now):
            self._cascade.part(self)
        elif not self.link.is_open(now):
            self.close()
        else:
            there = {track for source in here for track in strands(source)}
            for track, carrier in list(self._carriers.items()):
                if track not in there or now - carrier.wanted_at > UNWANTED:
                    self._carriers.pop(track).close()
            self._told = {each: said for each, said in self._told.items() if each in here}
            for source in here:
                if whole or self._told.get(source) != self._ssrcs(source):
                    self._tell(source, now)

    def close(self) -> None:
        """Carry nothing any more."""
        for carrier in self._carriers.values():
            carrier.close()
        self._carriers.clear()

    def _tell(self, source: Source, now: float) -> None:
        ssrcs = self._told[source] = self._ssrcs(source)
        have = Have(
            source.name,
            self._cascade.keys[source],
            round(now - source.began_at, 3),
            source.audio.level if source.audio is not None else 0.0,
            tuple(
                Strand(each.kind, each.codec, ssrc, _rate(each, now))
                for each, ssrc in zip(strands(source), ssrcs, strict=True)
            ),
        )
        self.link.send_message(talk.encode(have))

    def _ssrcs(self, source: Source) -> tuple[int, ...]:
        found = (self._carriers.get(each) for each in strands(source))
        return tuple(each.ssrc if each is not None else 0 for each in found)

    def _hear(self, text: bytes) -> None:
        message = talk.read(text)
        match message:
            case Have():
                self._cascade.hear(message, self.link)
            case Gone():
                self._cascade.lose(message, self.link)
            case Want():
                self._carry(message)

    def _carry(self, wish: Want) -> None:
        source = self._cascade.sender(wish.source, wish.key)
        if source is None:
            return
        now = self._clock()
        for at, track in enumerate(strands(source)):
            carrier = self._carriers.get(track)
            if at in wish.strands:
                if carrier is None:
                    carrier = self._carriers[track] = Carrier(self.link, track, self._out)
                carrier.wanted_at = now
            elif carrier is not None:
                self._carriers.pop(track).close()
            if at in wish.clean:
                source.ask_for_keyframe(track)
        self._tell(source, now)

    def _take(self, data: bytes) -> None:
        packet = rtp.parse(data)
        source = self._of.get(packet.ssrc)
        if source is None or not source.carries(packet.ssrc):
            source = self._cascade.distant(self.link, packet.ssrc)
            if source is None:
                return  # not told of yet, or over by now
            self._of = {ssrc: s for ssrc, s in self._of.items() if s.carries(ssrc)}
            self._of[packet.ssrc] = source
        source.take_rtp(packet)

    def _obey(self, data: bytes) -> None:
        for packet in feedback.parse(data):
            if isinstance(packet, RtcpSrPacket):
                source = self._cascade.distant(self.link, packet.ssrc)
                if source is not None:
                    source.take_report(packet)
            elif isinstance(packet, RtcpRtpfbPacket) and packet.fmt == RTCP_RTPFB_NACK:
                for carrier in self._carriers.values():
                    if carrier.ssrc == packet.media_ssrc:
                        carrier.repeat(packet.lost)


def strands(source: Source) -> tuple[Track, ...]:
    """What of a source can be carried: its sound, and its picture in all qualities."""
    return (*((source.audio,) if source.audio is not None else ()), *source.layers)


def _rate(track: Track, now: float) -> float | None:
    alive = track.heard_at is not None and now - track.heard_at < FADED
    return round(track.rate) if alive else None
