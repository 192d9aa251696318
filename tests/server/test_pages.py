"""The pages of the house, read by somebody without JavaScript."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from icalendar import Calendar

from tests.running import Running
from tests.server.visitor import Visitor

EVERY_PAGE = (
    "/",
    "/agenda",
    "/people",
    "/recordings",
    "/me",
    "/check",
    "/stage/gross",
    "/stage/gross/green-room",
    "/beamer/gross",
)


class Outline(HTMLParser):
    """What a page is made of, as far as somebody who cannot see it depends on it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.tags: list[str] = []
        self.links: list[str] = []
        self.scripts: list[str] = []
        self.language = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "html":
            self.language = given["lang"]
        if tag == "a":
            self.links.append(given.get("href", ""))
        if tag == "script":
            self.scripts.append(given.get("src") or given.get("type", ""))
        assert not [name for name in given if name.startswith("on") or name == "style"]


@pytest.fixture
def elif_(visitor: Visitor) -> Visitor:
    """A talent who is signed in."""
    return visitor.sign_in("elif")


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_a_page_has_one_heading_one_main_part_and_no_doubled_id(elif_: Visitor, path: str) -> None:
    page = elif_.get(path, **{"accept-language": "de"})
    outline = Outline(page.text)

    assert page.status == 200
    assert outline.language == "de"
    assert outline.tags.count("h1") == 1
    assert outline.tags.count("main") == 1
    assert "main" in outline.ids
    assert len(outline.ids) == len(set(outline.ids))


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_nobody_reads_it_without_being_invited(visitor: Visitor, path: str) -> None:
    answer = visitor.get(path)

    assert (answer.status, answer.headers["location"]) == (303, "/sign-in")


def test_no_link_leads_nowhere(elif_: Visitor) -> None:
    found = {link for path in EVERY_PAGE for link in Outline(elif_.get(path).text).links}
    inside = {link.partition("#")[0] for link in found if link.startswith("/")}

    assert {link: elif_.get(link).status for link in sorted(inside)} == dict.fromkeys(
        sorted(inside), 200
    )


def test_every_file_a_page_asks_for_is_there(elif_: Visitor) -> None:
    pages = "".join(elif_.get(path).text for path in EVERY_PAGE)
    files = set(re.findall(r'(?:src|href)="((?:/static/|/foyer\.css|/locale/)[^"#]*)', pages))

    assert {
        file: elif_.ask("HEAD", file, None, {}).status for file in sorted(files)
    } == dict.fromkeys(sorted(files), 200)
    assert any(file.startswith("/foyer.css?v=") for file in files)


def test_the_foyer_greets_by_name_and_says_how_the_evening_stands(elif_: Visitor) -> None:
    german = elif_.get("/", **{"accept-language": "de"}).text

    assert re.search(r"<h1>Guten (Morgen|Tag|Abend), Elif Yıldız\.</h1>", german)
    assert "Mein Abend" in german
    assert "Wer ist da" in german


def test_the_language_can_be_switched_on_every_page(elif_: Visitor) -> None:
    answer = elif_.get("/people?role=talent&lang=en", **{"accept-language": "de"})
    page = elif_.get("/people", **{"accept-language": "de"}).text

    assert (answer.status, answer.headers["location"]) == (303, "/people?role=talent")
    assert Outline(page).language == "en"
    assert "<h1>People</h1>" in page


def test_the_light_can_be_chosen(elif_: Visitor) -> None:
    elif_.post("/me/light", {"csrf": elif_.token("/me"), "theme": "dark"})
    assert 'data-theme="dark"' in elif_.get("/me").text

    elif_.post("/me/light", {"csrf": elif_.token("/me"), "theme": "auto"})
    assert "data-theme" not in elif_.get("/me").text


def test_where_one_is_can_be_said_and_is_shown(elif_: Visitor) -> None:
    for place, pressed in (("hall", "hall"), ("home", "home")):
        form = {"csrf": elif_.token("/me"), "place": place, "back": "/me"}
        assert elif_.post("/me/place", form).headers["location"] == "/me"
        assert f'value="{pressed}" aria-pressed="true"' in elif_.get("/me").text


