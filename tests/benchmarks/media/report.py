"""The table for people, and the same figures for programs."""

from __future__ import annotations

from typing import Any

from tests.benchmarks.media.trial import FEW, SIZES, Result

ABSENT = "–"


def table(machine: dict[str, Any], results: dict[str, Result]) -> str:
    """All servers beside each other, and what is to be known about each."""
    heads = ["", *(str(size) for size in SIZES), "clean/s", "join ms", "200 join", "KB/viewer"]
    rows = [heads, *(_row(name, result) for name, result in results.items())]
    widths = [max(len(row[at]) for row in rows) for at in range(len(heads))]
    lines = [
        f"{machine['cpu']}, {machine['cores']} cores, Linux {machine['kernel']}; load average"
        f" {machine['load_before']} before, {machine['load_after']} after",
        "µs of one core of the server per packet, by viewers (200 packets/s each);",
        "highest clean rate at 200 viewers in packets/s, with ever larger pictures, 30 a second;",
        "CPU of the server per join, without what it forwarded meanwhile;",
        "time until the last of 200 who come at once has a picture; memory per viewer",
        "",
    ]
    for row in rows:
        cells = (f"{cell:>{width}}" for cell, width in zip(row[1:], widths[1:], strict=True))
        lines.append(f"{row[0]:<{widths[0]}}  " + "  ".join(cells))
    lines += [
        "",
        "~ lost more than 0.5 % or had a standing queue",
        "+ other work on the machine was the limit, not the server",
        "",
    ]
    lines += [note for name, result in results.items() for note in _notes(name, result)]
    return "\n".join(lines)


def figures(machine: dict[str, Any], results: dict[str, Result]) -> dict[str, Any]:
    """What `--json` writes."""
    return {"machine": machine, "servers": {name: _figures(r) for name, r in results.items()}}


def _figures(result: Result) -> dict[str, Any]:
    return {
        "us_per_packet": {
            str(n): round(cost, 2) for n, cost in sorted(result.us_per_packet.items())
        },
        "unclean": result.unclean,
        "clean_rate": _rounded(result.clean_rate, 0),
        "clean_viewers": result.clean_viewers,
        "disturbed": result.disturbed,
        "join_ms": _rounded(result.join_ms, 3),
        "join_seconds": _rounded(result.join_seconds, 3),
        "joined": result.joined,
        "kb_per_viewer": _rounded(result.kb_per_viewer, 1),
        "samples_same": result.compared,
        "samples_differing": result.differing,
        "note": result.note,
        "trouble": result.trouble,
    }


def _row(name: str, result: Result) -> list[str]:
    costs = []
    for size in SIZES:
        cost = result.us_per_packet.get(size)
        mark = "~" if size in result.unclean else ""
        costs.append(ABSENT if cost is None else f"{mark}{cost:.1f}")
    rate = ABSENT if result.clean_rate is None else f"{result.clean_rate:,.0f}"
    join = ABSENT if result.join_ms is None else f"{result.join_ms:.1f}"
    crowd = ABSENT
    if result.join_seconds is not None and result.joined == 200:
        crowd = f"{result.join_seconds:.1f} s"
    memory = ABSENT if result.kb_per_viewer is None else f"{result.kb_per_viewer:,.0f}"
    return [name, *costs, rate + ("+" if result.disturbed else ""), join, crowd, memory]


def _notes(name: str, result: Result) -> list[str]:
    notes = [f"{name}: {result.note}; {result.compared} packets opened and found unchanged"]
    if result.differing:
        notes.append(f"  {result.differing} packets were not what the source sent")
    few = [f"{n}: {result.us_per_packet[n]:,.0f}" for n in FEW if n in result.us_per_packet]
    if few:
        notes.append(
            f"  µs per packet by viewers {', '.join(few)};"
            f" clean up to {result.clean_viewers if result.clean_rate else 0} viewers"
        )
    if result.trouble:
        notes.append(f"  {result.trouble}")
    return notes


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)
