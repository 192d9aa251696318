"""A company sets its booth up over plain HTTP: what it may, what it bought, what comes of it."""

from __future__ import annotations

import http.client
import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest

from rooms.stands import Logo
from tests.running import Running, running, tonight
from tests.server import decks
from tests.server.letterbox import Letterbox, letterbox
from tests.server.test_clips import bring as bring_clip
from tests.server.test_crests import NAVY, drawn, saved
from tests.server.videos import write_video
from tests.server.visitor import WITHIN, Answer, Visitor, do, hear, say

PROGRAMME = Path(__file__).parents[1] / "browser" / "stands.toml"
SETUP = "/booths/auwald/setup"
LOGO = saved(drawn((900, 300), NAVY))


@pytest.fixture(scope="module")
def post() -> Iterator[Letterbox]:
    with letterbox() as box:
        yield box


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, post: Letterbox) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("foyer")
    mail = {"FOYER_MAIL_URL": post.url, "FOYER_MAIL_FROM": "foyer@netzwerk.example"}
    with running(folder, tonight(PROGRAMME, folder), **mail) as started:
        yield started


@pytest.fixture(scope="module")
def greta(server: Running) -> Visitor:
    return Visitor(server).sign_in("greta")


@pytest.fixture(scope="module")
def elif_(server: Running) -> Visitor:
    return Visitor(server).sign_in("elif")


def send(visitor: Visitor, path: str, /, page: str = SETUP, **form: str) -> Answer:
    """Send a form of the page, in English."""
    token = visitor.token(page)
    return visitor.post(path, {"csrf": token, **form}, accept_language="en")


def bring(visitor: Visitor, path: str, body: bytes, name: str = "logo.png") -> tuple[int, str]:
    """Bring a file as the page's module does; the status and the sentence."""
    found = re.search(r'"csrf":\s*"([^"]+)"', visitor.get(SETUP).text)
    headers = {
        "host": urlsplit(visitor.server.url).netloc,
        "cookie": visitor.cookie,
        "origin": visitor.server.url,
        "x-csrf": found[1] if found else "",
        "x-file-name": quote(name),
        "accept-language": "en",
    }
    status, _, text = fetch(visitor, "POST", path, body, headers)
    return status, json.loads(text).get("sentence", "") if text[:1] == b"{" else ""


def fetch(
    visitor: Visitor, method: str, path: str, body: bytes | None, headers: dict[str, str]
) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", visitor.server.port, timeout=WITHIN * 2)
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def taken(visitor: Visitor, path: str) -> tuple[int, dict[str, str], bytes]:
    """What a file of the booth is, and how it is handed out."""
    host = urlsplit(visitor.server.url).netloc
    return fetch(visitor, "GET", path, None, {"host": host, "cookie": visitor.cookie})


def seen(answer: Answer) -> str:
    """The words of a page, without its marks."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", answer.text)))


async def stand(visitor: Visitor, booth: str = "auwald") -> dict[str, Any]:
    """A stand as this visitor's browser knows it."""
    async with visitor.live() as line:
        await say(line, "join", room="fair")
        snapshot = await hear(line, "snapshot")
    found: dict[str, Any] = snapshot["shown"]["stands"]["stands"][booth]
    return found


def files(server: Running, pattern: str = "*") -> set[str]:
    return {path.name for path in (server.data / "files").glob(pattern)}


def test_the_page_is_its_own_peoples_and_the_desks(server: Running, greta: Visitor) -> None:
    assert greta.get(SETUP).status == 200
    assert Visitor(server).sign_in("miriam").get(SETUP).status == 200
    assert Visitor(server).sign_in("tobias").get(SETUP).status == 403
    assert Visitor(server).sign_in("elif").get(SETUP).status == 403
    assert Visitor(server).get(SETUP).status == 303
    assert greta.get("/booths/nobody/setup").status == 404


def test_strangers_change_nothing(server: Running, elif_: Visitor) -> None:
    form = {"csrf": elif_.token("/me"), "first": "Ours now", "url": "https://evil.example"}
    for part in ("words", "links", "pitch", "people", "letters"):
        assert elif_.post(f"{SETUP}/{part}", form).status == 403
    assert bring(elif_, "/stands/auwald/logo", LOGO)[0] == 403


async def test_two_sentences_are_kept_and_told(greta: Visitor, elif_: Visitor) -> None:
    answer = send(greta, f"{SETUP}/words", first="Wir bauen Ventile.", second="Und Pumpen.")

    assert answer.status == 303
    assert answer.headers["location"] == f"{SETUP}?kept=words#words"
    told = await stand(elif_)
    assert told["sentences"] == ["Wir bauen Ventile.", "Und Pumpen."]
    assert "Wir bauen Ventile." in greta.get(SETUP).text


