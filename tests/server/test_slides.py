"""Slides over HTTP: who may bring them, who sees them, what becomes of old ones."""

from __future__ import annotations

import http.client
import json
import re
from typing import Any
from urllib.parse import quote, urlsplit

import pytest

from tests.running import Running
from tests.server import decks
from tests.server.visitor import WITHIN, Visitor, hear, say


def token(visitor: Visitor) -> str:
    """What the page's modules send with what they upload."""
    page = visitor.get("/stage/gross/green-room").text
    found = re.search(r'"csrf":\s*"([^"]+)"', page)
    assert found is not None
    return found[1]


def send(
    visitor: Visitor, method: str, path: str, body: bytes | None = None, **headers: str
) -> tuple[int, dict[str, Any]]:
    """One request as a page's module makes it."""
    connection = http.client.HTTPConnection("127.0.0.1", visitor.server.port, timeout=WITHIN * 2)
    given = {
        "host": urlsplit(visitor.server.url).netloc,
        "cookie": visitor.cookie,
        "origin": visitor.server.url,
        "x-csrf": token(visitor),
        "content-type": "application/pdf",
        "accept-language": "en",
    } | {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        connection.request(method, path, body, given)
        answer = connection.getresponse()
        text = answer.read()
    finally:
        connection.close()
    kind = answer.headers.get("content-type", "")
    return answer.status, json.loads(text) if kind.startswith("application/json") else {}


def bring(visitor: Visitor, item: str, body: bytes, name: str = "Blut.pdf") -> dict[str, Any]:
    status, answer = send(visitor, "POST", f"/slides/{item}", body, x_file_name=quote(name))
    assert status == 201, answer
    return answer


async def shown(visitor: Visitor) -> dict[str, Any]:
    """The slides of the large stage as this visitor may see them."""
    async with visitor.live() as line:
        await say(line, "join", room="stage-gross")
        snapshot = await hear(line, "snapshot")
    slides: dict[str, Any] = snapshot["shown"]["slides"]
    return slides


async def test_whoever_is_on_brings_slides_and_others_see_nothing_of_them_yet(
    server: Running,
) -> None:
    elif_, konrad = (Visitor(server).sign_in(each) for each in ("elif", "konrad"))

    answer = bring(elif_, "blood", decks.deck("One", "Two"), "Blut & Tränen.pdf")

    mine = (await shown(elif_))["decks"]["blood"]
    assert (mine["id"], mine["name"], mine["pages"]) == (answer["deck"], "Blut & Tränen.pdf", 2)
    assert await shown(konrad) == {"live": None, "decks": {}}


async def test_a_page_is_for_the_people_of_the_gathering_and_kept_for_ever(
    server: Running,
) -> None:
    elif_, konrad = (Visitor(server).sign_in(each) for each in ("elif", "konrad"))
    deck = bring(elif_, "blood", decks.deck("One"))["deck"]

    status, _ = send(konrad, "GET", f"/slides/{deck}/1-small.webp")
    words = konrad.get(f"/slides/{deck}/words.json")

    assert status == 200
    assert (words.text, words.headers["cache-control"]) == (
        '["One"]',
        "private, max-age=31536000, immutable",
    )
    assert Visitor(server).get(f"/slides/{deck}/1.webp").status == 401
    assert konrad.get(f"/slides/{deck}/2.webp").status == 404
    assert konrad.get(f"/slides/{deck}/..%2Ffoyer.db").status == 404
    assert konrad.get("/slides/..%2F..%2Fsecret/1.webp").status == 404


async def test_a_new_deck_replaces_the_old_one_and_its_pictures(server: Running) -> None:
    elif_ = Visitor(server).sign_in("elif")
    old = bring(elif_, "blood", decks.deck("Old"))["deck"]

    new = bring(elif_, "blood", decks.deck("New", "Newer"))["deck"]

    assert (await shown(elif_))["decks"]["blood"]["id"] == new
    assert elif_.get(f"/slides/{old}/words.json").status == 404
    assert elif_.get(f"/slides/{new}/words.json").text == '["New","Newer"]'


async def test_the_desk_brings_slides_for_anybody_and_takes_them_away(server: Running) -> None:
    miriam = Visitor(server).sign_in("miriam")
    deck = bring(miriam, "firm", decks.deck("One"))["deck"]

    assert send(miriam, "DELETE", "/slides/firm")[0] == 204

    assert "firm" not in (await shown(miriam))["decks"]
    assert miriam.get(f"/slides/{deck}/words.json").status == 404


def test_nobody_brings_slides_for_others(server: Running) -> None:
    konrad = Visitor(server).sign_in("konrad")

    status, answer = send(konrad, "POST", "/slides/hand", decks.deck("Mine"))

    assert (status, answer["sentence"]) == (
        422,
        "Slides are laid ready by those whose pitch it is, or by the desk.",
    )
    assert send(konrad, "DELETE", "/slides/hand")[0] == 422
    assert send(konrad, "POST", "/slides/nothing", b"")[0] == 404


def test_a_refusal_is_in_the_readers_language(server: Running) -> None:
    jonas = Visitor(server).sign_in("jonas")

    status, answer = send(jonas, "POST", "/slides/hand", b"Hello", accept_language="de")

    assert status == 422
    assert answer["sentence"].startswith("Das ist kein PDF.")


@pytest.mark.parametrize("header", [{"x_csrf": "wrong"}, {"origin": "https://elsewhere.example"}])
def test_no_other_page_brings_slides(server: Running, header: dict[str, str]) -> None:
    jonas = Visitor(server).sign_in("jonas")

    assert send(jonas, "POST", "/slides/hand", decks.deck("Theirs"), **header)[0] == 403


def test_what_is_too_large_is_refused_while_it_arrives(server: Running) -> None:
    jonas = Visitor(server).sign_in("jonas")

    status, answer = send(jonas, "POST", "/slides/hand", b"%PDF-" + bytes(26 << 20))

    assert status == 422
    assert "25 MB" in answer["sentence"]
