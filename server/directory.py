"""The directory over HTTP: people found by what they seek, offer and are, and one's wishes."""

from __future__ import annotations

import secrets
from http import HTTPStatus
from typing import Any, Final

from msgspec import Struct
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from rooms import lounge, safety, wishes
from rooms.foyer import FoyerShown
from rooms.lounge import Lounge
from rooms.people import Person, Role
from rooms.wishes import MOST_WISHES, Profile, Refuse, Wish
from schedule.machine import Command
from server.contacts import lounge_of
from server.visit import foyer_shown, gathering_of, guarded, local, page, reader, stands
from web import render, words
from web.evening import Evening, Line

ROLES: Final = tuple(role for role in Role if role is not Role.HOUSE)
LONGEST_SEARCH: Final = 60  # characters
JOBS: Final = {
    "thesis": words.later("Thesis"),
    "internship": words.later("Internship"),
    "working-student": words.later("Working student"),
    "job": words.later("First job"),
    "doctorate": words.later("Doctorate"),
    "founding": words.later("Founding"),
}


class Wanted(Struct, frozen=True):
    """What the reader looks for; empty is anything."""

    q: str
    role: str
    topic: str
    degree: str
    job: str
    language: str


class Entry(Struct, frozen=True):
    """One person in the directory, as the reader may know them."""

    person: Person
    here: bool
    about: str
    line: Line | None
    "Their next time on a stage."
    profile: Profile
    languages: tuple[str, ...]
    common: tuple[str, ...]
    "Topics they have in common with the reader."
    may_wish: bool
    place: int | None
    "On the reader's list, from 0."
    refused: bool

    @property
    def topics(self) -> tuple[str, ...]:
        """What they seek and offer."""
        return tuple(dict.fromkeys((*self.profile.seeks, *self.profile.offers)))

    @property
    def text(self) -> str:
        """All that may be searched, in small letters."""
        said = (self.person.name, self.person.organisation, self.about, self.profile.degree)
        return " ".join((*said, *self.topics)).casefold()


async def people(request: Request) -> Response:
    """Everybody, found by name, role, topic, degree, work or language; and whom one wishes for."""
    entries = _entries(request)
    wanted = _wanted(request)
    found = [entry for entry in entries if _fits(entry, wanted)]
    groups = [(role.value, [each for each in found if each.person.role is role]) for role in ROLES]
    by_id = {entry.person.id: entry for entry in entries}
    mine = wishes.show(lounge_of(request), reader(request), 0.0).mine
    return page(
        request,
        "people.html",
        here_now=sum(entry.here for entry in entries),
        groups=[(role, members) for role, members in groups if members],
        roles=[role.value for role in ROLES],
        wanted=wanted,
        topics=[(topic, topic) for topic in topics_of(entries)],
        degrees=[
            (each, each) for each in sorted({each.profile.degree for each in entries}) if each
        ],
        jobs=job_words(request),
        spoken=spoken_by(entries),
        listed=[by_id[each] for each in mine if each in by_id],
        may_wish=any(entry.may_wish for entry in entries),
        most=MOST_WISHES,
        back=_back(request),
        config=_config(request),
    )


def topics_of(entries: list[Entry]) -> list[str]:
    """Every topic once, however it is written, sorted."""
    found: dict[str, str] = {}
    for entry in entries:
        for topic in entry.topics:
            found.setdefault(topic.casefold(), topic)
    return [found[key] for key in sorted(found)]


def spoken_by(entries: list[Entry]) -> dict[str, str]:
    """The languages of these people, with the names they give themselves."""
    codes = {code for entry in entries for code in entry.languages}
    return {code: words.name_of(code) for code in sorted(codes)}


def job_words(request: Request) -> dict[str, str]:
    """The kinds of work, in the reader's language."""
    language = str(request.state.language)
    return {job: words.say(language, sentence) for job, sentence in JOBS.items()}


def by_name(person: Person) -> tuple[str, str]:
    """For sorting: last names first."""
    return person.name.rpartition(" ")[2].casefold(), person.name.casefold()


def _wanted(request: Request) -> Wanted:
    asked = request.query_params
    return Wanted(
        *(asked.get(key, "").strip()[:LONGEST_SEARCH] for key in Wanted.__struct_fields__)
    )


