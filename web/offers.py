"""How the board speaks of an offer: its kind, where it is done, and which degrees it asks for."""

from __future__ import annotations

import re
from typing import Final

from web import words

KINDS: Final = {
    "thesis": words.later("Thesis"),
    "internship": words.later("Internship"),
    "working-student": words.later("Working student"),
    "job": words.later("Job"),
    "doctorate": words.later("Doctorate"),
    "training": words.later("Training"),
}
REMOTE: Final = {
    "no": words.later("on site"),
    "partly": words.later("partly from anywhere"),
    "yes": words.later("from anywhere"),
}
LEVELS: Final = {
    "bachelor": r"bachelor|b\.\s?(?:sc|eng|a)\b",
    "master": r"master|m\.\s?(?:sc|eng|a)\b|diplom",
    "doctorate": r"promo[tv]|doktor|doctor|ph\.?\s?d\b|dr\.",
    "training": r"ausbildung|lehre|techniker|meister(?:in|prüfung)?\b|apprentice",
}
"What gives a degree away, in German and in English; the same as in js/board/wanted.js."
LEVEL_WORDS: Final = {
    "bachelor": words.later("Bachelor"),
    "master": words.later("Master"),
    "doctorate": words.later("Doctorate"),
    "training": words.later("Training"),
}


def kind(language: str, key: str) -> str:
    """`Abschlussarbeit`."""
    return words.say(language, KINDS[key])


def where(language: str, place: str, remote: str) -> str:
    """`Kernbach oder ortsunabhängig`; empty if nothing is said."""
    if remote == "yes":
        sentence = "{place} or from anywhere" if place else "from anywhere"
    elif remote == "partly":
        sentence = "{place}, partly from anywhere" if place else "partly from anywhere"
    else:
        return place
    return words.say(language, sentence, place=place)


def levels(degree: str) -> tuple[str, ...]:
    """Which degrees a line speaks of, as keys of `LEVELS`."""
    return tuple(key for key, said in LEVELS.items() if re.search(said, degree, re.IGNORECASE))
