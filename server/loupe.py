"""Looks through a PDF for what acts by itself; the work of a confined process.

A PDF is read three times, because what one reader overlooks another carries out: its words one
by one, with what is packed in its object streams; all its bytes, for the marks of actions,
wherever they hide; and by pdfium, as a viewer would, without scripts. What cannot be unpacked in
the usual way is not let through.
"""

from __future__ import annotations

import ctypes
import re
import sys
import zlib
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final

import msgspec
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from msgspec import Struct

from server import europass
from server.papers import Europass, Harmless, Outcome, Unusable

MOST_WORDS: Final = 2_000_000  # outside of streams; twenty pages have some thousands
UNPACKED: Final = 64 << 20  # bytes of all object streams
ENCRYPTED: Final = 4  # FPDF_ERR_PASSWORD
LAUNCH: Final = 4  # PDFACTION_LAUNCH
XFA: Final = (2, 3)  # FORMTYPE_XFA_FULL, FORMTYPE_XFA_FOREGROUND

FORBIDDEN: Final[dict[bytes, str]] = {
    b"/JavaScript": "script",
    b"/JS": "script",
    b"/OnInstantiate": "script",
    b"/AA": "action",
    b"/Launch": "launch",
    b"/SubmitForm": "launch",
    b"/ImportData": "launch",
    b"/GoToE": "launch",
    b"/RichMedia": "media",
    b"/RichMediaExecute": "media",
    b"/Movie": "media",
    b"/Sound": "media",
    b"/Rendition": "media",
    b"/XFA": "form",
    b"/Encrypt": "encrypted",
    b"/Collection": "files",
    b"/FileAttachment": "files",
}
"Names that stand nowhere in a PDF that is only ink (ISO 32000-1, 7.11.4, 12.6.4, 12.7.8)."

_GAP: Final = rb"(?:[\x00\t\n\f\r ]|%[^\r\n]*[\r\n])*"
ACTION: Final = re.compile(
    rb"/S" + _GAP + rb"/(JavaScript|Launch|SubmitForm|ImportData|GoToE|Rendition)(?![0-9A-Za-z])"
)
"An action, even where it is no part of the document for who reads it from the beginning."
TOKEN: Final = re.compile(
    rb"(?P<gap>[\x00\t\n\f\r ]+|%[^\r\n]*)|(?P<string>\()|(?P<mark><<|>>|[\[\]{}])"
    rb"|(?P<hex><[^<>]*>)|(?P<name>/[^\x00\t\n\f\r ()<>\[\]{}/%]*)"
    rb"|(?P<word>[^\x00\t\n\f\r ()<>\[\]{}/%]+)|(?P<stray>.)",
    re.DOTALL,
)
BRACKET: Final = re.compile(rb"[()\\]")
HEX: Final = re.compile(rb"#([0-9A-Fa-f]{2})")


