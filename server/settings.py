"""What the surroundings say: one frozen struct, read from the environment."""

from __future__ import annotations

import ipaddress
import os
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, get_args, get_type_hints
from urllib.parse import urlsplit

import ifaddr
from msgspec import Struct
from msgspec.structs import fields

from rooms.media import built
from server import explained

PREFIX: Final = "FOYER_"
KEPT_IN: Final = "secret"  # a file in the data folder
SHORTEST: Final = 32  # characters of a secret


class SettingsWrong(Exception):
    """A variable holds what it cannot mean; the text is one line for the operator."""


class Settings(Struct, frozen=True):
    """Everything that can be set. Each field is the variable `FOYER_…` of its name."""

    host: str = "127.0.0.1"
    "Address the web server listens on. Behind a reverse proxy leave it as it is."
    port: int = 8000
    "TCP port of the web server."
    data: Path = Path("data")
    "Folder for the database, the secret and the sockets of the media processes."
    public_url: str = ""
    "The address people type, without a path. Default: `http://localhost:` and the port."
    secret: str = ""
    "At least 32 characters that sign forms. Default: made once and kept in the data folder."
    media_port: int = 8001
    "UDP port for picture and sound; with several media processes the ports that follow as well."
    media_announce: tuple[str, ...] = ()
    "Addresses told to browsers for media, separated by commas. Default: this machine's own."
    media_processes: int = 1
    "How many media processes run; viewers are spread over them."
    media_far: tuple[str, ...] = ()
    "Control sockets of media processes on other machines, with commas (see README)."
    media_fanout: str = "auto"
    "What sends to viewers: `plain` Python, or `accelerated` in C; `auto` takes C if it is built."
    recording_gb: int = 20
    "Gigabytes of the data folder that recordings may take; 0 turns recording off."
    recording_days: int = 14
    "Days after which a recording is deleted."
    redis_url: str = ""
    "A Redis that several server processes share. Default: none, one process does it all."
    turn_urls: tuple[str, ...] = ()
    "TURN servers for people behind strict firewalls, with commas: `turn:turn.example.org:3478`."
    turn_secret: str = ""
    "The secret shared with the TURN servers (coturn: `static-auth-secret`)."
    mail_url: str = ""
    "The mail server for invitations: `smtp://user:password@mail.example.org`. Default: none."
    mail_from: str = ""
    "The address such mails come from."
    whep: bool = False
    "`yes` lets players in the hall watch a seat (WHEP), each with a secret made at the desk."

    @property
    def origin(self) -> str:
        """What a browser on one of our pages sends as `Origin`."""
        return self.public_url

    @property
    def https(self) -> bool:
        """Whether people reach us through TLS, so that cookies may insist on it."""
        return self.public_url.startswith("https://")

    @property
    def media_host(self) -> str:
        """What the media processes bind to, so that every announced address is served."""
        if all(ipaddress.ip_address(each).is_loopback for each in self.media_announce):
            return ",".join(self.media_announce)
        several = any(":" in each for each in self.media_announce)
        return "0.0.0.0,::" if several else "0.0.0.0"  # noqa: S104 - browsers come from outside


def read(environment: Mapping[str, str]) -> Settings:
    """Read and check all variables; raises `SettingsWrong`. Touches no file."""
    unknown = {name for name in environment if name.startswith(PREFIX)} - set(variables())
    if unknown:
        raise SettingsWrong(f"{min(unknown)} is not a setting of Foyer.")
    hints = get_type_hints(Settings)
    given: dict[str, Any] = {
        field: READERS[hints[field]](variable, environment[variable].strip())
        for variable, field in variables().items()
        if environment.get(variable, "").strip()
    }
    settings = Settings(**given)
    for check in CHECKS:
        check(settings)
    return _completed(settings)


def with_secret(settings: Settings) -> Settings:
    """The same with a secret: the given one, or the one kept in the data folder.

    Makes the folder and the secret if there is none yet; raises `SettingsWrong`.
    """
    if settings.secret:
        return settings
    path = settings.data / KEPT_IN
    try:
        settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        return _replace(settings, secret=_kept_secret(path))
    except OSError as error:
        raise SettingsWrong(
            f"FOYER_DATA: the folder {settings.data} cannot be used: {error.strerror}."
        ) from None


def variables() -> dict[str, str]:
    """Variable → field, in the order of the struct."""
    return {PREFIX + field.name.upper(): field.name for field in fields(Settings)}


def table() -> str:
    """The table of settings in the README."""
    said = explained.below(Settings)
    rows = [
        f"| `{variable}` | {_default(field)} | {said[field]} |"
        for variable, field in variables().items()
    ]
    return "\n".join(("| Variable | Default | Meaning |", "| --- | --- | --- |", *rows, ""))


def example() -> str:
    """The whole of `.env.example`."""
    said = explained.below(Settings)
    parts = [
        f"# {said[field]}\n{variable}={_default(field).strip('`')}\n"
        for variable, field in variables().items()
    ]
    return "\n".join(parts)


def own_addresses() -> tuple[str, ...]:
    """This machine's addresses that others can reach, IPv4 first; loopback if there is none."""
    found = [
        address.ip if address.is_IPv4 else address.ip[0]
        for adapter in ifaddr.get_adapters()
        for address in adapter.ips
    ]
    outside = sorted((each for each in map(str, found) if _reachable(each)), key=_is_ipv6)
    return tuple(dict.fromkeys(outside)) or ("127.0.0.1",)


def _is_ipv6(address: str) -> bool:
    return ":" in address


def _reachable(address: str) -> bool:
    parsed = ipaddress.ip_address(address)
    return not (parsed.is_loopback or parsed.is_link_local)


