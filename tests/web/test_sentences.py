"""Whatever the house says, it says in every language, and holds no word for nobody."""

from __future__ import annotations

import re

import pytest

from tests.web import extraction
from web import words

TRANSLATED = sorted(set(words.languages()) - {words.SOURCE})
PLACEHOLDER = re.compile(r"{(\w+)}")


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_is_translated(language: str) -> None:
    spoken = extraction.sentences()

    missing = {
        sentence: sorted(files)
        for sentence, files in spoken.items()
        if sentence not in words.catalogue(language)
    }

    assert missing == {}


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_for_a_sentence_that_nobody_says(language: str) -> None:
    spoken = set(extraction.sentences()) | extraction.literals()

    unused = {
        file: sorted(set(held) - spoken)
        for file, held in extraction.translated(language).items()
        if set(held) - spoken
    }

    assert unused == {}


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_fills_the_same_placeholders(language: str) -> None:
    different = {
        sentence: wording
        for sentence, wording in words.catalogue(language).items()
        if set(PLACEHOLDER.findall(sentence)) != set(PLACEHOLDER.findall(wording))
        # "one person" may do without its number.
        and set(PLACEHOLDER.findall(sentence)) - {"n"} != set(PLACEHOLDER.findall(wording))
    }

    assert different == {}


@pytest.mark.parametrize("language", TRANSLATED)
def test_one_sentence_has_one_translation(language: str) -> None:
    wordings: dict[str, set[str]] = {}
    for held in extraction.translated(language).values():
        for sentence, wording in held.items():
            wordings.setdefault(sentence, set()).add(wording)

    assert {sentence: each for sentence, each in wordings.items() if len(each) > 1} == {}


def test_a_sentence_is_found_wherever_it_may_stand() -> None:
    python = 'NO = "Please go."\nraise Refused(NO)\nsay(de, "Foyer")\nerror(it, 404, "Not so.")'
    template = '{% if x %}{{ _("Who is here") }}{% endif %}<p title="{{ n("{n} a", "{n} b", 2) }}">'
    browser = 'html`<p>${on ? html`${t("Sound on")}` : t("Off " + "now")}`; n("{n} x", "{n} y", 1)'

    assert set(extraction.in_python(python)) == {"Please go.", "Foyer", "Not so."}
    assert set(extraction.in_template(template)) == {"Who is here", "{n} a", "{n} b"}
    assert set(extraction.in_browser(browser)) == {"Sound on", "Off now", "{n} x", "{n} y"}
