"""What a process has used of the machine, read from outside."""

from __future__ import annotations

import os
import platform
import time
from functools import cache
from pathlib import Path
from typing import Any


def cpu(pid: int) -> float:
    """Seconds of CPU of all its threads, to the nanosecond (clock_getcpuclockid(3)).

    Over the loopback the sender also delivers. A kernel with CONFIG_IRQ_TIME_ACCOUNTING does
    not charge that to the process, others do; it is the same for all servers of a run.
    """
    return time.clock_gettime(~pid << 3 | 2)


def memory(pid: int) -> int:
    """Kilobytes that it has for itself alone."""
    rows = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(row.split()[1]) for row in rows if row.startswith("Private_"))


def dropped(ports: set[int]) -> int:
    """Datagrams the kernel threw away because these UDP ports of ours were read too slowly."""
    rows = (row.split() for row in Path("/proc/net/udp").read_text().splitlines()[1:])
    return sum(int(row[-1]) for row in rows if int(row[1].split(":")[1], 16) in ports)


@cache
def cores() -> tuple[int, int]:
    """One core for the server, one for the load; the same if there is only one.

    Asked first before anything is pinned, and the same from then on.
    """
    usable = sorted(os.sched_getaffinity(0))
    return usable[0], usable[-1]


def machine() -> dict[str, Any]:
    """What this was measured on."""
    names = [
        row.partition(":")[2].strip()
        for row in Path("/proc/cpuinfo").read_text().splitlines()
        if row.startswith("model name")
    ]
    return {
        "cpu": names[0] if names else platform.machine(),
        "cores": os.cpu_count(),
        "kernel": platform.release(),
        "python": platform.python_version(),
        "load_before": round(os.getloadavg()[0], 2),
    }
