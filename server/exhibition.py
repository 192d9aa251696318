"""The exhibition's pages: the gallery of all works, and each work with all that is said there."""

from __future__ import annotations

import hashlib
import secrets
from http import HTTPStatus
from typing import Any, Final, cast

import msgspec
from msgspec import Struct
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from rooms import ballot, fair, gallery, safety
from rooms.fair import Fair
from rooms.gallery import FAVOURITE, MOST_PICTURES, Hanging, Question
from rooms.people import DESK
from rooms.reactions import WORDS, Word
from schedule.items import Exhibit
from schedule.machine import Command, Refused
from server.premises import fair_of, lounge_of
from server.visit import foyer_shown, gathering_of, guarded, page, reader
from web import render
from web.words import later, say

LONGEST_SEARCH: Final = 60  # characters
TEASER: Final = 180  # characters of an abstract in the gallery
LONGEST: Final = 500  # characters of a question or an answer
LONGEST_ABSTRACT: Final = 3000
LONGEST_CAPTION: Final = 200
SAID: Final[dict[Word, str]] = {
    "bravo": later("Bravo"),
    "aha": later("I see"),
    "thanks": later("Thanks"),
}


class Wanted(Struct, frozen=True):
    """What the reader looks for; empty is anything."""

    q: str
    kind: str
    topic: str


class Picture(Struct, frozen=True):
    """A picture or a page of a poster, in both sizes."""

    small: str
    large: str
    width: int
    height: int
    caption: str


class Card(Struct, frozen=True):
    """A work in the gallery."""

    id: str
    title: str
    kind: str
    by: tuple[str, ...]
    "Names of those who made it."
    organisation: str
    topics: tuple[str, ...]
    teaser: str
    picture: Picture | None

    @property
    def text(self) -> str:
        """All that may be searched, in small letters."""
        return " ".join(
            (self.title, *self.by, self.organisation, *self.topics, self.teaser)
        ).casefold()


# The gallery


async def overview(request: Request) -> Response:
    """All works, found by words, kind or topic, and how the favourite stands."""
    room = fair_of(request)
    cards = [_card(room, exhibit) for exhibit in room.exhibits.values()]
    wanted = _wanted(request)
    return page(
        request,
        "exhibition.html",
        cards=[card for card in cards if _fits(card, wanted)],
        count=len(cards),
        wanted=wanted,
        kinds=sorted({card.kind for card in cards}),
        topics=_topics(cards),
        favourite=_favourite(request),
        titles={card.id: card.title for card in cards},
        config=_config(request, "exhibition"),
    )


def _card(room: Fair, exhibit: Exhibit) -> Card:
    pictures = _pictures(room, exhibit)
    return Card(
        id=exhibit.id,
        title=exhibit.title,
        kind=exhibit.kind,
        by=_names(room, exhibit),
        organisation=exhibit.organisation,
        topics=exhibit.topics,
        teaser=_shortened(_abstract(room, exhibit)),
        picture=pictures[0] if pictures else None,
    )


def _wanted(request: Request) -> Wanted:
    asked = request.query_params
    return Wanted(
        *(asked.get(key, "").strip()[:LONGEST_SEARCH] for key in Wanted.__struct_fields__)
    )


def _fits(card: Card, wanted: Wanted) -> bool:
    """The same question as in web/static/js/exhibition/filter.js."""
    return (
        all(word in card.text for word in wanted.q.casefold().split())
        and wanted.kind in ("", card.kind)
        and (not wanted.topic or wanted.topic.casefold() in map(str.casefold, card.topics))
    )


def _topics(cards: list[Card]) -> list[str]:
    found: dict[str, str] = {}
    for card in cards:
        for topic in card.topics:
            found.setdefault(topic.casefold(), topic)
    return [found[key] for key in sorted(found)]


