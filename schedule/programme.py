"""Reads and checks the organisers' programme, and says which line is wrong.

A programme is one TOML file. Lengths are minutes (`5`, `2.5` or `"5:30"`), moments are
times of day on the gathering's date (`"18:30"`; after midnight they fall on the next day)
or dates with times (`2026-09-24T18:30:00`), all in the gathering's time zone:

    [gathering]
    name = "Talente treffen Industrie"
    date = 2026-09-24
    starts = "18:00"
    ends = "21:00"                   # else the end of the last item
    time_zone = "Europe/Berlin"
    languages = ["de", "en"]
    host = "Netzwerk Mikrotechnik"   # and city, about, invite_note, id
    doors = "invited"                # or "open": whoever scans the code may come in

    [meetings]                       # all of it may be left out
    between = "talent-company"       # or "all": anybody may meet anybody
    announced = true                 # whether people see their partners before a round
    path = "relay"                   # or "direct": shows people each other's addresses
    table = 1                        # 2: a representative may talk with two talents at once
    topics = ["Mikrofluidik"]        # of the lounge's tables
    desks = { "Sellmoor Photonik" = 2 }   # how many of theirs may be in talks at a time

    [[packages]]                     # what exhibitors buy; all of it may be left out
    name = "Gold"                    # and id
    pitch = true
    representatives = 4
    jobs = 10
    downloads = 5

    [[booths]]
    organisation = "Auwald Mikrotechnik"   # as with its representatives; and id, about
    package = "Gold"
    number = 4                       # else counted
    sponsor = true

    [[exhibits]]
    title = "Ein Labor auf Folie"    # and id, organisation, about, topics
    kind = "poster"                  # or "exhibit"
    authors = ["Elif Yıldız"]        # names or ids of people, or whoever else

    [[people]]
    name = "Miriam Haldenwang"       # and id, organisation, languages, place, about, email
    role = "moderator"
    seeks = ["Optik"]                # and offers: topics, until they say so themselves
    jobs = ["thesis"]                # internship, working-student, job, doctorate, founding
    degree = "Masterarbeit"

    [[stages]]
    name = "Große Bühne"             # and id

    [[stages.items]]
    title = "Begrüßung"              # and id, about
    kind = "welcome"
    start = "18:00"                  # else right after the item before
    length = 5
    people = ["Miriam Haldenwang"]   # names or ids
    least = 3                        # a break may shrink to this
    anchor = "18:00"                 # never before; `true` means never before its start
    fixed = true                     # an appointment with somebody outside
    starts = "by itself"             # or "by hand"
    ends = "by itself"               # or "by hand"
    grace = 30                       # seconds it may run over before it ends by itself

Ids that are not written down are made of the name or title, so they stay the same when
the file is read again.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime
from difflib import get_close_matches
from typing import cast, get_args
from zoneinfo import ZoneInfo

from schedule.entries import Entry, Notes, Problem, slug
from schedule.fairground import (
    BOOTH,
    EXHIBIT,
    PACKAGE,
    booth,
    check_staff,
    exhibit,
    packages,
)
from schedule.items import (
    Booth,
    Doors,
    Exhibit,
    Gathering,
    Item,
    Kind,
    Meetings,
    Person,
    Place,
    Role,
    Stage,
    paced,
    shifted,
)
from schedule.lines import Path, lines
from schedule.terms import MEETINGS, jobs, meetings, topics

__all__ = [
    "Gathering",
    "Item",
    "Kind",
    "Meetings",
    "Person",
    "Place",
    "Problem",
    "ProgrammeWrong",
    "Role",
    "Stage",
    "paced",
    "read",
    "shifted",
]

ROOT = ("gathering", "meetings", "packages", "booths", "exhibits", "people", "stages")
GATHERING = (
    "id", "name", "date", "starts", "ends", "time_zone",
    "languages", "host", "city", "doors", "about", "invite_note",
)  # fmt: skip
PERSON = (
    "id", "name", "role", "organisation", "languages", "place", "about", "email",
    "seeks", "offers", "jobs", "degree",
)  # fmt: skip
STAGE = ("id", "name", "items")
ITEM = (
    "id", "title", "kind", "start", "length", "least", "anchor", "fixed",
    "people", "starts", "ends", "grace", "about",
)  # fmt: skip
BY = ("by itself", "by hand")
SAYS_LINE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)")


class ProgrammeWrong(Exception):
    """The programme cannot be taken as it stands; nothing was changed."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


