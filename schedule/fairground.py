"""What a programme says of the fair: packages, booths, and the works of the exhibition."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from difflib import get_close_matches
from typing import cast, get_args

from schedule.entries import Entry, slug
from schedule.items import Booth, Exhibit, ExhibitKind, Package
from schedule.terms import topics

PACKAGE = ("id", "name", "pitch", "representatives", "jobs", "downloads")
BOOTH = ("id", "organisation", "number", "package", "sponsor", "about")
EXHIBIT = ("id", "title", "kind", "authors", "organisation", "about", "topics")
MOST = 500  # of whatever a package counts
PLAIN = Package("booth", "Booth")
"Of a booth whose package is not written down."


def packages(entries: Sequence[Entry]) -> dict[str, Package]:
    """The packages by name and by id."""
    found: dict[str, Package] = {}
    for entry in entries:
        name = entry.text("name")
        package = Package(
            id=entry.id() or slug(name),
            name=name,
            pitch="pitch" not in entry.data or entry.flag("pitch"),
            representatives=_count(entry, "representatives", PLAIN.representatives),
            jobs=_count(entry, "jobs", PLAIN.jobs),
            downloads=_count(entry, "downloads", PLAIN.downloads),
        )
        found[package.name] = found[package.id] = package
    return found


def booth(entry: Entry, id_: str, number: int, known: Mapping[str, Package]) -> Booth:
    """One booth; `number` is its number if none is written down."""
    package = entry.text("package", "")
    if package and package not in known:
        entry.wrong(
            "package",
            "There is no package “{name}”. Add it with [[packages]], or choose one of: {choices}.",
            name=package,
            choices=", ".join(sorted({each.name for each in known.values()})) or "–",
        )
    return Booth(
        id=id_,
        organisation=entry.text("organisation"),
        number=_count(entry, "number", number),
        package=known.get(package, PLAIN),
        sponsor="sponsor" not in entry.data or entry.flag("sponsor"),
        about=entry.text("about", ""),
    )


def exhibit(entry: Entry, id_: str, people: Mapping[str, str]) -> Exhibit:
    """One work; `people` are ids by name and by id. Authors need not be at the gathering."""
    authors = entry.texts("authors")
    return Exhibit(
        id=id_,
        title=entry.text("title"),
        kind=cast(ExhibitKind, entry.choice("kind", get_args(ExhibitKind), "poster")),
        authors=tuple(people[name] for name in authors if name in people),
        names=tuple(name for name in authors if name not in people),
        organisation=entry.text("organisation", ""),
        about=entry.text("about", ""),
        topics=topics(entry, "topics"),
    )


def check_staff(entry: Entry, name: str, organisations: Collection[str]) -> None:
    """A slip in an organisation's name would leave its booth without anybody."""
    guess = get_close_matches(name, sorted(organisations), 1)
    if name not in organisations and guess:
        sentence = "No representative comes from “{name}”. Did you mean “{guess}”?"
        entry.wrong("organisation", sentence, name=name, guess=guess[0])


def _count(entry: Entry, key: str, default: int) -> int:
    value = entry.data.get(key, default)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST:
        return value
    entry.wrong(key, "“{key}” must be a whole number from 0 to {most}.", key=key, most=MOST)
    return default
