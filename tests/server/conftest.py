"""One real server for the protocol tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running import Running, running, tonight
from tests.server.visitor import Visitor

PROGRAMME = Path(__file__).parents[1] / "browser" / "evening.toml"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server where an evening begins now, with everything started by hand."""
    folder = tmp_path_factory.mktemp("foyer")
    with running(folder, tonight(PROGRAMME, folder)) as started:
        yield started


@pytest.fixture
def visitor(server: Running) -> Visitor:
    """Somebody nobody knows yet."""
    return Visitor(server)
