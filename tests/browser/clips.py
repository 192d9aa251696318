"""Recognisable clips for fake cameras and microphones: a plain colour, a pure tone."""

from __future__ import annotations

import math
import wave
from pathlib import Path

SIZE = (640, 360)
FRAMES = 8

# Y, Cb, Cr of BT.601 limited range, the space cameras and VP8 use.
COLOURS = {
    "red": (82, 90, 240),
    "green": (145, 54, 34),
    "blue": (41, 240, 110),
}


def write_clip(folder: Path, colour: str) -> Path:
    """Write the clip of one colour and return its path."""
    width, height = SIZE
    luma, blue, red = COLOURS[colour]
    frame = bytes([luma]) * (width * height)
    frame += bytes([blue]) * (width * height // 4) + bytes([red]) * (width * height // 4)
    path = folder / f"{colour}.y4m"
    with path.open("wb") as clip:
        clip.write(f"YUV4MPEG2 W{width} H{height} F15:1 Ip A1:1 C420\n".encode())
        for _ in range(FRAMES):
            clip.write(b"FRAME\n" + frame)
    return path


def tone(folder: Path, hertz: int) -> Path:
    """Write two seconds of a pure tone for a fake microphone and return its path."""
    rate = 48_000
    samples = (
        round(9_000 * math.sin(2 * math.pi * hertz * place / rate)) for place in range(2 * rate)
    )
    path = folder / f"{hertz}.wav"
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        sound.writeframes(b"".join(each.to_bytes(2, "little", signed=True) for each in samples))
    return path