def _completed(settings: Settings) -> Settings:
    return _replace(
        settings,
        public_url=_origin(settings.public_url or f"http://localhost:{settings.port}"),
        media_announce=settings.media_announce or own_addresses(),
    )


def _replace(settings: Settings, **changes: Any) -> Settings:
    known = {field.name: getattr(settings, field.name) for field in fields(Settings)}
    return Settings(**(known | changes))


def _kept_secret(path: Path) -> str:
    try:
        # Only ever created whole and private: two servers starting at once agree on one.
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        kept = path.read_text().strip()
        if len(kept) < SHORTEST:
            raise SettingsWrong(f"{path} is damaged; delete it, and a new one is made.") from None
        return kept
    with os.fdopen(handle, "w") as file:
        made = secrets.token_urlsafe(SHORTEST)
        file.write(made + "\n")
    return made


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


def _default(field: str) -> str:
    value = getattr(Settings(), field)
    if isinstance(value, bool):
        return "`yes`" if value else "`no`"
    return "" if value in ("", ()) else f"`{value}`"


def _text(_: str, value: str) -> str:
    return value


def _number(variable: str, value: str) -> int:
    if not value.isascii() or not value.isdigit():
        raise SettingsWrong(f"{variable} must be a whole number, not {value!r}.")
    return int(value)


def _switch(variable: str, value: str) -> bool:
    known = {"yes": True, "no": False}
    if value.lower() not in known:
        raise SettingsWrong(f"{variable} must be yes or no, not {value!r}.")
    return known[value.lower()]


def _list(_: str, value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(",") if part.strip())


def _folder(_: str, value: str) -> Path:
    return Path(value)


READERS: Final[dict[Any, Callable[[str, str], Any]]] = {
    str: _text,
    int: _number,
    bool: _switch,
    tuple[str, ...]: _list,
    Path: _folder,
}


def _check_ports(settings: Settings) -> None:
    for variable, port in (("PORT", settings.port), ("MEDIA_PORT", settings.media_port)):
        if not 1 <= port <= 65_535:
            raise SettingsWrong(f"FOYER_{variable} must be between 1 and 65535, not {port}.")
    if not 1 <= settings.media_processes <= 64:
        raise SettingsWrong("FOYER_MEDIA_PROCESSES must be between 1 and 64.")
    if settings.recording_days < 1:
        raise SettingsWrong("FOYER_RECORDING_DAYS must be at least 1.")
    if settings.media_port + settings.media_processes - 1 > 65_535:
        raise SettingsWrong("FOYER_MEDIA_PORT leaves no room for so many media processes.")


def _check_fanout(settings: Settings) -> None:
    choices = get_args(built.Choice)
    if settings.media_fanout not in choices:
        raise SettingsWrong(
            f"FOYER_MEDIA_FANOUT must be one of {', '.join(choices)},"
            f" not {settings.media_fanout!r}."
        )
    if settings.media_fanout == "accelerated" and not built.BUILT:
        raise SettingsWrong(
            "FOYER_MEDIA_FANOUT is accelerated, but that was never built: install a C compiler"
            " and Python's headers (Debian: gcc, python3-dev) and run `make`, or choose auto."
        )


def _check_public_url(settings: Settings) -> None:
    if not settings.public_url:
        return
    try:
        parts = urlsplit(settings.public_url)
        whole = bool(parts.hostname) and parts.port != 0
    except ValueError:
        whole = False
    if not whole or parts.scheme not in {"http", "https"} or parts.username is not None:
        raise SettingsWrong(
            "FOYER_PUBLIC_URL must look like https://foyer.example.org,"
            f" not {settings.public_url!r}."
        )
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise SettingsWrong("FOYER_PUBLIC_URL must not have a path: Foyer needs a host of its own.")


def _check_secret(settings: Settings) -> None:
    if settings.secret and len(settings.secret) < SHORTEST:
        raise SettingsWrong(f"FOYER_SECRET must have at least {SHORTEST} characters.")


def _check_announce(settings: Settings) -> None:
    for each in settings.media_announce:
        try:
            ipaddress.ip_address(each)
        except ValueError:
            raise SettingsWrong(
                f"FOYER_MEDIA_ANNOUNCE must hold IP addresses; {each!r} is none."
            ) from None


def _check_redis(settings: Settings) -> None:
    if settings.redis_url and urlsplit(settings.redis_url).scheme not in {
        "redis",
        "rediss",
        "unix",
    }:
        raise SettingsWrong(
            f"FOYER_REDIS_URL must begin with redis://, not be {settings.redis_url!r}."
        )


def _check_turn(settings: Settings) -> None:
    for each in settings.turn_urls:
        if not each.startswith(("turn:", "turns:", "stun:")):
            raise SettingsWrong(
                f"FOYER_TURN_URLS must hold addresses like turn:host:3478; {each!r} is none."
            )
    if any(each.startswith("turn") for each in settings.turn_urls) and not settings.turn_secret:
        raise SettingsWrong("FOYER_TURN_URLS needs FOYER_TURN_SECRET as well.")


def _check_mail(settings: Settings) -> None:
    if not settings.mail_url:
        return
    parts = urlsplit(settings.mail_url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise SettingsWrong("FOYER_MAIL_URL must begin with smtp:// or smtps:// and name a server.")
    if "@" not in settings.mail_from:
        raise SettingsWrong("FOYER_MAIL_URL needs FOYER_MAIL_FROM, an address, as well.")


CHECKS: Final[tuple[Callable[[Settings], None], ...]] = (
    _check_ports,
    _check_fanout,
    _check_public_url,
    _check_secret,
    _check_announce,
    _check_redis,
    _check_turn,
    _check_mail,
)
