"""Machine messages: signals that need no answer. Each has an id of its own and counts once however often it comes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.complaint.linking.steps import TakeWordFromCase
from domain.complaint.on_platform.steps import TakePlatformNews
from domain.complaint.steps import TakePaymentNews, TakeReturnNews
from domain.complaint.sums.steps import TakeSlipAmount
from domain.dock.steps import TakeLead, TakeReturnAnswer
from domain.goods_return.steps import (
    CourierStatus,
    TakeCourierNews,
    TakeParcelBack,
    TakeParcelFromDock,
    TakeWordFromComplaint,
)
from domain.payment.gateway.state import Heard
from domain.payment.gateway.steps import TakeGatewayNews
from domain.payment.steps import TakeCaseSum, TakeHold
from domain.people import Actor
from domain.shared_steps import TakeReceipt
from domain.steps import Step
from domain.taking_charge import TakeCharge


class News(Protocol):
    """What every machine message has: an id of its own, and what it says as a step of the case."""

    @property
    def news(self) -> str:
        """The id, the same however often it is sent."""
        ...

    @property
    def says(self) -> Step:
        """The step."""
        ...


@dataclass(frozen=True)
class ReturnNews:
    """A return tells its complaint how it stands."""

    news: str
    says: TakeReturnNews


@dataclass(frozen=True)
class PaymentNews:
    """A slip tells its complaint what became of it."""

    news: str
    says: TakePaymentNews


@dataclass(frozen=True)
class SlipAmountNews:
    """A slip tells its complaint that its amount was changed."""

    news: str
    says: TakeSlipAmount


@dataclass(frozen=True)
class PlatformNews:
    """The platform tells of a refund request or a dispute; the platform's own ids stand apart from the desk's."""

    says: TakePlatformNews

    @property
    def news(self) -> str:
        """Its name among all news, the same however often and by whichever way it comes."""
        return f"platform/{self.says.news}"


@dataclass(frozen=True)
class WordFromComplaint:
    """The complaint tells its return of parcels, and what becomes of the goods."""

    news: str
    says: TakeWordFromComplaint


@dataclass(frozen=True)
class DockNews:
    """The dock tells a return that a parcel of its own is here."""

    news: str
    says: TakeParcelFromDock


@dataclass(frozen=True)
class DockCorrection:
    """The dock tells a return that a parcel never was its own."""

    news: str
    says: TakeParcelBack


@dataclass(frozen=True)
class ReturnAnswer:
    """A return tells the dock what came of a parcel."""

    news: str
    says: TakeReturnAnswer


@dataclass(frozen=True)
class LeadNews:
    """The register shows a return that a parcel at the dock may belong to."""

    news: str
    says: TakeLead


@dataclass(frozen=True)
class CaseSumNews:
    """The complaint tells a slip that its payments have grown."""

    news: str
    says: TakeCaseSum


@dataclass(frozen=True)
class HoldNews:
    """The complaint tells a slip to wait, or to wait no longer."""

    news: str
    says: TakeHold


@dataclass(frozen=True)
class ChargeNews:
    """The complaint tells a return or slip how urgent the matter is now, and in whose charge."""

    news: str
    says: TakeCharge


@dataclass(frozen=True)
class CaseWord:
    """One complaint tells another of a link or a merge."""

    news: str
    says: TakeWordFromCase


@dataclass(frozen=True)
class CourierNews:
    """The courier tells where a parcel is; `seen_at` is the courier's instant (UTC), `actor` who passed it on."""

    message_id: str
    tracking: str
    status: CourierStatus
    seen_at: datetime
    actor: Actor

    @property
    def news(self) -> str:
        """Its name among all news; the ids that couriers choose stand apart from those of the desk."""
        return f"courier/{self.message_id}"

    @property
    def says(self) -> TakeCourierNews:
        """The news as a step of the return."""
        return TakeCourierNews(
            actor=self.actor, tracking=self.tracking.strip().upper(), status=self.status, seen_at=self.seen_at
        )


@dataclass(frozen=True)
class ReceiptNews:
    """The shop's gateway could not deliver a message; `message` is its id there, `actor` the gateway."""

    message: str
    number: int
    round: int
    why: str
    actor: Actor

    @property
    def news(self) -> str:
        """Its name among all news: a message fails once, however often that is told."""
        return f"receipt/{self.message}"

    @property
    def says(self) -> TakeReceipt:
        """The news as a step of the case."""
        return TakeReceipt(actor=self.actor, number=self.number, round=self.round, why=self.why)


@dataclass(frozen=True)
class GatewayNews:
    """The payment gateway tells by itself what became of a slip; `actor` is the gateway."""

    heard: Heard
    actor: Actor

    @property
    def news(self) -> str:
        """Its name among all news: the same word under the same reference counts once, however often it comes."""
        moved = str(self.heard.amount or "").replace(" ", "")
        return f"gateway/{self.heard.stands.value}/{self.heard.reference}/{moved}/{self.heard.account}"

    @property
    def says(self) -> TakeGatewayNews:
        """The word as a step of the slip."""
        return TakeGatewayNews(actor=self.actor, heard=self.heard)
