"""The words of the house in the reader's language."""

from __future__ import annotations

import pytest

from web import words


def test_a_sentence_is_said_in_the_readers_language() -> None:
    assert words.say("de", "My evening") == "Mein Abend"
    assert words.say("en", "My evening") == "My evening"


def test_placeholders_are_filled_after_translation() -> None:
    assert words.say("de", "{name} (you)", name="Elif Yıldız") == "Elif Yıldız (Sie)"


def test_a_sentence_nobody_translated_stays_english() -> None:
    assert words.say("de", "Nobody has said {this} yet.", this="that") == (
        "Nobody has said that yet."
    )


def test_braces_without_values_are_left_alone() -> None:
    assert words.say("en", "Write {curly} braces.") == "Write {curly} braces."


def test_one_and_many_are_two_sentences() -> None:
    one, many = "{n} person is here just now.", "{n} people are here just now."

    assert words.number("de", one, many, 1) == "1 Person ist gerade hier."
    assert words.number("de", one, many, 0) == "0 Personen sind gerade hier."
    assert words.number("en", one, many, 62) == "62 people are here just now."


def test_each_language_names_itself() -> None:
    assert words.languages() == {"de": "Deutsch", "en": "English"}


@pytest.mark.parametrize(
    ("cookie", "header", "chosen"),
    [
        (None, None, "de"),
        (None, "en-GB,en;q=0.9,de;q=0.5", "en"),
        (None, "fr,de;q=0.3,en;q=0.8", "en"),
        (None, "fr", "de"),
        ("en", "de", "en"),
        ("tlh", "en", "en"),
        (None, "en;q=nonsense, de", "de"),
        (None, "en;q=0, de;q=0.1", "de"),
        (None, ";;;,,,=" * 400, "de"),
    ],
)
def test_the_language_is_what_was_chosen_or_what_the_browser_wishes(
    cookie: str | None, header: str | None, chosen: str
) -> None:
    assert words.choose(("de", "en"), cookie, header) == chosen


def test_the_gatherings_first_language_comes_before_the_houses() -> None:
    assert words.choose(("en", "de"), None, "fr") == "en"
    assert words.choose(("fr",), None, "de") == "en"
