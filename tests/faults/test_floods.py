"""Floods: whatever comes from outside, pictures and chat go on. `make faults` does it longer."""

from __future__ import annotations

from pathlib import Path

from tests.faults.besieged import JOINS, Besieged, Felt, besieged
from tests.faults.flood import KINDS

SHORT = 3.0  # seconds
GAP = 1.0  # seconds without a picture
SLOW = 0.2  # seconds for 99 of 100 words,
BUSY = 8.0  # or so many times what this machine, busy as it is, takes in peace
JOIN = 3.0  # seconds


async def hold(inside: Besieged, peace: Felt, worst: dict[str, Felt]) -> None:
    """Nobody inside has felt more of it than may be, and nobody was lost."""
    for name, felt in worst.items():
        assert felt.done > 0, name
        assert felt.gap < max(GAP, BUSY * peace.gap), (name, felt, peace)
        assert felt.slow < max(SLOW, BUSY * peace.slow), (name, felt, peace)
    assert inside.watched == inside.watching


async def test_pictures_and_chat_go_on_under_any_flood(tmp_path: Path) -> None:
    async with besieged(tmp_path) as inside:
        peace = await inside.feel(inside.peace(SHORT))
        worst = {kind: await inside.feel(inside.flood(kind, 20_000, SHORT)) for kind in KINDS}
        worst["few"] = await inside.feel(inside.flood("forged", 200, SHORT))

        await hold(inside, peace, worst)


async def test_whoever_is_let_in_harms_nobody_else(tmp_path: Path) -> None:
    async with besieged(tmp_path) as inside:
        peace = await inside.feel(inside.peace(SHORT))
        worst = {
            "malformed": await inside.feel(inside.malformed(SHORT)),
            "descriptions": await inside.feel(inside.strange_descriptions(SHORT)),
            "joins": await inside.feel(inside.joins_at_once()),
        }

        await hold(inside, peace, worst)
    assert len(inside.joins) == JOINS
    assert max(inside.joins) < JOIN
