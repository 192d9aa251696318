"""A batch: what happened in a room in one commit, as its host tells the other processes."""

from __future__ import annotations

import msgspec
from msgspec import Struct

UNSTORED = -1  # the seq of an event that is not in the log


class Happening(Struct, frozen=True, array_like=True):
    """One event, and its place in the log."""

    seq: int
    event: msgspec.Raw


class Batch(Struct, frozen=True, array_like=True):
    """Follows the one before without a gap in `number`; without happenings it only repeats
    where the room stands, so that whoever missed something notices."""

    epoch: int
    number: int
    seq: int
    "The end of the log once all of this has happened."
    happened: tuple[Happening, ...] = ()
