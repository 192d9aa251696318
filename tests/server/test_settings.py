"""Settings: defaults, every wrong value in one line, and documents that agree with them."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from server import settings
from server.settings import Settings, SettingsWrong

ROOT = Path(__file__).parents[2]


def test_without_any_variable_the_house_is_at_localhost() -> None:
    given = settings.read({})

    assert given.host == "127.0.0.1"
    assert given.port == 8000
    assert given.public_url == "http://localhost:8000"
    assert given.origin == "http://localhost:8000"
    assert not given.https
    assert given.media_port == 8001
    assert given.media_announce == settings.own_addresses()


def test_the_public_address_follows_the_port() -> None:
    assert settings.read({"FOYER_PORT": "8123"}).public_url == "http://localhost:8123"


def test_the_public_address_loses_its_last_slash_and_capitals() -> None:
    given = settings.read({"FOYER_PUBLIC_URL": "https://Foyer.Example.org/"})

    assert given.origin == "https://foyer.example.org"
    assert given.https


def test_lists_are_separated_by_commas() -> None:
    given = settings.read(
        {
            "FOYER_MEDIA_ANNOUNCE": "192.0.2.7, 2001:db8::7",
            "FOYER_TURN_URLS": "turn:turn.example.org:3478,stun:turn.example.org",
            "FOYER_TURN_SECRET": "shared",
        }
    )

    assert given.media_announce == ("192.0.2.7", "2001:db8::7")
    assert given.media_host == "0.0.0.0,::"
    assert given.turn_urls == ("turn:turn.example.org:3478", "stun:turn.example.org")


def test_what_is_announced_on_loopback_alone_is_not_open_to_the_world() -> None:
    assert settings.read({"FOYER_MEDIA_ANNOUNCE": "127.0.0.1"}).media_host == "127.0.0.1"


def test_an_empty_variable_is_the_default() -> None:
    assert settings.read({"FOYER_PORT": " "}) == settings.read({})


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("FOYER_PORT", "http", "FOYER_PORT must be a whole number, not 'http'."),
        ("FOYER_PORT", "70000", "FOYER_PORT must be between 1 and 65535, not 70000."),
        ("FOYER_MEDIA_PORT", "0", "FOYER_MEDIA_PORT must be between 1 and 65535, not 0."),
        ("FOYER_MEDIA_PROCESSES", "0", "FOYER_MEDIA_PROCESSES must be between 1 and 64."),
        (
            "FOYER_MEDIA_FANOUT",
            "fast",
            "FOYER_MEDIA_FANOUT must be one of auto, plain, accelerated, not 'fast'.",
        ),
        (
            "FOYER_PUBLIC_URL",
            "foyer.example.org",
            "FOYER_PUBLIC_URL must look like https://foyer.example.org, not 'foyer.example.org'.",
        ),
        (
            "FOYER_PUBLIC_URL",
            "https://example.org/foyer",
            "FOYER_PUBLIC_URL must not have a path: Foyer needs a host of its own.",
        ),
        ("FOYER_SECRET", "short", "FOYER_SECRET must have at least 32 characters."),
        (
            "FOYER_MEDIA_ANNOUNCE",
            "example.org",
            "FOYER_MEDIA_ANNOUNCE must hold IP addresses; 'example.org' is none.",
        ),
        (
            "FOYER_REDIS_URL",
            "localhost",
            "FOYER_REDIS_URL must begin with redis://, not be 'localhost'.",
        ),
        (
            "FOYER_TURN_URLS",
            "example.org",
            "FOYER_TURN_URLS must hold addresses like turn:host:3478; 'example.org' is none.",
        ),
        (
            "FOYER_TURN_URLS",
            "turn:example.org",
            "FOYER_TURN_URLS needs FOYER_TURN_SECRET as well.",
        ),
        (
            "FOYER_MAIL_URL",
            "mail.example.org:587",
            "FOYER_MAIL_URL must begin with smtp:// or smtps:// and name a server.",
        ),
        (
            "FOYER_MAIL_URL",
            "smtp://mail.example.org",
            "FOYER_MAIL_URL needs FOYER_MAIL_FROM, an address, as well.",
        ),
        ("FOYER_PROT", "8000", "FOYER_PROT is not a setting of Foyer."),
    ],
)
def test_a_wrong_value_is_one_clear_line(variable: str, value: str, sentence: str) -> None:
    with pytest.raises(SettingsWrong) as wrong:
        settings.read({variable: value})

    assert str(wrong.value) == sentence


def test_the_secret_is_made_once_and_is_private(tmp_path: Path) -> None:
    first = settings.with_secret(Settings(data=tmp_path / "data"))
    second = settings.with_secret(Settings(data=tmp_path / "data"))

    assert len(first.secret) >= 32
    assert second.secret == first.secret
    assert stat.S_IMODE((tmp_path / "data" / "secret").stat().st_mode) == 0o600


def test_a_given_secret_touches_no_file(tmp_path: Path) -> None:
    given = settings.with_secret(Settings(data=tmp_path / "data", secret="x" * 32))

    assert given.secret == "x" * 32
    assert not (tmp_path / "data").exists()


def test_a_data_folder_that_cannot_be_made_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file, not a folder")

    with pytest.raises(SettingsWrong, match=r"^FOYER_DATA: the folder .* cannot be used: "):
        settings.with_secret(Settings(data=tmp_path / "data"))


def test_a_damaged_secret_is_said_and_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("half")

    with pytest.raises(SettingsWrong, match="is damaged"):
        settings.with_secret(Settings(data=tmp_path))
    assert (tmp_path / "secret").read_text() == "half"


def test_the_example_file_holds_every_setting_and_its_default() -> None:
    assert (ROOT / ".env.example").read_text() == settings.example()


def test_the_readme_holds_the_table_of_settings() -> None:
    assert settings.table() in (ROOT / "README.md").read_text()
