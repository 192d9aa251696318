"""Whom people would like to meet: what they seek and offer, their ranked wishes, their refusals."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any

from msgspec import Meta, Struct
from msgspec.structs import replace

from rooms import safety
from rooms.people import DESK, Person, PersonId, Role
from schedule import items
from schedule.items import Job
from schedule.machine import Command, Event, Refused, View

if TYPE_CHECKING:
    from rooms.lounge import Lounge

MOST_WISHES = 20  # per person; a longer list says nothing about anybody
MOST_TOPICS = 12
BASE = 10  # interest in somebody of whom nothing is known
SHARED = 15  # for each topic sought by one and offered by the other, or sought by both
MOST_SHARED = 3  # topics that count
RANKED = 45  # of the interest, for the first wish on a list; less for each place behind it
PLACE = 3  # less for each place on the list
AKIN = 5  # for each word that both use of themselves, where no topic is shared
MOST_AKIN = 2  # words that count

Topic = Annotated[str, Meta(min_length=1, max_length=40)]
LONGEST = 80  # characters
LONGEST_ABOUT = 400
Text = Annotated[str, Meta(max_length=LONGEST)]
Language = Annotated[str, Meta(pattern=r"^[a-z]{2,3}$")]


class Profile(Struct, frozen=True, rename="camel"):
    """What somebody says of themselves; everybody at the gathering may read it."""

    seeks: Annotated[tuple[Topic, ...], Meta(max_length=MOST_TOPICS)] = ()
    offers: Annotated[tuple[Topic, ...], Meta(max_length=MOST_TOPICS)] = ()
    jobs: Annotated[tuple[Job, ...], Meta(max_length=6)] = ()
    "Which kinds of work a talent looks for, or a company has."
    degree: Text = ""
    "Of a talent: the course of studies and how far."
    about: Annotated[str, Meta(max_length=LONGEST_ABOUT)] = ""
    languages: Annotated[tuple[Language, ...], Meta(max_length=12)] = ()
    "If others than the organisers wrote down."
    takes_part: bool | None = None
    "In the rounds; unless said otherwise talents and representatives do."


# Commands


class Describe(Command, frozen=True, tag="wishes.describe"):
    """Say what one seeks, offers and is."""

    profile: Profile


class Write(Command, frozen=True, tag="wishes.write"):
    """The house says what the organisers wrote of people; what somebody said themselves stays."""

    profiles: dict[PersonId, Profile]


class Wish(Command, frozen=True, tag="wishes.wish"):
    """Put somebody on one's list at a place from 0 on, or move them there, or take them off."""

    person: PersonId
    place: Annotated[int, Meta(ge=0, lt=MOST_WISHES)] | None = None


class Refuse(Command, frozen=True, tag="wishes.refuse"):
    """Not meet somebody, or again; nobody is told."""

    person: PersonId
    on: bool = True


# Events


class Described(Event, frozen=True, tag="wishes.described"):
    """Somebody says what they seek, offer and are."""

    person: PersonId
    profile: Profile
    own: bool = True
    "Said by themselves, and not by the organisers."


class Wished(Event, frozen=True, tag="wishes.wished"):
    """Somebody's list as it is now; they alone hear it."""

    by: PersonId
    wishes: tuple[PersonId, ...]


class Declined(Event, frozen=True, tag="wishes.refused"):
    """Somebody would rather not meet somebody, or would again; they alone hear it."""

    by: PersonId
    person: PersonId
    on: bool


# State


class Wishes(Struct, frozen=True):
    """All profiles, lists and refusals."""

    profiles: dict[PersonId, Profile] = {}
    spoken: frozenset[PersonId] = frozenset()
    "Who described themselves."
    lists: dict[PersonId, tuple[PersonId, ...]] = {}
    "Best first."
    refused: dict[PersonId, frozenset[PersonId]] = {}


class WishesShown(Struct, frozen=True, rename="camel"):
    """What one reader may know: all profiles, one's own list, one's own refusals."""

    profiles: dict[PersonId, Profile]
    mine: tuple[PersonId, ...]
    refused: tuple[PersonId, ...]


COMMANDS: tuple[type[Command], ...] = (Describe, Write, Wish, Refuse)
EVENTS: tuple[type[Event], ...] = (Described, Wished, Declined)
VIEWS: tuple[type[View], ...] = ()
STIRS: dict[type[Event], tuple[type[View], ...]] = {}
VIEWED: dict[type[View], Callable[[Lounge, float], View]] = {}


# What others ask


def profile_of(lounge: Lounge, person: PersonId) -> Profile:
    """What somebody says of themselves, empty at worst."""
    return lounge.wishes.profiles.get(person, NOTHING)


