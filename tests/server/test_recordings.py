"""Consent and recordings over plain HTTP, without JavaScript."""

from __future__ import annotations

import html

import pytest

from rooms.consent import WORDING
from tests.running import Running
from tests.server.visitor import Answer, Visitor


@pytest.fixture
def elif_(visitor: Visitor) -> Visitor:
    """A talent who is signed in."""
    return visitor.sign_in("elif")


def say(visitor: Visitor, **form: str) -> Answer:
    return visitor.post("/me/recording", {"csrf": visitor.token("/me"), **form})


def page(visitor: Visitor) -> str:
    return html.unescape(visitor.get("/me").text)


def test_consent_is_asked_word_for_word_and_taken_back_as_easily(elif_: Visitor) -> None:
    assert WORDING["de"] in page(elif_)

    given = say(elif_, consent="give", language="de", wording=WORDING["de"])
    assert (given.status, given.headers["location"]) == (303, "/me#recording")
    assert "eingewilligt" in page(elif_)
    assert WORDING["de"] in page(elif_)

    say(elif_, consent="withdraw")
    assert "Sie werden nicht aufgenommen" in page(elif_)


def test_nobody_consents_to_other_words(elif_: Visitor) -> None:
    answer = say(elif_, consent="give", language="de", wording="Alles ist erlaubt.")

    assert answer.status == 409
    assert "Wortlaut" in answer.text
    assert "Sie werden nicht aufgenommen" in page(elif_)


def test_consent_in_english_is_kept_in_english(elif_: Visitor) -> None:
    elif_.get("/me?lang=en")
    say(elif_, consent="give", language="en", wording=WORDING["en"])
    elif_.get("/me?lang=de")

    assert WORDING["en"] in page(elif_)
    say(elif_, consent="withdraw")


def test_the_list_says_how_long_recordings_are_kept(elif_: Visitor) -> None:
    answer = elif_.get("/recordings")

    assert answer.status == 200
    assert "nach 14 Tagen" in answer.text
    assert "Von Ihnen ist nichts aufgenommen." in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/recordings/gross/hand",
        "/recordings/nowhere/hand",
        "/recordings/gross/files/r1",
        "/recordings/gross/files/..%2f..%2ffoyer.db",
        "/recordings/nowhere/files/r1",
    ],
)
def test_what_is_not_there_is_not_found(elif_: Visitor, path: str) -> None:
    assert elif_.get(path).status == 404


def test_a_file_that_belongs_to_no_take_is_nobodys(elif_: Visitor, server: Running) -> None:
    folder = server.data / "recordings" / "gross"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "r77.webm").write_bytes(b"film")

    assert elif_.get("/recordings/gross/files/r77").status == 404


def test_only_those_invited_come_near(visitor: Visitor) -> None:
    for path in ("/recordings", "/recordings/gross/hand", "/recordings/gross/files/r1"):
        assert visitor.get(path).headers["location"] == "/sign-in"
