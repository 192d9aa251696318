"""Offers over plain HTTP: written by a company, read by everybody, and gone when they are gone."""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from rooms.jobs import Job
from schedule.items import Booth, Gathering, Package
from server.postings import posting
from tests.running import Running, running, tonight
from tests.server.visitor import Answer, Visitor

PROGRAMME = Path(__file__).parents[1] / "browser" / "fair.toml"
OFFER = {
    "title": "Abschlussarbeit: Blasenfreies Dosieren",
    "kind": "thesis",
    "place": "Sankt Auwald",
    "remote": "partly",
    "starts": "ab sofort, 6 Monate",
    "degree": "Master Mechatronik",
    "topics": "Mikrofluidik, Messtechnik",
    "contact": "Carla Donati, jobs@sellmoor.example",
    "link": "https://sellmoor.example/dosieren",
    "text": "Sie bauen </script><b>einen</b> Versuchsstand.\n\n– Messen\n– Rechnen",
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("board")
    with running(folder, tonight(PROGRAMME, folder)) as started:
        yield started


@pytest.fixture(scope="module")
def carla(server: Running) -> Visitor:
    return Visitor(server).sign_in("carla")


@pytest.fixture(scope="module")
def elif_(server: Running) -> Visitor:
    return Visitor(server).sign_in("elif")


@pytest.fixture
def stranger(server: Running) -> Visitor:
    return Visitor(server)


def send(visitor: Visitor, path: str, page: str, **form: str) -> Answer:
    """Send a form of a page, in English."""
    return visitor.post(path, {"csrf": visitor.token(page), **form}, accept_language="en")


def pin(carla: Visitor, **change: str) -> str:
    """Carla pins an offer; its page."""
    until = re.search(r'name="until"[^>]* value="([^"]+)"', carla.get("/board/new").text)
    assert until is not None
    answer = send(carla, "/board/new", "/board/new", **(OFFER | {"until": until[1]} | change))
    assert answer.status == 303, answer.text
    return answer.headers["location"].partition("?")[0]


def linked_data(page: str) -> dict[str, Any]:
    """What a page says to machines."""
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_everybody_reads_an_offer_without_signing_in(carla: Visitor, stranger: Visitor) -> None:
    path = pin(carla)
    answer = stranger.get(path, accept_language="de")

    assert answer.status == 200
    text = unescape(answer.text)
    for said in (OFFER["title"], OFFER["contact"], "Sankt Auwald, zum Teil ortsunabhängig"):
        assert said in text
    assert 'href="/booths/sellmoor"' in answer.text
    assert "<b>einen</b>" not in answer.text
    assert 'action="/jobs/' not in answer.text  # nothing a stranger could do


def test_an_offer_is_a_valid_job_posting(carla: Visitor, stranger: Visitor) -> None:
    path = pin(carla)
    said = linked_data(stranger.get(path).text)

    assert said["@context"] == "https://schema.org/"
    assert said["@type"] == "JobPosting"
    assert said["title"] == OFFER["title"]
    assert said["hiringOrganization"] == {"@type": "Organization", "name": "Sellmoor Photonik"}
    assert said["jobLocation"]["address"] == {
        "@type": "PostalAddress",
        "addressLocality": "Sankt Auwald",
        "addressCountry": "DE",
    }
    assert said["employmentType"] == "OTHER"
    assert "jobLocationType" not in said
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:]+Z", said["datePosted"])
    assert said["datePosted"] < said["validThrough"]
    assert said["url"].endswith(path)
    assert said["description"] == (
        "<p>Sie bauen &lt;/script&gt;&lt;b&gt;einen&lt;/b&gt; Versuchsstand.</p>"
        "<p>– Messen<br>– Rechnen</p>"
    )


def test_work_from_anywhere_says_so_to_machines() -> None:
    booth = Booth("sellmoor", "Sellmoor Photonik", 1, Package("gold", "Gold"))
    gathering = Gathering("tti", "Talente", "Europe/Berlin", ("de",), 0, 1, (), ())
    job = Job(
        title="Entwicklung", kind="job", valid_until=86_400.0, remote="yes",
        id="j1", booth="sellmoor", by="carla", at=0.0, edited_at=0.0,
    )  # fmt: skip
    said = posting(job, booth, gathering, "https://foyer.example/jobs/j1")

    assert said["jobLocationType"] == "TELECOMMUTE"
    assert said["applicantLocationRequirements"] == {"@type": "Country", "name": "DE"}
    assert "jobLocation" not in said
    assert said["employmentType"] == "FULL_TIME"
    assert said["description"] == "<p>Entwicklung</p>"  # never empty
    assert (said["datePosted"], said["validThrough"]) == (
        "1970-01-01T00:00:00Z", "1970-01-02T00:00:00Z",
    )  # fmt: skip


def test_what_is_taken_down_is_gone_for_everybody(carla: Visitor, stranger: Visitor) -> None:
    path = pin(carla)
    assert send(carla, f"{path}/take-down", path).status == 303

    for page in (path, f"{path}/card"):
        answer = stranger.get(page)
        assert answer.status == 410
        assert "ld+json" not in answer.text
    assert stranger.get("/jobs/j9999").status == 404
    assert stranger.get("/jobs/nothing").status == 404


