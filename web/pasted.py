"""Reads an offer out of pasted text, German or English, so that a form can be filled for review.

Nothing here is certain: what is found is shown to a person, who decides. What is not found stays
empty rather than guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from msgspec import Struct

from web import clues
from web.clues import Clue, Kind, Remote

LONGEST: Final = 120  # characters of a title, and of each short line
LONGEST_TEXT: Final = 6000
LONGEST_TOPIC: Final = 40
MOST_TOPICS: Final = 12
NEAR_TOP: Final = 8  # lines among which a title is looked for
READ: Final = 20_000  # characters; no offer is longer


class Found(Struct, frozen=True):
    """What a text says of an offer; empty is what it does not say."""

    title: str = ""
    kind: Kind | None = None
    place: str = ""
    remote: Remote | None = None
    starts: str = ""
    degree: str = ""
    topics: tuple[str, ...] = ()
    contact: str = ""
    link: str = ""
    until: date | None = None
    "Until when one may apply."
    text: str = ""
    "What is left for reading."


def read(text: str, known: Iterable[str] = ()) -> Found:
    """What the text says; `known` are topics that others at the gathering use."""
    lines = text[:READ].splitlines()
    labels, rest = _labels(lines)
    whole = "\n".join(_plain(line) for line in lines)
    title, body = (labels["title"], rest) if "title" in labels else _title(rest)
    return Found(
        title=_fit(_for_all(title)),
        kind=_kind(labels.get("kind", ""), title, whole),
        place=_without_way(_fit(labels.get("place", "") or _place(title, whole))),
        remote=_remote("\n".join((labels.get("remote", ""), whole))),
        starts=_fit(_starts(labels, whole)),
        degree=_fit(labels.get("degree", "") or _degree(whole)),
        topics=_topics(labels.get("topics", ""), known, whole),
        contact=_fit(_contact(labels.get("contact", ""), whole)),
        link=_link(labels.get("link", "")) or _link(whole),
        until=_date(labels.get("until", "")) or _date(_first(clues.UNTIL, whole)),
        text=_paragraphs(body),
    )


def _labels(lines: list[str]) -> tuple[dict[str, str], list[str]]:
    """What stands behind labels, by what it is; and all other lines."""
    found: dict[str, str] = {}
    rest: list[str] = []
    waiting = ""
    for raw in lines:
        line = _plain(raw)
        label, value = _labelled(line)
        if waiting and not label and 0 < len(line) <= LONGEST:
            found[waiting] = line  # its value stands in the line below
            waiting = ""
        elif not label or label in found:
            rest.append(raw)
        elif value:
            found[label] = value
        else:
            waiting = label
    return found, rest


def _labelled(line: str) -> tuple[str, str]:
    match = clues.LABELLED.match(line)
    if match is None or match["value"].startswith("//"):
        return "", ""
    for name, words in clues.LABELS.items():
        if re.fullmatch(words, match["label"].strip(), re.IGNORECASE):
            return name, match["value"].strip()
    return "", ""


def _title(lines: list[str]) -> tuple[str, list[str]]:
    """The line that names the work, without the sentence around it; and what is left to read."""
    tops = [
        (at, line)
        for at, line in enumerate(map(_plain, lines))
        if _says(line) and len(line) <= 2 * LONGEST and not clues.GREETING.match(line)
    ][:NEAR_TOP]
    named = [
        (at, line) for at, line in tops if clues.GENDER.search(line) or _kind_in(clues.TITLES, line)
    ]
    for at, line in named[:1] or tops[:1]:
        bare = _for_all(clues.SEEKING.sub("", line))
        short = re.split(r"(?<=\w{3})[.!?](?:\s|$)|\s[|•]\s", bare)[0].strip(" ,;:-–")
        # Of a whole sentence the rest is worth reading as well.
        return short, lines if short != bare else lines[:at] + lines[at + 1 :]
    return "", lines


def _says(line: str) -> bool:
    """Whether a line is more than an address."""
    return bool(re.search(r"\w{2}", line)) and not re.match(r"https?://|www\.|\S+@\S+$", line)


def _for_all(title: str) -> str:
    """Without “(m/w/d)”: everybody is meant here anyway."""
    return re.sub(r" (?=[:,.])", "", " ".join(clues.GENDER.sub(" ", title).split()))


def _kind(label: str, title: str, text: str) -> Kind | None:
    return (
        _kind_in(clues.TITLES, label)
        or _kind_in(clues.TITLES, title)
        or _kind_in(clues.ANYWHERE, text)
    )


def _kind_in(words: dict[Kind, str], text: str) -> Kind | None:
    return next((kind for kind, each in words.items() if re.search(each, text, re.I)), None)


def _place(title: str, text: str) -> str:
    return _first(clues.PLACE_IN_TITLE, title) or _first(clues.PLACES, text)


def _without_way(place: str) -> str:
    """A place alone: how much of the work is done elsewhere has a field of its own."""
    return clues.ELSEWHERE.sub("", place).strip(" ,;/|()-–")


def _remote(text: str) -> Remote | None:
    found = (way for way, words in clues.REMOTE.items() if re.search(words, text, re.I))
    return next(found, None)


def _starts(labels: dict[str, str], text: str) -> str:
    """From when, for how long, how many hours: what of it is said, each once."""
    begin = labels.get("starts", "") or _first(clues.STARTS, text)
    rest = (
        (labels.get("lasts", ""),)
        if "lasts" in labels
        else (
            _first(clues.LASTS, text),
            _first(clues.HOURS, text),
        )
    )
    said: list[str] = []
    for part in (begin, *rest):
        if part and not any(part.casefold() in each.casefold() for each in said):
            said.append(part)
    return ", ".join(said)


def _date(text: str) -> date | None:
    """The first whole date in a text."""
    for pattern in clues.DATES:
        for found in pattern.finditer(text):
            try:
                return date(_year(found["y"]), _month(found["m"]), int(found["d"]))
            except ValueError:
                continue  # the 31st of a month that has thirty days
    return None


def _year(text: str) -> int:
    return int(text) + 2000 if len(text) == 2 else int(text)


def _month(text: str) -> int:
    return int(text) if text.isdecimal() else clues.MONTHS[text.lower()]


def _degree(text: str) -> str:
    return clues.GOES_ON.split(_first(clues.DEGREES, text))[0].strip(" ,:-–")


def _topics(label: str, known: Iterable[str], text: str) -> tuple[str, ...]:
    """Those behind a label, or else those that are known and stand in the text, in its order."""
    named = [each for each in re.split(r"\s*[,;|•·]\s*", label) if 1 < len(each) <= LONGEST_TOPIC]
    terms = {each.casefold(): each for each in (*clues.TERMS, *known)}
    found = sorted((at, each) for each in terms.values() if (at := _where(each, text)) >= 0)
    every = named or [each for _, each in found]
    return tuple({each.casefold(): each for each in every}.values())[:MOST_TOPICS]


def _where(topic: str, text: str) -> int:
    """Where a topic stands in the text as a word; a short one only in its own capitals."""
    flags = re.IGNORECASE if len(topic) > 3 else re.NOFLAG
    match = re.search(rf"(?<!\w){re.escape(topic)}(?![\w+])", text, flags)
    return match.start() if match else -1


def _contact(label: str, text: str) -> str:
    """A label's words, or else the name beside the mail address; then mail and telephone."""
    mail = clues.MAIL.search(label) or clues.MAIL.search(text)
    phone = clues.PHONE.search(label) or clues.PHONE.search(text)
    who = label or next(_people(text, mail[0] if mail else ""), "")
    ways = [each[0] for each in (mail, phone) if each is not None and each[0] not in who]
    return ", ".join(part for part in (who.strip(" ,"), *ways) if part)


