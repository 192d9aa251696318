"""A server that is told to stop together with its media process."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.running import ROOT, running, tonight

PROGRAMME = ROOT / "tests" / "browser" / "evening.toml"


@pytest.mark.parametrize("turn", [1, 2, 3])
def test_it_ends_although_its_media_process_dies_first(tmp_path: Path, turn: int) -> None:
    with running(tmp_path, tonight(PROGRAMME, tmp_path)) as server:
        assert server.stop_together() in (0, -15)
        assert server.health() == {}
