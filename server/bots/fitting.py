"""Fits out the demo's fair: everybody brings their own, by the commands and uploads people use."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final, NamedTuple, TypeVar
from zlib import crc32

from schedule.items import Exhibit, Gathering
from schedule.programme import read
from server.bots import drawn
from server.bots.actor import Actor, Frame, NotTaken
from server.bots.contents import Card, Offer, Stand, Work, contents
from server.bots.page import Pages

PROGRAMME: Final = Path(__file__).parents[2] / "assets" / "demo.toml"
FAIR: Final = "fair"
DAY: Final = 86_400.0  # seconds
BREATH: Final = 0.1  # seconds between two deeds; the house has others to serve as well
OPENS: Final = 60.0  # seconds the house may take to open
LETTERS: Final = (
    "Guten Abend, betreuen Sie Abschlussarbeiten auch gemeinsam mit unserer Hochschule?",
    "Guten Abend, ich würde gern einen Tag in Ihrer Werkstatt zusehen. Geht das im Frühjahr?",
    "Ich suche ein Praktikum ab März. Wann sollte ich mich spätestens melden?",
)

Brought = TypeVar("Brought")

log = logging.getLogger(__name__)


class Own(NamedTuple):
    """How somebody says and brings something."""

    actor: Actor
    pages: Pages


class Fitting:
    """What companies and talents bring before the evening."""

    def __init__(
        self,
        cast: dict[str, Actor],
        pages: dict[str, Pages],
        ends_at: float,
        attends: Callable[[str], bool],
    ) -> None:
        """`attends` tells whose bot comes to the house by itself; the others come for a moment."""
        self._cast = cast
        self._pages = pages
        self._ends_at = ends_at
        self._attends = attends
        self._brought = contents()
        self._written: Gathering = read(PROGRAMME.read_text(encoding="utf-8"))
        self._people = {person.id: person for person in self._written.people}
        self._jobs: list[Frame] = []
        for actor in cast.values():
            if actor.part.role == "rep":
                actor.hearers.append(self._hear)

    async def fit_out(self) -> None:
        """Bring everything: companies, talents and authors beside each other."""
        await self._until_open()
        async with asyncio.TaskGroup() as lanes:
            lanes.create_task(self._stands())
            lanes.create_task(self._cards())
            lanes.create_task(self._works())
        for number, card in enumerate(self._brought.cards):
            await self._bring(card.person, self._visit, number)

    async def _stands(self) -> None:
        for offer in self._brought.jobs:
            await self._bring(self._rep_of(offer.booth), self._pin, offer)
        for stand in self._brought.stands:
            await self._bring(self._rep_of(stand.booth), self._set_up, stand)

    async def _cards(self) -> None:
        for card in self._brought.cards:
            await self._bring(card.person, self._hang_card, card)

    async def _works(self) -> None:
        for work in self._brought.works:
            await self._bring(self._exhibit(work).authors[0], self._hang_work, work)

    def _hear(self, frame: Frame) -> None:
        match frame:
            case {"type": "told", "event": {"type": "job.pinned", "job": job}}:
                if job["id"] not in {each["id"] for each in self._jobs}:
                    self._jobs.append(job)

    # Whose turn it is

    def _rep_of(self, booth: str) -> str:
        """A representative whose bot comes by itself, if there is one."""
        (found,) = (each for each in self._written.booths if each.id == booth)
        reps = [
            person
            for person in self._cast
            if self._cast[person].part.organisation == found.organisation
        ]
        return min(reps, key=lambda person: not self._attends(person))

    def _exhibit(self, work: Work) -> Exhibit:
        return next(each for each in self._written.exhibits if each.id == work.id)

    async def _bring(
        self, person: str, deed: Callable[[Own, Brought], Awaitable[None]], what: Brought
    ) -> None:
        """One person's deed; what is refused is missing then, and the rest goes on."""
        async with self._here(self._cast[person]) as actor:
            try:
                await deed(Own(actor, self._pages[person]), what)
            except (NotTaken, OSError, LookupError) as reason:
                log.warning("%s could not bring everything: %s", person, reason)
        await asyncio.sleep(BREATH)

    @asynccontextmanager
    async def _here(self, actor: Actor) -> AsyncIterator[Actor]:
        coming = None
        if not self._attends(actor.part.person):
            coming = asyncio.create_task(actor.attend())
        try:
            async with asyncio.timeout(OPENS):
                await actor.here.wait()
            yield actor
        finally:
            if coming is not None:
                coming.cancel()
                await asyncio.gather(coming, return_exceptions=True)

    async def _until_open(self) -> None:
        anybody = next(iter(self._pages.values()))
        began = time.monotonic()
        while True:
            try:
                await anybody.read("/me")
                return
            except OSError:
                if time.monotonic() - began > OPENS:
                    raise
                await asyncio.sleep(1)

    # What they bring

    async def _set_up(self, own: Own, stand: Stand) -> None:
        booth = stand.booth
        said = {"sentences": stand.sentences, "contact": stand.contact, "promise": stand.promise}
        await own.actor.do(FAIR, "stand.describe", booth=booth, **said)
        await own.actor.do(FAIR, "stand.name-owner", booth=booth, owner=own.actor.part.person)
        for link in stand.links:
            await own.actor.do(FAIR, "stand.add-link", booth=booth, title=link.title, url=link.url)
        logo = drawn.logo(stand.mark, stand.colour, stand.light)
        await own.pages.bring(f"/stands/{booth}/logo", "logo.png", "image/png", logo)
        for paper in stand.papers:
            organisation = own.actor.part.organisation
            file = drawn.paper(paper.title, paper.lines, organisation, stand.colour)
            name = f"{paper.title}.pdf"
            await own.pages.bring(f"/stands/{booth}/downloads", name, "application/pdf", file)

    async def _pin(self, own: Own, offer: Offer) -> None:
        (stand,) = (each for each in self._brought.stands if each.booth == offer.booth)
        written = {
            "title": offer.title,
            "kind": offer.kind,
            "validUntil": self._ends_at + 42 * DAY,
            "place": offer.place,
            "remote": offer.remote,
            "starts": offer.starts,
            "degree": offer.degree,
            "topics": offer.topics,
            "contact": stand.contact,
            "text": offer.text,
        }
        await own.actor.enter(FAIR)
        await own.actor.do(FAIR, "job.pin", booth=offer.booth, offer=written)

    async def _hang_card(self, own: Own, card: Card) -> None:
        known, number = self._people[card.person], crc32(card.person.encode())
        written = {
            "degree": known.degree,
            "field": known.about.partition(", ")[2] or known.about,
            "topics": ", ".join((*known.offers, *known.seeks)),
            "seeks": card.about,
            "available": card.available,
            "mail": f"{card.person}@gaeste.example",
        }
        # Some hang with their name, and of those some with a strip to tear off.
        shown = {"named": number % 4 == 0, "strip": number % 8 == 0}
        await own.pages.send("/me/cv", written | {key: "on" for key, on in shown.items() if on})
        if number % 3 == 0:
            lines = (known.organisation, known.about, card.about, f"Verfügbar {card.available}")
            file = drawn.paper(f"Lebenslauf {known.name}", lines, known.organisation, "#5a5148")
            await own.pages.bring("/me/cv/pdf", "lebenslauf.pdf", "application/pdf", file)

    async def _hang_work(self, own: Own, work: Work) -> None:
        shown = self._exhibit(work)
        people = [self._people[each].name for each in shown.authors]
        words = (shown.title, ", ".join((*people, *shown.names)), shown.organisation, work.about)
        await own.actor.do(FAIR, "gallery.describe", work=work.id, abstract=work.about)
        if shown.kind == "exhibit":
            picture = drawn.picture(drawn.exhibit(shown.title))
            path = f"/works/{work.id}/picture"
            answer = json.loads(await own.pages.bring(path, "bild.png", "image/png", picture))
            said = {"hanging": answer["hanging"], "text": f"{shown.title}: das Gerät auf dem Tisch"}
            await own.actor.do(FAIR, "gallery.caption", work=work.id, **said)
        poster = drawn.poster_pdf(*words)
        await own.pages.bring(f"/works/{work.id}/poster", "plakat.pdf", "application/pdf", poster)

    async def _visit(self, own: Own, number: int) -> None:
        """Some pin their card, some leave it at a booth, some write."""
        booth = self._written.booths[number % len(self._written.booths)].id
        if number % 3 and (job := self._fitting(own.actor.part.person)) is not None:
            until = self._ends_at + 6 * DAY
            await own.actor.do(FAIR, "pin.put", job=job, until=until, what=["contact"])
        if number % 4 == 1:
            until = self._ends_at + 7 * DAY
            await own.actor.do(FAIR, "visit.share", booth=booth, until=until, fields=["mail"])
        if number % 5 == 1:
            text = LETTERS[number // 5 % len(LETTERS)]
            await own.pages.send(f"/booths/{booth}/letters", {"text": text})

    def _fitting(self, person: str) -> str | None:
        """The first offer that is about what somebody can or seeks; spread over all of them."""
        topics = {*self._people[person].offers, *self._people[person].seeks}
        found = [str(job["id"]) for job in self._jobs if topics & set(job["topics"])]
        return found[crc32(person.encode()) % len(found)] if found else None