def read(text: str) -> Gathering:
    """The gathering that this TOML text describes.

    Raises `ProgrammeWrong` with all problems that were found, in the order of their lines.
    """
    text = text.removeprefix("\ufeff")  # some editors put it before everything
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ProgrammeWrong((_syntax_problem(str(error), text),)) from None
    notes = Notes(lines(text))
    gathering = _Reading(notes, data).gathering()
    if notes.problems:
        raise ProgrammeWrong(tuple(sorted(notes.problems, key=lambda problem: problem.line)))
    return gathering


def _syntax_problem(said: str, text: str) -> Problem:
    where = SAYS_LINE.search(said)
    line = int(where[1]) if where and where[1] else text.rstrip().count("\n") + 1
    reason = SAYS_LINE.sub("", said)
    return Problem(line, "This is not valid TOML: {reason}.", {"reason": reason})


class _Reading:
    """One reading of one file: it goes on after every problem, to find the others too."""

    def __init__(self, notes: Notes, data: dict[str, object]) -> None:
        self.notes = notes
        self.root = Entry(notes, (), data, ROOT)
        self.zone = ZoneInfo("UTC")
        self.day = date.min
        self.since: float | None = None
        self.people: dict[str, Person] = {}
        self.people_by_name: dict[str, str] = {}
        self.taken: dict[tuple[str, str], Path] = {}

    def gathering(self) -> Gathering:
        entry = Entry(self.notes, ("gathering",), self.root.data.get("gathering", {}), GATHERING)
        name = entry.text("name")
        time_zone = self._time_zone(entry)
        self.day = self._day(entry)
        if "starts" not in entry.data:
            entry.missing("starts")
        starts_at = self.since = entry.instant("starts", self.zone, self.day, None)
        ends_at = entry.instant("ends", self.zone, self.day, self.since)
        people = tuple(self._person(*one) for one in self._tables("people", PERSON))
        stages = tuple(self._stage(*one) for one in self._tables("stages", STAGE))
        if not stages:
            self.notes.add((), "There is no stage yet. Add one with [[stages]].")
        items = [item for stage in stages for item in stage.items]
        last = max((item.ends_at for item in items), default=starts_at or 0.0)
        if starts_at is not None:
            self._check_span(entry, stages, starts_at, last if ends_at is None else ends_at)
        self._check_casts(stages)
        return Gathering(
            id=entry.id() or slug(name),
            name=name,
            time_zone=time_zone,
            languages=entry.texts("languages", ("de", "en")),
            starts_at=starts_at or 0.0,
            ends_at=last if ends_at is None else ends_at,
            stages=stages,
            people=people,
            host=entry.text("host", ""),
            city=entry.text("city", ""),
            doors=cast(Doors, entry.choice("doors", get_args(Doors), "invited")),
            about=entry.text("about", ""),
            invite_note=entry.text("invite_note", ""),
            meetings=self._meetings(people),
            booths=self._booths(people),
            exhibits=tuple(self._exhibit(*one) for one in self._tables("exhibits", EXHIBIT)),
        )

    def _booths(self, people: tuple[Person, ...]) -> tuple[Booth, ...]:
        known = packages([entry for _, entry in self._tables("packages", PACKAGE)])
        organisations = {person.organisation for person in people if person.role == "rep"}
        booths: list[Booth] = []
        for path, entry in self._tables("booths", BOOTH):
            id_ = self._id("booth", path, entry.id(), entry.text("organisation"))
            booths.append(booth(entry, id_, len(booths) + 1, known))
            check_staff(entry, booths[-1].organisation, organisations)
        return tuple(booths)

    def _exhibit(self, path: Path, entry: Entry) -> Exhibit:
        id_ = self._id("exhibit", path, entry.id(), entry.text("title"))
        return exhibit(entry, id_, self.people_by_name | {key: key for key in self.people})

    def _meetings(self, people: tuple[Person, ...]) -> Meetings:
        entry = Entry(self.notes, ("meetings",), self.root.data.get("meetings", {}), MEETINGS)
        return meetings(entry, {person.organisation for person in people if person.role == "rep"})

    def _tables(self, key: str, known: tuple[str, ...]) -> list[tuple[Path, Entry]]:
        return _tables(self.root, key, known)

    def _time_zone(self, entry: Entry) -> str:
        value = entry.text("time_zone")
        try:
            self.zone = ZoneInfo(value or "UTC")
        except (ValueError, OSError, KeyError):  # unknown, or not even a possible name
            entry.wrong(
                "time_zone",
                "The time zone “{value}” is not known. Use a name such as Europe/Berlin.",
                value=value,
            )
        return value

    def _day(self, entry: Entry) -> date:
        value = entry.data.get("date")
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        if isinstance(value, str):
            try:
                return date.fromisoformat(value)
            except ValueError:
                pass
        if value is None:
            entry.missing("date")
        else:
            sentence = "“{value}” is not a date. Write it as 2026-09-24."
            entry.wrong("date", sentence, value=str(value))
        return date(2000, 1, 1)

    def _id(self, what: str, path: Path, written: str | None, name: str) -> str:
        """The written id, or one made of the name; each only once."""
        made = written or slug(name)
        first = self.taken.get((what, made))
        if first is None:
            self.taken[what, made] = path
            return made
        if written is not None or what == "person":
            self.notes.add(
                (*path, "id") if written else path,
                "“{id}” is already used on line {line}. Give this one an id of its own.",
                id=written or name,
                line=self.notes.line(first),
            )
        return self._numbered(what, path, made)

    def _numbered(self, what: str, path: Path, made: str) -> str:
        number = 2
        while (what, f"{made}-{number}") in self.taken:
            number += 1
        self.taken[what, f"{made}-{number}"] = path
        return f"{made}-{number}"

    def _person(self, path: Path, entry: Entry) -> Person:
        name, email = entry.text("name"), entry.text("email", "")
        if email and not re.fullmatch(r"[^@\s]+@[^@\s]+", email):
            sentence = "“{value}” is not an e-mail address."
            entry.wrong("email", sentence, value=email)
        person = Person(
            id=self._id("person", path, entry.id(), name),
            name=name,
            role=cast(Role, entry.choice("role", get_args(Role))),
            organisation=entry.text("organisation", ""),
            languages=entry.texts("languages", ("de",)),
            place=cast(Place, entry.choice("place", get_args(Place), "home")),
            about=entry.text("about", ""),
            email=email,
            seeks=topics(entry, "seeks"),
            offers=topics(entry, "offers"),
            jobs=jobs(entry),
            degree=entry.text("degree", ""),
        )
        self.people[person.id] = person
        self.people_by_name.setdefault(person.name, person.id)
        return person

    def _stage(self, path: Path, entry: Entry) -> Stage:
        name = entry.text("name")
        stage_id = self._id("stage", path, entry.id(), name)
        items: list[Item] = []
        for item_path, item_entry in _tables(entry, "items", ITEM):
            items.append(self._item(item_path, item_entry, items[-1] if items else None))
        if not items:
            sentence = "The stage “{name}” has no items yet. Add one with [[stages.items]]."
            self.notes.add(path, sentence, name=name)
        return Stage(stage_id, name, tuple(items))

    def _item(self, path: Path, entry: Entry, before: Item | None) -> Item:
        title = entry.text("title")
        seconds = self._length(entry)
        starts_at = self._start(entry, before)
        if before is not None and starts_at < before.ends_at:
            entry.wrong(
                "start",
                "“{title}” begins at {time}, while “{other}” still lasts until {until}.",
                title=title,
                time=self._clock(starts_at),
                other=before.title,
                until=self._clock(before.ends_at),
            )
        return Item(
            id=self._id("item", path, entry.id(), title),
            title=title,
            kind=cast(Kind, entry.choice("kind", get_args(Kind))),
            starts_at=starts_at,
            seconds=seconds,
            least_seconds=self._least(entry, seconds),
            anchor=self._anchor(entry, starts_at),
            fixed=entry.flag("fixed"),
            people=self._cast(entry),
            starts=entry.choice("starts", BY, BY[0]) == BY[0],
            ends=entry.choice("ends", BY, BY[0]) == BY[0],
            grace=entry.seconds("grace", 1.0) or 0.0,
            about=entry.text("about", ""),
        )

    def _length(self, entry: Entry) -> float:
        seconds = entry.seconds("length", 60.0)
        if "length" not in entry.data:
            entry.missing("length")
        elif seconds == 0:
            entry.wrong("length", "The length must be more than nothing.")
        return seconds or 0.0

    def _least(self, entry: Entry, seconds: float) -> float | None:
        least = entry.seconds("least", 60.0)
        if least is not None and least > seconds > 0:
            entry.wrong("least", "The least length is more than the length. Make it shorter.")
        return least

    def _start(self, entry: Entry, before: Item | None) -> float:
        starts_at = entry.instant("start", self.zone, self.day, self.since)
        if starts_at is not None:
            return starts_at
        if before is not None:
            return before.ends_at
        if "start" not in entry.data:
            self.notes.add(
                entry.path, 'The first item of a stage needs a start, such as start = "18:00".'
            )
        return self.since or 0.0

    def _anchor(self, entry: Entry, starts_at: float) -> float | None:
        value = entry.data.get("anchor", entry.data.get("fixed") is True)
        if isinstance(value, bool):
            return starts_at if value else None
        anchor = entry.instant("anchor", self.zone, self.day, self.since)
        if anchor is not None and anchor > starts_at:
            entry.wrong(
                "anchor",
                "The item is planned for {start}, but its anchor forbids it before {anchor}. "
                "Plan it later, or put the anchor earlier.",
                start=self._clock(starts_at),
                anchor=self._clock(anchor),
            )
        return anchor

    def _cast(self, entry: Entry) -> tuple[str, ...]:
        cast_ids: list[str] = []
        for place, name in enumerate(entry.texts("people")):
            path = (*entry.path, "people", place)
            person = name if name in self.people else self.people_by_name.get(name)
            if person is None:
                self._unknown(path, name)
            elif person in cast_ids:
                sentence = "“{name}” is listed twice for this item. Once is enough."
                self.notes.add(path, sentence, name=name)
            else:
                cast_ids.append(person)
        return tuple(cast_ids)

    def _unknown(self, path: Path, name: str) -> None:
        if guess := get_close_matches(name, (*self.people_by_name, *self.people), 1):
            sentence = "“{name}” is not among the people. Did you mean “{guess}”?"
            self.notes.add(path, sentence, name=name, guess=guess[0])
        else:
            sentence = "“{name}” is not among the people. Add them with [[people]]."
            self.notes.add(path, sentence, name=name)

    def _check_span(
        self, entry: Entry, stages: tuple[Stage, ...], starts_at: float, ends_at: float
    ) -> None:
        if ends_at < starts_at:
            entry.wrong("ends", "The gathering ends before it begins.")
            return
        for stage_place, stage in enumerate(stages):
            for place, item in enumerate(stage.items):
                if item.starts_at < starts_at or item.ends_at > ends_at:
                    self.notes.add(
                        ("stages", stage_place, "items", place, "start"),
                        "“{title}” lies outside the gathering, which lasts from {start} to {end}.",
                        title=item.title,
                        start=self._clock(starts_at),
                        end=self._clock(ends_at),
                    )

    def _check_casts(self, stages: tuple[Stage, ...]) -> None:
        """Nobody can be on two stages at once."""
        places = [
            (item, ("stages", stage_place, "items", place, "people"))
            for stage_place, stage in enumerate(stages)
            for place, item in enumerate(stage.items)
        ]
        for index, (item, path) in enumerate(places):
            for other, other_path in places[:index]:
                same_stage = path[1] == other_path[1]
                shared = set(item.people) & set(other.people)
                if shared and not same_stage and _overlap(item, other):
                    self.notes.add(
                        path,
                        "{name} is also planned for “{title}” at that time (line {line}).",
                        name=self.people[min(shared)].name,
                        title=other.title,
                        line=self.notes.line(other_path[:-1]),
                    )

    def _clock(self, at: float) -> str:
        when = datetime.fromtimestamp(at, self.zone)
        return when.strftime("%H:%M:%S" if when.second else "%H:%M")


def _tables(entry: Entry, key: str, known: tuple[str, ...]) -> list[tuple[Path, Entry]]:
    value = entry.data.get(key, [])
    if not isinstance(value, list):
        header = ".".join(str(part) for part in (*entry.path, key) if isinstance(part, str))
        entry.wrong(key, "Write [[{header}]] with two brackets, once for each.", header=header)
        return []
    paths: list[Path] = [(*entry.path, key, place) for place in range(len(value))]
    return [
        (path, Entry(entry.notes, path, one, known)) for path, one in zip(paths, value, strict=True)
    ]


def _overlap(one: Item, other: Item) -> bool:
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at