def _fits(entry: Entry, wanted: Wanted) -> bool:
    """The same question as in web/static/js/people/filter.js."""
    topics = [topic.casefold() for topic in entry.topics]
    return (
        all(word in entry.text for word in wanted.q.casefold().split())
        and wanted.role in ("", entry.person.role.value)
        and (not wanted.topic or wanted.topic.casefold() in topics)
        and wanted.degree in ("", entry.profile.degree)
        and (not wanted.job or wanted.job in entry.profile.jobs)
        and (not wanted.language or wanted.language in entry.languages)
    )


def _entries(request: Request) -> list[Entry]:
    shown, me, room = foyer_shown(request), reader(request), lounge_of(request)
    about = {person.id: person.about for person in gathering_of(request).people}
    ahead = _next_on_stage(stands(request, shown))
    apart = safety.apart(room, me.id)
    known = [each for each in shown.people.values() if each.id not in apart]
    return [
        _entry(room, shown, me, person, about.get(person.id, ""), ahead.get(person.id))
        for person in sorted(known, key=by_name)
    ]


def _entry(
    room: Lounge, shown: FoyerShown, me: Person, person: Person, about: str, line: Line | None
) -> Entry:
    profile = wishes.profile_of(room, person.id)
    listed = room.wishes.lists.get(me.id, ())
    return Entry(
        person=person,
        here=person.id in shown.presence.here or person.id == me.id,
        about=profile.about or about,
        line=line,
        profile=profile,
        languages=profile.languages or person.languages,
        common=() if person.id == me.id else wishes.topics_in_common(room, me.id, person.id),
        may_wish=wishes.sides_fit(room, me.id, person.id),
        place=listed.index(person.id) if person.id in listed else None,
        refused=person.id in room.wishes.refused.get(me.id, ()),
    )


def _next_on_stage(evening: Evening) -> dict[str, Line]:
    """Each person's first line that has not begun."""
    waiting = [
        line for _, _, lines in evening.stages for line in lines if line.how in ("next", "waiting")
    ]
    ahead: dict[str, Line] = {}
    for line in sorted(waiting, key=lambda line: line.at):
        for person in line.people:
            ahead.setdefault(person.id, line)
    return ahead


# Deeds


async def wish(request: Request) -> Response:
    """Put somebody on one's list at a place, or at its end, or take them off."""
    form = await request.form()
    asked = str(form.get("place", ""))
    if asked == "off":
        return await _done(request, Wish(_person(request)))
    place = int(asked) if asked.isdecimal() and len(asked) < 4 else MOST_WISHES
    return await _done(request, Wish(_person(request), min(place, MOST_WISHES - 1)))


async def refuse(request: Request) -> Response:
    """Say no thanks to somebody, or take it back; nobody is told."""
    form = await request.form()
    return await _done(request, Refuse(_person(request), form.get("on") != "off"))


def _person(request: Request) -> str:
    """Whom the address names; whoever is kept away is as if never there."""
    person, room = str(request.path_params["person"]), lounge_of(request)
    if person not in room.people or safety.blocked(room, reader(request).id, person):
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return person


async def _done(request: Request, command: Command) -> Response:
    await do_in_lounge(request, command)
    back = local(str((await request.form()).get("back", "/people")))
    return RedirectResponse(back, HTTPStatus.SEE_OTHER)


async def do_in_lounge(request: Request, command: Command) -> None:
    """Carry a command of the reader's out; raises `Refused`."""
    op = f"page-{secrets.token_hex(12)}"
    await request.app.state.house.do(lounge.ROOM, op, command, reader(request))


def _back(request: Request) -> str:
    return f"/people?{request.url.query}" if request.url.query else "/people"


def _config(request: Request) -> dict[str, Any]:
    language = str(request.state.language)
    return {
        "screen": "people",
        "language": language,
        "timeZone": gathering_of(request).time_zone,
        "csrf": request.state.csrf,
        "urls": {
            "live": "/live",
            "words": render.words_address(language),
            "icons": render.static("icons.svg"),
        },
    }


routes: Final[list[BaseRoute]] = [
    Route("/people", guarded(people)),
    Route("/people/{person}/wish", guarded(wish), methods=["POST"]),
    Route("/people/{person}/refuse", guarded(refuse), methods=["POST"]),
]
