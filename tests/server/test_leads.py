"""Leads over plain HTTP: only who agreed, with why and until when, and gone when taken back."""

from __future__ import annotations

import csv
import html
import io
import re
import secrets
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pytest

from tests.running import Running, running
from tests.server.companies import fairground
from tests.server.test_contacts import meet
from tests.server.test_letters import OTHERS, lying, post, signed_in
from tests.server.visitor import Visitor, do, hear, hear_that, say

MAIL = "lead.jonas@offental.example"
FILES = ("leads", "leads.csv", "leads.xlsx", "leads.vcf")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("leads")
    with running(folder, fairground(folder)) as started:
        yield started


def rows(visitor: Visitor) -> list[dict[str, str]]:
    answer = visitor.get("/booths/sellmoor/leads.csv")
    assert answer.status == 200
    text = answer.text.removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def by_basis(visitor: Visitor) -> dict[str, dict[str, str]]:
    return {row["Grundlage"]: row for row in rows(visitor)}


def text_of(visitor: Visitor, path: str) -> str:
    """All words of a page or file, a workbook's as well."""
    body = raw(visitor, path)
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            return book.read("xl/sharedStrings.xml").decode()
    return html.unescape(body.decode())


def raw(visitor: Visitor, path: str) -> bytes:
    asked = urllib.request.Request(visitor.server.url + path, headers={"Cookie": visitor.cookie})
    with urllib.request.urlopen(asked, timeout=30) as answer:
        found: bytes = answer.read()
    return found


def leave_card(visitor: Visitor, **form: str) -> None:
    assert post(visitor, "/booths/sellmoor/card", **form).status == 204


async def offer(visitor: Visitor) -> str:
    """Pin a job for the visitor's own booth; its id."""
    async with visitor.live() as line:
        await say(line, "join", room="fair", epoch=0, seq=-1)
        await hear(line, "snapshot")
        job = {"title": "Strahlteiler", "kind": "thesis", "validUntil": time.time() + 86_400}
        command = {"type": "job.pin", "booth": "sellmoor", "offer": job}
        await say(line, "do", op=secrets.token_hex(8), room="fair", command=command)
        told = await hear_that(
            line, lambda each: each["type"] == "told" and each["event"]["type"] == "job.pinned"
        )
        found: str = told["event"]["job"]["id"]
        return found


def test_a_card_left_at_the_booth_is_a_lead_until_it_is_taken_back(server: Running) -> None:
    jonas, carla = signed_in(server, "jonas"), signed_in(server, "carla")
    leave_card(jonas, mail=MAIL, show_mail="1", phone="0761 5550")

    row = by_basis(carla)["Hat die Karte am Stand gelassen"]
    assert (row["Name"], row["E-Mail-Adresse"]) == ("Jonas Brandt-Okafor", MAIL)
    assert row["Telefonnummer"] == ""  # not ticked
    days = [row["Zugestimmt am"], row["Nutzbar bis"]]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", day) for day in days)
    assert days[0] < days[1]
    for path in FILES:
        assert MAIL in text_of(carla, f"/booths/sellmoor/{path}"), path

    assert post(jonas, "/booths/sellmoor/card/take-back").status == 204
    for path in FILES:
        assert MAIL not in text_of(carla, f"/booths/sellmoor/{path}"), path


def test_nobody_but_the_companys_own_people_gets_any_of_it(server: Running) -> None:
    jonas = signed_in(server, "jonas")
    leave_card(jonas, mail=MAIL, show_mail="1")
    for name in OTHERS:
        other = signed_in(server, name)
        for path in (*FILES, "report", "report.pdf"):
            assert other.get(f"/booths/sellmoor/{path}").status == 403, (name, path)
    nobody = Visitor(server)
    for path in FILES:
        assert nobody.get(f"/booths/sellmoor/{path}").status == 303
    tim = signed_in(server, "tim")
    assert MAIL not in text_of(tim, "/booths/auwald/leads.csv")
    assert tim.get("/booths/nowhere/leads").status == 404


async def test_swapped_contacts_are_the_companys_while_both_agree(server: Running) -> None:
    elif_, carla, nora = (signed_in(server, name) for name in ("elif", "carla", "nora"))
    await meet(elif_, carla)
    assert post(elif_, "/contacts/card", mail="elif@breisenau.example").status == 204
    assert post(elif_, "/contacts/carla/offer", mail="1").status == 204
    why = "Hat mit Carla Donati Kontakte getauscht"
    assert why not in by_basis(nora)

    assert post(carla, "/contacts/elif/offer").status == 204
    assert by_basis(nora)[why]["E-Mail-Adresse"] == "elif@breisenau.example"

    assert post(elif_, "/contacts/carla/withdraw").status == 204
    assert why not in by_basis(nora)