NOTHING = Profile()


def takes_part(lounge: Lounge, person: PersonId) -> bool:
    """Whether somebody is to have partners in the rounds."""
    known = lounge.people.get(person)
    if known is None:
        return False
    said = profile_of(lounge, person).takes_part
    if lounge.rules.between == "talent-company":
        return known.role in (Role.TALENT, Role.REP) and said is not False
    return said if said is not None else known.role not in DESK


def languages_of(lounge: Lounge, person: PersonId) -> tuple[str, ...]:
    """What somebody speaks: as they said, else as the organisers wrote."""
    return profile_of(lounge, person).languages or lounge.people[person].languages


def sides_fit(lounge: Lounge, a: PersonId, b: PersonId) -> bool:
    """Whether the gathering lets these two meet at all."""
    one, other = lounge.people.get(a), lounge.people.get(b)
    if one is None or other is None or a == b:
        return False
    return lounge.rules.between == "all" or {one.role, other.role} == {Role.TALENT, Role.REP}


def vetoed(lounge: Lounge, a: PersonId, b: PersonId) -> bool:
    """Whether one of the two would rather not meet the other."""
    refused = lounge.wishes.refused
    return b in refused.get(a, ()) or a in refused.get(b, ())


def mutual(lounge: Lounge, a: PersonId, b: PersonId) -> bool:
    """Whether each has listed the other."""
    lists = lounge.wishes.lists
    return b in lists.get(a, ()) and a in lists.get(b, ())


def mutual_pairs(lounge: Lounge) -> Iterator[tuple[PersonId, PersonId]]:
    """All who have listed each other."""
    for a, listed in sorted(lounge.wishes.lists.items()):
        for b in listed:
            if a < b and mutual(lounge, a, b):
                yield a, b


def topics_in_common(lounge: Lounge, a: PersonId, b: PersonId) -> tuple[str, ...]:
    """What one seeks and the other offers, then what both seek; as the first one wrote it."""
    one, other = profile_of(lounge, a), profile_of(lounge, b)
    theirs_offered = {topic.casefold() for topic in other.offers}
    theirs_sought = {topic.casefold() for topic in other.seeks}
    found = [topic for topic in one.seeks if topic.casefold() in theirs_offered]
    found += [topic for topic in one.offers if topic.casefold() in theirs_sought]
    found += [topic for topic in one.seeks if topic.casefold() in theirs_sought]
    return tuple(dict.fromkeys(found))


def interest(lounge: Lounge, a: PersonId, b: PersonId) -> int | None:
    """How much these two should meet, 0 to 100, the same both ways; None if they must not.

    Where no topic is shared, words count that both use of themselves, as the organisers wrote
    them; and there is a little that any two have, so that somebody who sets nothing still gets
    partners, and good ones.
    """
    if not sides_fit(lounge, a, b) or vetoed(lounge, a, b) or safety.blocked(lounge, a, b):
        return None
    if not set(languages_of(lounge, a)) & set(languages_of(lounge, b)):
        return None
    shared = SHARED * min(MOST_SHARED, len(topics_in_common(lounge, a, b)))
    akin = AKIN * min(MOST_AKIN, len(_words_of(lounge, a) & _words_of(lounge, b)))
    jobs = bool(set(profile_of(lounge, a).jobs) & set(profile_of(lounge, b).jobs))
    ranks = _rank(lounge, a, b) + _rank(lounge, b, a)
    return min(100, BASE + (shared or akin) + BASE * jobs + ranks)


def _words_of(lounge: Lounge, person: PersonId) -> frozenset[str]:
    return _words(profile_of(lounge, person)) | _spelled(lounge.people[person].organisation)


@lru_cache(maxsize=4096)
def _words(profile: Profile) -> frozenset[str]:
    said = (*profile.seeks, *profile.offers, profile.degree, profile.about)
    return frozenset(word for text in said for word in _spelled(text))


