"""The usual evening with more people of its two booths, for tests of what is left there."""

from __future__ import annotations

from pathlib import Path

from tests.running import tonight
from tests.server.conftest import PROGRAMME

COLLEAGUES = """
[[people]]
id = "nora"
name = "Nora Feldkamp"
role = "rep"
organisation = "Sellmoor Photonik"

[[people]]
id = "tim"
name = "Tim Auer"
role = "rep"
organisation = "Auwald Mikrotechnik"
"""


def fairground(folder: Path) -> Path:
    """The programme, beginning now; Carla and Nora are Sellmoor's, Tim is Auwald's."""
    written = folder / "fairground.toml"
    written.write_text(PROGRAMME.read_text() + COLLEAGUES)
    begun = folder / "begun"
    begun.mkdir()
    return tonight(written, begun)
