"""Writes WIRE.md and web/static/wire.d.ts from the definitions in server/wire.py.

python -m server.wiredocs
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, get_args

import msgspec.inspect as mi

from rooms import rights
from rooms.people import DESK, PEOPLE, Role
from rooms.rights import MAY, Audience, Right
from schedule.machine import Command
from server import explained, wire
from server.wire import ClientFrame

ROOT: Final = Path(__file__).parents[1]
MADE_BY: Final = "Made by `python -m server.wiredocs` from server/wire.py; do not edit."

PART: Final[dict[str, tuple[type, ...]]] = {
    "From the browser": get_args(wire.ToServer),
    "From the server": get_args(wire.FromServer),
    "Commands": wire.COMMANDS,
    "Events": wire.EVENTS,
    "Views": wire.VIEWS,
}
INTRODUCTION: Final[dict[str, str]] = {
    "From the browser": "Frames a browser may send. An unknown or malformed one closes the"
    " connection with code 4400.",
    "From the server": "Frames a browser hears.",
    "Commands": "What a `do` may carry. *Who* is a necessary condition; the state of the room"
    " may still refuse, with a sentence that says what to do.",
    "Events": "What `told` carries: something happened.",
    "Views": "What `shown` carries: how a part of a room looks now.",
}
UNIONS: Final[dict[str, tuple[type, ...]]] = {
    "ToServer": get_args(wire.ToServer),
    "FromServer": get_args(wire.FromServer),
    "Command": wire.COMMANDS,
    "Event": wire.EVENTS,
    "View": wire.VIEWS,
}
PREFACE: Final = f"""\
# What goes over the WebSocket

{MADE_BY}

