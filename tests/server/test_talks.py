"""The page of talks as the server prints it, before and without any script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running import Running, running, tonight
from tests.server.visitor import Visitor

PROGRAMME = Path(__file__).parents[1] / "browser" / "rounds.toml"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server with two rounds ahead, for which nobody has planned yet."""
    folder = tmp_path_factory.mktemp("talks")
    with running(folder, tonight(PROGRAMME, folder)) as started:
        yield started


def test_talks_print_the_rounds_with_the_ways_to_people_tables_and_contacts(
    server: Running,
) -> None:
    visitor = Visitor(server).sign_in("elif")
    visitor.cookies["lang"] = "en"
    page = visitor.get("/talks")
    assert page.status == 200
    for words in (
        "<h1>Talks</h1>",
        "Erste Runde",
        "Zweite Runde",
        "Your partner stands here as soon as it is known.",
        'href="/people"',
        'href="/tables"',
        'href="/contacts"',
    ):
        assert words in page.text


def test_talks_are_for_those_who_are_signed_in(server: Running) -> None:
    page = Visitor(server).get("/talks")
    assert (page.status, page.headers["location"]) == (303, "/sign-in")