def test_no_form_sends_its_reader_to_another_house(elif_: Visitor) -> None:
    for back in ("//evil.example", "https://evil.example/", "/\\evil.example", "/\nx: y"):
        form = {"csrf": elif_.token("/me"), "place": "home", "back": back}
        assert elif_.post("/me/place", form).headers["location"] == "/"


def test_the_directory_finds_by_name_and_role(elif_: Visitor) -> None:
    by_name = elif_.get("/people?q=brandt").text
    by_role = elif_.get("/people?role=rep").text
    nobody = elif_.get("/people?q=%3Cscript%3E", **{"accept-language": "de"}).text

    assert "Jonas Brandt-Okafor" in by_name
    assert "Carla Donati" not in by_name
    assert "Carla Donati" in by_role
    assert "Jonas Brandt-Okafor" not in by_role
    assert "Niemand gefunden" in nobody
    assert "<script>" not in nobody


def test_the_agenda_can_be_taken_along(elif_: Visitor) -> None:
    everything = elif_.get("/agenda.ics")
    mine = elif_.get("/agenda/mine.ics")

    assert everything.headers["content-type"].startswith("text/calendar")
    all_items = Calendar.from_ical(everything.text).walk("VEVENT")
    own_items = Calendar.from_ical(mine.text).walk("VEVENT")
    assert 0 < len(own_items) < len(all_items)


def test_other_tools_can_read_the_schedule(elif_: Visitor) -> None:
    answer = elif_.get("/schedule.json")

    assert json.loads(answer.text)["schedule"]["conference"]["title"] == "Talente treffen Industrie"


def test_the_desk_is_for_those_who_run_the_evening(elif_: Visitor, server: Running) -> None:
    refused = elif_.get("/stage/gross/desk", **{"accept-language": "de"})
    moderator = Visitor(server).sign_in("miriam")

    assert refused.status == 403
    assert "Die Regie ist für die Moderation." in refused.text
    assert "/stage/gross/desk" not in elif_.get("/").text
    assert "/stage/gross/desk" in moderator.get("/").text
    assert moderator.get("/stage/gross/desk").status == 200


def test_a_stage_that_is_not_there_is_said_so_in_words(elif_: Visitor) -> None:
    for path in ("/stage/moon", "/stage/moon/green-room", "/beamer/moon", "/join/moon", "/nowhere"):
        answer = elif_.get(path, **{"accept-language": "de"})
        assert answer.status == 404
        assert "<h1" in answer.text
        assert "Alles, was offen ist, beginnt im Foyer." in answer.text


def test_the_wall_of_the_hall_shows_where_to_ask(elif_: Visitor, server: Running) -> None:
    page = elif_.get("/beamer/gross").text

    assert f"{server.url.partition('://')[2]}/join/gross" in page
    assert 'class="qr"' in page


def test_the_settings_of_a_live_page_name_its_reader_and_its_stage(elif_: Visitor) -> None:
    page = elif_.get("/stage/gross").text
    (block,) = re.findall(r'<script type="application/json" id="config">(.*?)</script>', page)

    settings = json.loads(block)

    assert (settings["screen"], settings["stage"], settings["room"]) == (
        "stage",
        "gross",
        "stage-gross",
    )
    assert settings["me"]["id"] == "elif"
    assert "email" not in block


def test_guests_of_an_open_evening_come_in_by_their_name(visitor: Visitor) -> None:
    form = {"csrf": visitor.token("/join/gross"), "name": "  Gerda   Anders ", "place": "hall"}

    answer = visitor.post("/join/gross", form)

    assert (answer.status, answer.headers["location"]) == (303, "/stage/gross")
    assert "Gerda Anders" in visitor.get("/").text
    assert "Gerda Anders" in visitor.get("/people?role=guest").text
    assert visitor.get("/stage/gross/desk").status == 403


@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
def test_a_guest_without_a_name_is_asked_for_one(visitor: Visitor, name: str) -> None:
    form = {"csrf": visitor.token("/join/gross"), "name": name}

    answer = visitor.post("/join/gross", form, **{"accept-language": "de"})

    assert answer.status == 422
    assert "Bitte sagen Sie uns Ihren Namen" in answer.text
    assert 'aria-invalid="true"' in answer.text