async def test_what_keeps_itself_gets_a_short_answer(greta: Visitor, elif_: Visitor) -> None:
    form = {"csrf": greta.token(SETUP), "first": "Wir bauen Ventile.", "second": "Ja."}
    answer = greta.post(f"{SETUP}/words", form, accept="application/json")
    assert (answer.status, json.loads(answer.text)) == (200, {"kept": "words"})
    assert (await stand(elif_))["sentences"][1] == "Ja."

    form["first"] = "x" * 281
    answer = greta.post(f"{SETUP}/words", form, accept="application/json", accept_language="en")
    assert answer.status == 422
    assert json.loads(answer.text) == {
        "sentence": "This is longer than 280 characters. Please shorten it."
    }


async def test_bad_input_comes_back_with_what_was_written(greta: Visitor, elif_: Visitor) -> None:
    answer = send(greta, f"{SETUP}/links", title="Stellen", url="javascript:alert(1)")
    assert answer.status == 422
    assert "This is not an address of a web page." in answer.text
    assert 'value="javascript:alert(1)"' in answer.text
    assert 'value="Stellen"' in answer.text
    assert (await stand(elif_))["links"] == []


async def test_links_come_and_go(greta: Visitor, elif_: Visitor) -> None:
    assert send(greta, f"{SETUP}/links", title="Stellen", url="auwald.example/jobs").status == 303
    link = {"title": "Stellen", "url": "https://auwald.example/jobs"}
    assert (await stand(elif_))["links"] == [link]
    page = greta.get(SETUP).text
    assert 'href="https://auwald.example/jobs" rel="noopener noreferrer"' in page

    send(greta, f"{SETUP}/links/remove", url=link["url"])
    assert (await stand(elif_))["links"] == []


async def test_a_logo_hangs_for_everybody_and_the_old_one_is_gone(
    server: Running, greta: Visitor, elif_: Visitor
) -> None:
    assert bring(greta, "/stands/auwald/logo", LOGO) == (201, "")
    first = Logo(**(await stand(elif_))["logo"])
    assert (first.light, first.dark) == (True, False)
    assert "On a dark ground your logo would vanish" in seen(greta.get(SETUP, accept_language="en"))

    path = f"/booths/auwald/logo.webp?v={first.id}"
    status, headers, body = taken(Visitor(server), path)
    assert (status, headers["content-type"], body[8:12]) == (200, "image/webp", b"WEBP")
    assert "immutable" in headers["cache-control"]

    bring(greta, "/stands/auwald/logo", saved(drawn((90, 90), (240, 130, 20, 255))))
    second = Logo(**(await stand(elif_))["logo"])
    assert files(server, "*.crest") == {f"{second.id}.crest"}

    send(greta, f"{SETUP}/logo/remove", logo=second.id)
    assert (await stand(elif_))["logo"] is None
    assert files(server, "*.crest") == set()
    assert taken(elif_, "/booths/auwald/logo.webp")[0] == 404


def test_a_drawing_with_programs_is_refused_in_words(server: Running, greta: Visitor) -> None:
    status, sentence = bring(greta, "/stands/auwald/logo", b"<svg onload='alert(1)'/>", "x.svg")
    assert status == 422
    assert sentence.startswith("This is an SVG, which can hold programs and is not taken.")
    assert files(server, "*.crest") | files(server, "*.picture") == set()


async def test_downloads_are_saved_and_never_run(
    server: Running, greta: Visitor, elif_: Visitor
) -> None:
    body = decks.deck("Ventile", "Pumpen")
    assert bring(greta, "/stands/auwald/downloads", body, "Wege_bei  Auwald.pdf") == (201, "")
    found = (await stand(elif_))["downloads"][0]
    assert (found["title"], found["pages"], found["bytes"]) == ("Wege bei Auwald", 2, len(body))

    path = f"/booths/auwald/downloads/{found['id']}"
    status, headers, got = taken(elif_, path)
    assert (status, got) == (200, body)
    assert headers["content-disposition"].startswith("attachment;")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert taken(Visitor(server), path)[0] == 303
    assert taken(elif_, "/booths/tannhof/downloads/" + found["id"])[0] == 404
    assert taken(elif_, "/booths/auwald/downloads/..%2F..%2Fsecret")[0] == 404

    send(greta, f"{SETUP}/downloads/remove", download=found["id"])
    assert taken(elif_, path)[0] == 404
    assert files(server, "*.leaflet") == set()


