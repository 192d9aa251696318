"""The exhibition over HTTP: who hangs what, who reads whom, and how quick eighty works are."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Iterator
from statistics import median
from typing import Any
from urllib.parse import quote

import pytest

from tests.running import Running, running, tonight
from tests.server import decks, works
from tests.server.test_slides import send
from tests.server.visitor import Visitor, do, hear_that, say

PAGES = 80  # works of a large gathering
SECONDS = 0.1  # of server time for the gallery of all of them
KILOBYTES = 150  # of its first view, compressed


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A house with an exhibition of eighty works; the first is Elif's."""
    folder = tmp_path_factory.mktemp("works")
    with running(folder, tonight(works.evening(folder, PAGES), folder)) as started:
        yield started


def english(server: Running, person: str) -> Visitor:
    visitor = Visitor(server).sign_in(person)
    visitor.cookies["lang"] = "en"
    return visitor


def hang(visitor: Visitor, what: str, body: bytes, name: str = "Blatt.pdf") -> str:
    status, answer = send(visitor, "POST", f"/works/w1/{what}", body, x_file_name=quote(name))
    assert status == 201, answer
    return str(answer["hanging"])


def form(visitor: Visitor, deed: str, **fields: str) -> int:
    token = visitor.token("/exhibition/w1")
    return visitor.post(f"/exhibition/w1/{deed}", {"csrf": token, **fields}).status


def folders(server: Running) -> set[str]:
    return {path.name.partition(".")[0] for path in (server.data / "files").glob("*.work")}


def test_an_author_hangs_a_poster_and_everybody_sees_its_pages(server: Running) -> None:
    elif_, konrad = english(server, "elif"), english(server, "konrad")
    first = hang(elif_, "poster", decks.deck("One", "Two"))
    assert send(konrad, "GET", f"/works/{first}/2.webp")[0] == 200
    assert send(konrad, "GET", f"/works/{first}/1-small.webp")[0] == 200
    assert Visitor(server).get(f"/works/{first}/1.webp").status == 401
    page = konrad.get("/exhibition/w1").text
    assert f"/works/{first}/2.webp" in page
    assert f"/works/{first}/1-small.webp" in konrad.get("/exhibition").text

    second = hang(elif_, "poster", decks.deck("Three"))
    assert send(konrad, "GET", f"/works/{first}/1.webp")[0] == 404
    assert folders(server) == {second}


def test_a_poster_goes_out_as_a_file_and_never_as_a_page(server: Running) -> None:
    elif_, konrad = english(server, "elif"), english(server, "konrad")
    hang(elif_, "poster", decks.deck("One"))
    answer = konrad.get("/exhibition/w1/poster.pdf")
    assert answer.headers["content-disposition"] == 'attachment; filename="w1.pdf"'
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.text.startswith("%PDF-")
    assert konrad.get("/exhibition/w2/poster.pdf").status == 404


def test_pictures_lose_what_the_camera_wrote_beside_them(server: Running) -> None:
    elif_ = english(server, "elif")
    picture = hang(elif_, "picture", works.picture(2400, 1800), "küche.jpg")
    kept = server.data / "files" / f"{picture}.work"
    assert {path.name for path in kept.iterdir()} == {"1.webp", "1-small.webp"}
    assert all(b"taken at home" not in path.read_bytes() for path in kept.iterdir())
    assert (kept / "1-small.webp").stat().st_size < 40_000
    assert form(elif_, "caption", hanging=picture, text="Der Aufbau in der Küche") == 303
    assert 'alt="Der Aufbau in der Küche"' in elif_.get("/exhibition/w1").text
    assert send(elif_, "DELETE", f"/works/w1/{picture}")[0] == 204
    assert not kept.exists()


@pytest.mark.parametrize(
    ("what", "body", "sentence"),
    [
        ("poster", b"<html>", "This is not a PDF. Please save it as a PDF and try again."),
        ("poster", decks.deck(*"1234567"), "This PDF has 7 pages; at most 6 fit."),
        ("poster", decks.scripted("http://127.0.0.1:9/"), "This PDF contains a script."),
        ("picture", b"GIF89a not really", "This is not a picture that can be shown."),
        ("picture", works.picture()[:2000], "This file cannot be drawn."),
        ("clip", works.picture(), "There is no"),
    ],
)
def test_what_cannot_hang_is_refused_in_plain_words(
    server: Running, what: str, body: bytes, sentence: str
) -> None:
    before = folders(server)
    status, answer = send(english(server, "paul"), "POST", f"/works/w2/{what}", body)
    assert (status, sentence in answer["sentence"]) == (422, True), answer
    assert folders(server) == before


def test_only_authors_and_the_desk_hang_and_write(server: Running) -> None:
    konrad = english(server, "konrad")
    status, answer = send(konrad, "POST", "/works/w1/picture", works.picture())
    assert (status, answer["sentence"]) == (
        422,
        "Only those who made this work, and the desk, can hang something here.",
    )
    assert form(konrad, "describe", abstract="Meins") == 409
    assert "Set up this work" not in konrad.get("/exhibition/w1").text
    assert form(english(server, "miriam"), "describe", abstract="Ein Bach\r\nim Glas") == 303
    assert "Ein Bach\nim Glas" in konrad.get("/exhibition/w1").text
    assert send(konrad, "POST", "/works/gone/picture", works.picture())[0] == 404


