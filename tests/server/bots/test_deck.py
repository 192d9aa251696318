"""The slides that bots bring are a PDF like any other."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

from server.bots.deck import written
from server.files import Files
from server.projector import Projector


async def arriving(body: bytes) -> AsyncIterator[bytes]:
    yield body


async def test_they_are_drawn_with_their_words(tmp_path: Path) -> None:
    projector = Projector(Files(tmp_path))
    pdf = written("Kontakte ohne Lot", "Lukas Färber", "Hochschule Dornfeld")

    rendered = await projector.render(arriving(pdf))

    words = json.loads((projector.folder(rendered.deck) / "words.json").read_text())
    assert words == [
        "Kontakte ohne Lot. Lukas Färber, Hochschule Dornfeld",
        "Die Frage Was wäre, wenn es auch einfacher ginge?",
        "Der Weg Aufbau, Messung, und was daneben ging",
        "Das Ergebnis Es hält. Und es kostet ein Drittel.",
    ]
