"""The mail server that carries invitations, if the operator named one."""

from __future__ import annotations

import asyncio
import logging
import smtplib
import ssl
from email.message import EmailMessage
from typing import Final
from urllib.parse import unquote, urlsplit

from msgspec import Struct

PORTS: Final = {"smtp": 587, "smtps": 465}
WITHIN: Final = 20.0  # seconds for handing a mail over
LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})

log = logging.getLogger(__name__)


class NotSent(Exception):
    """The mail server did not take it; what was to be said has to go another way."""


class Mail(Struct, frozen=True):
    """What somebody gets."""

    to: str
    subject: str
    text: str


class Mailer:
    """Hands mails to one server, by `smtp://` (with STARTTLS) or `smtps://`."""

    def __init__(self, url: str, sender: str) -> None:
        self._url = urlsplit(url)
        self._sender = sender

    @property
    def ready(self) -> bool:
        """Whether there is a mail server at all."""
        return bool(self._url.hostname and self._sender)

    async def send(self, mail: Mail) -> None:
        """Hand a mail over. Raises `NotSent`."""
        if not self.ready:
            raise NotSent
        try:
            message = self._written(mail)
            await asyncio.to_thread(self._hand_over, message)
        except (OSError, smtplib.SMTPException, ValueError) as wrong:
            # The address is nobody else's business, not even the log's.
            log.warning("a mail could not be handed over: %s", type(wrong).__name__)
            raise NotSent from None

    def _written(self, mail: Mail) -> EmailMessage:
        message = EmailMessage()  # refuses line breaks in what becomes a header
        message["From"] = self._sender
        message["To"] = mail.to
        message["Subject"] = mail.subject
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(mail.text)
        return message

    def _hand_over(self, message: EmailMessage) -> None:
        host, safe = self._url.hostname or "", ssl.create_default_context()
        port = self._url.port or PORTS[self._url.scheme]
        if self._url.scheme == "smtps":
            with smtplib.SMTP_SSL(host, port, timeout=WITHIN, context=safe) as line:
                self._say(line, message)
            return
        with smtplib.SMTP(host, port, timeout=WITHIN) as line:
            line.ehlo()
            if line.has_extn("starttls") or host not in LOOPBACK:
                # A personal link opens a door: it crosses no network in the clear.
                line.starttls(context=safe)
            self._say(line, message)

    def _say(self, line: smtplib.SMTP, message: EmailMessage) -> None:
        if self._url.username:
            line.login(unquote(self._url.username), unquote(self._url.password or ""))
        line.send_message(message)
