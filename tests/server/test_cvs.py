"""CV cards over plain HTTP: who may see what, by whatever link, and what is left in the files."""

from __future__ import annotations

import html
import http.client
import json
import re
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from websockets.asyncio.client import ClientConnection

from server.papers import MOST_AN_HOUR, SANDBOX
from tests.running import Running, running, tonight
from tests.server import hostile
from tests.server.decks import deck
from tests.server.visitor import WITHIN, Answer, Visitor, do, hear, say

PROGRAMME = Path(__file__).parents[1] / "browser" / "fair.toml"
FIELDS = {"field": "Mikrosystemtechnik", "degree": "Master", "topics": "Optik, Python"}
SECRETS = {"seeks": "canary-seeks", "mail": "canary@breisenau.example", "phone": "+49 7000 4711"}
PDF = deck("canary-in-the-pdf")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server with booths, where everybody has their own card."""
    folder = tmp_path_factory.mktemp("fair")
    with running(folder, tonight(PROGRAMME, folder)) as started:
        yield started


def signed_in(server: Running, person: str) -> Visitor:
    return Visitor(server).sign_in(person)


def post(visitor: Visitor, path: str, **form: str) -> Answer:
    page = "/me/cv" if path.startswith("/me/") else "/contacts"
    return visitor.post(path, {"csrf": visitor.token(page), **form})


def hang(visitor: Visitor, **more: str) -> str:
    """Write the card and hang it; returns its id."""
    answer = post(visitor, "/me/cv", **FIELDS, **SECRETS, **more)
    assert answer.status == 303, answer
    mine = [face for face in faces(visitor) if face["mine"]]
    return str(mine[0]["card"])


def faces(visitor: Visitor) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(visitor.get("/board/cards.json").text)
    return found


def opened(visitor: Visitor, card: str) -> dict[str, Any]:
    answer = visitor.get(f"/board/cards/{card}.json")
    assert answer.status == 200, answer
    assert answer.headers["cache-control"] == "no-store"
    found: dict[str, Any] = json.loads(answer.text)
    return found


def bring(visitor: Visitor, body: bytes, page: str = "/me/cv") -> tuple[int, dict[str, Any]]:
    """Upload a CV as the page's module does."""
    connection = http.client.HTTPConnection("127.0.0.1", visitor.server.port, timeout=WITHIN * 2)
    given = {
        "host": urlsplit(visitor.server.url).netloc,
        "cookie": visitor.cookie,
        "origin": visitor.server.url,
        "x-csrf": visitor.token(page),
        "content-type": "application/pdf",
        "accept-language": "en",
    }
    try:
        connection.request("POST", "/me/cv/pdf", body, given)
        answer = connection.getresponse()
        text = answer.read()
    finally:
        connection.close()
    return answer.status, json.loads(text)


def link(visitor: Visitor, card: str) -> str:
    """The short-lived link to the CV."""
    answer = post(visitor, f"/board/cards/{card}/pdf")
    assert answer.status == 303, answer
    return answer.headers["location"]


def holding(server: Running, words: str) -> list[str]:
    """The files in which these words can be read: database, write-ahead log, logs, all."""
    files = [path for path in server.data.rglob("*") if path.is_file()]
    return [path.name for path in files if words.encode() in path.read_bytes()]


@asynccontextmanager
async def at_the_fair(visitor: Visitor) -> AsyncIterator[tuple[ClientConnection, Any]]:
    async with visitor.live() as line:
        await hear(line, "welcome")
        await say(line, "join", room="fair")
        yield line, (await hear(line, "snapshot"))["shown"]


def saw(visitor: Visitor) -> str:
    page = html.unescape(visitor.get("/me/cv").text)
    found = re.search(r'data-live="cv-sights">(.*?)</section>', page, re.DOTALL)
    assert found is not None
    return " ".join(re.sub(r"<[^>]*>", " ", found[1]).split())


async def test_without_a_grant_a_card_has_no_name(server: Running) -> None:
    elif_, carla, jonas = (signed_in(server, each) for each in ("elif", "carla", "jonas"))
    card = hang(elif_)

    for reader in (carla, jonas):
        (face,) = [each for each in faces(reader) if each["card"] == card]
        assert (face["field"], face["topics"]) == ("Mikrosystemtechnik", ["Optik", "Python"])
        said = reader.get("/board/cards.json").text + reader.get(f"/board/cards/{card}").text
        said += json.dumps(opened(reader, card))
        assert "Elif" not in said
        assert "elif" not in said
        assert not [secret for secret in SECRETS.values() if secret in said]
    async with at_the_fair(carla) as (_, shown):
        assert "elif" not in json.dumps(shown["cvs"])
    for path in ("/board/cards.json", f"/board/cards/{card}", "/me/cv", "/me/cv.pdf"):
        assert Visitor(server).get(path).status == 303
    assert carla.get("/me/cv").status == 404


async def test_a_grant_opens_the_card_to_one_company_and_each_look_is_listed(
    server: Running,
) -> None:
    elif_, carla, wenzel = (signed_in(server, each) for each in ("elif", "carla", "wenzel"))
    card = hang(elif_)
    post(elif_, "/me/cv/grant", to="sellmoor", contact="1")

    found = opened(carla, card)
    assert (found["name"], found["mail"]) == ("Elif Yıldız", SECRETS["mail"])
    assert "Elif Yıldız" in html.unescape(carla.get(f"/board/cards/{card}").text)
    assert opened(wenzel, card)["name"] == ""
    assert "Sellmoor Photonik, Carla Donati hat Karte und Kontakt gesehen" in saw(elif_)
    assert "Auwald Mikrotechnik, Wenzel Petrick hat die Karte ohne Ihren Namen" in saw(elif_)

    post(elif_, "/me/cv/withdraw", to="sellmoor")
    assert opened(carla, card)["name"] == ""
    page = carla.get(f"/board/cards/{card}")
    assert page.headers["cache-control"] == "no-store"
    assert "Elif" not in page.text


