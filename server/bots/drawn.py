"""Logos, papers and posters of the demo, drawn by code, so that no picture need be kept."""

from __future__ import annotations

import math
from collections.abc import Callable
from io import BytesIO
from typing import Final
from zlib import crc32

from PIL import Image, ImageColor, ImageDraw

from server.bots.deck import document
from server.bots.picture import INK, PAPER, SANS, SERIF, SOFT, VELVET, font, shade, wrapped

LOGO: Final = 384  # pixels each way
A4: Final = (1240, 1754)  # pixels at 150 to the inch
POSTER: Final = (1400, 990)  # pixels; lying, as it hangs in the gallery
Pen = ImageDraw.ImageDraw


def logo(mark: str, colour: str, light: str) -> bytes:
    """A company's logo as a PNG with round corners on nothing."""
    image = Image.new("RGBA", (LOGO, LOGO))
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((0, 0, LOGO - 1, LOGO - 1), 56, fill=ImageColor.getrgb(colour))
    MARKS[mark](pen, light)
    return _png(image)


def paper(title: str, lines: tuple[str, ...], organisation: str, colour: str) -> bytes:
    """A PDF of one upright page to take along."""
    image = Image.new("RGB", A4, PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, A4[0], 420), fill=ImageColor.getrgb(colour))
    pen.text((110, 90), organisation, font=font(SANS, 40), fill=PAPER)
    pen.multiline_text((110, 170), wrapped(title, 26), font=font(SERIF, 84), fill=PAPER)
    for number, line in enumerate(lines):
        top = 560 + number * 190
        pen.rectangle((110, top + 8, 118, top + 110), fill=VELVET)
        pen.multiline_text((150, top), wrapped(line, 46), font=font(SANS, 44), fill=INK)
    pen.text((110, 1640), "Erfunden für die Vorführung", font=font(SANS, 30), fill=SOFT)
    return document([(" ".join((title, organisation, *lines)), image)])


def poster(title: str, authors: str, organisation: str, about: str) -> Image.Image:
    """A lying poster: what it is about on the left, two drawings on the right."""
    hue = crc32(title.encode()) % 360 / 360
    image = Image.new("RGB", POSTER, PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, POSTER[0], 250), fill=shade(hue, 0.55, 0.26))
    pen.text((70, 50), title, font=font(SERIF, 84), fill=PAPER)
    pen.text((70, 172), f"{authors} · {organisation}", font=font(SANS, 30), fill=PAPER)
    pen.multiline_text((70, 310), wrapped(about, 38), font=font(SANS, 32), fill=INK, spacing=14)
    _curve(pen, (760, 310, 1330, 600), hue, crc32(about.encode()))
    _bars(pen, (760, 660, 1330, 930), hue, crc32(about.encode()) // 7)
    return image


def exhibit(title: str) -> Image.Image:
    """A thing on a table, of which no two are alike."""
    seed = crc32(title.encode())
    hue = seed % 360 / 360
    image = Image.new("RGB", POSTER, shade(hue, 0.12, 0.9))
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 740, POSTER[0], POSTER[1]), fill=shade(hue, 0.25, 0.5))
    pen.ellipse((330, 730, 1070, 830), fill=shade(hue, 0.35, 0.36))
    high, round_ = 260 + seed % 5 * 40, 30 + seed % 4 * 40
    pen.rounded_rectangle((440, 780 - high, 960, 780), round_, fill=shade(hue, 0.5, 0.42))
    pen.rounded_rectangle((480, 820 - high, 920, 880 - high), 20, fill=PAPER)
    for ring in range(1 + seed % 4):
        box = (600 - 40 * ring, 560 - 40 * ring, 800 + 40 * ring, 760 + 40 * ring)
        pen.arc(box, 180, 360, fill=shade(hue + 0.4, 0.4, 0.95), width=14)
    for knob in range(2 + seed // 7 % 4):
        at = 500 + 90 * knob
        pen.ellipse((at, 700, at + 44, 744), fill=shade(hue + 0.5, 0.6, 0.85))
    return image


def picture(image: Image.Image) -> bytes:
    """A PNG of few colours, as small as a drawing may be."""
    return _png(image.quantize(128))


def poster_pdf(title: str, authors: str, organisation: str, about: str) -> bytes:
    """The same poster as a PDF with its words."""
    words = f"{title}. {authors}, {organisation}. {about}"
    return document([(words, poster(title, authors, organisation, about))])


def _png(image: Image.Image) -> bytes:
    file = BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()


# Marks; all in a square of 384


def _beam(pen: Pen, light: str) -> None:
    pen.polygon([(70, 192), (170, 120), (170, 264)], fill=light)
    for rise in (-80, -40, 0, 40, 80):
        pen.line((180, 192, 320, 192 + rise), fill=light, width=12)


def _rhombus(pen: Pen, light: str) -> None:
    pen.polygon([(192, 70), (310, 192), (192, 314), (74, 192)], outline=light, width=20)
    pen.polygon([(192, 150), (234, 192), (192, 234), (150, 192)], fill=light)


def _wave(pen: Pen, light: str) -> None:
    for row in (130, 192, 254):
        points = [(x, row + 34 * math.sin((x - 60) / 42)) for x in range(60, 325, 4)]
        pen.line(points, fill=light, width=18, joint="curve")


def _peak(pen: Pen, light: str) -> None:
    pen.line([(80, 290), (192, 90), (304, 290)], fill=light, width=22, joint="curve")
    pen.line([(130, 290), (192, 190), (254, 290)], fill=light, width=22, joint="curve")


def _drop(pen: Pen, light: str) -> None:
    pen.polygon([(192, 66), (118, 210), (266, 210)], fill=light)
    pen.ellipse((112, 150, 272, 310), fill=light)


def _cell(pen: Pen, light: str) -> None:
    pen.rounded_rectangle((96, 110, 288, 310), 28, outline=light, width=20)
    pen.rectangle((156, 78, 228, 104), fill=light)
    pen.polygon(
        [(210, 140), (146, 222), (190, 222), (174, 280), (238, 196), (194, 196)], fill=light
    )


MARKS: Final[dict[str, Callable[[Pen, str], None]]] = {
    "beam": _beam,
    "rhombus": _rhombus,
    "wave": _wave,
    "peak": _peak,
    "drop": _drop,
    "cell": _cell,
}

Box = tuple[int, int, int, int]


def _curve(pen: Pen, box: Box, hue: float, seed: int) -> None:
    left, top, right, bottom = box
    pen.line([(left, top), (left, bottom), (right, bottom)], fill=SOFT, width=4)
    swing, ripple = 40 + seed % 30, 60 + seed % 40
    for turn, strength in ((0.0, 0.75), (1.1, 0.45)):
        points = [
            (x, (top + bottom) / 2 - swing * math.sin((x - left) / ripple + turn) - (x - left) / 9)
            for x in range(left, right, 6)
        ]
        pen.line(points, fill=shade(hue, 0.6, strength), width=7, joint="curve")


def _bars(pen: Pen, box: Box, hue: float, seed: int) -> None:
    left, top, right, bottom = box
    width = (right - left) // 9
    for bar in range(8):
        height = 40 + (seed >> (2 * bar)) % 8 * (bottom - top - 50) // 8
        at = left + 14 + bar * width
        strength = 0.3 + bar * 0.07
        pen.rectangle(
            (at, bottom - height, at + width - 16, bottom), fill=shade(hue, 0.5, strength)
        )
    pen.line((left, bottom, right, bottom), fill=SOFT, width=4)
