"""The words every state machine of the house shares.

A live room is four pure functions and nothing else:

    decide(room, command, by, now) -> tuple[Event, ...]   # or raise Refused
    tick(room, now) -> tuple[Event, ...]                  # what happens by itself
    due(room) -> float | None                             # when tick next has something to do
    apply(room, event) -> Room                            # never refuses

Time is Unix seconds and is always passed in as `now`.
"""

from __future__ import annotations

from typing import ClassVar

from msgspec import Struct


class Command(
    Struct,
    frozen=True,
    forbid_unknown_fields=True,
    tag_field="type",
    rename="camel",
):
    """Something a person asks for. It may be refused."""

    durable: ClassVar[bool] = True
    "Whether the answer may only go out once what follows from it is stored."


class Event(Struct, frozen=True, tag_field="type", rename="camel"):
    """Something that happened. It can no longer be refused."""

    stored: ClassVar[bool] = True
    "Whether it goes into the log; what follows from the log by itself need not."


class View(Struct, frozen=True, tag_field="type", rename="camel"):
    """How a part of a room looks now: the newest replaces all before it.

    Views are never stored and are sent at most four times a second.
    """


class Refused(Exception):
    """The person who asked may try otherwise; the sentence says how.

    `sentence` is English, a message id of the catalogue, and may hold
    `{placeholders}` that `values` fill after translation.
    """

    def __init__(self, sentence: str, **values: str | int) -> None:
        super().__init__(sentence.format(**values))
        self.sentence = sentence
        self.values = values
