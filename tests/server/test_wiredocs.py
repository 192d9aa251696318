"""What is written down about the wire is what goes over it."""

from __future__ import annotations

from server import wire, wiredocs
from server.wiredocs import ROOT


def test_wire_md_is_up_to_date() -> None:
    assert (ROOT / "WIRE.md").read_text() == wiredocs.markdown()


def test_wire_d_ts_is_up_to_date() -> None:
    assert (ROOT / "web/static/wire.d.ts").read_text() == wiredocs.declarations()


def test_every_message_is_described() -> None:
    text = wiredocs.markdown()

    for message in (*wire.COMMANDS, *wire.EVENTS, *wire.VIEWS):
        assert f"### `{message.__struct_config__.tag}`\n" in text


def test_what_a_browser_may_leave_out_is_optional_and_what_it_hears_is_not() -> None:
    text = wiredocs.declarations()

    assert "  preview?: boolean;\n" in text
    assert "  seq: number;\n  now: number;\n" in text


def test_the_person_everybody_knows_is_called_person() -> None:
    text = wiredocs.declarations()

    assert "export interface ItemsPerson {" in text
    assert '  role: "organiser" | "moderator" | "talent" | "rep" | "juror" | "guest"' in text
