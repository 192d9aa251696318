"""Mails that go out, and those that do not."""

from __future__ import annotations

import pytest

from server.mailer import Mail, Mailer, NotSent
from tests.server.letterbox import letterbox

INVITATION = Mail("rosa@auwald.example", "Ihr Zugang", "Guten Tag,\n.\nhttp://localhost/x\n")


async def test_a_mail_arrives_as_it_was_written() -> None:
    with letterbox() as box:
        await Mailer(box.url, "foyer@netzwerk.example").send(INVITATION)
    (mail,) = box.mails
    assert (mail["to"], mail["subject"]) == ("rosa@auwald.example", "Ihr Zugang")
    assert mail["auto-submitted"] == "auto-generated"
    assert mail.get_content().replace("\r", "") == "Guten Tag,\n.\nhttp://localhost/x\n"


async def test_without_a_mail_server_nothing_is_sent() -> None:
    mailer = Mailer("", "")
    assert not mailer.ready
    with pytest.raises(NotSent):
        await mailer.send(INVITATION)


async def test_nobody_writes_further_headers() -> None:
    with letterbox() as box:
        mailer = Mailer(box.url, "foyer@netzwerk.example")
        with pytest.raises(NotSent):
            await mailer.send(Mail("rosa@auwald.example\nBcc: all@auwald.example", "x", "x"))
        with pytest.raises(NotSent):
            await mailer.send(Mail("rosa@auwald.example", "x\nBcc: all@auwald.example", "x"))
    assert box.mails == []


async def test_a_server_that_is_gone_or_refuses_is_not_our_fault() -> None:
    with letterbox() as box:
        box.refuses = True
        mailer = Mailer(box.url, "foyer@netzwerk.example")
        with pytest.raises(NotSent):
            await mailer.send(INVITATION)
    with pytest.raises(NotSent):
        await mailer.send(INVITATION)


async def test_a_password_never_goes_in_the_clear() -> None:
    with letterbox("127.0.0.2") as box:
        url = box.url.replace("smtp://", "smtp://rosa:secret@")
        with pytest.raises(NotSent):
            await Mailer(url, "foyer@netzwerk.example").send(INVITATION)
    assert b"EHLO" in box.heard
    assert b"AUTH" not in box.heard
    assert box.mails == []
