"""How a personal link reaches its person."""

from __future__ import annotations

from typing import Protocol, TextIO

from msgspec import Struct


class Letter(Struct, frozen=True):
    """A personal link on its way."""

    name: str
    role: str
    email: str
    "May be empty."
    link: str


class Post(Protocol):
    """Who carries letters. A mail server can be one; the organisers' printout is the first."""

    def send(self, letter: Letter) -> None:
        """Hand a letter over."""


class Printout:
    """One line for each letter, for the organisers to hand on."""

    def __init__(self, paper: TextIO) -> None:
        self._paper = paper

    def send(self, letter: Letter) -> None:
        """Write the line."""
        print(f"{letter.name:<32} {letter.role:<10} {letter.link}", file=self._paper)
