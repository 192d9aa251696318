"""Where in a TOML text each key stands."""

from __future__ import annotations

import re

Path = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\])*"|\'[^\']*\'', re.DOTALL
)
_SCALAR = re.compile(r"[^,\]}#\r\n]*")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))", re.DOTALL)


def lines(text: str) -> dict[Path, int]:
    """The line (from 1) of every table, key and array element.

    `("stages", 0, "items", 2, "start")` is the start of the third item on the first stage.
    The text must be valid TOML; `tomllib` has read it before.
    """
    return _Scan(text).run()


class _Scan:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.found: dict[Path, int] = {}
        self.tables: dict[Path, int] = {}
        "How many there are of each array of tables."

    def run(self) -> dict[Path, int]:
        table: Path = ()
        self._skip_blank()
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self._header()
            else:
                self._pair(table)
            self._skip_blank()
        return self.found

    def _header(self) -> Path:
        line, many = self._line(), self.text.startswith("[[", self.at)
        self.at += 2 if many else 1
        keys = self._keys()
        self.at = self.text.index("]", self.at) + (2 if many else 1)
        path = self._latest(keys[:-1]) + keys[-1:]
        if many:
            self.tables[path] = self.tables.get(path, -1) + 1
        path = self._latest(keys)
        self.found.setdefault(path, line)
        return path

    def _latest(self, keys: tuple[str, ...]) -> Path:
        path: Path = ()
        for key in keys:
            path = (*path, key)
            if path in self.tables:
                path = (*path, self.tables[path])
        return path

    def _pair(self, table: Path) -> None:
        line = self._line()
        path: Path = table
        for key in self._keys():
            path = (*path, key)
            self.found.setdefault(path, line)
        self.at = self.text.index("=", self.at) + 1
        self._value(path)

    def _keys(self) -> tuple[str, ...]:
        keys = [self._key()]
        while self._next() == ".":
            self.at += 1
            keys.append(self._key())
        return tuple(keys)

    def _key(self) -> str:
        self._skip_blank()
        if quoted := _STRING.match(self.text, self.at):
            self.at = quoted.end()
            inner = quoted[0][1:-1]
            return inner if quoted[0][0] == "'" else _ESCAPE.sub(_unescaped, inner)
        bare = _BARE.match(self.text, self.at)
        if bare is None:
            raise ValueError("this is not valid TOML; read it with tomllib first")
        self.at = bare.end()
        return bare[0]

    def _value(self, path: Path) -> None:
        match self._next():
            case "[":
                self._array(path)
            case "{":
                self._inline(path)
            case _:
                value = _STRING.match(self.text, self.at) or _SCALAR.match(self.text, self.at)
                self.at = value.end() if value else self.at

    def _array(self, path: Path) -> None:
        self.at += 1
        place = 0
        while self._next() != "]":
            self.found[*path, place] = self._line()
            self._value((*path, place))
            place += 1
            if self._next() == ",":
                self.at += 1
        self.at += 1

    def _inline(self, path: Path) -> None:
        self.at += 1
        while self._next() != "}":
            self._pair(path)
            if self._next() == ",":
                self.at += 1
        self.at += 1

    def _next(self) -> str:
        self._skip_blank()
        return self.text[self.at : self.at + 1]

    def _skip_blank(self) -> None:
        blank = _BLANK.match(self.text, self.at)
        self.at = blank.end() if blank else self.at

    def _line(self) -> int:
        return self.text.count("\n", 0, self.at) + 1


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    if code:
        return chr(int(code, 16))
    return {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}.get(match[3], match[3])
