"""A letter to a customer: what is sent, how it is put on paper, and the ways a mailbox may answer."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Protocol

_LONGEST_ADDRESS = 254
_ADDRESS = re.compile(r"([^\s@<>()\[\]\\,;:\"\x00-\x1f\x7f]+)@((?:[\w-]+\.)*[\w-]+)")


@dataclass(frozen=True, repr=False)
class OutgoingLetter:
    """One letter as the desk wants it sent. It holds personal data in clear: made last, sent, and kept nowhere.

    letter: the letter's own id; a letter sent again carries the same one, and with it the same Message-ID.
    to: one address. text: always there; html: the same in colours, if there is one.
    thread: id of the first letter of the conversation, so that mail programs show them together.
    """

    letter: str
    to: str
    subject: str
    text: str
    html: str | None = None
    thread: str | None = None

    def __repr__(self) -> str:
        return f"OutgoingLetter(letter={self.letter!r})"


@dataclass(frozen=True)
class SendReceipt:
    """The mail server has taken the letter, and answers for it from now on.

    message_id: with its angle brackets. answer: the server's words, often with a queue number; addresses left out.
    """

    message_id: str
    answer: str


class MailRefused(Exception):  # noqa: N818  an answer about this letter
    """This letter will not be taken for this recipient, however often it is sent; ask the customer another way.

    code: SMTP reply code, 0 if no server was asked. status: enhanced status such as "5.1.1", or a word of ours.
    """

    def __init__(self, code: int, status: str) -> None:
        super().__init__(code, status)
        self.code = code
        self.status = status

    def __str__(self) -> str:
        return f"mail refused: {self.code} {self.status}".rstrip()


class MailUnavailable(Exception):  # noqa: N818  temporary
    """The letter was not taken for now; send it again later.

    If the connection broke at the last moment the server may have taken it all the same: the second copy has the same
    Message-ID, by which mail programs show them as one. code and status as in MailRefused; status may name the fault.
    """

    def __init__(self, code: int, status: str) -> None:
        super().__init__(code, status)
        self.code = code
        self.status = status

    def __str__(self) -> str:
        return f"mail unavailable: {self.code} {self.status}".rstrip()


class Mailbox(Protocol):
    """Whoever sends the desk's letters."""

    async def send(self, letter: OutgoingLetter) -> SendReceipt:
        """Hand one letter over. Raises MailRefused (for good) or MailUnavailable (send it again later)."""
        ...


@dataclass(frozen=True)
class Letterhead:
    """Who the desk's letters come from, and the clock that dates them (UTC)."""

    sender: Address
    clock: Callable[[], datetime]

    @classmethod
    def of(cls, mail_from: str, clock: Callable[[], datetime] | None = None) -> "Letterhead":
        """Read "desk@shop.cn" or "Name <desk@shop.cn>"; ValueError if it is neither."""
        name, bracket, address = mail_from.strip().rpartition("<")
        if bracket:
            address = address.removesuffix(">")
        try:
            sender = _address(address)
        except MailRefused:
            msg = "the sender's address is not one"
            raise ValueError(msg) from None
        named = Address(name.strip().strip('"'), sender.username, sender.domain)
        return cls(named, clock or (lambda: datetime.now(UTC)))

    def message_id(self, letter: str) -> str:
        """Return the Message-ID of a letter: always the same for the same letter and sender's domain."""
        return f"<{hashlib.sha256(letter.encode()).hexdigest()[:40]}@{self.sender.domain}>"

    def compose(self, letter: OutgoingLetter) -> EmailMessage:
        """Put a letter on paper. Raises MailRefused if its address is none."""
        message = EmailMessage()
        message["From"] = self.sender
        message["To"] = _address(letter.to)
        message["Subject"] = " ".join(_writable(letter.subject).split())  # a line break here would start another header
        message["Date"] = format_datetime(self.clock())
        message["Message-ID"] = self.message_id(letter.letter)
        if letter.thread and letter.thread != letter.letter:
            message["In-Reply-To"] = message["References"] = self.message_id(letter.thread)
        # RFC 3834: absence notices must not answer, or two robots would write to one another for ever.
        message["Auto-Submitted"] = "auto-generated"
        # base64: safe through servers that know no 8-bit text, and for lines of Chinese longer than SMTP allows.
        message.set_content(_writable(letter.text), cte="base64")
        if letter.html is not None:
            message.add_alternative(_writable(letter.html), subtype="html", cte="base64")
        return message


def _writable(text: str) -> str:
    # Half a character, as a broken form may send it, would keep the whole letter from being written.
    return text.encode("utf-8", "replace").decode("utf-8")


def _address(text: str) -> Address:
    parts = _ADDRESS.fullmatch(text.strip())
    if not parts or len(text) > _LONGEST_ADDRESS:
        raise MailRefused(0, "address_malformed")
    try:
        domain = parts[2].encode("idna").decode("ascii")  # a Chinese domain reaches servers that know ASCII only
        return Address(username=parts[1], domain=domain)
    except ValueError:
        raise MailRefused(0, "address_malformed") from None
