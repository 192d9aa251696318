"""A real coturn on loopback, set up as the README tells an operator to."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

SECRET: Final = "north-by-northwest"
REALM: Final = "foyer.example.org"
STARTS_WITHIN = 10.0  # seconds
# What differs from a house's own: nothing of this may leave the machine.
LOOPBACK: Final = (
    "listening-ip=127.0.0.1",
    "relay-ip=127.0.0.2",
    "allow-loopback-peers",
    "no-dtls",
)


class TurnServer:
    """Relays for whoever holds a password made with `SECRET`; keeps its files in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.port = _free_port()
        self.tls_port = _free_port()
        self.certificate = folder / "turn.pem"
        "what a client of the TLS port must trust"
        self._process: subprocess.Popen[bytes] | None = None

    def urls(self, transport: str) -> str:
        """What `FOYER_TURN_URLS` says, for `udp` or `tcp`."""
        return f"turn:127.0.0.1:{self.port}?transport={transport}"

    @property
    def log(self) -> str:
        """What it had to say."""
        return (self._folder / "turn.out").read_text(errors="replace")

    def start(self) -> None:
        binary = shutil.which("turnserver")
        assert binary, "turnserver is missing: apt-get install coturn"
        key = self._folder / "turn.key"
        _certify(self.certificate, key)
        lines = (
            f"listening-port={self.port}",
            f"tls-listening-port={self.tls_port}",
            f"cert={self.certificate}",
            f"pkey={key}",
            "use-auth-secret",
            f"static-auth-secret={SECRET}",
            f"realm={REALM}",
            "fingerprint",
            "no-cli",
            "denied-peer-ip=0.0.0.0-255.255.255.255",
            "denied-peer-ip=::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
            "allowed-peer-ip=127.0.0.1",  # Foyer
            "allowed-peer-ip=127.0.0.2",  # the relay itself, where two people in a talk meet
            *LOOPBACK,
            f"userdb={self._folder / 'turn.db'}",
            f"pidfile={self._folder / 'turn.pid'}",
            "log-file=stdout",
            "verbose",
        )
        config = self._folder / "turnserver.conf"
        config.write_text("\n".join(lines) + "\n")
        with (self._folder / "turn.out").open("wb") as out:
            self._process = subprocess.Popen(
                [binary, "-c", str(config)], cwd=self._folder, stdout=out, stderr=out
            )
        deadline = time.monotonic() + STARTS_WITHIN
        while not self._answers():
            assert self._process.poll() is None, f"coturn does not start:\n{self.log}"
            assert time.monotonic() < deadline, f"coturn does not answer:\n{self.log}"
            time.sleep(0.02)

    def stop(self) -> None:
        """At once; what it relayed is cut."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return True
        except OSError:
            return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _certify(certificate: Path, key: Path) -> None:
    """Make a certificate for 127.0.0.1 that signs itself."""
    secret = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, REALM)])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder(name, name, secret.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(secret, hashes.SHA256())
    )
    certificate.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    key.write_bytes(
        secret.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
