"""The sentences written below a struct's fields, read back from its source."""

from __future__ import annotations

import ast
import inspect
import textwrap


def below(struct: type) -> dict[str, str]:
    """Field name → the string literal written below it, for a class and its bases."""
    said: dict[str, str] = {}
    for each in reversed(struct.__mro__):
        if each.__module__.split(".")[0] in {"server", "rooms", "schedule"}:
            said |= _of_class(each)
    return said


def _of_class(struct: type) -> dict[str, str]:
    (tree,) = ast.parse(textwrap.dedent(inspect.getsource(struct))).body
    if not isinstance(tree, ast.ClassDef):
        raise TypeError(f"{struct.__name__} is no class")
    return {
        field.target.id: " ".join(words.value.value.split())
        for field, words in zip(tree.body, tree.body[1:], strict=False)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(words, ast.Expr)
        and isinstance(words.value, ast.Constant)
        and isinstance(words.value.value, str)
    }
