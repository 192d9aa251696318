"""The house itself: what lies at its top, where its packages come from, who imports whom."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

TOP = {
    ".ci", ".env.example", ".gitignore", "ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md",
    "LICENSE", "Makefile", "Procfile", "README.md", "WIRE.md", "assets", "pyproject.toml",
    "rooms", "schedule", "server", "tests", "web",
}  # fmt: skip


def test_the_top_level_holds_what_architecture_names_and_nothing_else() -> None:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert {path.split("/")[0] for path in listed.stdout.splitlines()} == TOP


@pytest.mark.parametrize("name", ["server", "rooms", "schedule", "web"])
def test_a_package_comes_from_this_checkout(name: str) -> None:
    spec = find_spec(name)
    assert spec is not None
    assert spec.origin is not None
    assert Path(spec.origin).parent == ROOT / name


def test_imports_go_one_way() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_every_dependency_has_a_line_in_architecture() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    told = (ROOT / "ARCHITECTURE.md").read_text().lower()
    names = {line.split(">")[0].split("=")[0].split("[")[0] for line in project["dependencies"]}
    assert {name for name in names if f"{name.lower()}" not in told} == set()