@lru_cache(maxsize=4096)
def _spelled(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w{5,}", text.casefold())) - _COMMON


_COMMON = frozenset({"hochschule", "technische", "universität", "university"})
"They say of two people only that both studied, or teach."


def _rank(lounge: Lounge, by: PersonId, person: PersonId) -> int:
    listed = lounge.wishes.lists.get(by, ())
    if person not in listed:
        return 0
    return max(PLACE, RANKED - PLACE * listed.index(person))


# What people do


def written(people: Iterable[items.Person]) -> Write:
    """What the organisers wrote of these people, for the house to say."""
    return Write({each.id: _as_written(each) for each in people})


def _as_written(person: items.Person) -> Profile:
    return Profile(
        seeks=person.seeks,
        offers=person.offers,
        jobs=person.jobs,
        degree=person.degree[:LONGEST],
        about=person.about[:LONGEST_ABOUT],
    )


def decide(lounge: Lounge, command: Command, by: Person, now: float) -> tuple[Event, ...]:
    """What follows if this person does that now; raises `Refused` if it is not possible."""
    return _DECIDES[type(command)](lounge, command, by)


def _describe(lounge: Lounge, describe: Describe, by: Person) -> tuple[Event, ...]:
    said = describe.profile
    profile = replace(
        said,
        seeks=_tidy(said.seeks),
        offers=_tidy(said.offers),
        jobs=tuple(dict.fromkeys(said.jobs)),
        languages=tuple(dict.fromkeys(said.languages)),
        degree=said.degree.strip(),
        about=said.about.strip(),
    )
    return () if profile == profile_of(lounge, by.id) else (Described(by.id, profile),)


def _write(lounge: Lounge, write: Write, by: Person) -> tuple[Event, ...]:
    return tuple(
        Described(person, profile, own=False)
        for person, profile in write.profiles.items()
        if person not in lounge.wishes.spoken and profile != profile_of(lounge, person)
    )


def _tidy(topics: tuple[str, ...]) -> tuple[str, ...]:
    """Without blanks around, and each once, however it is written."""
    kept: dict[str, str] = {}
    for topic in topics:
        text = " ".join(topic.split())
        if text:
            kept.setdefault(text.casefold(), text)
    return tuple(kept.values())


def _wish(lounge: Lounge, wish: Wish, by: Person) -> tuple[Event, ...]:
    before = lounge.wishes.lists.get(by.id, ())
    rest = tuple(person for person in before if person != wish.person)
    if wish.place is None:
        return (Wished(by.id, rest),) if rest != before else ()
    if not sides_fit(lounge, by.id, wish.person):
        raise Refused("You cannot meet this person here. Please choose somebody else.")
    if len(rest) >= MOST_WISHES:
        raise Refused(
            "Your list is full with {most} people. Please take somebody off it first.",
            most=MOST_WISHES,
        )
    listed = (*rest[: wish.place], wish.person, *rest[wish.place :])
    willing = () if wish.person not in _refusals(lounge, by) else (_again(by, wish.person),)
    return (*willing, *((Wished(by.id, listed),) if listed != before else ()))


def _refuse(lounge: Lounge, refuse: Refuse, by: Person) -> tuple[Event, ...]:
    if refuse.person not in lounge.people or refuse.person == by.id:
        raise Refused("This person is not here. Please choose somebody from the list.")
    if refuse.on == (refuse.person in _refusals(lounge, by)):
        return ()
    before = lounge.wishes.lists.get(by.id, ())
    rest = tuple(person for person in before if person != refuse.person)
    off = (Wished(by.id, rest),) if refuse.on and rest != before else ()
    return (*off, Declined(by.id, refuse.person, refuse.on))


def _refusals(lounge: Lounge, by: Person) -> frozenset[PersonId]:
    return lounge.wishes.refused.get(by.id, frozenset())


def _again(by: Person, person: PersonId) -> Declined:
    return Declined(by.id, person, on=False)


_DECIDES: dict[type[Command], Callable[[Lounge, Any, Person], tuple[Event, ...]]] = {
    Describe: _describe,
    Write: _write,
    Wish: _wish,
    Refuse: _refuse,
}


def tick(lounge: Lounge, now: float) -> tuple[Event, ...]:
    """Nothing happens by itself."""
    return ()


def due(lounge: Lounge) -> float | None:
    """Never."""
    return None


def apply(part: Wishes, event: Event) -> Wishes:
    """The wishes after `event`."""
    match event:
        case Described(person=person, profile=profile, own=own):
            spoken = part.spoken | {person} if own else part.spoken
            return replace(part, profiles={**part.profiles, person: profile}, spoken=spoken)
        case Wished(by=by, wishes=wishes):
            return replace(part, lists={**part.lists, by: wishes})
        case Declined(by=by, person=person, on=on):
            before = part.refused.get(by, frozenset())
            after = before | {person} if on else before - {person}
            return replace(part, refused={**part.refused, by: after})
        case _:
            return part


def show(lounge: Lounge, reader: Person, now: float) -> WishesShown:
    """What `reader` may know; who wishes or refuses the reader is nobody's business."""
    part, apart = lounge.wishes, safety.apart(lounge, reader.id)
    return WishesShown(
        profiles={who: said for who, said in part.profiles.items() if who not in apart},
        mine=part.lists.get(reader.id, ()),
        refused=tuple(sorted(part.refused.get(reader.id, ()))),
    )
