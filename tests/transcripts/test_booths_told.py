"""The transcripts of the booths are current and tell of all that anybody hears there.

That browsers come to the same by folding them is tested in tests/web/js/fold.test.js.
"""

from __future__ import annotations

import pytest

from rooms import booths, rights
from tests.transcripts.booths import READERS, transcripts
from tests.transcripts.stories import HERE, written_out

NAMES = [f"booths-{name}.json" for name in READERS]


@pytest.mark.parametrize("name", NAMES)
def test_the_file_is_current(name: str) -> None:
    current = written_out(transcripts()[name])
    assert (HERE / name).read_bytes() == current, "run python -m tests.transcripts"


def test_every_event_that_anybody_hears_is_in_the_story() -> None:
    told = {frame["type"] for story in transcripts().values() for frame in story["frames"]}
    heard = {kind for kind in booths.EVENTS if rights.HEARS[kind] != rights.NOBODY}
    unheard = {"booth.waved"}  # who waves is heard by who stands there, who is no reader here
    views = {kind.__struct_config__.tag for kind in booths.VIEWS}
    assert told == {kind.__struct_config__.tag for kind in heard} - unheard | views


def test_who_only_looks_on_hears_nothing_of_who_waits_and_who_talks() -> None:
    told = {frame["type"] for frame in transcripts()["booths-onlooker.json"]["frames"]}
    assert told == {"booths.shown", "booth.said", "booth.unsaid"}