def test_whoever_is_in_goes_straight_to_the_stage(elif_: Visitor) -> None:
    assert elif_.get("/join/gross").headers["location"] == "/stage/gross"
    assert elif_.get("/sign-in").headers["location"] == "/"


def test_a_link_leads_on_to_the_page_it_was_meant_for(visitor: Visitor, server: Running) -> None:
    path = urlsplit(server.link("hanna")).path
    token = visitor.token(path)

    assert 'name="next" value="/stage/gross"' in visitor.get(f"{path}?next=/stage/gross").text
    assert 'name="next" value="/"' in visitor.get(f"{path}?next=//evil.example").text
    answer = visitor.post(path, {"csrf": token, "next": "/stage/gross"})
    assert answer.headers["location"] == "/stage/gross"


def test_a_link_that_no_longer_holds_says_what_to_do(visitor: Visitor) -> None:
    answer = visitor.get("/sign-in/never-was", **{"accept-language": "de"})

    assert answer.status == 404
    assert "Dieser Link gilt nicht mehr." in answer.text


def test_another_device_can_be_signed_out(elif_: Visitor, server: Running) -> None:
    other = Visitor(server).sign_in("elif")
    mine = elif_.get("/me").text
    sessions = set(re.findall(r'name="session" value="([0-9a-f]+)"', mine))
    assert sessions

    for session in sessions:
        elif_.post("/me/devices/end", {"csrf": elif_.token("/me"), "session": session})

    assert other.get("/me").status == 303
    assert elif_.get("/me").status == 200


def test_nobody_ends_the_session_of_somebody_else(elif_: Visitor, server: Running) -> None:
    hanna = Visitor(server).sign_in("hanna")
    Visitor(server).sign_in("hanna")
    (session, *_) = re.findall(r'name="session" value="([0-9a-f]+)"', hanna.get("/me").text)

    elif_.post("/me/devices/end", {"csrf": elif_.token("/me"), "session": session})

    assert f'value="{session}"' in hanna.get("/me").text


def test_signing_out_ends_it(elif_: Visitor) -> None:
    answer = elif_.post("/sign-out", {"csrf": elif_.token("/me")})

    assert answer.headers["location"] == "/sign-in"
    assert elif_.get("/").status == 303


def test_the_directory_finds_by_words_and_language(elif_: Visitor) -> None:
    page = elif_.get("/people?q=offental+brandt&language=en").text
    assert "Jonas Brandt-Okafor" in page
    assert "Carla Donati" not in page
    nothing = elif_.get("/people?topic=Unbekannt&lang=en", **{"accept-language": "en"})
    assert nothing.headers["location"] == "/people?topic=Unbekannt"


def test_wishes_are_ranked_without_javascript(server: Running) -> None:
    visitor = Visitor(server).sign_in("elif")
    form = {"csrf": visitor.token("/people"), "back": "/people?role=rep"}

    sent = visitor.post("/people/carla/wish", form | {"place": "end"})
    assert sent.headers["location"] == "/people?role=rep"
    assert 'class="wish-list"' in visitor.get("/people").text

    visitor.post("/people/carla/refuse", form | {"on": "on"})
    page = visitor.get("/people").text
    assert 'class="wish-list"' not in page
    assert 'value="off" aria-pressed="true"' in page
    assert 'aria-pressed="true"' not in Visitor(server).sign_in("carla").get("/people").text
    visitor.post("/people/carla/refuse", form | {"on": "off"})
    assert visitor.post("/people/nobody/wish", form).status == 404


def test_a_profile_is_kept_and_found(server: Running) -> None:
    visitor = Visitor(server).sign_in("elif")
    form = {"csrf": visitor.token("/me"), "languages": "de", "takes_part": "1"}

    visitor.post(
        "/me/profile", form | {"offers": "Mikrofluidik, mikrofluidik,  Blut ", "jobs": "job"}
    )

    assert 'value="Mikrofluidik, Blut"' in visitor.get("/me").text.replace("mikro", "Mikro")
    found = visitor.get("/people?topic=blut&job=job").text
    assert "Elif Yıldız" in found
    assert "Carla Donati" not in found
    assert visitor.post("/me/profile", form | {"seeks": "x" * 41}).status == 409
    assert visitor.post("/me/profile", {"csrf": form["csrf"]}).status == 409
