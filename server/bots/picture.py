"""A bot's picture and sound: its name over a moving arch, its slides, a soft voice-like tone."""

from __future__ import annotations

import asyncio
import colorsys
import fractions
import math
import struct
import time
from functools import lru_cache
from pathlib import Path
from zlib import crc32

import av
from aiortc.mediastreams import AudioStreamTrack, VideoStreamTrack
from PIL import Image, ImageDraw, ImageFont

SIZE = (640, 360)
ARCH = (470, 40, 600, 170)  # where the arch stands in a portrait
FRAMES = 12  # a second; enough to see that it moves
SLIDE_SIZE = (1280, 720)  # letters stay sharp when slides are shown large
SLIDE_FRAMES = 3  # a second
VIDEO_CLOCK = 90_000  # Hz, RFC 7741 section 4.1
RATE = 48_000  # Hz, RFC 7587 section 4.1
SAMPLES = RATE // 50  # 20 ms of sound
TURNS_PAGE = 25.0  # seconds on each slide
VOICE_SECONDS = 4  # of sound that repeat
LOUDNESS = 0.05  # of full scale
FONTS = Path(__file__).parents[2] / "web" / "static" / "fonts"
SERIF = FONTS / "newsreader-latin-opsz-normal.woff2"
SANS = FONTS / "instrument-sans-latin-wdth-normal.woff2"
PAPER = (246, 242, 234)
INK = (44, 33, 29)
SOFT = (75, 63, 56)
VELVET = (132, 30, 44)


class Camera(VideoStreamTrack):
    """A person: name, organisation, and an arch that fills and empties like breath."""

    def __init__(self, name: str, organisation: str) -> None:
        super().__init__()
        self._ground = _portrait(name, organisation)
        self._hue = _hue(name)
        self._pace = _Pace(FRAMES)

    async def recv(self) -> av.VideoFrame:
        moment = await self._pace.next()
        image = self._ground.copy()
        draw = ImageDraw.Draw(image)
        swing = 0.5 - 0.5 * math.cos(moment * 2 * math.pi / 4)
        draw.arc(
            (470, 40, 600, 170), 180, 180 + 180 * swing, fill=shade(self._hue, 0.45, 0.95), width=12
        )
        x = 40 + (SIZE[0] - 100) * (0.5 + 0.5 * math.sin(moment / 2))
        draw.ellipse((x, 322, x + 18, 340), fill=PAPER)
        return _frame(image, moment)


class Slides(VideoStreamTrack):
    """What a talent shows: a title page and three plain pages that turn by themselves."""

    def __init__(self, title: str, name: str, organisation: str) -> None:
        super().__init__()
        self._pages = [picture for _, picture in slides(title, name, organisation)]
        self._pace = _Pace(SLIDE_FRAMES)

    async def recv(self) -> av.VideoFrame:
        moment = await self._pace.next()
        page = int(moment / TURNS_PAGE) % len(self._pages)
        return _frame(self._pages[page], moment)