class Found(Exception):
    """Something that is not let through; `why` is a key of the sentences."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def main(arguments: Sequence[str]) -> None:
    """Write the `Outcome` for the file as JSON to stdout."""
    path, most_pages, kind = arguments
    outcome = looked_through(Path(path), int(most_pages), with_europass=kind == "europass")
    sys.stdout.buffer.write(msgspec.json.encode(outcome))


def looked_through(path: Path, most_pages: int, *, with_europass: bool) -> Outcome:
    """What the PDF at `path` is. Never raises for what is in it."""
    data = path.read_bytes()
    if not data.startswith(b"%PDF-"):
        # What begins otherwise may be a PDF and something else at once; we take neither.
        return Unusable("no pdf")
    try:
        files = _check_words(data)
        return _as_viewer(path, most_pages, files, with_europass)
    except Found as found:
        return Unusable(found.why)
    except (pdfium.PdfiumError, ValueError, OSError):
        return Unusable("broken")


# Word by word


class _Piece(Struct):
    """A run of words of one object, in the order they stand there."""

    number: int
    tokens: list[bytes]


def _check_words(data: bytes) -> int:
    """How many files are inside; raises `Found` for what acts."""
    files, opened = 0, []
    for piece in _pieces(data):
        for at, token in enumerate(piece.tokens):
            if token in FORBIDDEN:
                raise Found(FORBIDDEN[token])
            files += token == b"/EmbeddedFile"
            if token == b"/OpenAction":
                opened.append(_first_value(piece.tokens[at + 1 :]))
    if ACTION.search(_plain(data)):
        raise Found("script")
    wanted = {_number(after[0]) for after in opened if _is_reference(after)}
    targets = [piece.tokens for piece in _pieces(data) if piece.number in wanted]
    direct = [after for after in opened if not _is_reference(after)]
    # A place to begin reading at is no action: LibreOffice and LaTeX write one into each PDF.
    if not all(_only_goes(each) for each in (*targets, *direct)):
        raise Found("action")
    return files


def _first_value(tokens: list[bytes]) -> list[bytes]:
    """A whole dictionary, or the first few words of anything else."""
    if tokens[:1] != [b"<<"]:
        return tokens[:3]
    depth = 0
    for at, token in enumerate(tokens):
        depth += (token == b"<<") - (token == b">>")
        if depth == 0:
            return tokens[: at + 1]
    return tokens


def _only_goes(tokens: list[bytes]) -> bool:
    """Whether this is a place in the document, or the action to go to one and nothing more."""
    if tokens[:1] == [b"["]:
        return True
    kinds = {after for token, after in pairwise(tokens) if token == b"/S"}
    return kinds == {b"/GoTo"}


def _is_reference(after: list[bytes]) -> bool:
    return len(after) == 3 and after[2] == b"R" and after[0].isdigit()


def _number(token: bytes) -> int:
    return int(token) if token.isdigit() and len(token) < 11 else -1


def _pieces(data: bytes) -> Iterator[_Piece]:
    """All objects of the document, also those packed together in streams."""
    left, words = UNPACKED, 0
    at, number, tokens = 0, -1, list[bytes]()
    while (found := TOKEN.match(data, at)) is not None:
        at, words = found.end(), words + 1
        if words > MOST_WORDS:
            raise Found("time")
        kind, token = found.lastgroup, found.group()
        if kind in ("gap", "hex"):
            continue
        if kind == "string":
            at = _after_string(data, at)
            continue
        if kind == "name":
            token = _plain(token)
        if token == b"stream" and tokens[-1:] == [b">>"]:
            end = _end_of_stream(data, at, tokens)
            if _packs_objects(tokens):
                unpacked = _unpacked(data[_begin(data, at) : end], tokens, left)
                left -= len(unpacked)
                yield from _packed(unpacked, tokens)
            at = end
        elif token == b"obj" and len(tokens) >= 2:
            yield _Piece(number, tokens[:-2])
            number, tokens = _number(tokens[-2]), []
            continue
        elif token == b"endobj":
            yield _Piece(number, tokens)
            number, tokens = -1, []
            continue
        tokens.append(token)
    yield _Piece(number, tokens)


def _after_string(data: bytes, at: int) -> int:
    """Where the string that was opened before `at` is closed, brackets within it included."""
    depth = 1
    while depth and (found := BRACKET.search(data, at)) is not None:
        at = found.end()
        if found.group() == b"\\":
            at += 1
        else:
            depth += 1 if found.group() == b"(" else -1
    return at if depth == 0 else len(data)


def _begin(data: bytes, at: int) -> int:
    return at + (2 if data[at : at + 2] == b"\r\n" else 1)


def _end_of_stream(data: bytes, at: int, tokens: list[bytes]) -> int:
    """By its length where that is right, else by its end."""
    begin, length = _begin(data, at), _value(tokens, b"/Length")
    if length is not None and b"endstream" in data[begin + length : begin + length + 16]:
        return begin + length
    end = data.find(b"endstream", at)
    return len(data) if end < 0 else end


def _value(tokens: list[bytes], key: bytes) -> int | None:
    """A number that stands directly in the dictionary."""
    for at, token in enumerate(tokens[:-1]):
        if token == key and tokens[at + 1].isdigit() and tokens[at + 3 : at + 4] != [b"R"]:
            return _number(tokens[at + 1])
    return None


def _packs_objects(tokens: list[bytes]) -> bool:
    return b"/ObjStm" in tokens or (b"/N" in tokens and b"/First" in tokens)


def _unpacked(packed: bytes, tokens: list[bytes], most: int) -> bytes:
    """Unpack the one way everybody uses; raises `Found` for any other."""
    if b"/Filter" not in tokens:
        return packed
    after = tokens[tokens.index(b"/Filter") + 1 :]
    names = after[1 : after.index(b"]")] if after[0] == b"[" and b"]" in after else after[:1]
    if names not in ([b"/FlateDecode"], [b"/Fl"]) or b"/DecodeParms" in tokens:
        raise Found("odd")
    unpacking = zlib.decompressobj()
    try:
        unpacked = unpacking.decompress(packed, most)
    except zlib.error:
        raise Found("broken") from None
    if unpacking.unconsumed_tail:
        raise Found("memory")
    return unpacked


def _packed(unpacked: bytes, tokens: list[bytes]) -> Iterator[_Piece]:
    """The objects of an object stream (ISO 32000-1, 7.5.7): numbers and offsets come first."""
    first = _value(tokens, b"/First")
    if first is None:
        raise Found("odd")
    heads = [int(each) for each in unpacked[:first].split() if each.isdigit() and len(each) < 11]
    starts = sorted(zip(heads[1::2], heads[::2], strict=False))
    ends = [offset for offset, _ in starts[1:]] + [len(unpacked)]
    for (offset, number), end in zip(starts, ends, strict=False):
        yield _Piece(number, _simple(unpacked[first + offset : first + end]))
    # Whatever the offsets say, each word in it is looked at.
    yield _Piece(-1, _simple(unpacked))


def _simple(data: bytes) -> list[bytes]:
    at, tokens = 0, list[bytes]()
    while (found := TOKEN.match(data, at)) is not None:
        at = found.end()
        if found.lastgroup == "string":
            at = _after_string(data, at)
        elif found.lastgroup not in ("gap", "hex"):
            tokens.append(_plain(found.group()))
    return tokens


def _plain(name: bytes) -> bytes:
    """A name may be written with numbers for its letters: `/J#61vaScript`."""
    return HEX.sub(lambda found: bytes([int(found.group(1), 16)]), name)


# As a viewer does


def _as_viewer(path: Path, most_pages: int, files: int, with_europass: bool) -> Outcome:
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        encrypted = getattr(error, "err_code", None) == ENCRYPTED
        return Unusable("encrypted" if encrypted else "broken")
    try:
        return _examined(document, most_pages, files, with_europass)
    finally:
        document.close()


def _examined(
    document: pdfium.PdfDocument, most_pages: int, files: int, with_europass: bool
) -> Outcome:
    pages = len(document)
    if raw.FPDF_GetSecurityHandlerRevision(document) != -1:
        return Unusable("encrypted")
    if raw.FPDFDoc_GetJavaScriptActionCount(document) > 0:
        return Unusable("script")
    if raw.FPDF_GetFormType(document) in XFA:
        return Unusable("form")
    if pages == 0:
        return Unusable("broken")
    if pages > most_pages:
        return Unusable("too many", pages)
    carried = _carried(document, files, with_europass)
    for number in range(pages):
        _check_page(document, number)
    return Harmless(pages, carried)


def _carried(document: pdfium.PdfDocument, files: int, with_europass: bool) -> Europass | None:
    """What the one file inside says, if it is Europass; raises `Found` for any other."""
    count = document.count_attachments()
    if not files and not count:
        return None
    if not with_europass or max(files, count) > 1 or not count:
        raise Found("files")
    said = europass.read(bytes(document.get_attachment(0).get_data()))
    if said is None:
        raise Found("files")
    return said


def _check_page(document: pdfium.PdfDocument, number: int) -> None:
    page = document[number]
    width, height = page.get_size()
    if width <= 0 or height <= 0:
        raise ValueError("a page without a size")
    at, link = ctypes.c_int(0), raw.FPDF_LINK()
    while raw.FPDFLink_Enumerate(page, at, link):
        action = raw.FPDFLink_GetAction(link)
        if action and raw.FPDFAction_GetType(action) == LAUNCH:
            raise Found("launch")
    page.close()