def test_hostile_and_foreign_files_are_refused(server: Running, greta: Visitor) -> None:
    script = decks.pdf(
        [("[0 0 600 800]", b"")], catalog="/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"
    )
    for body in (script, b"hello", LOGO):
        status, sentence = bring(greta, "/stands/auwald/downloads", body, "x.pdf")
        assert (status, sentence[:9]) == (422, "This PDF " if body is script else "This is n")
    assert files(server, "*.leaflet") == set()


async def test_the_package_is_the_limit(server: Running, greta: Visitor, elif_: Visitor) -> None:
    for number in range(2):
        bring(greta, "/stands/auwald/downloads", decks.deck(f"{number}"), f"{number}.pdf")
    status, sentence = bring(greta, "/stands/auwald/downloads", decks.deck("3"), "3.pdf")
    assert (status, sentence) == (
        422,
        "Your package has room for 2 downloads. Please remove one of them first.",
    )
    assert "2 of 2 downloads" in seen(greta.get(SETUP, accept_language="en"))

    tobias = Visitor(server).sign_in("tobias")
    page = seen(tobias.get("/booths/tannhof/setup", accept_language="en"))
    assert "Your package comes without downloads." in page
    assert "1 of 1 representatives" in page
    assert "Your package comes without a pitch." in page
    for found in (await stand(elif_))["downloads"]:
        send(greta, f"{SETUP}/downloads/remove", download=found["id"])


async def test_a_pitchs_plan_b_is_shown_to_all_once_it_is_chosen(
    server: Running, greta: Visitor, elif_: Visitor, tmp_path: Path
) -> None:
    wenzel = Visitor(server).sign_in("wenzel")
    status, answer = bring_clip(wenzel, "auwald-pitch", write_video(tmp_path / "a.webm"))
    assert status == 201, answer
    assert taken(elif_, "/booths/auwald/pitch.webm")[0] == 404

    assert send(greta, f"{SETUP}/pitch", what="clip").status == 303
    status, headers, body = taken(elif_, "/booths/auwald/pitch.webm")
    assert (status, headers["content-type"], len(body) > 1000) == (200, "video/webm", True)
    assert taken(Visitor(server), "/booths/auwald/pitch.webm")[0] == 303
    assert 'src="/booths/auwald/pitch.webm"' in elif_.get("/booths/auwald").text

    assert send(greta, f"{SETUP}/pitch", what="none").status == 303
    assert taken(elif_, "/booths/auwald/pitch.webm")[0] == 404
    assert "pitch.webm" not in elif_.get("/booths/auwald").text
    assert send(greta, f"{SETUP}/pitch", what="all").status == 422


async def test_somebody_is_invited_by_mail_comes_in_and_stands_there(
    server: Running, greta: Visitor, post: Letterbox
) -> None:
    answer = send(greta, f"{SETUP}/people", email="rosa.lind-2@auwald.example", name="")
    assert answer.status == 303, seen(answer)

    mail = post.mails[-1]
    assert (mail["to"], mail["from"]) == ("rosa.lind-2@auwald.example", "foyer@netzwerk.example")
    assert mail["subject"] == "Your way in: Talente treffen Industrie"
    text = mail.get_content()
    assert "Greta Sommerfeld asks you to represent Auwald Mikrotechnik" in text
    assert "Rosa Lind invited, not here yet" in seen(greta.get(SETUP, accept_language="en"))

    link = re.search(r"http://\S+/sign-in/\S+", text)
    assert link is not None
    rosa, path = Visitor(server), urlsplit(link[0]).path
    assert rosa.post(path, {"csrf": rosa.token(path)}).status == 303
    assert rosa.get(SETUP).status == 200
    page = greta.get(SETUP, accept_language="en")
    assert "Rosa Lind invited, has been here" in seen(page)
    assert "3 of 4 representatives" in seen(page)

    found = re.search(r'value="(rep-[0-9a-f]+)"', page.text)
    assert found is not None  # among those who may answer letters
    answer = send(greta, f"{SETUP}/people/remove", person=found[1])
    assert "This person has been here already." in seen(answer)
    everything = b"".join(path.read_bytes() for path in server.data.glob("foyer.db*"))
    assert b"rosa.lind-2" not in everything


