"""PDFs that are handed in: what acts by itself is refused, each with a sentence that helps."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schedule.machine import Refused
from server import loupe, papers
from server.files import Files
from server.papers import Europass, Harmless, Papers, Unusable
from tests.server import hostile
from tests.server.decks import deck, locked, scripted
from tests.server.hostile import SCRIPT, attached, packed, plain

FORM = "/AcroForm << /XFA 6 0 R /Fields [] >>"
HARMLESS = {
    "plain": plain(),
    "a place to begin": plain("/OpenAction [4 0 R /XYZ null null 0]"),
    "a place by an action": plain("/OpenAction << /Type /Action /D [4 0 R /Fit] /S /GoTo >>"),
    "a place elsewhere": plain("/OpenAction 6 0 R", "<< /S /GoTo /D [4 0 R /Fit] >>"),
    "a place in a packed object": packed("<< /S /GoTo /D [4 0 R /Fit] >>"),
    "words about it": plain("/Title (HTML\\/CSS \\(good\\) \\/JavaScript \\/AA \\/Launch)"),
    "a link": plain("/Stuff << /S /URI /URI (https://beispiel.example) >>"),
}
HOSTILE = {
    "no PDF": (b"<html>", "no pdf"),
    "a PDF later": (b"MZ\x90" + plain(), "no pdf"),
    "nothing": (b"", "no pdf"),
    "cut off": (plain()[:60], "broken"),
    "only its name": (b"%PDF-1.7\n", "broken"),
    "a script at once": (plain(f"/OpenAction {SCRIPT}"), "script"),
    "a script elsewhere": (plain("/OpenAction 6 0 R", SCRIPT), "script"),
    "scripts by name": (plain("/Names << /JavaScript << /Names [] >> >>"), "script"),
    "letters as numbers": (plain("/OpenAction << /S /J#61vaScript /#4aS (1) >>"), "script"),
    "packed": (packed(SCRIPT), "script"),
    "packed without packing": (packed(SCRIPT, ""), "script"),
    "packed oddly": (packed(SCRIPT, "/Filter /ASCIIHexDecode"), "odd"),
    "packed in several ways": (packed(SCRIPT, "/Filter [/ASCII85Decode /FlateDecode]"), "odd"),
    "hidden in a stream": (hostile.hidden(), "script"),
    "hidden after a comment": (plain("/A 1 %\n/OpenAction 6 0 R", SCRIPT), "script"),
    "a page's events": (plain("/AA << /WC << /S /URI /URI (http://a.example) >> >>"), "action"),
    "an address at once": (plain("/OpenAction << /S /URI /URI (http://a.example) >>"), "action"),
    "then an address": (
        plain("/OpenAction << /S /GoTo /D [4 0 R] /Next << /S /URI /URI (http://a) >> >>"),
        "action",
    ),
    "a program": (plain("/Stuff << /S /Launch /F (cmd.exe) >>"), "launch"),
    "a form that sends": (plain("/Stuff << /S /SubmitForm /F (http://a.example) >>"), "launch"),
    "a growing form": (plain(FORM, "<< /Length 1 >>\nstream\nx\nendstream"), "form"),
    "film": (plain("/Stuff << /Type /Annot /Subtype /RichMedia >>"), "media"),
    "sound": (plain("/Stuff << /S /Sound >>"), "media"),
    "a file": (attached(b"MZ\x90"), "files"),
    "a portfolio": (plain("/Collection << /View /D >>"), "files"),
    "everything": (scripted("http://a.example"), "script"),
    "a password": (locked(), "encrypted"),
    "a bomb": (hostile.bomb(), "memory"),
    "many pages": (deck(*["Hello"] * 21), "too many"),
}  # fmt: skip


def looked(tmp_path: Path, data: bytes, *, europass: bool = False) -> papers.Outcome:
    path = tmp_path / "paper"
    path.write_bytes(data)
    return loupe.looked_through(path, papers.MOST_PAGES, with_europass=europass)


@pytest.mark.parametrize("data", HARMLESS.values(), ids=HARMLESS.keys())
def test_what_is_only_ink_is_taken(tmp_path: Path, data: bytes) -> None:
    assert looked(tmp_path, data) == Harmless(1)


@pytest.mark.parametrize(("data", "why"), HOSTILE.values(), ids=HOSTILE.keys())
def test_what_acts_is_refused_with_its_reason(tmp_path: Path, data: bytes, why: str) -> None:
    outcome = looked(tmp_path, data)

    assert isinstance(outcome, Unusable)
    assert outcome.why == why
    assert why in papers.SENTENCES


@pytest.mark.parametrize("xml", [hostile.OLD_EUROPASS, hostile.NEW_EUROPASS], ids=["old", "new"])
def test_a_europass_attachment_is_read(tmp_path: Path, xml: str) -> None:
    outcome = looked(tmp_path, attached(xml.encode()), europass=True)

    assert isinstance(outcome, Harmless)
    said = outcome.europass
    assert said is not None
    assert (said.name, said.field, said.degree) == (
        "Nele Beispiel",
        "Mechatronik",
        "Bachelor of Science",
    )
    assert said.seeks == "Werkstudium in der Messtechnik"
    assert (said.topics[0], said.mail) == ("Python", "nele@beispiel.example")
    assert said.phone in ("+49 7000 123", "7000 123")


def test_nobody_elses_attachment_passes_for_europass(tmp_path: Path) -> None:
    europass = hostile.NEW_EUROPASS.encode()

    for data in (
        attached(b"<html></html>"),
        attached(b"<Candidate>"),
        attached(hostile.LAUGHS.encode()),
        attached(europass, copies=2),
        attached(hostile.NEW_EUROPASS.encode("utf-16")),
    ):
        assert looked(tmp_path, data, europass=True) == Unusable("files")
    assert looked(tmp_path, attached(europass)) == Unusable("files")


def test_an_empty_europass_says_nothing(tmp_path: Path) -> None:
    outcome = looked(tmp_path, attached(b"<Candidate></Candidate>"), europass=True)

    assert outcome == Harmless(1, Europass())


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_is_made_of_a_pdf_has_an_answer(tmp_path: Path, data: st.DataObject) -> None:
    corpus = [*HARMLESS.values(), *(each for each, why in HOSTILE.values() if why != "memory")]
    made = bytearray(data.draw(st.sampled_from(corpus)))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, max(0, len(made) - 1)))
        words = st.sampled_from([b"", b"<<", b">>", b"stream\n", b"(", b"/Length -1", b"9 0 obj"])
        made[at : at + data.draw(st.integers(0, 9))] = data.draw(words | st.binary(max_size=6))

    outcome = looked(tmp_path, b"%PDF-1.4\n" + bytes(made[9:]), europass=True)

    assert isinstance(outcome, Harmless) or outcome.why in papers.SENTENCES


async def sent(data: bytes, size: int = 1 << 16) -> AsyncIterator[bytes]:
    for at in range(0, len(data), size):
        yield data[at : at + size]


async def test_a_paper_lies_under_a_name_of_chance_and_what_is_refused_nowhere(
    tmp_path: Path,
) -> None:
    held = Papers(Files(tmp_path))

    paper = await held.take(sent(plain()), "nele")
    assert (paper.pages, paper.bytes) == (1, len(plain()))
    assert len(paper.name) == 36
    with pytest.raises(Refused, match="contains a script"):
        await held.take(sent(plain(f"/OpenAction {SCRIPT}")), "nele")
    with pytest.raises(Refused, match="has 21 pages; at most 20 fit"):
        await held.take(sent(deck(*["Hello"] * 21)), "nele")
    with pytest.raises(Refused, match="larger than 10 MB"):
        await held.take(sent(plain() + b" " * papers.LARGEST), "nele")

    assert [each.name for each in held.files.folder.iterdir()] == [paper.name]


async def test_what_would_take_for_ever_or_all_room_comes_to_an_end(tmp_path: Path) -> None:
    held = Papers(Files(tmp_path))

    with pytest.raises(Refused, match=r"cannot be read|too long|too much room"):
        await held.take(sent(hostile.endless()[: papers.LARGEST]), "nele")
    with pytest.raises(Refused, match="too much room"):
        await held.take(sent(hostile.bomb()), "nele")

    assert list(held.files.folder.iterdir()) == []


async def test_a_person_sends_so_many_an_hour(tmp_path: Path) -> None:
    held = Papers(Files(tmp_path))
    for _ in range(papers.MOST_AN_HOUR):
        with pytest.raises(Refused, match="not a PDF"):
            await held.take(sent(b"<html>"), "nele")

    with pytest.raises(Refused, match="many files within the hour"):
        await held.take(sent(plain()), "nele")
    assert (await held.take(sent(plain()), "elif")).pages == 1
