"""How much one person and one address may ask in a while: token buckets."""

from __future__ import annotations

from typing import Final

from msgspec import Struct


class Rate(Struct, frozen=True):
    """So many at once, and so many a second in the long run."""

    burst: float
    per_second: float


# A person has a few tabs open; each loads, joins two rooms and pings. A hall of
# five hundred may sit behind one address, so an address gets a good deal more.
PER_PERSON: Final = {
    "message": Rate(120, 20),
    "command": Rate(40, 8),
    "media": Rate(30, 2),
    "connect": Rate(30, 1),
    "form": Rate(30, 1),
}
PER_ADDRESS: Final = {
    "message": Rate(6_000, 1_500),
    "command": Rate(2_000, 500),
    "media": Rate(1_500, 100),
    "connect": Rate(1_000, 50),
    "form": Rate(600, 20),
    # Only what failed counts. A link has 256 bits of chance; this is to keep the noise down.
    "failed sign-in": Rate(30, 0.2),
    "newcomer": Rate(200, 2),
    "invitation": Rate(15, 1 / 60),  # of one person; each is a mail to whom they like
}
FORGET: Final = 4_096  # buckets; beyond that the full ones, which say nothing, are dropped


class _Bucket:
    __slots__ = ("at", "tokens")

    def __init__(self, tokens: float, at: float) -> None:
        self.tokens = tokens
        self.at = at


class Limits:
    """Counts for everybody. Seconds are passed in and need only move forward."""

    def __init__(self, rates: dict[str, Rate]) -> None:
        self._rates = rates
        self._buckets: dict[tuple[str, str], _Bucket] = {}
        self._sweep_at = FORGET

    def take(self, what: str, whose: str, now: float, tokens: float = 1.0) -> bool:
        """Whether `whose` next `what` is within the limits; if so, it is counted."""
        bucket = self._filled(what, whose, now)
        if bucket.tokens < tokens:
            return False
        bucket.tokens -= tokens
        return True

    def left(self, what: str, whose: str, now: float) -> bool:
        """Whether there would be one more; counts nothing."""
        return self._filled(what, whose, now).tokens >= 1.0

    def _filled(self, what: str, whose: str, now: float) -> _Bucket:
        rate = self._rates[what]
        bucket = self._buckets.get((what, whose))
        if bucket is None:
            self._tidy(now)
            bucket = self._buckets[what, whose] = _Bucket(rate.burst, now)
        passed = max(0.0, now - bucket.at)
        bucket.tokens = min(rate.burst, bucket.tokens + passed * rate.per_second)
        bucket.at = max(bucket.at, now)
        return bucket

    def _tidy(self, now: float) -> None:
        if len(self._buckets) < self._sweep_at:
            return
        for (what, whose), bucket in tuple(self._buckets.items()):
            rate = self._rates[what]
            if bucket.tokens + (now - bucket.at) * rate.per_second >= rate.burst:
                del self._buckets[what, whose]
        self._sweep_at = max(FORGET, 2 * len(self._buckets))
