"""Cameras and players of the hall: what of their descriptions we can carry (WHIP, WHEP)."""

from __future__ import annotations

from collections.abc import Mapping

from rooms.media.feed import Feed
from rooms.media.reasons import NO_CODEC, TOO_MUCH
from rooms.media.sdp import NUMBERS, Description, Section, Sending, wanted
from rooms.media.stage import Seat

Played = Mapping[int, tuple[Sending, Feed]]
"What goes out in which of a player's m-lines."


def refusal(theirs: Description) -> str | None:
    """Why an offer cannot be taken whole, if it cannot."""
    offered = [each for each in theirs.sections if _media(each) and _sends(each)]
    kinds = [each.kind for each in offered]
    if len(set(kinds)) < len(kinds):
        return TOO_MUCH
    if not offered or not all(wanted(each) for each in offered):
        return NO_CODEC
    return None


def played(theirs: Description, seat: Seat | None) -> Played:
    """The first picture and the first sound that a player wants of this seat."""
    found: dict[int, tuple[Sending, Feed]] = {}
    if seat is None:
        return found
    waiting = {"audio": seat.audio, "video": seat.video}
    for at, section in enumerate(theirs.sections):
        if section.kind in waiting and section.carried and _receives(section):
            feed = waiting.pop(section.kind)
            found[at] = Sending(seat.name, section.kind, feed.ssrc), feed
    return found


def numbers(theirs: Description, taken: Played) -> dict[int, int]:
    """Their payload types by ours, for the m-lines that are taken."""
    return {
        NUMBERS[each.codec]: each.number for at in taken for each in theirs.sections[at].carried
    }


def _media(section: Section) -> bool:
    return section.kind in ("audio", "video") and not section.rejected


def _sends(section: Section) -> bool:
    return section.direction in ("sendonly", "sendrecv")


def _receives(section: Section) -> bool:
    return not section.rejected and section.direction in ("recvonly", "sendrecv")
