"""The inside of a confined process: gives up all it does not need, then works.

Called by `server.confined` alone. What the kernel does not offer is left out: the limits on
time, memory and file sizes hold everywhere, the closed network and files on Linux.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import os
import platform
import resource
import struct
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

CODE: Final = ("rooms", "schedule", "server", "web")  # what of the checkout may be read
SYSTEM: Final = ("/usr", "/lib", "/lib64", "/etc/ld.so.cache", "/dev/urandom", "/proc/self")
NICE: Final = 10  # the evening goes on first

NO_NEW_PRIVILEGES: Final = 38  # prctl: PR_SET_NO_NEW_PRIVS
SECCOMP: Final = 22  # prctl: PR_SET_SECCOMP
FILTER: Final = 2  # SECCOMP_MODE_FILTER
NEW_USER, NEW_NETWORK = 0x10000000, 0x40000000  # unshare: CLONE_NEWUSER, CLONE_NEWNET

FORBIDDEN: Final[dict[str, tuple[int, tuple[int, ...]]]] = {
    # AUDIT_ARCH, and: socket, socketpair, execve, execveat, ptrace, io_uring_setup; setsid and
    # setpgid, so that whatever it forks is still in the group that is killed at the end
    "x86_64": (0xC000003E, (41, 53, 59, 322, 101, 425, 112, 109)),
    "aarch64": (0xC00000B7, (198, 199, 221, 281, 117, 425, 157, 154)),
}

LANDLOCK: Final = 444  # its three system calls have these numbers on every architecture
READ: Final = 0b1100  # LANDLOCK_ACCESS_FS_READ_FILE, _READ_DIR
WRITE: Final = 0b110110010  # WRITE_FILE, REMOVE_DIR, REMOVE_FILE, MAKE_DIR, MAKE_REG
ALL: Final = (1 << 13) - 1  # everything the first version of Landlock knows
FILES_ALONE: Final = 0b111  # EXECUTE, WRITE_FILE, READ_FILE: what a rule on a file may name
BENEATH: Final = 1  # LANDLOCK_RULE_PATH_BENEATH

_libc: Final = ctypes.CDLL(None, use_errno=True)


def main(arguments: Sequence[str]) -> None:
    """Confine this process, then run the module named in `arguments`."""
    seconds, memory, largest_file, folder, reads, module, *rest = arguments
    work = importlib.import_module(module)
    _limit(int(seconds), int(memory), int(largest_file))
    if sys.platform == "linux":
        _leave_network()
        _libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        _close_files(Path(folder) if folder else None, [Path(p) for p in reads.split(":") if p])
        _close_calls()
    work.main(rest)


def _limit(seconds: int, memory: int, largest_file: int) -> None:
    os.nice(NICE)
    # A second between the two: the first says that it was time, the second just kills.
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))


def _leave_network() -> None:
    """Where the system lets us: a network of our own with nothing in it."""
    _libc.unshare(NEW_USER | NEW_NETWORK)


def _close_files(folder: Path | None, reads: Iterable[Path]) -> None:
    """Landlock: from here on only what is named can be opened."""
    ruleset = _landlock(0, ctypes.byref(ctypes.c_uint64(ALL)), 8, 0)
    if ruleset < 0:
        return  # a kernel before 5.13, or without Landlock
    for place in (*_code(), *map(Path, SYSTEM), *reads):
        _allow(ruleset, place, READ)
    if folder is not None:
        _allow(ruleset, folder, READ | WRITE)
    if _landlock(2, ruleset, 0) != 0:
        raise OSError(ctypes.get_errno(), "the files could not be closed")
    os.close(ruleset)


def _code() -> Iterable[Path]:
    house = Path(__file__).parents[1]
    yield from (house / name for name in CODE)
    yield from {Path(sys.prefix), Path(sys.base_prefix), Path(sys.exec_prefix)}
    yield from (Path(p) for p in sys.path if p and Path(p) != house and Path(p) != Path.cwd())


def _allow(ruleset: int, place: Path, what: int) -> None:
    with contextlib.suppress(FileNotFoundError, PermissionError):
        handle = os.open(place, os.O_PATH | os.O_CLOEXEC)
        rights = what if place.is_dir() else what & FILES_ALONE
        rule = ctypes.create_string_buffer(struct.pack("=Qi", rights, handle))
        _landlock(1, ruleset, BENEATH, rule, 0)
        os.close(handle)


def closes_files() -> bool:
    """Whether this kernel has Landlock."""
    ask_version = 1
    return sys.platform == "linux" and _landlock(0, None, 0, ask_version) > 0


def _landlock(call: int, *arguments: object) -> int:
    found: int = _libc.syscall(ctypes.c_long(LANDLOCK + call), *arguments)
    return found


def _close_calls() -> None:
    """Seccomp: no socket, no other program; also where no network of one's own is given."""
    if platform.machine() not in FORBIDDEN:
        return
    architecture, calls = FORBIDDEN[platform.machine()]
    program = b"".join(_instructions(architecture, calls))
    code = ctypes.create_string_buffer(program)
    # struct sock_fprog: how many instructions of 8 bytes, and where they are
    header = struct.pack("@HP", len(program) // 8, ctypes.addressof(code))
    if _libc.prctl(SECCOMP, FILTER, ctypes.create_string_buffer(header), 0, 0) != 0:
        return  # a kernel without filters; Landlock and the limits still hold


def _instructions(architecture: int, calls: Sequence[int]) -> Iterable[bytes]:
    """Classic BPF: a system call of another architecture ends us, one of `calls` fails."""
    load, equal, at_least, answer = 0x20, 0x15, 0x35, 0x06
    refuse, kill, allow = 0x00050001, 0x80000000, 0x7FFF0000  # EPERM; the process; go on
    yield struct.pack("=HBBI", load, 0, 0, 4)
    yield struct.pack("=HBBI", equal, 1, 0, architecture)
    yield struct.pack("=HBBI", answer, 0, 0, kill)
    yield struct.pack("=HBBI", load, 0, 0, 0)
    yield struct.pack("=HBBI", at_least, len(calls) + 1, 0, 0x40000000)  # x32, another numbering
    for number, call in enumerate(calls):
        yield struct.pack("=HBBI", equal, len(calls) - number, 0, call)
    yield struct.pack("=HBBI", answer, 0, 0, allow)
    yield struct.pack("=HBBI", answer, 0, 0, refuse)


if __name__ == "__main__":
    main(sys.argv[1:])
