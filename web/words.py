"""The words of the house in the reader's language.

English sentences are their own message ids. Translations lie in
`locale/<language>/*.po`, one file for each area, and are merged when they are
first needed. A plural is two sentences, one for 1 and one for any other number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.pofile import read_po

LOCALES = Path(__file__).parent / "locale"
SOURCE = "en"
"The language the sentences are written in."


def say(language: str, sentence: str, /, **values: object) -> str:
    """The sentence in `language`, its `{placeholders}` filled.

    A sentence without a translation stays English: better understood by some
    than shown to nobody.
    """
    wording = catalogue(language).get(sentence, sentence)
    return wording.format_map(values) if values else wording


def number(language: str, one: str, many: str, n: int, /, **values: object) -> str:
    """`one` if `n` is 1, else `many`, in `language`; `{n}` is filled as well."""
    return say(language, one if n == 1 else many, n=n, **values)


def later(sentence: str, /) -> str:
    """Mark a sentence that is said elsewhere, so that it is found for translation."""
    return sentence


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """All translations into `language`, by English sentence; empty for English."""
    merged: dict[str, str] = {}
    for path in sorted((LOCALES / language).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=language):
                if isinstance(message.id, str) and message.id and isinstance(message.string, str):
                    merged[message.id] = message.string
    return {sentence: wording for sentence, wording in merged.items() if wording}


@cache
def languages() -> Mapping[str, str]:
    """Every language the house speaks, with the name it gives itself."""
    codes = [SOURCE, *(path.name for path in LOCALES.iterdir() if path.is_dir())]
    return {code: name_of(code) for code in sorted(codes)}


def name_of(language: str) -> str:
    """What a language calls itself; its code if nobody knows."""
    try:
        name = Locale.parse(language).get_display_name(language)
    except (ValueError, UnknownLocaleError):
        return language
    return name[:1].upper() + name[1:] if name else language


def choose(offered: Iterable[str], *wishes: str | None) -> str:
    """The first of `offered` that is wished for, the earlier wish before the later.

    A wish is a language code or a whole Accept-Language header. Without any that
    fits, the first language offered.
    """
    spoken = [language for language in offered if language in languages()] or [SOURCE]
    for wish in wishes:
        for language in _by_preference(wish or ""):
            if language in spoken:
                return language
    return spoken[0]


def _by_preference(header: str) -> list[str]:
    """The primary languages of an Accept-Language header, best first."""
    weighted: list[tuple[float, str]] = []
    for entry in header[:200].split(","):
        tag, _, quality = entry.strip().partition(";q=")
        try:
            weight = float(quality) if quality else 1.0
        except ValueError:
            continue
        if tag and weight > 0:
            weighted.append((-weight, tag.split("-")[0].lower()))
    return [language for _, language in sorted(weighted, key=lambda pair: pair[0])]