def _people(text: str, mail: str) -> Iterator[str]:
    """Names with a title or an address, those in the line of the mail address first."""
    lines = text.split("\n")
    near = [line for line in lines if mail and mail in line]
    for line in (*near, *lines):
        for match in clues.PERSON.finditer(line):
            yield clues.ADDRESSED.sub("", match[0])


def _link(text: str) -> str:
    found = clues.LINK.search(text)
    return found[0].rstrip(".,;:!?") if found else ""


def _first(patterns: Iterable[Clue], text: str) -> str:
    """What the first pattern that fits calls `it`."""
    for pattern in patterns:
        if found := pattern.search(text):
            return " ".join(found["it"].split()).strip(" ,;:-–")
    return ""


def _plain(line: str) -> str:
    """A line without the signs that lists, mails and web pages put before it."""
    return " ".join(re.sub(r"\*\*|__|[\u200b\ufeff]", "", clues.LISTED.sub("", line)).split())


def _fit(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rpartition(" ")[0] + "…"


def _paragraphs(lines: list[str]) -> str:
    """With no more than one empty line between them, and lists as lists."""
    tidy = (f"– {_plain(line)}" if clues.LISTED.match(line) else _plain(line) for line in lines)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(tidy)).strip()[:LONGEST_TEXT]
