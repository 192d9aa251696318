"""Every key of a TOML text is found on its line."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedule.lines import lines


def test_tables_keys_and_elements_have_lines() -> None:
    text = """\
# a comment with = and [brackets]
top = 1

[gathering]
name = "A # not a comment"

[[stages]]
name = 'one'
  [[stages.items]]
  title = "a"
  people = [
    "x",  # ]
    "y",
  ]
  [[stages.items]]
  title = "b"
[[stages]]
items = [{ title = "c", length = 5 }, { title = "d" }]
"""
    assert lines(text) == {
        ("top",): 2,
        ("gathering",): 4,
        ("gathering", "name"): 5,
        ("stages", 0): 7,
        ("stages", 0, "name"): 8,
        ("stages", 0, "items", 0): 9,
        ("stages", 0, "items", 0, "title"): 10,
        ("stages", 0, "items", 0, "people"): 11,
        ("stages", 0, "items", 0, "people", 0): 12,
        ("stages", 0, "items", 0, "people", 1): 13,
        ("stages", 0, "items", 1): 15,
        ("stages", 0, "items", 1, "title"): 16,
        ("stages", 1): 17,
        ("stages", 1, "items"): 18,
        ("stages", 1, "items", 0): 18,
        ("stages", 1, "items", 0, "title"): 18,
        ("stages", 1, "items", 0, "length"): 18,
        ("stages", 1, "items", 1): 18,
        ("stages", 1, "items", 1, "title"): 18,
    }


@pytest.mark.parametrize(
    ("text", "path", "line"),
    [
        ('a = """\nx = 1\n]\n"""\nb = 2', ("b",), 5),
        ("a = '''\n\"\n'''\nb = 2", ("b",), 4),
        ('a = """say ""hi"" and \\""" so"""\nb = 2', ("b",), 2),
        ('a = """quoted""""\nb = 2', ("b",), 2),
        ("a = ''''quoted'''''\nb = 2", ("b",), 2),
        ('a = "\\\\"\nb = 2', ("b",), 2),
        ('a = ""\nb = 2', ("b",), 2),
        ('"a b".c = 1\nd."e.f" = 2', ("d", "e.f"), 2),
        ('"\\u00e4" = 1', ("ä",), 1),
        ("'a\\b' = 1", ("a\\b",), 1),
        ("a = 2026-09-24 18:30:00 # c\nb = 2", ("b",), 2),
        ("a = [[1, 2], [3]]\nb = 2", ("a", 1, 0), 1),
        ("a = [\n]\nb = 2", ("b",), 3),
        ("a = {}\r\nb = 2", ("b",), 2),
        ("a = 1#c", ("a",), 1),
        ("[ a . b ]\nc = 1", ("a", "b", "c"), 2),
        ("[[ a ]]\n[a.b]\nc = 1\n[[a]]\n[a.b]\nc = 1", ("a", 1, "b", "c"), 6),
        ("[a]\n[[a.b]]\n[[a.b]]\nc = 1", ("a", "b", 1, "c"), 4),
    ],
)
def test_odd_but_valid_toml(text: str, path: tuple[str | int, ...], line: int) -> None:
    assert _value(tomllib.loads(text.replace("\r\n", "\n")), path) is not None
    assert lines(text)[path] == line


def test_the_tests_own_programme_is_covered_completely() -> None:
    text = (Path(__file__).parent / "evening.toml").read_text()
    assert set(_paths(tomllib.loads(text))) <= set(lines(text)) | {(), ("people",), ("stages",)} | {
        ("stages", place, "items") for place in range(2)
    }


scalars = (
    st.integers()
    | st.booleans()
    | st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)
    | st.sampled_from(["#", '"', "'", '"""', "a\nb", "]", "}", "=", "\\"])
)
values = st.recursive(scalars, lambda inner: st.lists(inner, max_size=3), max_leaves=6)


@given(st.dictionaries(st.text(st.sampled_from("ab.#= \"'ä"), min_size=1), values, max_size=6))
def test_each_key_of_any_table_is_on_its_own_line(table: dict[str, Any]) -> None:
    text = "".join(f"{_quoted(key)} = {_written(value)}\n" for key, value in table.items())
    assert tomllib.loads(text) == table
    found = lines(text)
    assert [found[key,] for key in table] == list(range(1, len(table) + 1))


def _written(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(_written(one) for one in value) + "]"
    if isinstance(value, str):
        return _quoted(value)
    return str(value).lower()


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _value(data: Any, path: tuple[str | int, ...]) -> Any:
    for key in path:
        data = data[key]
    return data


def _paths(data: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inner: Any = ()
    if isinstance(data, dict):
        inner = data.items()
    elif isinstance(data, list):
        inner = enumerate(data)
    return [path] + [found for key, value in inner for found in _paths(value, (*path, key))]
