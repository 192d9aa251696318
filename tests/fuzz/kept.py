"""What once broke something, or nearly did: kept for each target, and tried again in every test."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).with_name("corpus")


def kept(target: str) -> list[bytes]:
    """The inputs kept for a target, in the order of their names."""
    return [path.read_bytes() for path in sorted((FOLDER / target).glob("*.bin"))]


def keep(target: str, data: bytes) -> Path:
    """Keep an input; the same one twice is one file."""
    folder = FOLDER / target
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{hashlib.sha256(data).hexdigest()[:16]}.bin"
    path.write_bytes(data)
    return path
