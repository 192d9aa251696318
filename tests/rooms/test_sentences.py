"""Every sentence with which a room refuses can be said in German."""

from __future__ import annotations

import ast
import string
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]


def sentences() -> set[str]:
    """The sentences in all `raise Refused(…)` of the rooms."""
    found = set()
    for source in (ROOT / "rooms").glob("*.py"):
        for node in ast.walk(ast.parse(source.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Refused":
                constants = [
                    each for each in ast.walk(node.args[0]) if isinstance(each, ast.Constant)
                ]
                found |= {str(each.value) for each in constants if " " in str(each.value)}
    return found


def german() -> dict[str, str]:
    with (ROOT / "web/locale/de/rooms.po").open("rb") as file:
        return {str(m.id): str(m.string) for m in read_po(file) if m.id}


def test_all_and_only_what_is_said_is_translated() -> None:
    assert german().keys() == sentences()


def test_a_translation_fills_the_same_places() -> None:
    for english, text in german().items():
        assert text.endswith(".")
        assert places(english) == places(text)


def places(sentence: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}
