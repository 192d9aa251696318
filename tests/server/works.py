"""An evening with an exhibition and a tour, and pictures for its works."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

from PIL import Image

from tests.browser.conftest import PROGRAMME

TOPICS = ("Sensorik", "Photonik", "Wasser", "Robotik", "Werkstoffe")
ABOUT = (
    "Wir haben gemessen, was bisher nur geschätzt wurde: Ein Aufbau für wenige Euro liefert Werte,"
    " die sich mit denen des Labors vergleichen lassen, und das an Orten, an die sonst niemand"
    " misst. Das Poster zeigt den Aufbau, die Messreihe eines Sommers und drei Fehler, die wir"
    " gern vorher gekannt hätten."
)


def evening(folder: Path, works: int = 3) -> Path:
    """The tests' programme with so many works, the first Elif's, and a tour on its own stage."""
    text = re.sub(r"(?m)^\[\[exhibits\]\]\n(?:.+\n)+", "", PROGRAMME.read_text())
    text += '\n[[stages]]\nid = "haus"\nname = "Im Haus"\n\n[[stages.items]]\n'
    text += 'id = "tour"\ntitle = "Rundgang durch die Ausstellung"\nkind = "tour"\n'
    text += 'start = "18:00"\nlength = 10\nstarts = "by hand"\nends = "by hand"\n'
    text += "".join(_work(number) for number in range(1, works + 1))
    path = folder / "exhibited.toml"
    path.write_text(text)
    return path


def _work(number: int) -> str:
    author = "Elif Yıldız" if number == 1 else f"Autorin Nummer {number}"
    kind = "exhibit" if number % 4 == 0 else "poster"
    topics = f'"{TOPICS[number % 5]}", "{TOPICS[(number + 2) % 5]}"'
    return f"""
[[exhibits]]
id = "w{number}"
title = "Arbeit {number}: Messen ohne Labor"
kind = "{kind}"
authors = ["{author}"]
organisation = "Hochschule Auenwerder"
about = "{ABOUT} Reihe {number}."
topics = [{topics}]
"""


def picture(width: int = 1200, height: int = 900, kind: str = "JPEG") -> bytes:
    """A picture of that size, as a phone makes it."""
    image = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    exif = Image.Exif()
    exif[0x010E] = "taken at home"  # ImageDescription: what is not to get into the house
    file = BytesIO()
    image.save(file, kind, exif=exif)
    return file.getvalue()
