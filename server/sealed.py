"""Sealed words: what people may want erased lies in the database only under a key of their own.

A database keeps old pages, a write-ahead log and copies in backups; a small file can be removed.
So whoever erases a key has erased everything under it, wherever it was written, at once.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

FOLDER: Final = "keys"  # in the data folder
KEY: Final = 32  # bytes
NONCE: Final = 12  # bytes, as AES-GCM wants it (NIST SP 800-38D §5.2.1.1)


class Sealer:
    """Seals and reads. Names are ids of people with a word for what is sealed: `elif.card`."""

    def __init__(self, data: Path) -> None:
        self._folder = data / FOLDER

    def seal(self, name: str, about: str, words: bytes) -> bytes:
        """The words under the key of this name, which is made if there is none yet.

        They can be read only with the same `about`, so that nobody moves them elsewhere.
        """
        nonce = secrets.token_bytes(NONCE)
        return nonce + AESGCM(self._made(name)).encrypt(nonce, words, about.encode())

    def read(self, name: str, about: str, sealed: bytes) -> bytes | None:
        """The words again, or None if the key is gone."""
        key = self._key(name)
        if key is None:
            return None
        try:
            return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], about.encode())
        except InvalidTag:  # sealed under a key before this one
            return None

    def forget(self, name: str) -> None:
        """Remove the key: nothing under it can be read any more. Twice does no harm."""
        with contextlib.suppress(FileNotFoundError):
            (self._folder / name).unlink()
            _settle(self._folder)

    def names(self) -> tuple[str, ...]:
        """All there are keys for."""
        return tuple(sorted(path.name for path in self._folder.glob("*.*")))

    def _key(self, name: str) -> bytes | None:
        try:
            return (self._folder / name).read_bytes()
        except FileNotFoundError:
            return None

    def _made(self, name: str) -> bytes:
        """Written whole under another name first: two processes agree on one key."""
        key = self._key(name)
        if key is not None:
            return key
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path, new = self._folder / name, self._folder / f"new-{secrets.token_hex(8)}"
        with os.fdopen(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(secrets.token_bytes(KEY))
            file.flush()
            os.fsync(file.fileno())
        try:
            with contextlib.suppress(FileExistsError):
                os.link(new, path)
        finally:
            new.unlink()
        _settle(self._folder)
        return path.read_bytes()


def _settle(folder: Path) -> None:
    """What was made or removed in the folder is so on the disk."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
