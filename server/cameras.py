"""Cameras and players of the hall, as the media processes tell of them: who is there, who may."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from rooms import sources
from rooms.floor import Light
from rooms.pitch import Pitch
from rooms.sources import Count, Report, Source, Way
from schedule.machine import Command

KINDS: dict[Way, str] = {"in": "whip", "out": "whep"}


class Call(NamedTuple):
    """A connection of a camera or a player, as its peer is named."""

    way: Way
    stage: str
    place: str
    secret: str
    "the beginning of the fingerprint of the secret it came with"
    number: str

    @property
    def peer(self) -> str:
        """Its name in the media process."""
        return ".".join((KINDS[self.way], *self[1:]))

    def holds(self, source: Source | None) -> bool:
        """Whether the secret it came with is the one that holds now."""
        return source is not None and source.secret.startswith(self.secret)


def read(peer: str) -> Call | None:
    """The call behind a peer's name, if it is one."""
    kind, *rest = peer.split(".")
    ways = [way for way, name in KINDS.items() if name == kind]
    return Call(ways[0], *rest) if ways and len(rest) == 4 else None


class Cameras:
    """What is known of all stages; asked stage by stage what is to be done."""

    def __init__(self) -> None:
        self._calls: set[Call] = set()
        self._lights: dict[str, tuple[Light, str]] = {}
        self._unable: dict[tuple[int, str], int] = {}

    def peer_changed(self, peer: str, state: str) -> None:
        """A connection came or went."""
        call = read(peer)
        if call is not None and state == "connected":
            self._calls.add(call)
        elif call is not None and state == "gone":
            self._calls.discard(call)

    def source_changed(self, source: str, state: Light, codec: str) -> None:
        """A picture came, stands still, or went."""
        if source.startswith("whip/") and source.count("/") == 2:
            self._lights[source] = state, codec if state != "gone" else ""

    def unable_changed(self, index: int, stage: str, viewers: int) -> None:
        """So many viewers at one media process have nothing that decodes H264."""
        self._unable[index, stage] = viewers

    def news(self, pitch: Pitch) -> tuple[Command, ...]:
        """What the stage does not know yet."""
        found: list[Command] = []
        for source in pitch.sources.known:
            state, codec = self._light(pitch.stage, source)
            if (state, codec) != (source.state, source.codec):
                found.append(Report(source.way, source.place, state, codec))
        unable = sum(n for (_, stage), n in self._unable.items() if stage == pitch.stage)
        if unable != pitch.sources.unable:
            found.append(Count(unable))
        return tuple(found)

    def unwelcome(self, pitch: Pitch) -> tuple[str, ...]:
        """Peers that came with a secret which holds no longer."""
        return tuple(
            call.peer
            for call in sorted(self._calls)
            if call.stage == pitch.stage
            and not call.holds(sources.find(pitch.sources, call.way, call.place))
        )

    def _light(self, stage: str, source: Source) -> tuple[Light, str]:
        if source.way == "in":
            return self._lights.get(sources.source(stage, source.place), ("gone", ""))
        players = Counter((call.way, call.stage, call.place) for call in self._calls)
        return ("live" if players["out", stage, source.place] else "gone"), ""
