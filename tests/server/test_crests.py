"""Logos of strangers become signs that can be seen, or one sentence that says what to do."""

from __future__ import annotations

import math
import os
import re
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw

from rooms.stands import Logo
from schedule.machine import Refused
from server import heraldry
from server.crests import Crests
from server.files import Files

NAVY, WHITE, ORANGE = (16, 24, 64, 255), (255, 255, 255, 255), (240, 130, 20, 255)
CLEAR = (0, 0, 0, 0)


@pytest.fixture
def crests(tmp_path: Path) -> Crests:
    return Crests(Files(tmp_path))


def drawn(
    size: tuple[int, int],
    ink: tuple[int, ...],
    ground: tuple[int, ...] = CLEAR,
    box: tuple[int, int, int, int] | None = None,
    second: tuple[int, ...] | None = None,
) -> Image.Image:
    """A plate with a spot on it, in the middle unless told otherwise."""
    image = Image.new("RGBA", size, ground)
    left, top, right, bottom = box or (size[0] // 4, size[1] // 4, size[0] * 3 // 4, size[1] // 2)
    pen = ImageDraw.Draw(image)
    pen.ellipse((left, top, right - 1, bottom - 1), fill=ink)
    if second is not None:
        pen.chord((left, top, right - 1, bottom - 1), 90, 270, fill=second)
    return image


def saved(image: Image.Image, kind: str = "PNG", **given: Any) -> bytes:
    out = BytesIO()
    image.save(out, kind, **given)
    return out.getvalue()


async def arriving(body: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(body), 65_536):
        yield body[start : start + 65_536]


async def hung(crests: Crests, body: bytes) -> Logo:
    return await crests.take(arriving(body))


async def refusal(crests: Crests, body: bytes) -> str:
    with pytest.raises(Refused) as refused:
        await hung(crests, body)
    assert list(crests.files.folder.iterdir()) == []
    return str(refused.value)


async def test_clear_borders_go_and_a_dark_sign_is_not_for_the_dark(crests: Crests) -> None:
    logo = await hung(crests, saved(drawn((800, 400), NAVY, box=(100, 50, 500, 150))))

    assert (logo.width, logo.height) == (400, 100)
    assert (logo.light, logo.dark, logo.tile) == (True, False, False)
    with Image.open(crests.path(logo.id)) as picture:
        assert (picture.format, picture.size) == ("WEBP", (400, 100))


async def test_a_white_sign_vanishes_on_light(crests: Crests) -> None:
    logo = await hung(crests, saved(drawn((400, 400), WHITE)))
    assert (logo.light, logo.dark, logo.tile) == (False, True, False)


async def test_a_coloured_sign_is_seen_on_both(crests: Crests) -> None:
    logo = await hung(crests, saved(drawn((400, 400), ORANGE)))
    assert (logo.light, logo.dark, logo.tile) == (True, True, False)


async def test_what_is_half_white_and_half_black_gets_a_grey_tile(crests: Crests) -> None:
    logo = await hung(crests, saved(drawn((400, 400), NAVY, second=WHITE)))
    assert (logo.light, logo.dark, logo.tile) == (True, True, True)
    with Image.open(crests.path(logo.id)) as picture:
        corner = picture.convert("RGB").getpixel((1, 1))
    assert corner == pytest.approx(heraldry.GREY, abs=4)


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "PNG"])
async def test_borders_of_one_colour_go_but_for_a_margin(crests: Crests, kind: str) -> None:
    plate = drawn((1000, 1000), NAVY, WHITE, box=(300, 400, 700, 500)).convert("RGB")
    logo = await hung(crests, saved(plate, kind))

    assert (logo.width, logo.height) == pytest.approx((424, 124), abs=12)
    assert (logo.light, logo.dark) == (True, True)


async def test_a_huge_logo_becomes_small_and_a_tiny_one_stays(crests: Crests) -> None:
    huge = await hung(crests, saved(drawn((6000, 3000), ORANGE, box=(0, 0, 6000, 3000))))
    tiny = await hung(crests, saved(drawn((12, 6), ORANGE, box=(0, 0, 12, 6))))
    assert (huge.width, huge.height) == (640, 320)
    assert (tiny.width, tiny.height) == (12, 6)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "CMYK", "I;16", "RGB"])
