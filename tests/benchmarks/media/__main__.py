"""`make bench-media`: what forwarding costs here and in other servers, in one run and one table.

The server has one core and the load another. Everything is real but the picture: ICE, DTLS,
SRTP, reports, repeats. `--short` takes about three minutes, `--json FILE` keeps the figures.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import os
import resource
import shutil
from contextlib import nullcontext
from pathlib import Path

from rooms.media import accelerator
from tests.benchmarks.media import report, usage
from tests.benchmarks.media.servers import SERVERS
from tests.benchmarks.media.trial import FULL, SHORT, Result, Trial
from tests.namespace import apart


def main() -> None:
    """Measure the servers one after the other and print the table."""
    options = _options().parse_args()
    machine = usage.machine()
    _, core = usage.cores()
    os.sched_setaffinity(0, {core})
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    names = [name for name in options.servers or SERVERS if _can_run(name)]
    results: dict[str, Result] = {}
    # A network of their own: not a packet leaves it, whatever address a server binds to.
    with apart() if os.geteuid() == 0 else nullcontext():
        for name in names:
            print(f"{name} …", flush=True)
            gc.collect()
            trial = Trial(SERVERS[name](), SHORT if options.short else FULL)
            results[name] = asyncio.run(trial.run())
    machine["load_after"] = round(os.getloadavg()[0], 2)
    print(report.table(machine, results))
    if options.json:
        options.json.write_text(json.dumps(report.figures(machine, results), indent=2) + "\n")


def _can_run(name: str) -> bool:
    if name == "foyer-accelerated" and not accelerator.BUILT:
        print(f"{name}: left out, it was not built (.ci/accelerator says what it takes)")
        return False
    if not name.startswith("janus"):
        return True
    if os.geteuid() != 0:
        print(f"{name}: left out, it needs a network namespace and thus root")
    elif shutil.which("janus") is None:
        print(f"{name}: left out, Janus is not installed (Debian package: janus)")
    else:
        return True
    return False


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.media", description=__doc__)
    parser.add_argument("--short", action="store_true", help="at most three minutes")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there")
    parser.add_argument(
        "servers", nargs="*", type=_server, metavar="SERVER", help=f"of {', '.join(SERVERS)}"
    )
    return parser


def _server(name: str) -> str:
    if name not in SERVERS:
        raise argparse.ArgumentTypeError(f"{name} is none of {', '.join(SERVERS)}")
    return name


if __name__ == "__main__":
    main()
