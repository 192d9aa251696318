"""Contacts over plain HTTP: who sees what, until when, and what is left in the files after."""

from __future__ import annotations

import html
import json
import secrets
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection

from tests.running import Running, running, tonight
from tests.server.conftest import PROGRAMME
from tests.server.visitor import Answer, Visitor, do, hear, hear_that, say

MAIL = "canary.elif@breisenau.example"
JSON = {"accept": "application/json"}


@pytest.fixture
def untouched(tmp_path: Path) -> Iterator[Running]:
    """A server of its own, to look into its files."""
    with running(tmp_path, tonight(PROGRAMME, tmp_path)) as started:
        yield started


def signed_in(server: Running, person: str) -> Visitor:
    return Visitor(server).sign_in(person)


def post(visitor: Visitor, path: str, **form: str) -> Answer:
    return visitor.post(path, {"csrf": visitor.token("/contacts"), **form})


def ask(visitor: Visitor, path: str, **form: str) -> Answer:
    """As one of our modules asks: with JSON for an answer."""
    return visitor.post(path, form, **{"x-csrf": visitor.token("/contacts")}, **JSON)


def page(visitor: Visitor) -> str:
    return html.unescape(visitor.get("/contacts").text)


def swap(visitor: Visitor, person: str) -> Any:
    return json.loads(visitor.get(f"/contacts/{person}/swap.json").text)


def holding(server: Running, words: str) -> list[str]:
    """The files in which these words can be read: database, write-ahead log, logs, all."""
    files = [path for path in server.data.rglob("*") if path.is_file()]
    return [path.name for path in files if words.encode() in path.read_bytes()]


@asynccontextmanager
async def lounge(*visitors: Visitor) -> AsyncIterator[list[ClientConnection]]:
    """These people have the lounge open."""
    async with AsyncExitStack() as stack:
        lines = [await stack.enter_async_context(each.live()) for each in visitors]
        for line in lines:
            await hear(line, "welcome")
            await say(line, "join", room="lounge")
            await hear(line, "snapshot")
        yield lines


async def meet(one: Visitor, other: Visitor) -> None:
    """Both sit down at one table, and get up again."""
    async with lounge(one, other) as (first, second):
        topic = {"type": "tables.open", "topic": "Mikrofluidik"}
        await say(first, "do", op=secrets.token_hex(8), room="lounge", command=topic)
        table = (await told(first, "tables.opened"))["table"]["id"]
        sit = {"type": "tables.sit", "table": table}
        await say(second, "do", op=secrets.token_hex(8), room="lounge", command=sit)
        await told(second, "acquaintance.met")
        for line in (first, second):
            await do(line, "lounge", "tables.get-up", table=table)


async def told(line: ClientConnection, type_: str) -> Any:
    frame = await hear_that(
        line, lambda each: each["type"] == "told" and each["event"]["type"] == type_
    )
    return frame["event"]


async def swapped(server: Running) -> tuple[Visitor, Visitor]:
    """Elif and Carla, who swapped mail addresses; what was before is taken back."""
    elif_, carla = signed_in(server, "elif"), signed_in(server, "carla")
    if "Carla Donati" not in page(elif_):
        await meet(elif_, carla)
    for each in (elif_, carla):
        post(each, "/contacts/erase")
    assert post(elif_, "/contacts/card", mail=MAIL, phone="0761 5550").status == 303
    assert post(carla, "/contacts/card", mail="carla@sellmoor.example").status == 303
    assert post(elif_, "/contacts/carla/offer", mail="1").status == 303
    assert post(carla, "/contacts/elif/offer", mail="1").status == 303
    return elif_, carla


async def test_contacts_appear_when_both_agreed_and_only_what_each_chose(server: Running) -> None:
    jonas, carla = signed_in(server, "jonas"), signed_in(server, "carla")
    await meet(jonas, carla)
    post(jonas, "/contacts/card", mail=MAIL, phone="0761 5550")

    post(jonas, "/contacts/carla/offer", mail="1")
    assert "Möchten mit Ihnen tauschen" in page(carla)
    assert MAIL not in page(carla)
    assert swap(carla, "jonas")["theirs"] is None
    assert carla.get("/contacts/jonas.vcf").status == 404

    post(carla, "/contacts/jonas/offer")
    assert MAIL in page(carla)
    assert "0761 5550" not in page(carla)
    assert swap(carla, "jonas")["theirs"] == {"mail": MAIL, "phone": "", "card": ""}
    card = carla.get("/contacts/jonas.vcf")
    assert f"EMAIL;TYPE=INTERNET:{MAIL}" in card.text
    assert card.headers["content-type"] == "text/vcard; charset=utf-8"
    assert card.headers["cache-control"] == "no-store"
    assert MAIL in carla.get("/contacts.vcf").text
    assert MAIL in carla.get("/contacts.csv").text


async def test_what_is_withdrawn_is_gone_at_once_from_pages_links_and_files(
    server: Running,
) -> None:
    elif_, carla = await swapped(server)
    assert MAIL in carla.get("/contacts/elif.vcf").text

    assert post(elif_, "/contacts/carla/withdraw").status == 303

    assert carla.get("/contacts/elif.vcf").status == 410
    assert swap(carla, "elif")["theirs"] is None
    for path in ("/contacts", "/contacts.vcf", "/contacts.csv"):
        assert MAIL not in carla.get(path).text
    assert elif_.get("/contacts/carla.vcf").status == 410  # a swap has two sides