async def test_a_pinned_card_is_answered_and_a_lead_and_its_owner_learns_who_looked(
    server: Running,
) -> None:
    elif_, carla = signed_in(server, "elif"), signed_in(server, "carla")
    job = await offer(carla)
    written = post(
        elif_, "/me/cv", degree="Master", field="Optik", mail="cv.elif@breisenau.example"
    )
    assert written.status == 204, written
    async with elif_.live() as line:
        await say(line, "join", room="fair", epoch=0, seq=-1)
        await hear(line, "snapshot")
        until = time.time() + 86_400
        await do(line, "fair", "pin.put", job=job, until=until, what=["contact"])
        item = next(each for each in lying(carla) if each["kind"] == "pin")
        assert (item["name"], item["person"], item["organisation"]) == ("", None, "Master, Optik")
        there = f"/booths/sellmoor/inbox/{item['id']}"
        assert post(carla, f"{there}/hand", to="nora").status == 204
        assert post(carla, f"{there}/pin", state="invited").status == 204
        assert post(carla, f"{there}/pin", state="hired").status == 400
        item = next(each for each in lying(carla) if each["kind"] == "pin")
        assert (item["state"], item["ownerName"], item["done"]) == (
            "invited",
            "Nora Feldkamp",
            True,
        )

        row = by_basis(carla)["Hat die Lebenslaufkarte an „Strahlteiler“ geheftet"]
        assert (row["Name"], row["E-Mail-Adresse"]) == ("Elif Yıldız", "cv.elif@breisenau.example")
        looked = await hear_that(
            line, lambda each: each["type"] == "told" and each["event"]["type"] == "cv.looked"
        )
        assert looked["event"]["look"]["by"] == "carla"

        await do(line, "fair", "pin.withdraw", job=job)
    for path in FILES:
        assert "cv.elif" not in text_of(carla, f"/booths/sellmoor/{path}")


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t=", "\r="])
def test_no_cell_of_an_export_begins_a_formula(server: Running, sign: str) -> None:
    konrad, carla = signed_in(server, "konrad"), signed_in(server, "carla")
    leave_card(konrad, card=f"x{sign}", show_card="1")
    note = f"{sign}HYPERLINK(1)"
    assert post(carla, "/booths/sellmoor/visitors/konrad/note", text=f"{note};{note}").status == 204
    hostile = f"{sign}cmd|' /C calc'!A0"
    assert post(konrad, "/contacts/card", card=hostile).status == 204

    for row in rows(carla):
        for cell in row.values():
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")), row
            assert not re.search(r"[;,|\t]\s*[=+@-]", cell), row
    sheet = raw(carla, "/booths/sellmoor/leads.xlsx")
    with zipfile.ZipFile(io.BytesIO(sheet)) as book:
        assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode()


def report(visitor: Visitor) -> str:
    return html.unescape(visitor.get("/booths/sellmoor/report").text)


def test_the_report_counts_everybody_once_and_names_nobody(server: Running) -> None:
    ines, carla = signed_in(server, "ines"), signed_in(server, "carla")
    for visitor in (ines, ines, carla):  # who stands at the booth is no visitor of it
        assert visitor.get("/booths/sellmoor").status == 200
    within = time.monotonic() + 15
    while "<b>1</b> <span>Besuch</span>" not in report(carla):
        assert time.monotonic() < within
        time.sleep(0.1)
    assert post(ines, "/booths/sellmoor/letters", text="Wie viele sind Sie?").status == 204
    page = report(carla)
    assert "Bericht für Sellmoor Photonik" in page
    assert re.search(r"<b>1</b> <span>Brief</span>", page)
    assert "1 eingegangen" in page
    assert "Ines" not in page.split("<main")[1]


def test_the_report_on_paper_says_the_same(server: Running) -> None:
    carla = signed_in(server, "carla")
    body = raw(carla, "/booths/sellmoor/report.pdf")
    with pypdfium2.PdfDocument(body) as paper:
        assert len(paper) == 1
        words: Any = paper[0].get_textpage().get_text_range()
    assert "Bericht für Sellmoor Photonik" in words
    assert "Angebote an der Pinnwand" in words
    assert "Elif" not in words
