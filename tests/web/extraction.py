"""Every sentence of the house that somebody may read, found in the sources themselves.

`python -m tests.web.extraction` prints what a language still lacks, as the lines of a .po file.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.extract import extract
from babel.messages.pofile import read_po

HOUSE = Path(__file__).parents[2]
LOCALES = HOUSE / "web" / "locale"

Keywords = dict[str, Any]

SPOKEN_IN_PYTHON: Keywords = {
    "Refused": None,
    "later": None,
    "say": (2,),
    "number": (2, 3),
    "HTTPException": (2,),
    "error": (3,),
    "_error": (3,),
    "_TooMuch": (2,),
}
"Which argument of which call is a sentence, counted from 1; None means the first."

SPOKEN_IN_TEMPLATES: Keywords = {"_": None, "n": (1, 2)}

QUOTED = r'"((?:[^"\\]|\\.)*)"'
JOINED = rf"{QUOTED}(?:\s*\+\s*{QUOTED})*"
SPOKEN_IN_BROWSER = re.compile(
    rf"(?<![\w$.])(?:t|say)\(\s*({JOINED})|(?<![\w$.])n\(\s*({JOINED})\s*,\s*({JOINED})"
)
"A call of `t` or `n` with plain quoted sentences; template strings are looked through as well."


def sentences() -> dict[str, set[str]]:
    """Every sentence, with the files it stands in."""
    found: dict[str, set[str]] = {}
    for path in _files("*.py", "schedule", "rooms", "server", "web"):
        for sentence in (*_in_python(path), *_marked(path)):
            found.setdefault(sentence, set()).add(_name(path))
    for path in _files("*.html", "web/templates"):
        for sentence in _in_template(path):
            found.setdefault(sentence, set()).add(_name(path))
    for path in _files("*.js", "web/static/js"):
        for sentence in in_browser(path.read_text()):
            found.setdefault(sentence, set()).add(_name(path))
    return found


def translated(language: str) -> dict[str, dict[str, str]]:
    """What each .po file of a language holds: by file, sentence and translation."""
    files: dict[str, dict[str, str]] = {}
    for path in sorted((LOCALES / language).glob("*.po")):
        catalogue = read_po(BytesIO(path.read_bytes()), locale=language)
        files[path.name] = {str(each.id): str(each.string) for each in catalogue if each.id}
    return files


def in_browser(source: str) -> Iterator[str]:
    """The sentences of a module."""
    for match in SPOKEN_IN_BROWSER.finditer(source):
        for group in match.groups():
            if group and group.startswith('"'):
                yield "".join(_unquoted(part) for part in re.findall(QUOTED, group))


def _in_python(path: Path) -> Iterator[str]:
    with path.open("rb") as file:
        for _, message, _, _ in extract("python", file, keywords=SPOKEN_IN_PYTHON):
            yield from [message] if isinstance(message, str) else message


MARKED = re.compile(r"^[A-Z_]+(?:: [^=\n]+)? = \(?\s*((?:\"[^\"\n]*\"\s*)+)\)?  # msgid$", re.M)
"A constant that is said elsewhere, marked as a sentence by a comment."


def _marked(path: Path) -> Iterator[str]:
    for match in MARKED.finditer(path.read_text()):
        yield "".join(re.findall(r'"([^"\n]*)"', match[1]))


def _in_template(path: Path) -> Iterator[str]:
    with path.open("rb") as file:
        found = extract("jinja2.ext:babel_extract", file, keywords=SPOKEN_IN_TEMPLATES)
        for _, message, _, _ in found:
            yield from [message] if isinstance(message, str) else message


def _files(pattern: str, *folders: str) -> Iterable[Path]:
    for folder in folders:
        yield from sorted((HOUSE / folder).rglob(pattern))


def _name(path: Path) -> str:
    return str(path.relative_to(HOUSE))


def _unquoted(text: str) -> str:
    return re.sub(r"\\(.)", lambda match: {"n": "\n"}.get(match[1], match[1]), text)


def main(language: str = "de") -> None:
    """Print what is missing, file by file, and what is held for nobody."""
    known = {sentence for held in translated(language).values() for sentence in held}
    found = sentences()
    for sentence in sorted(found, key=lambda sentence: (min(found[sentence]), sentence)):
        if sentence not in known:
            quoted = sentence.replace("\\", "\\\\").replace('"', '\\"')
            print(f'#: {", ".join(sorted(found[sentence]))}\nmsgid "{quoted}"\nmsgstr ""\n')
    for sentence in sorted(known - set(found)):
        print(f"# held for nobody: {sentence}")


if __name__ == "__main__":
    main(*sys.argv[1:])
