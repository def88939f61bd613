"""Mailboxes of the desk: one that speaks SMTP, and one that remembers."""

import asyncio
import re
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address
from typing import Self
from urllib.parse import unquote, urlsplit

import aiosmtplib

from adapters.letters import (
    Letterhead,
    Mailbox,
    MailRefused,
    MailUnavailable,
    OutgoingLetter,
    SendReceipt,
)

__all__ = [
    "MailRefused",
    "MailUnavailable",
    "Mailbox",
    "OutgoingLetter",
    "RecordingMailbox",
    "SendReceipt",
    "SmtpMailbox",
]

_PORTS = {"smtp": 25, "smtps": 465, "starttls": 587}
_REFUSED_FOR_GOOD = range(500, 600)
_ENHANCED_STATUS = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")
_ADDRESS_LIKE = re.compile(r"<?[^\s<>]+@[^\s<>]+>?")
_LONGEST_ANSWER = 200


@dataclass(frozen=True, repr=False)
class _Server:
    scheme: str
    host: str
    port: int
    username: str | None
    password: str | None

    @classmethod
    def at(cls, url: str) -> Self:
        parts = urlsplit(url)
        if parts.scheme not in _PORTS or not parts.hostname:
            msg = "a mail server lies at smtp://, smtps:// or starttls://"
            raise ValueError(msg)
        username = unquote(parts.username) if parts.username else None
        if username and parts.scheme == "smtp" and not _is_this_machine(parts.hostname):
            msg = "a password is sent to a mail server over smtps:// or starttls:// only"
            raise ValueError(msg)
        password = unquote(parts.password) if parts.password else None
        return cls(parts.scheme, parts.hostname, parts.port or _PORTS[parts.scheme], username, password)


class SmtpMailbox:
    """Sends letters through a mail server, one connection a letter.

    url: `smtp://host:25` in clear (with a user only on this machine), `smtps://user:password@host:465` under TLS from
    the start, `starttls://user:password@host:587` where TLS must follow. mail_from: "desk@shop.cn" or
    "Name <desk@shop.cn>". timeout: seconds for one letter, from connecting to the server's last word. tls: another
    trust than the system's. clock: dates the letters, UTC. Raises ValueError for an address that is none of these.
    """

    def __init__(
        self,
        url: str,
        mail_from: str,
        *,
        timeout: float = 30.0,
        tls: ssl.SSLContext | None = None,
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        self._server = _Server.at(url)
        self._letterhead = Letterhead.of(mail_from, clock)
        self._timeout = timeout
        self._tls = tls

    async def send(self, letter: OutgoingLetter) -> SendReceipt:
        """Hand one letter over. Raises MailRefused (for good) or MailUnavailable (send it again later)."""
        answer = await self._handed_over(letter)
        # Raised out here, away from the library's error: that one quotes the customer's address.
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def _handed_over(self, letter: OutgoingLetter) -> SendReceipt | MailRefused | MailUnavailable:
        message = self._letterhead.compose(letter)
        client = self._client()
        try:
            async with asyncio.timeout(self._timeout):
                await client.connect()
                try:
                    _, answer = await client.send_message(message)
                except (aiosmtplib.SMTPException, UnicodeError) as problem:
                    return _about_the_letter(problem)
        except (aiosmtplib.SMTPException, OSError) as problem:
            return _about_the_server(problem)
        else:
            return SendReceipt(self._letterhead.message_id(letter.letter), _without_addresses(answer))
        finally:
            await _part(client)

    def _client(self) -> aiosmtplib.SMTP:
        server = self._server
        return aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port,
            username=server.username,
            password=server.password,
            timeout=self._timeout,
            use_tls=server.scheme == "smtps",
            start_tls=server.scheme == "starttls",
            tls_context=self._tls,
            # Our own machine's name is nobody's business, and may not be one that a mail server accepts.
            local_hostname=self._letterhead.sender.domain,
        )


class RecordingMailbox:
    """A mailbox with a memory instead of a server, for tests and for a desk that has no mail yet.

    sent: the letters taken, in order, one entry a sending. refuses: addresses that do not exist. is_down: whether
    there is no answer at all.
    """

    def __init__(self, mail_from: str = "desk@redress.invalid") -> None:
        self.sent: list[OutgoingLetter] = []
        self.refuses: set[str] = set()
        self.is_down = False
        self._letterhead = Letterhead.of(mail_from)

    async def send(self, letter: OutgoingLetter) -> SendReceipt:
        """Remember one letter. Raises MailRefused and MailUnavailable as a server would."""
        self._letterhead.compose(letter)
        if self.is_down:
            raise MailUnavailable(0, "down")
        if letter.to in self.refuses:
            raise MailRefused(550, "5.1.1")
        self.sent.append(letter)
        return SendReceipt(self._letterhead.message_id(letter.letter), f"recorded as {len(self.sent)}")


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


async def _part(client: aiosmtplib.SMTP) -> None:
    # A server that hangs up before our farewell has answered for the letter all the same: only that answer counts.
    with suppress(aiosmtplib.SMTPException, OSError):
        if client.is_connected:
            await client.quit(timeout=1.0)
    client.close()


def _about_the_letter(problem: Exception) -> MailRefused | MailUnavailable:
    """Judge what a server said once it knew us: about the recipient and the text it may say no for good."""
    match problem:
        case aiosmtplib.SMTPRecipientsRefused():
            return _about_the_letter(problem.recipients[0])
        case aiosmtplib.SMTPRecipientRefused() | aiosmtplib.SMTPDataError() if problem.code in _REFUSED_FOR_GOOD:
            return MailRefused(problem.code, _status(problem))
        case aiosmtplib.SMTPNotSupported() | UnicodeError():
            return MailRefused(0, "address_not_supported")
        case _:
            return _about_the_server(problem)


def _about_the_server(problem: Exception) -> MailUnavailable:
    """Whatever is wrong between us and the server, a wrong password included, is mended without the customer."""
    if isinstance(problem, aiosmtplib.SMTPResponseException):
        return MailUnavailable(problem.code, _status(problem))
    return MailUnavailable(0, type(problem).__name__)


def _status(problem: aiosmtplib.SMTPResponseException) -> str:
    # Of the server's words only the status is kept: the rest quotes the recipient.
    found = _ENHANCED_STATUS.search(problem.message)
    return found[0] if found else ""


def _without_addresses(answer: str) -> str:
    return _ADDRESS_LIKE.sub("…", answer)[:_LONGEST_ANSWER]
