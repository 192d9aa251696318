"""Reads and checks the organisers' programme, and says which line is wrong."""

from __future__ import annotations

from msgspec import Struct

from schedule.items import Gathering, Item, Kind, Person, Place, Role, Stage, paced, shifted

__all__ = [
    "Gathering",
    "Item",
    "Kind",
    "Person",
    "Place",
    "Problem",
    "ProgrammeWrong",
    "Role",
    "Stage",
    "paced",
    "shifted",
]


class Problem(Struct, frozen=True, rename="camel"):
    """One thing that is wrong with a programme, and where."""

    line: int
    "From 1; 0 when it concerns the file as a whole."
    sentence: str
    "English, a message id of the catalogue, with `{placeholders}`."
    values: dict[str, str | int] = {}

    def __str__(self) -> str:
        return f"line {self.line}: {self.sentence.format(**self.values)}"


class ProgrammeWrong(Exception):
    """The programme cannot be taken as it stands; nothing was changed."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems
