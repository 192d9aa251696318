"""What server processes ask each other about the rooms they host."""

from __future__ import annotations

import msgspec
from msgspec import Struct

from rooms.people import Person


class Please(Struct, frozen=True, tag="please"):
    """Asks the host to carry a command out."""

    room: str
    op: str
    by: Person
    command: bytes


class Look(Struct, frozen=True, tag="look"):
    """Asks the host for the whole room."""

    room: str


class Did(Struct, frozen=True, tag="did"):
    """It is carried out."""

    seq: int


class No(Struct, frozen=True, tag="no"):
    """It is refused."""

    sentence: str
    values: dict[str, str | int]


class Seen(Struct, frozen=True, tag="seen"):
    """The whole room."""

    epoch: int
    seq: int
    number: int
    state: bytes


class Elsewhere(Struct, frozen=True, tag="elsewhere"):
    """It is not hosted here."""


questions = msgspec.msgpack.Decoder(Please | Look)
answers = msgspec.msgpack.Decoder(Did | No | Seen | Elsewhere)