async def test_an_invitation_is_taken_back_before_anybody_came(
    server: Running, greta: Visitor, post: Letterbox
) -> None:
    send(greta, f"{SETUP}/people", email="timo@auwald.example", name="Timo Ahrens")
    first = len(post.mails)
    send(greta, f"{SETUP}/people", email="TIMO@auwald.example", name="Timo Ahrens")
    assert len(post.mails) == first + 1  # once more to the same person, who takes one place
    page = greta.get(SETUP, accept_language="en")
    assert "4 of 4 representatives" in seen(page)

    answer = send(greta, f"{SETUP}/people", email="udo@auwald.example", name="Udo")
    assert answer.status == 422
    assert "places for 4 representatives, and all are taken" in seen(answer)

    row = re.search(r'name="person" value="(rep-[0-9a-f]+)"', page.text)
    assert row is not None
    assert send(greta, f"{SETUP}/people/remove", person=row[1]).status == 303
    assert "3 of 4 representatives" in seen(greta.get(SETUP, accept_language="en"))
    link = re.search(r"http://\S+/sign-in/\S+", post.mails[-1].get_content())
    assert link is not None
    assert Visitor(server).get(urlsplit(link[0]).path).status == 404


@pytest.mark.parametrize(
    ("email", "sentence"),
    [
        ("rosa", "Please check the e-mail address"),
        ("rosa@auwald", "Please check the e-mail address"),
        ("a@b.example\nBcc: all@b.example", "Please check the e-mail address"),
        ("a@b.example,c@d.example", "Please check the e-mail address"),
        ("elif@breisenau.example", "This address cannot be invited here."),
    ],
)
def test_what_is_no_address_of_a_colleague(
    greta: Visitor, post: Letterbox, email: str, sentence: str
) -> None:
    before = len(post.mails)
    answer = send(greta, f"{SETUP}/people", email=email, name="Rosa")
    assert answer.status == 422
    assert sentence in seen(answer)
    assert 'value="Rosa"' in answer.text
    assert len(post.mails) == before


def test_who_is_on_the_list_gets_a_new_link_and_takes_no_further_place(
    greta: Visitor, post: Letterbox
) -> None:
    before = seen(greta.get(SETUP, accept_language="en"))
    assert send(greta, f"{SETUP}/people", email="Wenzel@auwald.example", name="").status == 303
    assert post.mails[-1]["to"] == "Wenzel@auwald.example"
    assert "Wenzel Petrick" in post.mails[-1].get_content()
    after = seen(greta.get(SETUP, accept_language="en"))
    count = re.compile(r"\d of 4 representatives")
    assert count.findall(before) == count.findall(after)


def test_a_mail_that_was_not_taken_leaves_a_link_to_hand_on(
    greta: Visitor, post: Letterbox
) -> None:
    post.refuses = True
    try:
        answer = send(greta, f"{SETUP}/people", email="vera@auwald.example", name="Vera Kolb")
    finally:
        post.refuses = False
    assert answer.status == 200
    assert "The mail to Vera Kolb could not be sent." in seen(answer)
    assert re.search(r'readonly value="http://[^"]+/sign-in/[^"]+"', answer.text)
    assert answer.headers["cache-control"] == "no-store"


def test_nobody_gets_a_link_by_which_to_come_in_as_somebody_else(
    greta: Visitor, post: Letterbox
) -> None:
    post.refuses = True
    try:
        answer = send(greta, f"{SETUP}/people", email="wenzel@auwald.example", name="")
    finally:
        post.refuses = False
    assert answer.status == 422
    assert "Wenzel Petrick is here already." in seen(answer)
    assert "/sign-in/" not in answer.text


async def test_letters_have_an_owner_and_a_promise(greta: Visitor, elif_: Visitor) -> None:
    answer = send(greta, f"{SETUP}/letters", owner="wenzel", promise="bis morgen, 12 Uhr")
    assert answer.status == 303
    told = await stand(elif_)
    assert (told["owner"], told["promise"]) == ("wenzel", "bis morgen, 12 Uhr")
    assert send(greta, f"{SETUP}/letters", owner="elif", promise="").status == 422


async def test_a_browser_may_say_the_same_and_others_may_not(
    greta: Visitor, elif_: Visitor
) -> None:
    async with greta.live() as line:
        done = await do(line, "fair", "stand.describe", booth="auwald", contact="02222 1234")
        assert done["type"] == "done"
    assert (await stand(elif_))["contact"] == "02222 1234"
    async with elif_.live() as line:
        await say(line, "join", room="fair")
        refused = await do(line, "fair", "stand.describe", booth="auwald", contact="mine")
        assert refused["type"] == "refused"