async def test_a_withdrawal_reaches_an_open_page_at_once(server: Running) -> None:
    elif_, carla = signed_in(server, "elif"), signed_in(server, "carla")
    card = hang(elif_)
    post(elif_, "/me/cv/grant", to="sellmoor")
    async with at_the_fair(carla) as (line, shown), at_the_fair(elif_) as (own, _):
        assert [each["card"] for each in shown["cvs"]["grants"]] == [card]
        begun = time.monotonic()
        await do(own, "fair", "cv.withdraw", to="sellmoor")
        told = await hear(line, "told")
        while told["event"]["type"] != "cv.withdrawn":
            told = await hear(line, "told")
    assert told["event"]["card"] == card
    assert time.monotonic() - begun < 1.0


async def test_a_cv_goes_out_by_a_link_that_is_one_readers_own(server: Running) -> None:
    elif_, carla, greta, wenzel = (
        signed_in(server, each) for each in ("elif", "carla", "greta", "wenzel")
    )
    card = hang(elif_)
    assert bring(elif_, PDF) == (201, {"pages": 1, "europass": None})
    assert post(carla, f"/board/cards/{card}/pdf").status == 403
    post(elif_, "/me/cv/grant", to="sellmoor", pdf="1")

    address = link(carla, card)
    answer = carla.get(address)
    assert (answer.status, answer.text.encode()) == (200, PDF)
    assert answer.headers["content-disposition"].startswith("attachment; ")
    assert answer.headers["content-security-policy"] == SANDBOX
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    assert "Carla Donati hat den Lebenslauf heruntergeladen" in saw(elif_)
    # Neither a colleague, nor a stranger, nor somebody without a link.
    assert greta.get(address).status == 403
    assert wenzel.get(address).status == 403
    assert Visitor(server).get(address).status == 303
    assert carla.get(address.partition("?")[0]).status == 403
    assert carla.get(address[:-4] + "AAAA").status == 403

    post(elif_, "/me/cv/withdraw", to="sellmoor")
    assert carla.get(address).status == 410
    assert post(carla, f"/board/cards/{card}/pdf").status == 410


async def test_who_grants_for_others_or_answers_for_others_is_refused(server: Running) -> None:
    elif_, jonas, carla = (signed_in(server, each) for each in ("elif", "jonas", "carla"))
    card = hang(elif_)

    async with at_the_fair(carla) as (line, _), at_the_fair(jonas) as (other, _):
        asked: dict[str, dict[str, Any]] = {
            "cv.look": {"card": card, "by": "carla", "what": "card"},
            "cv.hang": {"person": "elif", "card": "k0000000000", "pdf": False},
            "cv.take-down": {},
        }
        for command, fields in asked.items():
            assert (await do(line, "fair", command, **fields))["type"] == "refused"
        assert (await do(other, "fair", "cv.ask", card=card))["type"] == "refused"
        refused = await do(other, "fair", "cv.grant", to="sellmoor", until=time.time() + 60)
        assert refused["type"] == "refused"


async def test_hostile_pdfs_are_refused_with_a_sentence_and_quotas_hold(server: Running) -> None:
    jonas = signed_in(server, "jonas")

    status, answer = bring(jonas, hostile.plain(f"/OpenAction {hostile.SCRIPT}"))
    assert (status, answer["sentence"][:30]) == (422, "This PDF contains a script. Pl")
    status, answer = bring(jonas, hostile.attached(hostile.NEW_EUROPASS.encode()))
    assert (status, answer["europass"]["degree"]) == (201, "Bachelor of Science")
    status, answer = bring(signed_in(server, "carla"), PDF, "/contacts")
    assert (status, answer["sentence"][:25]) == (422, "CV cards are for talents.")
    for _ in range(MOST_AN_HOUR - 2):
        assert bring(jonas, b"<html>")[0] == 422
    status, answer = bring(jonas, PDF)
    assert (status, answer["sentence"][:19]) == (422, "You sent many files")


async def test_whoever_withdraws_and_erases_is_found_nowhere(tmp_path: Path) -> None:
    with running(tmp_path, tonight(PROGRAMME, tmp_path)) as server:
        elif_, carla = signed_in(server, "elif"), signed_in(server, "carla")
        card = hang(elif_, available="canary-available")
        assert bring(elif_, PDF)[0] == 201
        post(elif_, "/me/cv/grant", to="sellmoor", contact="1", pdf="1")
        assert opened(carla, card)["mail"] == SECRETS["mail"]
        address = link(carla, card)
        assert carla.get(address).text.encode() == PDF
        # Sealed even while it hangs: what is written down is nowhere to be read.
        canaries = (*SECRETS.values(), "canary-in-the-pdf", "canary-available", "Mikrosystem")
        assert [words for words in canaries if holding(server, words)] == []

        post(elif_, "/me/cv/withdraw", to="sellmoor")
        post(elif_, "/me/cv/erase")

        assert [words for words in canaries if holding(server, words)] == []
        assert not list(server.data.rglob("elif.cv"))
        assert [path.name for path in (server.data / "files").iterdir()] == []
        assert carla.get(f"/board/cards/{card}").status == 410
        assert carla.get(f"/board/cards/{card}.json").status == 410
        assert carla.get(address).status == 410
        assert elif_.get("/me/cv.pdf").status == 404
        assert "canary" not in elif_.get("/me/cv").text
