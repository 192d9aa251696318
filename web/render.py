"""Turns a template and what it shows into a page."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from web import faces, seating, times, words

HERE = Path(__file__).parent
STATIC = HERE / "static"
SHEETS = ("tokens.css", "base.css", "components/*.css", "layouts/*.css")
"The parts of the style sheet in the order of its layers."


def page(template: str, language: str, **context: Any) -> str:
    """The whole page as text.

    Everything shown is escaped unless it is `Markup`. A name the template uses
    and nobody gave is an error, not an empty spot.
    """
    return (
        _environment()
        .get_template(template)
        .render(
            language=language,
            languages=words.languages(),
            _=_speaker(language),
            n=_counter(language),
            **context,
        )
    )


def static(path: str) -> str:
    """The address of a static file, new whenever the file is."""
    return f"/static/{path}?v={_fingerprint(STATIC / path)}"


def sheet() -> tuple[str, str]:
    """The style sheet of the whole house and its fingerprint."""
    parts = [path for pattern in SHEETS for path in sorted((STATIC / "css").glob(pattern))]
    newest = max(path.stat().st_mtime_ns for path in parts)
    return _joined(tuple(parts), newest)


def sheet_address() -> str:
    """The address of the style sheet, new whenever one of its parts is."""
    return f"/foyer.css?v={sheet()[1]}"


def words_address(language: str) -> str:
    """The address of the words for browsers, new whenever a translation is."""
    return f"/locale/{language}.json?v={_words_fingerprint(language)}"


@lru_cache(maxsize=2)
def _joined(parts: tuple[Path, ...], newest: int) -> tuple[str, str]:  # noqa: ARG001 - the key
    text = "\n".join(path.read_text() for path in parts)
    return text, hashlib.sha256(text.encode()).hexdigest()[:12]


@lru_cache(maxsize=256)
def _hashed(path: Path, changed: int) -> str:  # noqa: ARG001 - a changed file is another key
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def _fingerprint(path: Path) -> str:
    return _hashed(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=16)
def _words_fingerprint(language: str) -> str:
    return hashlib.sha256(msgspec.json.encode(dict(words.catalogue(language)))).hexdigest()[:12]


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "static": static,
        "sheet_address": sheet_address,
        "words_address": words_address,
        "figure": faces.figure,
        "seats": seating.seats,
    }
    environment.filters |= {
        "clock": times.clock,
        "stamp": times.stamp,
        "day": times.day,
        "lasts": times.length,
        "countdown": times.countdown,
        "json": _json,
    }
    return environment


def _speaker(language: str) -> Callable[..., Markup]:
    def say(sentence: str, /, **values: object) -> Markup:
        return _filled(words.say(language, sentence), values)

    return say


def _counter(language: str) -> Callable[..., Markup]:
    def count(one: str, many: str, n: int, /, **values: object) -> Markup:
        return _filled(words.say(language, one if n == 1 else many), {"n": n, **values})

    return count


def _filled(wording: str, values: Mapping[str, object]) -> Markup:
    """The words are ours, the values are not: each is escaped unless it is markup itself."""
    return escape(wording).format(**values) if values else escape(wording)


def _json(value: object) -> Markup:
    """JSON that is safe between `<script type="application/json">` tags."""
    text = msgspec.json.encode(value).decode()
    # What could end the element or open a comment in it is written as an escape instead.
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704 - nothing left in it that HTML would read
