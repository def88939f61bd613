"""The way to the customer: by e-mail or by the shop's gateway where that is possible, else a task for a person.

Sealed words are opened here, used, and kept nowhere. Each attempt and its result stand in the delivery ledger.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.letter_ways import LetterWay
from adapters.links import CaseLinks
from adapters.vault import KeyDestroyed, SealBroken, Vault
from db.deliveries import HANDED_OVER, Outcome, letter_state
from db.sessions import Database
from domain.letters import LetterText, compose
from domain.quiet import Way
from domain.sealed import Sealed
from workflows.ports import WORDS_DO_NOT_OPEN, CustomerLine, LetterOrder, LetterOutcome


class LetterDesk(CustomerLine):
    """Writes messages and hands them over by the first way that is open; when none is, a person tells the customer."""

    def __init__(
        self, database: Database, vault: Vault, links: CaseLinks, ways: Mapping[Way, LetterWay], public_url: str
    ) -> None:
        self._database = database
        self._vault = vault
        self._links = links
        self._ways = ways
        self._public_url = public_url

    @activity.defn(name="tell_the_customer")
    async def tell(self, letter: LetterOrder) -> LetterOutcome:
        """Send one message, once a round: an attempt that is known to have succeeded is not made again."""
        async with self._database.reading() as session:
            stands = await letter_state(session, letter.shop, letter.case, letter.number, letter.round)
        if stands is not None and stands[0] in HANDED_OVER:
            return LetterOutcome(sent=True, how=stands[1])
        try:
            return await self._by_the_first_open_way(letter, _left_to_try(letter, stands))
        except KeyDestroyed:
            return LetterOutcome(
                sent=False, how="the customer's key is gone: the data were erased, or the key was lost"
            )
        except SealBroken:
            raise ApplicationError("the words do not open under this master key", type=WORDS_DO_NOT_OPEN) from None

    async def _by_the_first_open_way(self, letter: LetterOrder, ways: Sequence[Way]) -> LetterOutcome:
        closed: list[str] = []
        for name in ways:
            way = self._ways.get(name)
            if way is None:
                continue  # a person, who comes last
            why_not = await way.why_not(letter)
            if why_not is not None:
                closed.append(why_not)
            elif _is_quiet(letter, name):
                return LetterOutcome(sent=False, how="", waits=True)
            else:
                outcome = await way.hand_over(letter, await self._write(letter))
                if outcome.sent:
                    return outcome
                closed.append(outcome.how)
        return LetterOutcome(sent=False, how="; ".join(filter(None, closed)) or "the policy names no other way")

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


def _left_to_try(letter: LetterOrder, stands: tuple[Outcome, str] | None) -> Sequence[Way]:
    """The ways from the one on which the message was last tried; from the next one, if that one said no for good."""
    if stands is None or stands[1] not in letter.ways:
        return letter.ways
    last = letter.ways.index(Way(stands[1]))
    return letter.ways[last + 1 if stands[0] is Outcome.REFUSED else last :]


def _is_quiet(letter: LetterOrder, way: Way) -> bool:
    """Whether the way keeps quiet hours now: by the case's instant, or by this machine's when the order lay waiting."""
    begun = letter.quiet_from is not None and datetime.now(UTC) >= letter.quiet_from
    return way in letter.quiet and (letter.quiet_now or begun)
