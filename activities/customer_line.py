"""The way to the customer: a message by e-mail where that is possible, else a task for a person.

Sealed words are opened here, used, and kept nowhere. Each attempt and its result stand in the delivery ledger.
"""

from __future__ import annotations

from datetime import UTC, datetime

from temporalio import activity
from temporalio.exceptions import ApplicationError

from adapters.blind_index import BlindIndex
from adapters.links import CaseLinks
from adapters.mail import Mailbox, MailRefused, MailUnavailable, OutgoingLetter
from adapters.vault import KeyDestroyed, SealBroken, Vault
from db.deliveries import Attempt, Letter, Outcome, letter_state, note_attempt
from db.sessions import Database
from domain.letters import LetterText, compose
from domain.sealed import Sealed
from workflows.ids import letter_key
from workflows.ports import WORDS_DO_NOT_OPEN, CustomerLine, LetterOrder, LetterOutcome

BY_EMAIL = "email"


class LetterDesk(CustomerLine):
    """Writes and sends letters. Without a mailbox, or without an address, a person tells the customer."""

    def __init__(  # noqa: PLR0917  its six parts, built by worker.py
        self,
        database: Database,
        vault: Vault,
        index: BlindIndex,
        links: CaseLinks,
        mailbox: Mailbox | None,
        public_url: str,
    ) -> None:
        self._database = database
        self._vault = vault
        self._index = index
        self._links = links
        self._mailbox = mailbox
        self._public_url = public_url.rstrip("/")

    @activity.defn(name="tell_the_customer")
    async def tell(self, letter: LetterOrder) -> LetterOutcome:
        """Send one message, once: an attempt that is known to have succeeded is not made again."""
        if self._mailbox is None:
            return LetterOutcome(sent=False, how="no mail server is configured")
        if letter.customer.email is None:
            return LetterOutcome(sent=False, how="the customer gave no e-mail address")
        async with self._database.reading() as session:
            if await letter_state(session, letter.shop, letter.case, letter.number) is Outcome.SENT:
                return LetterOutcome(sent=True, how=BY_EMAIL)
        try:
            address = await self._vault.open(letter.shop, letter.customer.email)
            written = await self._write(letter)
        except KeyDestroyed:
            return LetterOutcome(
                sent=False, how="the customer's key is gone: the data were erased, or the key was lost"
            )
        except SealBroken:
            raise ApplicationError("the words do not open under this master key", type=WORDS_DO_NOT_OPEN) from None
        return await self._send(self._mailbox, letter, address, written)

    async def _send(self, mailbox: Mailbox, letter: LetterOrder, address: str, written: LetterText) -> LetterOutcome:
        outgoing = OutgoingLetter(
            letter=letter_key(letter.case, letter.number),
            to=address,
            subject=written.subject,
            text=written.body,
            thread=letter_key(letter.complaint, 1),
        )
        try:
            receipt = await mailbox.send(outgoing)
        except MailRefused as refused:
            await self._note(letter, address, Outcome.REFUSED, f"{refused.code} {refused.status}")
            return LetterOutcome(sent=False, how=f"the mail server refused the address ({refused.code})")
        except MailUnavailable as away:
            await self._note(letter, address, Outcome.PUT_OFF, f"{away.code} {away.status}")
            raise ApplicationError("the mail server is away", type="mail_unavailable") from away
        await self._note(letter, address, Outcome.SENT, receipt.answer[:120])
        return LetterOutcome(sent=True, how=BY_EMAIL)

    async def _write(self, letter: LetterOrder) -> LetterText:
        customer = letter.customer
        name = await self._opened(letter.shop, customer.name)
        reference = await self._opened(letter.shop, customer.reference)
        token = self._links.sign(letter.shop, letter.complaint, 1, datetime.now(UTC), letter.link_days)
        return compose(
            letter.kind,
            {**letter.says, "customer": reference},
            letter.language,
            case=letter.complaint,
            name=name,
            link=f"{self._public_url}/v1/cases/{letter.complaint}?link={token}",
            utc_offset=letter.utc_offset,
            own=letter.own,
        )

    async def _opened(self, shop: str, sealed: Sealed | None) -> str:
        return await self._vault.open(shop, sealed) if sealed is not None else ""

    async def _note(self, letter: LetterOrder, address: str, outcome: Outcome, answer: str) -> None:
        known = Letter(
            shop=letter.shop,
            case=letter.case,
            letter=letter.number,
            kind=letter.kind,
            channel=BY_EMAIL,
            recipient_index=self._index.customer(letter.shop, address),
        )
        attempt = Attempt(letter.tried + activity.info().attempt, datetime.now(UTC), outcome, answer)
        async with self._database.writing_once() as session:
            await note_attempt(session, known, attempt)
