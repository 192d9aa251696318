"""Carries out what a stage's insurance says: clips are played, clocks stopped, blind cameras told.

It compares what should be with what was last said, as all stagehands do.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Protocol

from rooms import foyer, insurance
from rooms.floor import Light
from rooms.insurance import End, Hold, Playing, Sight
from rooms.people import PersonId
from rooms.pitch import Pitch
from schedule.agenda import Pause, Resume
from schedule.machine import Command, Refused
from server.session import STAGE

log = logging.getLogger(__name__)

Do = Callable[[str, Command], Awaitable[None]]
"Carries out a command of the house in a room; raises `Refused`."


class Player(Protocol):
    """What an understudy needs of the media processes."""

    def play(self, stage: str, source: str, path: Path, at: float) -> None:
        """Play a clip that began at `at`, Unix seconds."""

    def stop_playing(self, stage: str, source: str) -> None:
        """Play it no longer."""


class Understudy:
    """Looks after the insurance of all rooms this process hosts."""

    def __init__(self, path: Callable[[str], Path]) -> None:
        """`path` says where a clip lies."""
        self._path = path
        self._sighted: set[PersonId] = set()
        self._blind: set[PersonId] = set()
        self._playing: dict[str, Playing] = {}
        self._in_vain: dict[str, str] = {}

    # What the media process tells

    def source_changed(self, source: str, state: Light, has_video: bool) -> None:
        """Somebody's picture came, or there is only a sound where a picture was."""
        person, _, what = source.partition("/")
        if what != "camera" or state == "gone":
            return  # gone says nothing about what comes next
        if has_video:
            self._sighted.add(person)
            self._blind.discard(person)
        elif person in self._sighted:
            self._blind.add(person)

    def over(self, state: Pitch, source: str) -> Command | None:
        """A clip is over: what its stage is to be told, if it plays there."""
        playing = state.insurance.playing
        if playing is None or insurance.source(playing.clip) != source:
            return None
        return End(playing.clip)

    def media_back(self) -> None:
        """A media process knows nothing any more of what it was told."""
        self._playing.clear()

    def hand_over(self, stage: str) -> None:
        """The stage is hosted elsewhere by now."""
        self._playing.pop(stage, None)
        self._in_vain.pop(stage, None)

    # What is to be done

    async def tend(
        self, state: Pitch, concerned: frozenset[PersonId], media: Player, do: Do
    ) -> None:
        """Set right what is not as it should be. Call it once the seats have their sources."""
        self._play(state, media)
        for person in sorted(concerned | set(state.insurance.blind)):
            blind = person in self._blind
            if blind != (person in state.insurance.blind):
                await do(STAGE + state.stage, Sight(person, blind))
        await self._mind_clock(state, do)

    def _play(self, state: Pitch, media: Player) -> None:
        before, now = self._playing.get(state.stage), state.insurance.playing
        if before == now:
            return
        if before is not None:
            media.stop_playing(state.stage, insurance.source(before.clip))
            del self._playing[state.stage]
        if now is not None:
            media.play(state.stage, insurance.source(now.clip), self._path(now.clip), now.at)
            self._playing[state.stage] = now

    async def _mind_clock(self, state: Pitch, do: Do) -> None:
        """Stop the speaker's clock, or let the one that was stopped for this go on."""
        stage, held = state.stage, state.insurance.held
        wanted = insurance.stops_clock(state.insurance, state.floor)
        if held is not None and held != wanted:
            try:
                await do(foyer.ROOM, Resume(stage, held))
            except Refused as refused:
                log.info("the clock of %s goes on already: %s", stage, refused)
            await do(STAGE + stage, Hold(None))
        elif wanted is not None and held is None and self._in_vain.get(stage) != wanted:
            try:
                await do(foyer.ROOM, Pause(stage, wanted))
            except Refused as refused:
                # The moderator was quicker; then it is theirs to let it go on.
                log.info("the clock of %s stands still already: %s", stage, refused)
                self._in_vain[stage] = wanted
            else:
                await do(STAGE + stage, Hold(wanted))
        if wanted is None:
            self._in_vain.pop(stage, None)