def _shortened(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= TEASER else f"{flat[:TEASER].rsplit(' ', 1)[0]} …"


# One work


async def work(request: Request) -> Response:
    """One work: what hangs there, who made it, what is asked and said."""
    room, exhibit, me = fair_of(request), _exhibit(request), reader(request)
    authors = [room.people[each] for each in exhibit.authors if each in room.people]
    here = foyer_shown(request).presence.here
    before, after = _neighbours(room, exhibit.id)
    return page(
        request,
        "work.html",
        work=exhibit,
        abstract=_abstract(room, exhibit),
        poster=_posters(room, exhibit),
        pictures=_hung(gallery.hanging(room, exhibit.id, "picture")),
        hangings=gallery.work(room, exhibit.id).hangings,
        clip=next(iter(gallery.hanging(room, exhibit.id, "clip")), None),
        authors=[(person, person.id in here or person == me) for person in authors],
        others=exhibit.names,
        words=_said(request, exhibit),
        thread=_thread(request, exhibit),
        people=room.people,
        favourite=_favourite(request),
        titles={each.id: each.title for each in room.exhibits.values()},
        before=before,
        after=after,
        may_edit=gallery.may_edit(exhibit, me),
        may_answer=gallery.may_answer(room, exhibit, me),
        most_pictures=MOST_PICTURES,
        longest=LONGEST,
        longest_abstract=LONGEST_ABSTRACT,
        longest_caption=LONGEST_CAPTION,
        config=_config(
            request,
            "work",
            work=exhibit.id,
            mayAnswer=gallery.may_answer(room, exhibit, me),
            hung=_fingerprint(room, exhibit),
        ),
    )


async def thread(request: Request) -> Response:
    """The questions at a work as the reader may see them, for the page to renew itself."""
    room, exhibit = fair_of(request), _exhibit(request)
    told = {"hung": _fingerprint(room, exhibit), "questions": _thread(request, exhibit)}
    answer = JSONResponse(msgspec.to_builtins(told))
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _exhibit(request: Request) -> Exhibit:
    exhibit = fair_of(request).exhibits.get(request.path_params["work"])
    if exhibit is None:
        raise HTTPException(
            HTTPStatus.NOT_FOUND,
            "This work is not in the exhibition any more. Please choose another one.",
        )
    return exhibit


def _thread(request: Request, exhibit: Exhibit) -> list[Question]:
    me = reader(request)
    apart = safety.apart(lounge_of(request), me.id)
    return gallery.thread(fair_of(request), exhibit.id, me, apart)


def _neighbours(room: Fair, id_: str) -> tuple[Exhibit | None, Exhibit | None]:
    works = list(room.exhibits.values())
    at = next(number for number, each in enumerate(works) if each.id == id_)
    return works[at - 1] if at else None, works[at + 1] if at + 1 < len(works) else None


def _said(request: Request, exhibit: Exhibit) -> list[tuple[Word, str, int, bool]]:
    """Each word, how many said it, and whether the reader did."""
    known = gallery.work(fair_of(request), exhibit.id)
    counts, mine = gallery.counts(known), gallery.words_of(known, reader(request).id)
    language = str(request.state.language)
    return [(word, say(language, SAID[word]), counts.get(word, 0), word in mine) for word in WORDS]


# What both show


def _favourite(request: Request) -> ballot.BallotShown:
    return ballot.show(fair_of(request).gallery.favourite, reader(request).id)


def _abstract(room: Fair, exhibit: Exhibit) -> str:
    written = gallery.work(room, exhibit.id).abstract
    return exhibit.about if written is None else written


def _names(room: Fair, exhibit: Exhibit) -> tuple[str, ...]:
    here = tuple(room.people[each].name for each in exhibit.authors if each in room.people)
    return (*here, *exhibit.names)


def _pictures(room: Fair, exhibit: Exhibit) -> list[Picture]:
    """What shows a work best: its pictures, else its poster."""
    own = _hung(gallery.hanging(room, exhibit.id, "picture"))
    return own or _posters(room, exhibit)


def _posters(room: Fair, exhibit: Exhibit) -> list[Picture]:
    return _hung(gallery.hanging(room, exhibit.id, "poster"))


def _hung(hangings: tuple[Hanging, ...]) -> list[Picture]:
    return [
        Picture(f"{base}-small.webp", f"{base}.webp", *size, hanging.caption)
        for hanging in hangings
        for number, size in enumerate(hanging.sizes, 1)
        for base in (f"/works/{hanging.id}/{number}",)
    ]


def _fingerprint(room: Fair, exhibit: Exhibit) -> str:
    """New whenever what hangs or is written at a work is; questions do not count."""
    known = gallery.work(room, exhibit.id)
    seen = msgspec.json.encode((exhibit, known.abstract, known.hangings))
    return hashlib.sha256(seen).hexdigest()[:12]


# Deeds, also without JavaScript


async def deed(request: Request) -> Response:
    """Carry out what a form of a work's page asks for, and show that page again."""
    id_ = _exhibit(request).id
    command = _asked(request.path_params["deed"], id_, await request.form())
    try:
        checked = msgspec.convert(msgspec.to_builtins(command), type(command))
    except msgspec.ValidationError:
        raise Refused("This is too long, or empty. Please look at it once more.") from None
    op = f"page-{secrets.token_hex(12)}"
    await request.app.state.house.do(fair.ROOM, op, checked, reader(request))
    return RedirectResponse(f"/exhibition/{id_}", HTTPStatus.SEE_OTHER)


def _text(form: FormData, key: str) -> str:
    """A form ends its lines as mail does; we as everybody else."""
    return str(form.get(key, "")).replace("\r\n", "\n").strip()


def _asked(deed: str, work: str, form: FormData) -> Command:
    """What a form means; raises 404 for what no form here asks."""
    on = form.get("on") != "off"
    match deed:
        case "ask":
            return gallery.Ask(work, _text(form, "text"))
        case "react":
            return gallery.React(work, cast(Word, _text(form, "word")), on)
        case "vote":
            return ballot.Vote(FAVOURITE, work if on else None)
        case "describe":
            return gallery.Describe(work, _text(form, "abstract"))
        case "caption":
            return gallery.Caption(work, _text(form, "hanging"), _text(form, "text"))
        case _:
            raise HTTPException(HTTPStatus.NOT_FOUND)


def _config(request: Request, screen: str, **more: Any) -> dict[str, Any]:
    language = str(request.state.language)
    return {
        "screen": screen,
        "language": language,
        "timeZone": gathering_of(request).time_zone,
        "csrf": request.state.csrf,
        "desk": reader(request).role in DESK,
        "urls": {
            "live": "/live",
            "words": render.words_address(language),
            "icons": render.static("icons.svg"),
        },
        **more,
    }


routes: Final[list[BaseRoute]] = [
    Route("/exhibition", guarded(overview)),
    Route("/exhibition/{work}", guarded(work)),
    Route("/exhibition/{work}/thread.json", guarded(thread)),
    Route("/exhibition/{work}/{deed}", guarded(deed), methods=["POST"]),
]
