"""A source that arrives at another media process: here it comes over a link."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from aiortc.rtp import RtcpSrPacket

from rooms.media import feedback, sdp, talk
from rooms.media.control import SourceMeasure, SourceState
from rooms.media.fanout import Fanout
from rooms.media.link import Link
from rooms.media.rtp import Rtp
from rooms.media.source import Source
from rooms.media.talk import Have, Want
from rooms.media.track import Track

SAYING: Final = 1.0  # seconds between two times the same wish is said,
ASKING: Final = 0.1  # and as long as it is not fulfilled
FADES: Final = 2.0  # seconds without a word after which it is gone
STEPS: Final = 0.5  # seconds by which the other machine's clock seems to step until we follow


class Distant(Source):
    """What a neighbour has. Only strands that somebody here watches are carried here.

    Who tells the servers of it is the process where it arrives; this one has no state of its
    own to tell.
    """

    def __init__(self, link: Link, told: Have, clock: Callable[[], float]) -> None:
        super().__init__(told.source, clock)
        self.link = link
        self.key = told.key
        self.began_at -= told.age
        self.told_at = clock()
        "when the neighbour last spoke of it"
        self._strands = tuple(
            Track(each.kind, sdp.NUMBERS[each.codec], each.codec) for each in told.strands
        )
        self.layers = tuple(each for each in self._strands if each.kind == "video")
        self.audio = next((each for each in self._strands if each.kind == "audio"), None)
        self._ssrcs: dict[int, Track] = {}
        self._wanted: tuple[int, ...] = ()
        self._said_at = float("-inf")
        self._ntp_shift: float | None = None
        self.heard(told)

    def heard(self, told: Have) -> None:
        """The neighbour spoke of it again."""
        now = self.told_at = self._clock()
        carried = {each.ssrc for each in told.strands}
        for ssrc in self._ssrcs.keys() - carried:
            self.link.forget(ssrc)
        pairs = list(zip(self._strands, told.strands, strict=True))
        before, self._ssrcs = self._ssrcs, {each.ssrc: t for t, each in pairs if each.ssrc}
        for track in {*before.values(), *self._ssrcs.values()}:
            if _ssrc(before, track) != _ssrc(self._ssrcs, track):
                _begin_anew(track)
        for track, each in pairs:
            if each.rate is None:
                continue
            track.rate = each.rate
            if not each.ssrc:
                track.heard_at = now  # it is sent, and could be carried here
        if self.audio is not None:
            self.audio.level = told.level

    def is_gone(self, now: float) -> bool:
        """Whether the neighbour has not spoken of it for long enough."""
        return now - self.told_at > FADES

    def carries(self, ssrc: int) -> bool:
        """Whether this is one of its streams."""
        return ssrc in self._ssrcs

    def take_rtp(self, packet: Rtp) -> None:
        """Take a packet of one of its streams; raises `ValueError` if it cannot be read."""
        self._ssrcs[packet.ssrc].receive(packet, self._clock())

    def take_report(self, packet: RtcpSrPacket) -> None:
        """The neighbour said which moment a timestamp means, by its clock."""
        theirs = packet.sender_info.ntp_timestamp
        shift = time.time() - feedback.unix(theirs)
        # One shift for picture and sound of a source: they stay in step with each other.
        if self._ntp_shift is None or abs(shift - self._ntp_shift) > STEPS:
            self._ntp_shift = shift
        stamp = feedback.ntp(feedback.unix(theirs) + self._ntp_shift)
        track = self._ssrcs[packet.ssrc]
        track.note_report(stamp, packet.sender_info.rtp_timestamp, theirs, self._clock())

    def ask_for_keyframe(self, track: Track) -> None:
        if track.keyframes.ask(self._clock()):
            self._say(self._clock(), (self._strands.index(track),))

    def mend(self, now: float) -> None:
        """Say what is wanted here, and ask for what got lost on the way."""
        for ssrc, track in self._ssrcs.items():
            if lost := track.overdue(now):
                self.link.send_rtcp(feedback.missing(ssrc, lost))
        clean = tuple(at for at, each in enumerate(self._strands) if each.keyframes.due(now))
        wanted = tuple(at for at, each in enumerate(self._strands) if _is_followed(each))
        carried = tuple(at for at, t in enumerate(self._strands) if t in self._ssrcs.values())
        wait = SAYING if wanted == carried else ASKING
        if clean or wanted != self._wanted or ((wanted or carried) and now - self._said_at >= wait):
            self._say(now, clean)

    def close(self) -> None:
        """Let the neighbour carry nothing any more. What was on its way is forgotten."""
        self.link.send_message(talk.encode(Want(self.name, self.key, ())))
        for ssrc in self._ssrcs:
            self.link.forget(ssrc)
        self._ssrcs = {}

    def report(self, now: float) -> SourceMeasure:
        """How it arrives here."""
        for track in self._ssrcs.values():
            track.write_report(now)
        return super().report(now)

    def condition(self, now: float) -> SourceState | None:
        """Somebody else's to tell; what was told here before is left as it is."""
        del now
        return self.state

    def _say(self, now: float, clean: tuple[int, ...]) -> None:
        self._wanted = tuple(at for at, each in enumerate(self._strands) if _is_followed(each))
        self._said_at = now
        said = Want(self.name, self.key, self._wanted, clean)
        self.link.send_message(talk.encode(said))


def _ssrc(ssrcs: dict[int, Track], track: Track) -> int | None:
    return next((ssrc for ssrc, each in ssrcs.items() if each is track), None)


def _begin_anew(track: Track) -> None:
    """It was not carried for a while, or is not any more: what came before is over, nobody is
    to begin with it, and who watches needs a clean picture."""
    for each in track.followers:
        if isinstance(each, Fanout):
            each.switch(track.report)


def _is_followed(track: Track) -> bool:
    return any(not isinstance(each, Fanout) or each.is_watched for each in track.followers)
