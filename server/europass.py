"""Reads the XML a Europass CV carries, of the years until 2020 and of those since.

Both say more than a card holds; what it has no place for is not looked at.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from server.papers import Europass

ROOTS: Final = {"SkillsPassport", "Europass", "Candidate"}
LARGEST: Final = 4 << 20  # bytes; a photograph may be in it
LONGEST: Final = 200  # characters of each line that is taken over
MOST_TOPICS: Final = 8
TAG: Final = re.compile(r"<[^>]*>")


def read(xml: bytes) -> Europass | None:
    """What the XML says, or None if it is no Europass CV. Never raises for what is in it."""
    # A document type could define entities that grow without end; Europass has none. In UTF-16
    # it would look different: a zero byte is no letter of UTF-8.
    if (
        len(xml) > LARGEST
        or b"\0" in xml
        or b"<!" in xml.replace(b"<!--", b"").replace(b"<![CDATA[", b"")
    ):
        return None
    try:
        root = ElementTree.fromstring(xml)  # noqa: S314 - no entities, and in a confined process
    except (ElementTree.ParseError, ValueError, LookupError):
        return None
    if _local(root) not in ROOTS:
        return None
    return _since_2020(root) if _local(root) == "Candidate" else _until_2020(root)


def _until_2020(root: Element) -> Europass:
    return Europass(
        name=" ".join(each for each in (_said(root, "FirstName"), _said(root, "Surname")) if each),
        field=_said(root, "Education", "Field", "Label"),
        degree=_said(root, "Education", "Title"),
        topics=_topics(root, "Computer", "Description"),
        seeks=_said(root, "Headline", "Description", "Label"),
        mail=_said(root, "Email", "Contact"),
        phone=_said(root, "Telephone", "Contact"),
    )


def _since_2020(root: Element) -> Europass:
    given, family = _said(root, "GivenName"), _said(root, "FamilyName")
    return Europass(
        name=" ".join(each for each in (given, family) if each),
        field=_said(root, "EducationDegree", "ProgramConcentration")
        or _said(root, "EducationOrganizationAttendance", "MajorProgramName"),
        degree=_said(root, "EducationDegree", "DegreeName"),
        topics=_topics(root, "PersonCompetency", "CompetencyName"),
        seeks=_said(root, "CandidateProfile", "ExecutiveSummary"),
        mail=_channel(root, "Email", "URI"),
        phone=_channel(root, "Telephone", "DialNumber"),
    )


def _said(root: Element, *path: str) -> str:
    """The words of the first element that is reached by these names, each anywhere within."""
    return next((words for each in _reached(root, path) if (words := _words(each))), "")


def _reached(root: Element, path: tuple[str, ...]) -> Iterator[Element]:
    if not path:
        yield root
        return
    for each in root.iter():
        if each is not root and _local(each) == path[0]:
            yield from _reached(each, path[1:])


def _channel(root: Element, code: str, what: str) -> str:
    for each in root.iter():
        if _local(each) == "Communication" and _said(each, "ChannelCode") == code:
            return _said(each, what)
    return ""


def _topics(root: Element, *path: str) -> tuple[str, ...]:
    words = [_words(each) for each in _reached(root, path)]
    parts = [part.strip() for line in words for part in re.split(r"[,;•]", line)]
    return tuple(dict.fromkeys(part[:40] for part in parts if part))[:MOST_TOPICS]


def _words(element: Element) -> str:
    """Without the marks of a text editor, on one line."""
    text = TAG.sub(" ", html.unescape("".join(element.itertext())))
    return " ".join(text.split())[:LONGEST]


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
