"""How bots make room for people at the booths: nobody real waits long behind them."""

from __future__ import annotations

from collections.abc import Callable, Collection


class Courtesy:
    """What one bot at a booth knows of real people there, and the others act upon."""

    def __init__(self, is_bot: Callable[[str], bool], expected: Collection[str]) -> None:
        """`expected` are the organisations that somebody real may come to represent."""
        self.is_bot = is_bot
        self._expected = expected
        self._waited_for: dict[str, bool] = {}
        self._staffed: dict[str, bool] = {}

    def note(self, booth: str, waiting: bool, staffed: bool) -> None:
        """Somebody real waits at a booth, or stands there for its company; or nobody does."""
        self._waited_for[booth] = waiting
        self._staffed[booth] = staffed

    def leaves(self, organisation: str, person: str) -> bool:
        """Whether what a bot sent is left for somebody real to answer."""
        return self.is_bot(person) and organisation in self._expected

    def is_waited_for(self, booth: str) -> bool:
        """Whether bots give way in this queue."""
        return self._waited_for.get(booth, False)

    def is_staffed(self, booth: str) -> bool:
        """Whether somebody real serves this queue."""
        return self._staffed.get(booth, False)
