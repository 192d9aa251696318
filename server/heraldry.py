"""A picture becomes a logo: trimmed, of a useful size, and tried in both lights.

The work of a confined process: whoever made the file may have meant ill by it.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from server.crests import MOST_PIXELS, Hung, Outcome, Unusable

Image.init()  # now: later no module can be looked for
KINDS: Final = ("PNG", "JPEG", "WEBP")
LARGEST: Final = 640  # pixels of the longer side: twice what a booth shows
QUALITY: Final = 90
HINT: Final = 8  # of 255: what is fainter counts as nothing when borders are trimmed
NOISE: Final = 18  # of 255 a channel: how far a border's colour wanders in a JPEG

# The tile a logo hangs on, `--raised` in tokens.css, by day and by night.
LIGHT: Final = (255, 255, 255)
DARK: Final = (43, 36, 32)
GREY: Final = (118, 118, 118)
"As far from white as from black; below a logo that has both."
TELLS: Final = 2.0  # contrast (WCAG 2.2) from which a large sign can be told from its ground
ENOUGH: Final = 0.7  # of the ink: where more than a third is gone, so is a word of it
MARGIN: Final = 0.12  # of the shorter side, around a logo with a ground of its own

Pixels = NDArray[Any]


def main(arguments: Sequence[str]) -> None:
    """Write the logo made of one file to the other, and the `Outcome` as JSON to stdout."""
    picture, logo = map(Path, arguments)
    sys.stdout.buffer.write(msgspec.json.encode(hung(picture, logo)))


def hung(picture: Path, logo: Path) -> Outcome:
    """Write the logo to `logo`. Never raises for what is in the picture."""
    if _is_vector(picture):
        return Unusable("vector")
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS * 1_000_000
    try:
        with Image.open(picture, formats=KINDS) as found:
            image = _plain(found)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return Unusable("too large")
    except UnidentifiedImageError:
        return Unusable("no picture")
    except (OSError, SyntaxError, ValueError, ArithmeticError, IndexError, KeyError, TypeError):
        return Unusable("broken")  # all of these come out of decoders that meet nonsense
    trimmed = _trimmed(image)
    return Unusable("empty") if trimmed is None else _kept(trimmed, logo)


def _is_vector(picture: Path) -> bool:
    with picture.open("rb") as file:
        head = file.read(2048).removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return head.startswith(b"<") and (b"<svg" in head or b"svg" in head[:200])


def _plain(found: Image.Image) -> Image.Image:
    """Its first picture, upright, in red, green, blue and opacity."""
    upright = ImageOps.exif_transpose(found)
    if upright.mode.startswith("I;16") or upright.mode in ("I", "F"):
        upright = upright.point(lambda value: value / 256).convert("L")
    return upright.convert("RGBA")


def _trimmed(image: Image.Image) -> Image.Image | None:
    """Without clear borders, or those of one colour; None if nothing is left."""
    pixels = np.asarray(image).astype(np.int16)
    corners = pixels[[0, 0, -1, -1], [0, -1, 0, -1]]
    if np.any(corners[:, 3] < 255 - HINT):
        return _cropped(image, pixels[..., 3] > HINT)
    if np.any(np.abs(corners - corners[0]) > NOISE):
        return image
    drawn = _cropped(image, np.any(np.abs(pixels - corners[0]) > NOISE, axis=2))
    return None if drawn is None else _on(drawn, image.getpixel((0, 0)))


def _cropped(image: Image.Image, seen: Pixels) -> Image.Image | None:
    rows, columns = np.flatnonzero(seen.any(axis=1)), np.flatnonzero(seen.any(axis=0))
    if not rows.size or not columns.size:
        return None
    box = (int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)
    return image.crop(box)


def _kept(image: Image.Image, logo: Path) -> Hung:
    image.thumbnail((LARGEST, LARGEST), Image.Resampling.LANCZOS)
    light, dark = (_seen_on(image, ground) for ground in (LIGHT, DARK))
    tile = not light and not dark
    if tile:
        image = _on(image, GREY)
    image.save(logo, quality=QUALITY, alpha_quality=100, method=4)
    return Hung(image.width, image.height, light or tile, dark or tile, tile)


def _seen_on(image: Image.Image, ground: tuple[int, int, int]) -> bool:
    """Whether most of what is drawn can be told from this ground."""
    pixels = np.asarray(image).astype(np.float64)
    opacity = pixels[..., 3:] / 255
    if opacity.min() > 0.98:
        return True  # it brings a ground of its own
    inked = opacity[..., 0] > 0.5
    if not inked.any():
        inked = opacity[..., 0] > opacity.max() / 2
    blended = pixels[..., :3] * opacity + np.array(ground) * (1 - opacity)
    ink, paper = _luminance(blended[inked]), _luminance(np.array([ground], dtype=np.float64))
    contrast = (np.maximum(ink, paper) + 0.05) / (np.minimum(ink, paper) + 0.05)
    return bool(np.mean(contrast >= TELLS) >= ENOUGH)


def _luminance(colours: Pixels) -> Pixels:
    """Relative luminance, WCAG 2.2."""
    share = colours / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    weighed: Pixels = linear @ np.array([0.2126, 0.7152, 0.0722])
    return weighed


def _on(image: Image.Image, colour: Any) -> Image.Image:
    """With a ground of this colour, and a margin of it."""
    margin = max(1, round(min(image.size) * MARGIN))
    size = (image.width + 2 * margin, image.height + 2 * margin)
    ground = Image.new("RGBA", size, (*colour[:3], 255))
    ground.alpha_composite(image, (margin, margin))
    return ground
