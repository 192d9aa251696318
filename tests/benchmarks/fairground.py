"""A full fair to measure: 20 booths, 60 offers, 200 cards, 80 posters, and 250 people signed in.

What hangs there came in as people bring it: commands over WebSockets, forms, uploads.
"""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from schedule.items import Booth, Exhibit, Gathering, Item, Package, Person, Stage
from server import cookies, settings
from server.accounts import Accounts
from server.archive import keep, opened_store
from server.bots import drawn
from server.bots.actor import Part
from server.bots.page import Pages
from tests.benchmarks.caller import Caller
from tests.running import Running, free_port
from tests.server.visitor import Visitor

BOOTHS, OFFERS, CARDS, POSTERS, PEOPLE = 20, 60, 200, 80, 250
TOPICS = ("Optik", "Sensorik", "Robotik", "Mikrofluidik", "Werkstoffe", "Elektronik", "Photonik")
KINDS = ("thesis", "internship", "working-student", "job", "doctorate", "training")
STAGE = "stage-gross"
AT_A_TIME = 4  # people who bring something at the same time

TALENTS = tuple(f"t{n:03}" for n in range(CARDS))
REPS = tuple(f"r{n:02}" for n in range(2 * BOOTHS))
GUESTS = tuple(f"g{n}" for n in range(PEOPLE - CARDS - 2 * BOOTHS))


def gathering(now: float) -> Gathering:
    """The programme; it began ten minutes ago and goes on for hours."""
    package = Package("gold", "Gold", representatives=4, jobs=10)
    item = Item("talk", "Ein langer Vortrag", "talk", now - 600, 18_000, ends=False)
    return Gathering(
        id="fair",
        name="Große Messe",
        time_zone="Europe/Berlin",
        languages=("de", "en"),
        starts_at=now - 600,
        ends_at=now + 18_000,
        stages=(Stage("gross", "Große Bühne", (item,)),),
        people=tuple(_people()),
        booths=tuple(Booth(f"b{n:02}", _company(n), n + 1, package) for n in range(BOOTHS)),
        exhibits=tuple(_work(n) for n in range(POSTERS)),
    )


def house(folder: Path) -> tuple[Running, dict[str, str]]:
    """A server that serves this gathering, and everybody's cookie."""
    ports = {"FOYER_PORT": str(free_port(socket.SOCK_STREAM))}
    server = Running(folder, folder, **ports)
    signed = asyncio.run(_prepare(server))
    server.start()
    return server, signed


def visitor(server: Running, signed: dict[str, str], person: str) -> Visitor:
    """Somebody who is signed in already."""
    found = Visitor(server)
    name, _, secret = signed[person].partition("=")
    found.cookies[name] = secret
    return found


async def fill(server: Running, signed: dict[str, str]) -> None:
    """Everybody brings what they have."""
    gate = asyncio.Semaphore(AT_A_TIME)

    async def one(work: Coroutine[Any, Any, None]) -> None:
        async with gate:
            await work

    brought = [
        *(_pin(server, signed, number) for number in range(BOOTHS)),
        *(_hang_card(server, signed, number) for number in range(CARDS)),
        *(_hang_poster(server, signed, number) for number in range(POSTERS)),
    ]
    await asyncio.gather(*(one(work) for work in brought))


async def _prepare(server: Running) -> dict[str, str]:
    now = time.time()
    given = settings.read(server.settings)
    made = gathering(now)
    await keep(given, made)
    async with opened_store(given) as archive:
        accounts = Accounts(archive)
        return {
            person.id: f"{cookies.session(given)}="
            + await accounts.open_session(person.id, "Bench", now, made.ends_at)
            for person in made.people
        }


def _people() -> list[Person]:
    talents = [
        Person(
            id=name,
            name=f"Talent {number:03}",
            role="talent",
            organisation=f"Hochschule {number % 11}",
            degree="Masterarbeit",
            offers=(TOPICS[number % len(TOPICS)],),
        )
        for number, name in enumerate(TALENTS)
    ]
    reps = [
        Person(name, f"Vertretung {number:02}", "rep", organisation=_company(number // 2))
        for number, name in enumerate(REPS)
    ]
    guests = [Person(name, f"Gast {name}", "guest") for name in GUESTS[1:]]
    return [Person(GUESTS[0], "Orga", "organiser"), *talents, *reps, *guests]


def _company(number: int) -> str:
    return f"Firma {number:02}"


def _work(number: int) -> Exhibit:
    topics = (TOPICS[number % len(TOPICS)],)
    author = TALENTS[number]
    return Exhibit(f"w{number:02}", f"Plakat {number:02}", authors=(author,), topics=topics)


async def _pin(server: Running, signed: dict[str, str], number: int) -> None:
    caller = await Caller.call(server, signed[REPS[2 * number]])
    try:
        await caller.do("lounge", "booth.be-there", booth=f"b{number:02}", on=True)
        for each in range(OFFERS // BOOTHS):
            place = number * OFFERS // BOOTHS + each
            offer = {
                "title": f"Abschlussarbeit {place:02}: Verschleiß an kleinen Werkzeugen",
                "kind": KINDS[place % len(KINDS)],
                "validUntil": time.time() + 30 * 86_400,
                "place": "Offental",
                "starts": "ab sofort, sechs Monate",
                "degree": "Master",
                "topics": [TOPICS[place % len(TOPICS)], TOPICS[(place + 3) % len(TOPICS)]],
                "contact": "Personal, personal@firma.example",
                "text": "Sie messen, rechnen und bauen, was danach besser hält. " * 6,
            }
            await caller.do("fair", "job.pin", booth=f"b{number:02}", offer=offer)
    finally:
        await caller.close()


async def _hang_card(server: Running, signed: dict[str, str], number: int) -> None:
    pages = _pages(server, signed, TALENTS[number])
    await pages.send(
        "/me/cv",
        {
            "degree": "Masterarbeit",
            "field": "Mikrosystemtechnik und Messtechnik",
            "topics": f"{TOPICS[number % len(TOPICS)]}, {TOPICS[(number + 2) % len(TOPICS)]}",
            "seeks": "Ein Team, das lieber misst als vermutet, möglichst nah an der Werkstatt.",
            "available": "ab April",
            "mail": f"{TALENTS[number]}@gaeste.example",
        },
    )


async def _hang_poster(server: Running, signed: dict[str, str], number: int) -> None:
    author, work = TALENTS[number], f"w{number:02}"
    words = (f"Plakat {number:02}", author, "Hochschule", "Wir haben es gemessen. " * 6)
    caller = await Caller.call(server, signed[author])
    abstract = "Wir haben gemessen, gerechnet und gebaut, was danach besser hielt. " * 6
    await caller.do("fair", "gallery.describe", work=work, abstract=abstract)
    await caller.close()
    pages = _pages(server, signed, author)
    poster = await asyncio.to_thread(drawn.poster_pdf, *words)
    await pages.bring(f"/works/{work}/poster", "plakat.pdf", "application/pdf", poster)


def _pages(server: Running, signed: dict[str, str], person: str) -> Pages:
    part = Part(person, person, "talent", "", signed[person])
    return Pages(f"http://127.0.0.1:{server.port}", server.url, part)