async def test_after_erasing_no_file_of_the_house_holds_the_address(
    untouched: Running,
) -> None:
    server = untouched
    elif_, carla = await swapped(server)
    post(carla, "/contacts/elif/note", text=f"Ask {MAIL} for the thesis", stars="5")
    assert len(list((server.data / "keys").iterdir())) == 3
    assert holding(server, MAIL) == []  # it is nowhere in the clear, not even before
    assert holding(server, "contacts.offered") != []

    assert post(elif_, "/contacts/erase").status == 303
    assert post(carla, "/contacts/erase").status == 303

    assert carla.get("/contacts/elif.vcf").status == 410
    assert list((server.data / "keys").iterdir()) == []
    assert holding(server, MAIL) == []
    server.stop()
    assert holding(server, MAIL) == []


async def test_a_withdrawal_is_told_to_the_page_of_the_other(server: Running) -> None:
    elif_, carla = await swapped(server)

    async with lounge(carla) as (line,):
        post(elif_, "/contacts/carla/withdraw")
        event = await told(line, "contacts.withdrawn")

    assert (event["by"], event["to"]) == ("elif", "carla")


async def test_notes_and_stars_are_ones_own_alone(server: Running) -> None:
    elif_, carla = await swapped(server)
    jonas = signed_in(server, "jonas")

    assert ask(elif_, "/contacts/carla/note", text="Optik, =Praktikum", stars="4").status == 204
    assert swap(elif_, "carla")["note"] == {"text": "Optik, =Praktikum", "stars": 4}
    assert "Optik, =Praktikum" in page(elif_)
    for other in (carla, jonas):
        assert "Optik, =Praktikum" not in page(other)
        assert swap(other, "elif")["note"] == {"text": "", "stars": 0}
    assert swap(jonas, "carla")["note"] == {"text": "", "stars": 0}
    assert "Optik, =Praktikum" in elif_.get("/contacts.csv").text
    assert "Praktikum" not in elif_.get("/contacts.vcf").text


async def test_blocking_hides_contacts_both_ways(server: Running) -> None:
    elif_, carla = await swapped(server)

    assert post(elif_, "/contacts/carla/block").status == 303

    for one, other in ((carla, "elif"), (elif_, "carla")):
        assert f'data-person="{other}"' not in one.get("/people").text
    assert carla.get("/contacts/elif.vcf").status == 410
    assert MAIL not in page(carla)
    assert "Sie möchten tauschen." in page(carla)  # as after any withdrawal
    assert swap(carla, "elif")["theirs"] is None
    assert "Nicht mehr blockieren" not in page(carla)
    assert elif_.get("/contacts/carla.vcf").status == 410
    assert "Nicht mehr blockieren" in page(elif_)
    assert post(elif_, "/contacts/carla/unblock").status == 303
    assert 'data-person="elif"' in carla.get("/people").text
    assert "Nicht mehr blockieren" not in page(elif_)
    assert carla.get("/contacts/elif.vcf").status == 410  # both would have to agree anew


async def test_a_report_reaches_the_desk(server: Running) -> None:
    elif_, miriam = signed_in(server, "elif"), signed_in(server, "miriam")

    async with lounge(miriam) as (line,):
        assert post(elif_, "/contacts/carla/report").status == 303
        event = await told(line, "safety.reported")

    assert (event["by"], event["person"], event["where"]) == ("elif", "carla", "people")


async def test_strangers_swap_nothing(server: Running) -> None:
    hanna = signed_in(server, "hanna")

    assert post(hanna, "/contacts/carla/offer", mail="1").status == 409
    refused = ask(hanna, "/contacts/carla/offer")
    assert refused.status == 422
    assert "Kontakte tauschen Sie mit Menschen" in json.loads(refused.text)["sentence"]
    assert hanna.get("/contacts/carla.vcf").status == 404
    assert hanna.get("/contacts/nobody.vcf").status == 404
    assert hanna.get("/contacts/hanna/swap.json").status == 404
    assert post(hanna, "/contacts/nobody/note", text="x").status == 404


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("mail", "elif at breisenau"),
        ("mail", "elif@breisenau.example\r\nBcc: x@y.example"),
        ("mail", f"{'e' * 200}@breisenau.example"),
        ("phone", "call me"),
        ("phone", "12"),
        ("card", "x" * 501),
    ],
)
def test_what_nobody_could_use_is_not_kept(server: Running, field: str, wrong: str) -> None:
    hanna = signed_in(server, "hanna")

    refused = ask(hanna, "/contacts/card", **{field: wrong})
    assert refused.status == 422
    assert json.loads(refused.text)["sentence"].startswith("Bitte")
    assert swap(hanna, "carla")["mine"] == {"mail": "", "phone": "", "card": ""}


def test_fields_that_are_not_sent_stay_as_they_are(server: Running) -> None:
    hanna = signed_in(server, "hanna")
    ask(hanna, "/contacts/card", mail=MAIL, card="Master, Mikrofluidik")
    ask(hanna, "/contacts/card", phone="+49 761 5550")

    mine = swap(hanna, "carla")["mine"]
    assert mine == {"mail": MAIL, "phone": "+49 761 5550", "card": "Master, Mikrofluidik"}


def test_only_those_invited_come_near(server: Running) -> None:
    stranger = Visitor(server)
    for path in ("/contacts", "/contacts.vcf", "/contacts.csv", "/contacts/elif/swap.json"):
        assert stranger.get(path).headers["location"] == "/sign-in"
    assert stranger.post("/contacts/card", {"mail": MAIL}).status == 403
