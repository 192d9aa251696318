"""Whether the fan-out in C was built here, and what a setting may say of it."""

from __future__ import annotations

from typing import Literal

try:
    from rooms.media import accelerated
except ImportError:
    BUILT = False
else:
    BUILT = bool(accelerated)

Choice = Literal["auto", "plain", "accelerated"]