async def test_whatever_kind_of_pixels_it_has(crests: Crests, mode: str) -> None:
    image = drawn((200, 100), NAVY, WHITE)
    if mode == "I;16":
        image = Image.new("I;16", (200, 100), 65_535)
        image.paste(0, (50, 25, 150, 50))
    else:
        image = image.convert("L" if mode == "1" else "RGB" if mode == "CMYK" else mode)
        image = image.convert(mode)
    logo = await hung(crests, saved(image, "JPEG" if mode == "CMYK" else "PNG"))
    assert logo.light


async def test_a_photograph_on_its_side_is_put_upright(crests: Crests) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    image = drawn((400, 200), NAVY, ORANGE, box=(0, 0, 200, 200)).convert("RGB")
    logo = await hung(crests, saved(image, "JPEG", exif=exif))
    assert logo.height > logo.width


async def test_the_first_picture_of_a_moving_one_is_taken(crests: Crests) -> None:
    first, second = drawn((64, 64), NAVY), drawn((64, 64), ORANGE)
    body = saved(first, "WEBP", save_all=True, append_images=[second], lossless=True)
    logo = await hung(crests, body)
    assert logo.light
    with Image.open(crests.path(logo.id)) as picture:
        assert getattr(picture, "n_frames", 1) == 1


@pytest.mark.parametrize(
    "body",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- made by hand -->\n<svg/>',
        b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x"><svg/>',
    ],
)
async def test_drawings_that_may_hold_programs_are_not_taken(crests: Crests, body: bytes) -> None:
    assert (await refusal(crests, body)).startswith("This is an SVG, which can hold programs")


@pytest.mark.parametrize(
    "body",
    [b"", b"hello", b"%PDF-1.7\n", b"GIF89a" + bytes(40), b"BM" + bytes(80), b"\x00\x00\x01\x00"],
)
async def test_what_is_no_picture(crests: Crests, body: bytes) -> None:
    assert await refusal(crests, body) == (
        "This is not a PNG, JPEG or WebP. Please save the logo as PNG and retry."
    )


async def test_a_gif_in_disguise_is_none_either(crests: Crests) -> None:
    assert "not a PNG" in await refusal(crests, saved(drawn((20, 20), NAVY).convert("P"), "GIF"))


async def test_what_was_cut_off(crests: Crests) -> None:
    whole = saved(drawn((800, 800), NAVY, WHITE))
    assert "cannot be read" in await refusal(crests, whole[: len(whole) // 2])


async def test_a_picture_with_nothing_on_it(crests: Crests) -> None:
    assert "nothing to be seen" in await refusal(crests, saved(Image.new("RGBA", (50, 50))))
    blank = saved(Image.new("RGB", (50, 50), "white"))
    assert "nothing to be seen" in await refusal(crests, blank)


async def test_a_few_bytes_that_would_fill_the_memory(crests: Crests) -> None:
    bomb = saved(Image.new("1", (12_000, 12_000)))
    assert len(bomb) < 40_000
    assert "more than 60 million pixels" in await refusal(crests, bomb)


async def test_old_logos_are_swept_once_no_stand_knows_them(crests: Crests) -> None:
    body = saved(drawn((40, 40), NAVY))
    kept, gone = await hung(crests, body), await hung(crests, body)
    for logo in (kept, gone):
        long_ago = 1_000_000_000
        os.utime(crests.path(logo.id).parent, (long_ago, long_ago))
    crests.sweep(frozenset({kept.id}))
    assert crests.path(kept.id).is_file()
    assert not crests.path(gone.id).exists()


def test_a_logo_is_tried_on_the_grounds_it_will_hang_on() -> None:
    tokens = Path(heraldry.__file__).parents[1] / "web/static/css/tokens.css"
    found = re.search(
        r"--raised:\s+light-dark\(oklch\((.+?)\),\s+oklch\((.+?)\)\)", tokens.read_text()
    )
    assert found is not None
    assert [rgb(*map(float, each.split())) for each in found.groups()] == [
        heraldry.LIGHT,
        heraldry.DARK,
    ]


def rgb(light: float, chroma: float, hue: float) -> tuple[int, ...]:
    """OKLCH as sRGB, by Björn Ottosson's matrices."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
    return tuple(
        round(255 * (12.92 * c if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055))
        for c in (min(1.0, max(0.0, each)) for each in linear)
    )
