"""What one viewer gets of one seat: its own numbers, which go on from lane to lane."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from rooms.media import keyframes
from rooms.media.keyframes import Descriptor
from rooms.media.peer import Path
from rooms.media.srtp import Packet, Seal

if TYPE_CHECKING:
    from rooms.media.fanout import Fanout

TICKS: Final = 1 << 32  # a timestamp counts up to here,
PICTURES: Final = 1 << 15  # a picture id
LAYERS: Final = 1 << 8  # and a TL0PICIDX
SOONEST: Final = 0.001  # seconds between the pictures of two lanes, however they arrive
DOUBTFUL: Final = 2.0  # seconds by which the clocks of two lanes may contradict what we see

_numbers: Final = struct.Struct("!HI")


class Receiver(Protocol):
    """Who looks at a seat."""

    @property
    def path(self) -> Path | None:
        """Where to send, if that is known."""

    @property
    def seal(self) -> Seal:
        """How to protect it."""

    @property
    def codecs(self) -> frozenset[str]:
        """What it can decode."""

    def send_rtcp(self, data: bytes) -> None:
        """Protect and send a report."""


class Shift(NamedTuple):
    """By how much a viewer's numbers differ from those of the lane it gets."""

    number: int = 0
    time: int = 0
    picture: int = 0
    layer: int = 0


STRAIGHT: Final = Shift()
"Of all who never changed lanes: they share headers and payloads."


class Moment(NamedTuple):
    """Which time a timestamp means."""

    stamp: float
    "Unix seconds"
    timestamp: int


class Place(NamedTuple):
    """Where a stream stands."""

    number: int
    timestamp: int
    picture: int
    layer: int
    at: float
    "when that packet came, in monotonic seconds"
    moment: Moment | None
    "what the last sender report said, if there was one"

    def shifted(self, shift: Shift) -> Place:
        """The same place in a viewer's numbers."""
        moment = self.moment
        return Place(
            self.number + shift.number,
            (self.timestamp + shift.time) % TICKS,
            (self.picture + shift.picture) % PICTURES,
            (self.layer + shift.layer) % LAYERS,
            self.at,
            moment and Moment(moment.stamp, (moment.timestamp + shift.time) % TICKS),
        )


class Past(NamedTuple):
    """The lane a viewer had before: what of it got lost may still be sent again."""

    fanout: Fanout
    shift: Shift
    floor: int
    end: int
    "the first and the last of the lane's numbers that were for this viewer"


@dataclass(slots=True, eq=False)
class Outlet:
    """One seat's picture or sound at one viewer."""

    receiver: Receiver
    wanted: int | None = 0
    "the quality it is to get, 0 the best; None for no picture at all"
    base: int | None = None
    "the number at which this viewer's rollover count is 0; None before the first packet"
    fanout: Fanout | None = None
    "where it flows from, or ceased to when there was no room"
    shift: Shift = STRAIGHT
    floor: int = 0
    "no packet of the lane before this one is sent"
    flowing: bool = False
    "False until the next clean beginning"
    echoes: bool = False
    "whether a sound is sent twice, since too many get lost"
    left: Place | None = None
    "where its stream stood when it last ceased to flow"
    past: Past | None = None


def follow(left: Place, first: Place, clock_rate: int) -> Shift:
    """The shift by which `first`, of another lane, comes right after `left`.

    Time goes on by what the lanes' sender reports say; where these are not known, or not to
    be believed, by when the packets came. It never goes back.
    """
    seconds = first.at - left.at
    if left.moment is not None and first.moment is not None:
        told = _time_of(first, clock_rate) - _time_of(left, clock_rate)
        if abs(told - seconds) < DOUBTFUL:
            seconds = told
    step = round(max(seconds, SOONEST) * clock_rate)
    return Shift(
        left.number + 1 - first.number,
        (left.timestamp + step - first.timestamp) % TICKS,
        (left.picture + 1 - first.picture) % PICTURES,
        (left.layer + 1 - first.layer) % LAYERS,
    )


def renumber(
    packets: Sequence[Packet], known: Sequence[Descriptor | None], shift: Shift
) -> Sequence[Packet]:
    """The lane's packets as a viewer gets them; `known` are their VP8 descriptors."""
    if shift == STRAIGHT:
        return packets
    return [_renumber(*each, shift) for each in zip(packets, known, strict=True)]


def ids(payload: bytes, known: Descriptor | None) -> tuple[int, int]:
    """The picture id and TL0PICIDX as they stand in a payload, 0 where there is none."""
    if known is None:
        return 0, 0
    picture = layer = 0
    at = known.picture_at
    if known.picture is not None:
        picture = payload[at] & 0x7F
        if known.wide:
            picture = picture << 8 | payload[at + 1]
    if known.layer is not None:
        layer = payload[known.layer_at]
    return picture, layer


def _renumber(packet: Packet, known: Descriptor | None, shift: Shift) -> Packet:
    number, header, payload = packet
    sequence, timestamp = _numbers.unpack_from(header, 2)
    numbers = _numbers.pack(
        (sequence + shift.number) & 0xFFFF, (timestamp + shift.time) & 0xFFFFFFFF
    )
    if known is not None and (shift.picture or shift.layer):
        picture, layer = ids(payload, known)
        payload = keyframes.rewrite(payload, known, picture + shift.picture, layer + shift.layer)
    return Packet(number + shift.number, header[:2] + numbers + header[8:], payload)


def _time_of(place: Place, clock_rate: int) -> float:
    stamp, timestamp = place.moment or Moment(0.0, 0)
    ticks = (place.timestamp - timestamp + TICKS // 2) % TICKS - TICKS // 2
    return stamp + ticks / clock_rate
