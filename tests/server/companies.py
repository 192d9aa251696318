"""An evening with two companies that have booths, for tests of what is left there."""

from __future__ import annotations

from pathlib import Path

from tests.running import tonight
from tests.server.conftest import PROGRAMME

BOOTHS = """
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

[[booths]]
id = "sellmoor"
organisation = "Sellmoor Photonik"

[[booths]]
id = "auwald"
organisation = "Auwald Mikrotechnik"
"""


def fairground(folder: Path) -> Path:
    """The programme, beginning now; Carla and Nora are Sellmoor's, Tim is Auwald's."""
    written = folder / "fairground.toml"
    written.write_text(PROGRAMME.read_text() + BOOTHS)
    begun = folder / "begun"
    begun.mkdir()
    return tonight(written, begun)
