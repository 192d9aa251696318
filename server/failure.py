"""How a command ends that cannot be carried out, and how its work is run."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any


class Failure(Exception):
    """The command cannot be carried out; the text is one line for the operator."""


def run(work: Coroutine[Any, Any, Any]) -> Any:
    """Run to the end. What a task group wrapped is raised as itself."""
    try:
        return asyncio.run(work)
    except ExceptionGroup as group:
        raise _first(group) from None


def _first(error: Exception) -> Exception:
    while isinstance(error, ExceptionGroup):
        error = error.exceptions[0]
    return error
