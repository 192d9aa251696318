"""Sentences below fields."""

from __future__ import annotations

from rooms.floor import FloorShown
from schedule.items import Item
from server import explained


def test_a_sentence_belongs_to_the_field_above_it() -> None:
    said = explained.below(Item)

    assert said["starts_at"] == "Planned, Unix seconds."
    assert "title" not in said


def test_a_struct_inherits_the_sentences_of_its_base() -> None:
    assert explained.below(FloorShown)["hands"] == "Since when."
