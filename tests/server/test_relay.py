"""Passwords for relays, as coturn checks them."""

from __future__ import annotations

from server.relay import ice_servers
from server.settings import Settings


def test_a_relay_gets_a_password_that_ends() -> None:
    settings = Settings(
        turn_urls=("turn:relay.example.org:3478", "stun:relay.example.org:3478"),
        turn_secret="north",
    )

    # echo -n 1600021600:elif | openssl dgst -sha1 -hmac north -binary | base64
    assert ice_servers(settings, "elif", 1_600_000_000.5) == [
        {"urls": ["stun:relay.example.org:3478"]},
        {
            "urls": ["turn:relay.example.org:3478"],
            "username": "1600021600:elif",
            "credential": "NYgwC1msbTApNFH3Sflh7sWvB3k=",
        },
    ]


def test_without_relays_there_is_nothing_to_say() -> None:
    assert ice_servers(Settings(), "elif", 1_600_000_000.0) == []
