"""Starts cameras and players that nobody here wrote, each in one colour, for a test."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import imageio_ffmpeg

HERE: Final = Path(__file__).parent
SYSTEM_PYTHON: Final = "/usr/bin/python3"  # the one that Debian's GStreamer is built for
GOES_WITHIN: Final = 5.0  # seconds


class Device:
    """A running device and what it has said so far."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path) -> None:
        self._process = process
        self._log = log

    @property
    def said(self) -> str:
        return self._log.read_text(errors="replace")

    @property
    def runs(self) -> bool:
        return self._process.poll() is None

    def tell(self, line: str) -> None:
        """Write a line to its standard input."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n".encode())
        self._process.stdin.flush()


def ffmpeg(folder: Path, url: str, secret: str) -> Iterator[Device]:
    """FFmpeg: a red H264 picture and a tone; it insists on being the DTLS server."""
    picture = ("-f", "lavfi", "-i", "color=red:s=320x180:r=15")
    tone = ("-f", "lavfi", "-i", "sine=440:r=48000")
    h264 = ("-c:v", "libx264", "-profile:v", "baseline", "-tune", "zerolatency", "-g", "30")
    plain = ("-preset", "ultrafast", "-pix_fmt", "yuv420p", "-bf", "0")
    opus = ("-c:a", "libopus", "-ac", "2")
    out = ("-f", "whip", "-authorization", secret, url)
    return _started(
        folder,
        (
            imageio_ffmpeg.get_ffmpeg_exe(),
            "-hide_banner",
            "-nostats",
            *("-re", *picture),
            *("-re", *tone),
            *h264,
            *plain,
            *opus,
            *out,
        ),
    )


def gstreamer(folder: Path, url: str, secret: str) -> Iterator[Device]:
    """GStreamer's webrtcbin: a green VP8 picture and a tone."""
    return _started(folder, (SYSTEM_PYTHON, str(HERE / "gstreamer.py"), url, secret))


def whip_whep(folder: Path, url: str, secret: str) -> Iterator[Device]:
    """npm whip-whep over libwebrtc: a blue VP8 picture; `restart` restarts ICE."""
    return _started(folder, ("node", str(HERE / "whip.js"), url, secret))


def werift(folder: Path, url: str, secret: str) -> Iterator[Device]:
    """npm werift as a player with numbers of its own: 117 for sound, 118 for VP8."""
    return _started(folder, ("node", str(HERE / "werift.js"), url, secret))


CAMERAS: Final = {"ffmpeg": ffmpeg, "gstreamer": gstreamer, "whip-whep": whip_whep}
camera = contextmanager(lambda name, *given: CAMERAS[name](*given))
player = contextmanager(werift)


def _started(folder: Path, command: Sequence[str]) -> Iterator[Device]:
    log = folder / f"{Path(command[0]).name}-{len(list(folder.iterdir()))}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=out, stderr=out)
    try:
        yield Device(process, log)
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Let it hang up properly; FFmpeg takes `q`, the others the end of their input."""
    try:
        process.communicate(b"q", timeout=GOES_WITHIN)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
    except BrokenPipeError:
        process.wait()
