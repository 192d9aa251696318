"""Writes the transcripts anew: `python -m tests.transcripts`."""

from __future__ import annotations

from tests.transcripts import booths, tables
from tests.transcripts.stories import HERE, transcripts, written_out

for name, transcript in (transcripts() | tables.transcripts() | booths.transcripts()).items():
    (HERE / name).write_bytes(written_out(transcript))
    print(name, len(transcript["frames"]), "frames")