A browser opens `/live` on the same origin, with its session cookie. Every message is one JSON
text of at most {wire.LARGEST // 1024} KiB from the browser. The server's first frame is
`welcome`; then the browser sends `join` for each room, with the `epoch` and `seq` it knows, or
with `seq` -1. The room answers with `snapshot`, or with `resumed` and everything missed, in
order; the current views follow as `shown`.

A durable command carries an `op` the browser made up. `done` or `refused` names it again, once
what follows is stored; the same `op` sent again is one effect and the same answer. The
browser's picture of a room is the snapshot folded with each `told`, and each `shown` put over
what it replaces. All times are Unix seconds of the server's clock; `welcome` and `pong` say
what that is now. Nothing ticks on the wire: browsers count by themselves.

| Close code | Meaning | What to do |
| --- | --- | --- |
| 1009 | a message was too long | do not send it again |
| 1012 | the server restarts | come back in a moment |
| 4400 | a message was not understood | reload the page |
| 4401 | not signed in, or no longer | open the personal link again |
| 4429 | too much at once | come back after some seconds |

Except with 1009, `goodbye` comes before the close and says the same in the reader's language.
A browser that stops reading hears nothing more: its connection is cut.
"""


def markdown() -> str:
    """The whole of WIRE.md."""
    names = _Names()
    parts = [PREFACE]
    for title, structs in PART.items():
        parts += [f"## {title}\n", INTRODUCTION[title] + "\n"]
        parts += [_described(struct, names) for struct in structs]
    parts.append("## Types\n")
    parts += [_described(struct, names) for struct in names.shared()]
    return "\n".join(parts)


def declarations() -> str:
    """The whole of wire.d.ts."""
    names = _Names()
    parts = [f"// {MADE_BY}\n"]
    parts += [_declared(struct, names) for struct in names.all()]
    for union, members in UNIONS.items():
        listed = "\n".join(f"  | {names[member]}" for member in members)
        parts.append(f"export type {union} =\n{listed};\n")
    return "\n".join(parts)


def write() -> None:
    """Write both files."""
    (ROOT / "WIRE.md").write_text(markdown())
    (ROOT / "web" / "static" / "wire.d.ts").write_text(declarations())


class _Names:
    """Every struct on the wire with a name of its own.

    Of two with one name the nearer to the wire keeps it; the other gets its file's before it.
    """

    def __init__(self) -> None:
        self._names: dict[type, str] = {}
        tops = [struct for structs in PART.values() for struct in structs]
        self._tops = frozenset(tops)
        for struct in tops:
            self._add(struct)
        parts = {reached: None for struct in tops for reached in _reached(struct)}
        for struct in sorted(parts, key=lambda part: part.__module__.startswith("schedule")):
            self._add(struct)

    def __getitem__(self, struct: type) -> str:
        return self._names[struct]

    def all(self) -> list[type]:
        """All of them, the messages first."""
        return list(self._names)

    def shared(self) -> list[type]:
        """Those that are only parts of messages, by name."""
        parts = (struct for struct in self._names if struct not in self._tops)
        return sorted(parts, key=lambda struct: self._names[struct])

    def _add(self, struct: type) -> None:
        if struct in self._names:
            return
        name = struct.__name__
        if name in self._names.values():
            name = struct.__module__.rpartition(".")[2].capitalize() + name
        if name in self._names.values():
            raise ValueError(f"two structs on the wire would be called {name}")
        self._names[struct] = name


def _reached(struct: type, seen: set[type] | None = None) -> Iterator[type]:
    """The struct and all it holds, each once."""
    seen = set() if seen is None else seen
    if struct in seen:
        return
    seen.add(struct)
    yield struct
    for field in _struct(struct).fields:
        for inner in _structs_in(field.type):
            yield from _reached(inner, seen)


def _struct(struct: type) -> mi.StructType:
    info = mi.type_info(struct)
    if not isinstance(info, mi.StructType):
        raise TypeError(f"{struct.__name__} is no struct")
    return info


def _structs_in(info: mi.Type) -> Iterator[type]:
    match info:
        case mi.StructType(cls=struct):
            yield struct
        case mi.UnionType(types=inner) | mi.TupleType(item_types=inner):
            for each in inner:
                yield from _structs_in(each)
        case mi.DictType(key_type=key, value_type=value):
            yield from _structs_in(key)
            yield from _structs_in(value)
        case mi.Metadata(type=inner_type):
            yield from _structs_in(inner_type)
        case mi.CollectionType(item_type=item):
            yield from _structs_in(item)


def _typed(info: mi.Type, names: _Names) -> str:
    """The type in TypeScript's words."""
    match info:
        case mi.StructType(cls=struct):
            return names[struct]
        case mi.StrType() | mi.BytesType():
            return "string"
        case mi.IntType() | mi.FloatType():
            return "number"
        case mi.BoolType():
            return "boolean"
        case mi.NoneType():
            return "null"
        case mi.LiteralType(values=values):
            return " | ".join(f'"{value}"' for value in values)
        case mi.EnumType(cls=enum):
            return " | ".join(f'"{member.value}"' for member in enum)
        case mi.UnionType(types=inner) if _union(info):
            return _union(info)
        case mi.UnionType(types=inner):
            return " | ".join(_typed(each, names) for each in inner)
        case mi.TupleType(item_types=inner):
            return "[" + ", ".join(_typed(each, names) for each in inner) + "]"
        case mi.DictType(key_type=mi.StrType(), value_type=value):
            return f"Record<string, {_typed(value, names)}>"
        case mi.DictType(key_type=key, value_type=value):
            return f"Partial<Record<{_typed(key, names)}, {_typed(value, names)}>>"
        case mi.CollectionType(item_type=item):
            typed = _typed(item, names)
            return f"({typed})[]" if "|" in typed else f"{typed}[]"
        case mi.Metadata(type=inner_type):
            return _typed(inner_type, names)
    raise TypeError(f"{info} has no word in TypeScript yet")


def _union(info: mi.UnionType) -> str:
    """The name of a union that has one."""
    members = {each.cls for each in info.types if isinstance(each, mi.StructType)}
    return next((name for name, structs in UNIONS.items() if members == set(structs)), "")


def _declared(struct: type, names: _Names) -> str:
    info = _struct(struct)
    said = explained.below(struct)
    lines = [f"/** {_doc(struct)} */", f"export interface {names[struct]} {{"]
    if info.tag is not None:
        lines.append(f'  {info.tag_field}: "{info.tag}";')
    for field in info.fields:
        if field.name in said:
            lines.append(f"  /** {said[field.name]} */")
        optional = "?" if _may_be_left_out(struct, field) else ""
        lines.append(f"  {field.encode_name}{optional}: {_typed(field.type, names)};")
    return "\n".join((*lines, "}\n"))


def _described(struct: type, names: _Names) -> str:
    info = _struct(struct)
    said = explained.below(struct)
    title = f"`{info.tag}`" if info.tag is not None else f"`{names[struct]}`"
    lines = [f"### {title}\n", _doc(struct) + _concerning(struct), ""]
    for field in info.fields:
        typed = _typed(field.type, names)
        notes = "; ".join(part for part in (_limits(field.type), said.get(field.name, "")) if part)
        left_out = ", may be left out" if _may_be_left_out(struct, field) else ""
        lines.append(f"- `{field.encode_name}`: `{typed}`{left_out}{' – ' if notes else ''}{notes}")
    return "\n".join((*lines, "")) if info.fields else "\n".join(lines)


def _may_be_left_out(struct: type, field: mi.Field) -> bool:
    """What the server sends is always complete; a browser may rely on defaults."""
    return issubclass(struct, Command | ClientFrame) and not field.required


def _limits(info: mi.Type) -> str:
    match info:
        case mi.StrType(max_length=int(most)):
            return f"at most {most} characters"
        case mi.IntType(ge=least, le=most) | mi.FloatType(ge=least, le=most):
            low = f"at least {least:g}" if least is not None else ""
            high = f"at most {most:g}" if most is not None else ""
            return ", ".join(part for part in (low, high) if part)
    return ""


def _doc(struct: type) -> str:
    return " ".join((inspect.getdoc(struct) or "").split())


def _concerning(struct: type) -> str:
    """Who may say a command, or who hears an event or a view."""
    if struct in MAY:
        return f" *Who: {_who(MAY[struct])}.*"
    if struct in rights.HEARS:
        stored = "" if getattr(struct, "stored", True) else " Not stored."
        return f" *Heard by {_heard_by(rights.HEARS[struct])}.*{stored}"
    return ""


def _who(right: Right) -> str:
    condition = ", as the room allows" if right.when is not None else ""
    return _roles(right.roles) + condition


def _heard_by(entry: Audience | Any) -> str:
    if not isinstance(entry, Audience):
        return "those concerned"
    return _roles(entry.roles) if entry.roles else "nobody"


def _roles(roles: frozenset[Role]) -> str:
    known = {PEOPLE: "everybody", DESK: "the desk", frozenset({Role.HOUSE}): "the house itself"}
    return known.get(roles) or ", ".join(sorted(roles))


if __name__ == "__main__":
    write()