class Voice(AudioStreamTrack):
    """Soft syllables on a pitch of one's own, so that one hears who speaks."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._murmur = _murmur(130 + crc32(name.encode()) % 120)
        self._sent = 0
        self._started: float | None = None

    async def recv(self) -> av.AudioFrame:
        if self._started is None:
            self._started = time.monotonic()
        wait = self._started + self._sent / RATE - time.monotonic()
        if wait > 0:
            await asyncio.sleep(wait)
        frame = av.AudioFrame(format="s16", layout="mono", samples=SAMPLES)
        start = self._sent * 2 % len(self._murmur)
        frame.planes[0].update(self._murmur[start : start + SAMPLES * 2])
        frame.sample_rate = RATE
        frame.pts = self._sent
        frame.time_base = fractions.Fraction(1, RATE)
        self._sent += SAMPLES
        return frame


@lru_cache(maxsize=8)
def _murmur(pitch: int) -> bytes:
    """Four seconds that join at the ends: every rhythm in them is a multiple of 0.25 Hz."""
    values = []
    for n in range(VOICE_SECONDS * RATE):
        moment = 2 * math.pi * n / RATE
        syllable = max(0.0, math.sin(2.75 * moment)) ** 2
        breath = 1.0 if math.sin(0.25 * moment) > -0.6 else 0.0
        tone = math.sin(pitch * moment) + 0.4 * math.sin(2 * pitch * moment)
        values.append(int(32_000 * LOUDNESS * syllable * breath * tone / 1.4))
    return struct.pack(f"<{len(values)}h", *values)


class _Pace:
    """Says when the next picture is due; a late one is skipped, never hurried after."""

    def __init__(self, frames: int) -> None:
        self._step = 1 / frames
        self._started = time.monotonic()
        self._shown = 0

    async def next(self) -> float:
        now = time.monotonic() - self._started
        self._shown = max(self._shown + 1, int(now / self._step))
        await asyncio.sleep(max(0.0, self._shown * self._step - now))
        return self._shown * self._step


def _frame(image: Image.Image, moment: float) -> av.VideoFrame:
    frame: av.VideoFrame = av.VideoFrame.from_image(image)
    frame.pts = int(moment * VIDEO_CLOCK)
    frame.time_base = fractions.Fraction(1, VIDEO_CLOCK)
    return frame


def _portrait(name: str, organisation: str) -> Image.Image:
    hue = _hue(name)
    image = Image.new("RGB", SIZE, shade(hue, 0.38, 0.36))
    draw = ImageDraw.Draw(image)
    draw.ellipse((470, 200, 610, 360), fill=shade(hue, 0.30, 0.62))
    draw.rectangle((0, 300, SIZE[0], SIZE[1]), fill=shade(hue, 0.42, 0.24))
    draw.arc(ARCH, 180, 360, fill=shade(hue, 0.38, 0.24), width=12)
    draw.multiline_text((40, 84), wrapped(name, 15), font=font(SERIF, 50), fill=PAPER, spacing=6)
    draw.text((40, 250), organisation, font=font(SANS, 24), fill=PAPER)
    return image


def slides(title: str, name: str, organisation: str) -> list[tuple[str, Image.Image]]:
    """What somebody shows: each page's words, and the page."""
    hue = _hue(title)
    cover = Image.new("RGB", SLIDE_SIZE, shade(hue, 0.5, 0.22))
    draw = ImageDraw.Draw(cover)
    draw.multiline_text((88, 140), wrapped(title, 22), font=font(SERIF, 96), fill=PAPER, spacing=16)
    draw.text((88, 590), f"{name} · {organisation}", font=font(SANS, 38), fill=PAPER)
    draw.arc((960, 420, 1340, 800), 180, 360, fill=shade(hue, 0.45, 0.6), width=26)
    draw.arc((1040, 500, 1260, 720), 180, 360, fill=shade(hue, 0.45, 0.6), width=26)
    pages = [(" ".join(p), _page(hue, title, p, n)) for n, p in enumerate(_PAGES, start=2)]
    return [(f"{title}. {name}, {organisation}", cover), *pages]


_PAGES = (
    ("Die Frage", "Was wäre, wenn es", "auch einfacher ginge?"),
    ("Der Weg", "Aufbau, Messung,", "und was daneben ging"),
    ("Das Ergebnis", "Es hält. Und es", "kostet ein Drittel."),
)


def _page(hue: float, title: str, words: tuple[str, str, str], number: int) -> Image.Image:
    page = Image.new("RGB", SLIDE_SIZE, PAPER)
    draw = ImageDraw.Draw(page)
    draw.text((88, 80), words[0], font=font(SERIF, 88), fill=INK)
    draw.rectangle((88, 216, 176, 221), fill=VELVET)
    draw.text((88, 280), words[1], font=font(SANS, 50), fill=SOFT)
    draw.text((88, 352), words[2], font=font(SANS, 50), fill=SOFT)
    seed = crc32(title.encode()) + number
    for bar in range(7):
        height = 60 + (seed >> (3 * bar)) % 8 * 36
        left = 720 + bar * 68
        draw.rectangle(
            (left, 560 - height, left + 48, 560), fill=shade(hue, 0.55, 0.3 + bar * 0.08)
        )
    draw.line((708, 561, 1196, 561), fill=SOFT, width=3)
    draw.text((88, 636), f"{number} / {len(_PAGES) + 1} · {title}", font=font(SANS, 32), fill=SOFT)
    return page


def wrapped(text: str, width: int) -> str:
    """The text in lines of at most `width` characters."""
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)


@lru_cache(maxsize=16)
def font(path: Path, size: int) -> ImageFont.FreeTypeFont:
    """One of the house's own fonts."""
    return ImageFont.truetype(str(path), size)


def _hue(name: str) -> float:
    return crc32(name.encode()) % 360 / 360


def shade(hue: float, saturation: float, value: float) -> tuple[int, int, int]:
    """A colour; all three from 0 to 1."""
    red, green, blue = colorsys.hsv_to_rgb(hue, saturation, value)
    return (int(red * 255), int(green * 255), int(blue * 255))
