"""The transcripts of the tables are current and tell of all that anybody hears there.

That browsers come to the same by folding them is tested in tests/web/js/fold.test.js.
"""

from __future__ import annotations

import pytest

from rooms import rights, tables
from tests.transcripts.stories import HERE, written_out
from tests.transcripts.tables import READERS, transcripts

NAMES = [f"tables-{name}.json" for name in READERS]


@pytest.mark.parametrize("name", NAMES)
def test_the_file_is_current(name: str) -> None:
    current = written_out(transcripts()[name])
    assert (HERE / name).read_bytes() == current, "run python -m tests.transcripts"


def test_every_event_that_anybody_hears_is_in_the_story() -> None:
    told = {frame["type"] for story in transcripts().values() for frame in story["frames"]}
    heard = {kind for kind in tables.EVENTS if rights.HEARS[kind] != rights.NOBODY}
    assert told == {kind.__struct_config__.tag for kind in heard}


def test_who_only_looks_on_hears_nothing_of_what_happens_at_a_table() -> None:
    told = {frame["type"] for frame in transcripts()["tables-desk.json"]["frames"]}
    private = {"said", "knocked", "answered", "shared", "called"}
    assert told.isdisjoint({f"tables.{name}" for name in private})
