"""Every sentence that the schedule says to people is there in German, with the same parts."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
SAYS = {"Refused", "wrong", "add", "Problem"}


def test_every_sentence_is_translated_and_no_translation_is_left_over() -> None:
    said = {text for file in (ROOT / "schedule").glob("*.py") for text in sentences(file)}
    assert set(translations()) == said
    assert len(said) > 50


def test_translations_keep_the_parts() -> None:
    for sentence, translation in translations().items():
        assert set(re.findall(r"{\w+}", translation)) == set(re.findall(r"{\w+}", sentence))


def sentences(file: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text())):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in SAYS:
                texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
            case ast.Assign(targets=[ast.Name(id="sentence")], value=ast.Constant(value=text)):
                texts = [text]
            case _:
                texts = []
        found |= {text for text in texts if isinstance(text, str) and " " in text}
    return found


def translations() -> dict[str, str]:
    with (ROOT / "web/locale/de/agenda.po").open("rb") as file:
        catalogue = read_po(file, locale="de")
    return {str(m.id): str(m.string) for m in catalogue if m.id and m.string}
