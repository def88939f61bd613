"""The platform's news as connectors word them, by webhook or poll: read, checked, and made a message to a case."""

from __future__ import annotations

from datetime import UTC
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, ValidationError, field_validator

from adapters.blind_index import BlindIndex
from db.kept_news import KeptNews, Source
from domain.complaint.on_platform.rules import lacking
from domain.complaint.on_platform.state import Favour, MatterKind, Said
from domain.complaint.on_platform.steps import TakePlatformNews
from domain.money import Money, MoneyUnreadable, read_money
from domain.people import Actor, Role
from upkeep.kept_news import SIGNALS
from workflows.news import PlatformNews

PLATFORM = Actor(person="platform", role=Role.INTEGRATION, name="platform")
"""Who tells, by whichever connector and way."""


class NewsUnreadable(ValueError):  # noqa: N818  a finding
    """It is no news of a platform; `wrong` names each field and what is wrong with it, never its value."""

    def __init__(self, wrong: tuple[tuple[str, str], ...]) -> None:
        super().__init__(", ".join(name for name, _ in wrong))
        self.wrong = wrong


Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=64, pattern=r"^[^\x00-\x1f]+$")]


class SumSaid(BaseModel):
    """An exact amount."""

    model_config = ConfigDict(extra="forbid", title="PlatformSum")

    amount: str = Field(max_length=32)
    currency: str = Field(pattern="^[A-Z]{3}$")

    @field_validator("currency")
    @classmethod
    def _known(cls, currency: str) -> str:
        read_money("0", currency)
        return currency

    def money(self) -> Money:
        """The amount in minor units.

        Raises:
            MoneyUnreadable: it is no exact amount of the currency.
        """
        return read_money(self.amount, self.currency)


class PlatformSaid(BaseModel):
    """One thing that the platform tells; no word about the customer."""

    model_config = ConfigDict(extra="forbid")

    news: Annotated[Line, StringConstraints(max_length=120)] = Field(
        description="The platform's own id of this message; the same again counts once, by webhook or poll"
    )
    kind: MatterKind
    reference: Line = Field(description="The platform's number of the refund request or dispute")
    order: Line
    said: Said
    at: AwareDatetime = Field(description="When, by the platform's own clock; news may come in any order")
    due_at: AwareDatetime | None = Field(default=None, description="Of opened and extended: until when to answer")
    amount: SumSaid | None = None
    payment: Line | None = Field(default=None, description="Of paid: the platform's number of the payment")
    favour: Favour | None = Field(default=None, description="Of decided: for whom")


def kept_of(shop: str, index: BlindIndex, told: PlatformSaid | dict[str, Any], way: str) -> KeptNews:
    """The message as it is kept and handed over.

    Raises:
        NewsUnreadable: it lacks what its kind of news says.
    """
    try:
        said = PlatformSaid.model_validate(told) if isinstance(told, dict) else told
        amount = said.amount.money() if said.amount is not None else None
        mark = index.order(shop, said.order)
    except ValidationError as wrong:
        raise NewsUnreadable(
            tuple((".".join(map(str, each["loc"])), each["type"]) for each in wrong.errors(include_input=False))
        ) from None
    except (MoneyUnreadable, ValueError):
        raise NewsUnreadable((("amount", "no exact amount"),)) from None
    step = TakePlatformNews(
        actor=PLATFORM,
        news=said.news,
        kind=said.kind,
        reference=said.reference,
        said=said.said,
        when=said.at.astimezone(UTC),
        due_at=said.due_at.astimezone(UTC) if said.due_at is not None else None,
        amount=amount,
        payment=said.payment or "",
        favour=said.favour,
    )
    wrong = tuple(("data", each) for each in lacking(step))
    if wrong:
        raise NewsUnreadable(wrong)
    _, adapter = SIGNALS[Source.PLATFORM]
    plain = adapter.dump_python(PlatformNews(step), mode="json")
    return KeptNews(shop, Source.PLATFORM, said.news, mark, plain, way, f"{said.kind.value}/{said.reference}")
