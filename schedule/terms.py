"""What a programme says of one-to-one meetings: who may meet whom, about what, for which work."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches
from typing import Literal, cast, get_args

from schedule.entries import Entry
from schedule.items import Job, Meetings

MEETINGS = ("between", "announced", "path", "table", "topics", "desks")
MOST_TOPICS = 12
LONGEST_TOPIC = 40  # characters
LONGEST_TABLE = 80  # characters, of a table's topic

Between = Literal["talent-company", "all"]
Way = Literal["relay", "direct"]


def meetings(entry: Entry, organisations: Collection[str]) -> Meetings:
    """What the table `[meetings]` sets; `organisations` are those that send representatives."""
    return Meetings(
        between=cast(Between, entry.choice("between", get_args(Between), "talent-company")),
        announced="announced" not in entry.data or entry.flag("announced"),
        path=cast(Way, entry.choice("path", get_args(Way), "relay")),
        table=_table(entry),
        desks=_desks(entry, organisations),
        topics=topics(entry, "topics", LONGEST_TABLE),
    )


def topics(entry: Entry, key: str, longest: int = LONGEST_TOPIC) -> tuple[str, ...]:
    """A list of topics, each once, however it is written."""
    found: dict[str, str] = {}
    for topic in (" ".join(each.split()) for each in entry.texts(key)):
        if len(topic) > longest:
            sentence = "“{topic}” is too long for a topic. Please use at most {most} characters."
            entry.wrong(key, sentence, topic=topic, most=longest)
        elif topic:
            found.setdefault(topic.casefold(), topic)
    if len(found) > MOST_TOPICS:
        sentence = "These are too many topics. Please keep to the {most} most important."
        entry.wrong(key, sentence, most=MOST_TOPICS)
    return tuple(found.values())[:MOST_TOPICS]


def jobs(entry: Entry) -> tuple[Job, ...]:
    """The kinds of work somebody looks for, or has."""
    found: list[Job] = []
    for job in dict.fromkeys(entry.texts("jobs")):
        if job in get_args(Job):
            found.append(cast(Job, job))
            continue
        entry.wrong(
            "jobs",
            "“{value}” is not possible for “{key}”. Choose one of: {choices}.",
            value=job,
            key="jobs",
            choices=", ".join(get_args(Job)),
        )
    return tuple(found)


def _table(entry: Entry) -> Literal[1, 2]:
    value = entry.data.get("table", 1)
    if value in (1, 2) and not isinstance(value, bool):
        return 2 if value == 2 else 1
    entry.wrong("table", "“table” must be 1, or 2 if two talents may sit with one representative.")
    return 1


def _desks(entry: Entry, organisations: Collection[str]) -> dict[str, int]:
    value = entry.data.get("desks", {})
    if not isinstance(value, dict):
        entry.wrong(
            "desks",
            "Write “desks” as a table, [meetings.desks], with a number for each organisation.",
        )
        return {}
    desks: dict[str, int] = {}
    for name, count in value.items():
        if name not in organisations:
            _unknown(entry, name, organisations)
        elif isinstance(count, bool) or not isinstance(count, int) or count < 1:
            sentence = "“{name}” needs a whole number of desks, at least 1."
            entry.notes.add((*entry.path, "desks", name), sentence, name=name)
        else:
            desks[name] = count
    return desks


def _unknown(entry: Entry, name: str, organisations: Collection[str]) -> None:
    path = (*entry.path, "desks", name)
    if guess := get_close_matches(name, sorted(organisations), 1):
        sentence = "No representative comes from “{name}”. Did you mean “{guess}”?"
        entry.notes.add(path, sentence, name=name, guess=guess[0])
    else:
        sentence = "No representative comes from “{name}”. Write it as with the people."
        entry.notes.add(path, sentence, name=name)
