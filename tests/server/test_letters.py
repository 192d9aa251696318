"""Letters and cards over plain HTTP: who reads what, who answers, and what is left in the files."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.running import Running, running
from tests.server.companies import fairground
from tests.server.visitor import Answer, Visitor, hear_that, say

CANARY = "canary-letter-4711"
JSON = {"accept": "application/json"}
OTHERS = ("jonas", "tim", "miriam", "paul", "konrad", "ines")
"A talent, another company's, the desk twice, a guest, a juror."


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("letters")
    with running(folder, fairground(folder)) as started:
        yield started


@pytest.fixture
def untouched(tmp_path: Path) -> Iterator[Running]:
    """A server of its own, to look into its files."""
    with running(tmp_path, fairground(tmp_path)) as started:
        yield started


def signed_in(server: Running, person: str) -> Visitor:
    return Visitor(server).sign_in(person)


def post(visitor: Visitor, path: str, **form: str) -> Answer:
    token = visitor.token("/contacts")
    return visitor.post(path, {name.replace("_", "-"): each for name, each in form.items()},
                        **{"x-csrf": token}, **JSON)  # fmt: skip


def lying(visitor: Visitor, booth: str = "sellmoor") -> list[Any]:
    found: list[Any] = json.loads(visitor.get(f"/booths/{booth}/inbox.json").text)
    return found


def own(visitor: Visitor) -> list[Any]:
    found: list[Any] = json.loads(visitor.get("/letters.json").text)
    return found


def page(visitor: Visitor, path: str) -> str:
    return html.unescape(visitor.get(path).text)


def holding(server: Running, words: str) -> list[str]:
    """The files in which these words can be read: database, write-ahead log, logs, all."""
    files = [path for path in server.data.rglob("*") if path.is_file()]
    return [path.name for path in files if words.encode() in path.read_bytes()]


def written(server: Running, text: str) -> tuple[Visitor, str]:
    """Elif wrote this; she and the letter's id."""
    elif_ = signed_in(server, "elif")
    assert post(elif_, "/booths/sellmoor/letters", text=text).status == 204
    return elif_, own(elif_)[0]["id"]


def test_a_letter_is_taken_answered_and_seen_by_both_sides(server: Running) -> None:
    elif_, letter = written(server, "Suchen Sie jemanden für Strahlteiler?")
    carla, nora = signed_in(server, "carla"), signed_in(server, "nora")

    item = next(each for each in lying(nora) if each["id"] == letter)
    assert (item["name"], item["state"], item["owner"]) == ("Elif Yıldız", "new", None)
    assert item["text"] == "Suchen Sie jemanden für Strahlteiler?"
    assert "Das Unternehmen antwortet innerhalb eines Tages" in page(elif_, "/letters")

    there = f"/booths/sellmoor/inbox/{letter}"
    assert post(nora, f"{there}/hand", to="carla").status == 204
    assert "Carla Donati kümmert sich" in page(elif_, "/letters")

    assert post(carla, f"{there}/answer", text="Ja, ab März.").status == 204
    assert own(elif_)[0]["answer"] == "Ja, ab März."
    assert "Beantwortet von Carla Donati" in page(elif_, "/letters")
    assert "Ja, ab März." in page(nora, "/booths/sellmoor/inbox")

    twice = post(nora, f"{there}/answer", text="Nein.")
    assert twice.status == 422
    assert own(elif_)[0]["answer"] == "Ja, ab März."


def test_nobody_else_sees_or_touches_what_lies_there(server: Running) -> None:
    _, letter = written(server, "Nur für Sellmoor")
    for name in OTHERS:
        other = signed_in(server, name)
        for path in ("inbox", "inbox.json", "visitors/elif.json"):
            assert other.get(f"/booths/sellmoor/{path}").status == 403, (name, path)
        for deed in ("answer", "hand", "close", "read", "pin"):
            form = {"text": "Hallo", "to": name, "state": "invited"}
            answer = post(other, f"/booths/sellmoor/inbox/{letter}/{deed}", **form)
            assert answer.status == 403, (name, deed)
        assert post(other, "/booths/sellmoor/visitors/elif/note", text="x").status == 403
        assert post(other, f"/letters/{letter}/recall").status == 422
        assert "Nur für Sellmoor" not in other.get("/letters").text
    carla = signed_in(server, "carla")
    assert [each["state"] for each in lying(carla) if each["id"] == letter] == ["new"]
    assert carla.get("/booths/auwald/inbox").status == 403
    assert post(carla, "/booths/sellmoor/letters", text="An uns selbst").status == 422


