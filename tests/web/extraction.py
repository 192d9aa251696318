"""Every sentence of the house that somebody may read, found in the sources themselves.

`python -m tests.web.extraction` prints what a language still lacks, as the lines of a .po file.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract
from babel.messages.pofile import read_po

HOUSE = Path(__file__).parents[2]
LOCALES = HOUSE / "web" / "locale"

SAYING = frozenset({"say", "number", "later"})
"Calls in Python whose every string is shown to somebody."
REFUSING = frozenset(
    {"Refused", "Problem", "wrong", "HTTPException", "error", "_error", "_TooMuch", "MediaRefused"}
)
"Calls in Python that hold a whole sentence among other things."
IN_TEMPLATES = {"_": None, "n": (1, 2)}

QUOTED = r'"((?:[^"\\]|\\.)*)"'
JOINED = rf"{QUOTED}(?:\s*\+\s*{QUOTED})*"
IN_BROWSER = re.compile(
    rf"(?<![\w$.])t\(\s*({JOINED})|(?<![\w$.])n\(\s*({JOINED})\s*,\s*({JOINED})"
)
"A call of `t` or `n` with plain quoted sentences, inside template strings as well."


def sentences() -> dict[str, set[str]]:
    """Every sentence, with the files it stands in."""
    found: dict[str, set[str]] = {}
    readers = (
        (in_python, _files("*.py", "schedule", "rooms", "server", "web")),
        (in_template, _files("*.html", "web/templates")),
        (in_browser, _files("*.js", "web/static/js")),
    )
    for read, paths in readers:
        for path in paths:
            for sentence in read(path.read_text()):
                found.setdefault(sentence, set()).add(str(path.relative_to(HOUSE)))
    return found


def literals() -> set[str]:
    """Every string in the Python sources: a sentence may reach its reader through a table."""
    return {
        node.value
        for path in _files("*.py", "schedule", "rooms", "server", "web")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def translated(language: str) -> dict[str, dict[str, str]]:
    """What each .po file of a language holds: by file, sentence and translation."""
    files: dict[str, dict[str, str]] = {}
    for path in sorted((LOCALES / language).glob("*.po")):
        catalogue = read_po(BytesIO(path.read_bytes()), locale=language)
        files[path.name] = {str(each.id): str(each.string) for each in catalogue if each.id}
    return files


def in_python(source: str) -> Iterator[str]:
    """The sentences of a Python module."""
    tree = ast.parse(source)
    constants = dict(_constants(tree))
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else None
        name = node.func.id if isinstance(node.func, ast.Name) else name
        given = (*node.args, *(each.value for each in node.keywords))
        texts = [text for each in given for text in _texts(each, constants)]
        if name in SAYING:
            yield from texts
        elif name in REFUSING:
            yield from (text for text in texts if _is_sentence(text))


def in_template(source: str) -> Iterator[str]:
    """The sentences of a template."""
    file = BytesIO(source.encode())
    for _, message, _, _ in extract("jinja2.ext:babel_extract", file, keywords=IN_TEMPLATES):
        yield from [message] if isinstance(message, str) else message


def in_browser(source: str) -> Iterator[str]:
    """The sentences of a module for the browser."""
    for match in IN_BROWSER.finditer(source):
        for group in match.groups():
            if group and group.startswith('"'):
                yield "".join(_unquoted(part) for part in re.findall(QUOTED, group))


def _constants(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        targets = [node.target] if isinstance(node, ast.AnnAssign) else targets
        value = getattr(node, "value", None)
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            yield from ((each.id, value.value) for each in targets if isinstance(each, ast.Name))


def _texts(given: ast.expr, constants: dict[str, str]) -> Iterator[str]:
    """The strings an argument may turn out to be."""
    match given:
        case ast.Constant(value=str(text)):
            yield text
        case ast.Name(id=name) if name in constants:
            yield constants[name]
        case ast.IfExp(body=body, orelse=orelse):
            yield from _texts(body, constants)
            yield from _texts(orelse, constants)


def _is_sentence(text: str) -> bool:
    return " " in text and text.endswith((".", "?", "!"))


def _files(pattern: str, *folders: str) -> Iterable[Path]:
    return [path for folder in folders for path in sorted((HOUSE / folder).rglob(pattern))]


def _unquoted(text: str) -> str:
    return re.sub(r"\\(.)", lambda match: {"n": "\n"}.get(match[1], match[1]), text)


def main(language: str = "de") -> None:
    """Print what is missing, file by file, and what is held for nobody."""
    known = {sentence for held in translated(language).values() for sentence in held}
    found = sentences()
    for sentence in sorted(found, key=lambda sentence: (min(found[sentence]), sentence)):
        if sentence not in known:
            quoted = sentence.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
            print(f'#: {", ".join(sorted(found[sentence]))}\nmsgid "{quoted}"\nmsgstr ""\n')
    for sentence in sorted(known - set(found) - literals()):
        print(f"# held for nobody: {sentence}")


if __name__ == "__main__":
    main(*sys.argv[1:])