def test_a_pasted_text_fills_the_form_and_pins_nothing(carla: Visitor) -> None:
    before = carla.get("/board").text.count('class="pin"')
    text = "Werkstudium Qualitätssicherung (m/w/d)\nOrt: Rautenfeld\nUmfang: 16 Stunden pro Woche"
    answer = send(carla, "/board/paste", "/board/new", pasted=text)

    assert answer.status == 200
    assert 'value="Werkstudium Qualitätssicherung"' in unescape(answer.text)
    assert 'value="Rautenfeld"' in answer.text
    assert '<option value="working-student" selected>' in answer.text
    assert carla.get("/board").text.count('class="pin"') == before


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": ""}, "An offer needs a title."),
        ({"kind": ""}, "choose what kind of work"),
        ({"until": "soon"}, "choose until when"),
        ({"until": "2020-01-01"}, "This day is over."),
        ({"link": "javascript:alert(1)"}, "A link begins with https://."),
        ({"topics": ", ".join(f"Thema {n}" for n in range(13))}, "name 12 topics at most"),
        ({"topics": "x" * 41}, "too long for a topic"),
        ({"place": "x" * 121}, "One of the lines is too long."),
        ({"text": "x" * 6001}, "The text is too long."),
    ],
)
def test_what_cannot_hang_stays_in_the_form(
    carla: Visitor, wrong: dict[str, str], sentence: str
) -> None:
    until = {"until": "2099-01-01"} if "until" not in wrong else {}
    answer = send(carla, "/board/new", "/board/new", **(OFFER | until | wrong))

    assert answer.status == 422
    assert sentence in unescape(answer.text)
    if "title" not in wrong:
        assert f'value="{OFFER["title"]}"' in unescape(answer.text)


def test_an_offer_is_changed_by_its_company_alone(
    server: Running, carla: Visitor, elif_: Visitor
) -> None:
    path = pin(carla)
    wenzel = Visitor(server).sign_in("wenzel")
    for other in (elif_, wenzel):
        assert other.get(f"{path}/edit").status == 403
    form = {"until": "2099-01-01"}
    refused = send(carla, f"{path}/edit", f"{path}/edit", **(OFFER | form))
    assert refused.status == 422  # for a year at most

    until = re.search(r'name="until"[^>]* value="([^"]+)"', carla.get(f"{path}/edit").text)
    assert until is not None
    changed = OFFER | {"title": "Abschlussarbeit Ventile", "until": until[1]}
    assert send(carla, f"{path}/edit", f"{path}/edit", **changed).status == 303
    assert "Abschlussarbeit Ventile" in Visitor(server).get(path).text


def test_only_companies_pin(elif_: Visitor, stranger: Visitor) -> None:
    assert elif_.get("/board/new").status == 403
    assert stranger.get("/board/new").status == 303
    assert stranger.get("/board").status == 303
    assert stranger.get("/wall").status == 303
    assert stranger.get("/wall.pdf").status == 303


def test_a_bookmark_narrows_the_board(carla: Visitor, elif_: Visitor) -> None:
    path, other = pin(carla, title="Gemerkt"), pin(carla, title="Vergessen")
    assert send(elif_, f"{path}/bookmark", path, on="on").status == 303

    page = elif_.get("/board?marked=1").text
    assert f'href="{path}"' in page
    assert f'href="{other}"' not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=sellmoor+dosieren", True),
        ("q=dosieren+kernbach", False),
        ("topic=mikrofluidik", True),
        ("topic=Optik", False),
        ("place=Sankt+Auwald&remote=partly", True),
        ("remote=yes", False),
        ("degree=master", True),
        ("degree=doctorate", False),
        ("kind=jobs", True),
        ("kind=cards", False),
    ],
)
def test_the_board_is_narrowed_down_without_javascript(
    carla: Visitor, elif_: Visitor, query: str, found: bool
) -> None:
    path = pin(carla)
    assert (f'href="{path}"' in elif_.get(f"/board?{query}").text) is found
    send(carla, f"{path}/take-down", path)


def test_the_card_to_print_has_the_way_to_its_page(carla: Visitor, stranger: Visitor) -> None:
    path = pin(carla)
    page = stranger.get(f"{path}/card").text

    assert 'class="qr"' in page
    assert f"{path}</p>" in page
    assert "/static/css/card.css" in page
    send(carla, f"{path}/take-down", path)


def test_the_wall_is_printed(server: Running, carla: Visitor, elif_: Visitor) -> None:
    path = pin(carla, title="Promotionsstelle Optische Kohärenz")
    data = fetch(elif_, "/wall.pdf?q=Koh%C3%A4renz")
    document = pypdfium2.PdfDocument(data)
    try:
        text = document[0].get_textpage().get_text_bounded()
        size = tuple(round(side / 72 * 25.4) for side in document[0].get_size())
    finally:
        document.close()

    assert size == (420, 297)
    assert "Promotionsstelle" in text
    assert OFFER["title"] not in text
    send(carla, f"{path}/take-down", path)


def fetch(visitor: Visitor, path: str) -> bytes:
    """A file, as it is."""
    request = urllib.request.Request(
        f"{visitor.server.url}{path}", headers={"cookie": visitor.cookie}
    )
    with urllib.request.urlopen(request) as answer:
        assert answer.headers["content-type"] == "application/pdf"
        data: bytes = answer.read()
    return data