async def test_the_rooms_say_nothing_of_it_to_others(server: Running) -> None:
    tim, paul, carla = (signed_in(server, name) for name in ("tim", "paul", "carla"))
    _, letter = written(server, "Für den Eingang")
    for visitor, sees in ((tim, False), (paul, False), (carla, True)):
        async with visitor.live() as line:
            await say(line, "join", room="fair", epoch=0, seq=-1)
            frame = await hear_that(line, lambda each: each["type"] == "snapshot")
            assert (letter in frame["shown"]["letters"]["all"]) is sees
            assert "Für den Eingang" not in json.dumps(frame, ensure_ascii=False)


async def test_news_of_an_answer_reach_the_writer_wherever_she_is(server: Running) -> None:
    elif_, letter = written(server, "Wo sitzen Sie?")
    carla = signed_in(server, "carla")
    async with elif_.live() as line:
        await say(line, "join", room="lounge", epoch=0, seq=-1)
        await hear_that(line, lambda each: each["type"] == "snapshot")
        post(carla, f"/booths/sellmoor/inbox/{letter}/answer", text="In Sellmoor.")
        told = await hear_that(
            line, lambda each: each["type"] == "told" and each["event"]["type"] == "post.brought"
        )
    assert (told["event"]["booth"], told["event"]["news"]) == ("sellmoor", "answered")


def test_a_card_lies_at_the_booth_until_it_is_taken_back(server: Running) -> None:
    jonas, nora = signed_in(server, "jonas"), signed_in(server, "nora")
    form = {"mail": "jonas@offental.example", "phone": "0761 5550", "show_mail": "1"}
    assert post(jonas, "/booths/sellmoor/card", **form).status == 204

    card = next(each for each in lying(nora) if each["kind"] == "card")
    assert (card["name"], card["fields"]) == ("Jonas Brandt-Okafor", ["mail"])
    assert "Sellmoor Photonik" in page(jonas, "/contacts")

    assert post(jonas, "/booths/sellmoor/card/take-back").status == 204
    assert [each for each in lying(nora) if each["kind"] == "card"] == []
    assert "Jonas" not in page(nora, "/booths/sellmoor/inbox")


def test_notes_on_visitors_are_the_companys_own(server: Running) -> None:
    written(server, "Guten Abend")
    carla, nora, tim = (signed_in(server, name) for name in ("carla", "nora", "tim"))
    note = {"text": "Kennt sich mit Optik aus", "stars": "4"}
    assert post(carla, "/booths/sellmoor/visitors/elif/note", **note).status == 204

    seen = json.loads(nora.get("/booths/sellmoor/visitors/elif.json").text)
    assert seen == {"may": True, "note": {"text": "Kennt sich mit Optik aus", "stars": 4}}
    assert json.loads(tim.get("/booths/auwald/visitors/elif.json").text)["note"]["text"] == ""
    stranger = post(tim, "/booths/auwald/visitors/elif/note", text="Nie gesehen")
    assert stranger.status == 422


def test_pages_without_modules_do_the_same(server: Running) -> None:
    konrad, carla = signed_in(server, "konrad"), signed_in(server, "carla")
    token = konrad.token("/contacts")
    form = {"csrf": token, "text": "Ohne Skript", "back": "/letters"}
    answer = konrad.post("/booths/sellmoor/letters", form)
    assert (answer.status, answer.headers["location"]) == (303, "/letters")
    assert "Ohne Skript" in page(carla, "/booths/sellmoor/inbox")
    away = konrad.post("/booths/sellmoor/letters", form | {"back": "//evil.example"})
    assert away.headers["location"] == "/"


def test_an_erased_letter_is_in_no_file(untouched: Running) -> None:
    server = untouched
    elif_, letter = written(server, f"Mein Anliegen: {CANARY}")
    carla = signed_in(server, "carla")
    post(carla, f"/booths/sellmoor/inbox/{letter}/answer", text=f"Zu {CANARY}: gern")
    post(carla, "/booths/sellmoor/visitors/elif/note", text=f"{CANARY}!", stars="2")
    assert len(list((server.data / "keys").iterdir())) == 2
    assert holding(server, CANARY) == []  # it is nowhere in the clear, not even before
    assert holding(server, "letter.changed") != []

    assert post(elif_, f"/letters/{letter}/recall").status == 204
    assert own(elif_) == []
    assert lying(carla) == []
    assert not list((server.data / "keys").glob("*.letter"))
    server.kill()
    server.start()
    assert lying(signed_in(server, "carla")) == []