async def test_a_thread_is_read_but_not_by_those_who_keep_apart(server: Running) -> None:
    elif_, konrad = english(server, "elif"), english(server, "konrad")
    async with elif_.live() as author, konrad.live() as guest:
        await joined(author)
        await joined(guest)
        await do(guest, "fair", "gallery.ask", work="w1", text="Wie viel Wasser?")
        stirred = await hear_that(author, lambda frame: told(frame, "gallery.stirred"))
        assert "Wasser" not in str(stirred)
        (question,) = questions(elif_)
        assert (question["text"], question["by"]) == ("Wie viel Wasser?", "konrad")
        answer = {"question": question["id"], "text": "Zwei Liter."}
        assert (await do(author, "fair", "gallery.answer", **answer))["type"] == "done"
        assert questions(konrad)[0]["replies"][0]["text"] == "Zwei Liter."

        await do(author, "lounge", "safety.block", person="konrad")
        assert questions(elif_) == []
        assert questions(konrad)[0]["replies"] == []
        assert "Zwei Liter." not in konrad.get("/exhibition/w1").text
        await do(author, "lounge", "safety.block", person="konrad", on=False)


async def test_until_the_vote_is_closed_nobody_learns_how_it_stands(server: Running) -> None:
    konrad, hanna, miriam = (english(server, each) for each in ("konrad", "hanna", "miriam"))
    async with konrad.live() as guest, hanna.live() as other, miriam.live() as desk:
        for line in (guest, other, desk):
            await joined(line)
        await told_by(desk, "ballot.open")
        refused = await told_by(guest, "ballot.close")
        own = await told_by(guest, "ballot.vote", choice="w2")
        assert refused == ["ballot.opened"]
        assert own == ["ballot.voted"]
        await told_by(other, "ballot.vote", choice="w2")
        assert await joined(guest) == {"stands": "open", "mine": "w2", "places": [], "votes": 0}
        assert await joined(desk) == {"stands": "open", "mine": None, "places": [], "votes": 0}
        assert "2 votes" not in miriam.get("/exhibition").text

        # The desk hears nothing of the votes but that they are over.
        assert await told_by(desk, "ballot.close") == ["ballot.closed"]
        places = [{"rank": 1, "choices": ["w2"], "votes": 2}]
        assert (await joined(desk))["places"] == places
    assert "2 votes" in hanna.get("/exhibition").text


async def test_without_javascript_one_asks_votes_and_says_a_word(server: Running) -> None:
    hanna, miriam = english(server, "hanna"), english(server, "miriam")
    async with miriam.live() as desk:
        await do(desk, "fair", "ballot.open", ballot="favourite")
    assert form(hanna, "ask", text="Hält das auch im Winter?") == 303
    assert form(hanna, "react", word="bravo") == 303
    assert form(hanna, "vote") == 303
    page = hanna.get("/exhibition/w1").text
    assert "Hält das auch im Winter?" in page
    assert "Your vote: <a" in page
    assert form(hanna, "react", word="nonsense") == 409
    assert form(hanna, "dance") == 404


def test_the_gallery_is_found_by_words_kind_and_topic(server: Running) -> None:
    konrad = english(server, "konrad")
    found = konrad.get("/exhibition?kind=exhibit&topic=photonik").text
    assert found.count('class="work"') == sum(
        number % 4 == 0 and 1 in (number % 5, (number + 2) % 5) for number in range(1, PAGES + 1)
    )
    assert konrad.get("/exhibition?q=nummer+17").text.count('class="work"') == 1
    assert "Nothing found" in konrad.get("/exhibition?q=einhorn").text
    assert konrad.get("/exhibition/nowhere").status == 404


def test_eighty_works_are_quick_and_small(server: Running) -> None:
    konrad = english(server, "konrad")
    page = konrad.get("/exhibition")
    took = []
    for _ in range(7):
        begun = time.perf_counter()
        konrad.get("/exhibition")
        took.append(time.perf_counter() - begun)
    assert page.text.count('class="work"') == PAGES
    assert page.text.count('loading="eager"') <= 3
    assert median(took) < SECONDS
    assert len(gzip.compress(page.text.encode())) < KILOBYTES * 1000


async def joined(line: Any) -> dict[str, Any]:
    """How the favourite stands, as the fair shows it."""
    await say(line, "join", room="fair")
    snapshot = await hear_that(
        line, lambda frame: frame["type"] == "snapshot" and frame["room"] == "fair"
    )
    favourite: dict[str, Any] = snapshot["shown"]["gallery"]["favourite"]
    return favourite


async def told_by(line: Any, command: str, **fields: str) -> list[str]:
    """Which events of the vote one hears from here to a while after the command."""
    heard: list[str] = []

    def last(frame: dict[str, Any]) -> bool:
        if told(frame, "ballot."):
            heard.append(frame["event"]["type"])
        return frame["type"] == "pong"

    for_it = {"type": command, "ballot": "favourite", **fields}
    op = f"vote-{command[-4:]}-{fields.get('choice', 'none')}-{id(line)}"
    await say(line, "do", op=op, room="fair", command=for_it)

    def answered(frame: dict[str, Any]) -> bool:
        last(frame)
        return frame.get("op") == op

    await hear_that(line, answered)
    await say(line, "ping", sent=0.0)
    await hear_that(line, last)
    return heard


def told(frame: dict[str, Any], event: str) -> bool:
    return frame["type"] == "told" and str(frame["event"]["type"]).startswith(event)


def questions(visitor: Visitor) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(visitor.get("/exhibition/w1/thread.json").text)[
        "questions"
    ]
    return found
