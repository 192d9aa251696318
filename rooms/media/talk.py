"""What two linked media processes say to each other: what one has, what the other wants of it.

Nothing here is said once and for all. Each message tells all there is to know of one source,
it is said again and again, and what is not heard of any more is gone.
"""

from __future__ import annotations

from typing import Final

import msgspec
from msgspec import Struct


class Strand(Struct, frozen=True, array_like=True):
    """One track of a source: its sound, or its picture in one quality."""

    kind: str
    codec: str
    ssrc: int
    "under which it is carried; 0 if it is not"
    rate: float | None
    "bits per second; None if it is not sent just now"


class Have(Struct, frozen=True, tag_field="t", tag="have"):
    """A source that arrives here."""

    source: str
    key: int
    "the same as long as it is the same connection"
    age: float
    "seconds since it began: of two of one name the younger counts"
    level: float
    "how loud it is, 0 to 127"
    strands: tuple[Strand, ...]
    "its sound, if it has one, then its picture, best first"


class Gone(Struct, frozen=True, tag_field="t", tag="gone"):
    """A source that is here no longer."""

    source: str
    key: int


class Want(Struct, frozen=True, tag_field="t", tag="want"):
    """Which strands of a source to carry; the answer is `Have`."""

    source: str
    key: int
    strands: tuple[int, ...]
    clean: tuple[int, ...] = ()
    "of which a keyframe is needed"


Message = Have | Gone | Want

_decoder: Final[msgspec.json.Decoder[Message]] = msgspec.json.Decoder(Message)
encode: Final = msgspec.json.Encoder().encode


def read(text: bytes) -> Message:
    """Decode what came over a link; raises `ValueError`."""
    return _decoder.decode(text)
