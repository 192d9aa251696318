"""Which relays browsers may use, with passwords that end by themselves."""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import Any, Final

from rooms.people import PersonId
from server.settings import Settings

LASTS: Final = 6 * 3_600  # seconds; longer than an evening


def ice_servers(settings: Settings, person: PersonId, now: float) -> list[dict[str, Any]]:
    """What a browser puts into `RTCPeerConnection({iceServers})`.

    The passwords are those coturn knows as `use-auth-secret`: it can check them without
    being told about anybody, and a leaked one is worth nothing tomorrow.
    """
    relays = [url for url in settings.turn_urls if not url.startswith("stun:")]
    others = [url for url in settings.turn_urls if url.startswith("stun:")]
    servers: list[dict[str, Any]] = [{"urls": others}] if others else []
    if relays:
        user = f"{int(now) + LASTS}:{person}"
        made = hmac.new(settings.turn_secret.encode(), user.encode(), hashlib.sha1).digest()
        password = base64.b64encode(made).decode()
        servers.append({"urls": relays, "username": user, "credential": password})
    return servers
