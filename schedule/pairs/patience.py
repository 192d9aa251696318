"""Patience: how long somebody waits for a repair.

The only clock below the server. It never decides what is true, only when to stop looking for
something better; whoever waits for a live round cannot wait for the best one there is.
"""

from __future__ import annotations

import time
from collections.abc import Callable


def lasting(seconds: float) -> Callable[[], bool]:
    """Says whether these seconds, from now, are not over yet."""
    ends_at = time.monotonic() + seconds
    return lambda: time.monotonic() < ends_at
