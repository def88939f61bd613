"""A dry run of the remedies, as the API answers it."""

from __future__ import annotations

from pydantic import BaseModel, Field

from api.schemas.money import MoneyBody, money_body
from domain.complaint.offering.weighing import Weighed
from domain.complaint.problems import RemedyKind
from domain.people import Role


class RemedyShown(BaseModel):
    """One kind of remedy as the main part of a proposal."""

    kind: RemedyKind
    open: bool = Field(description="Whether it can be proposed now, by the rule")
    goodwill: bool = Field(description="Not open by the rule, but the supervisor may approve it as goodwill")
    most: MoneyBody | None = Field(description="The most that it may pay; null for one that pays nothing")
    cost: MoneyBody | None = Field(description="What it would cost the shop at that; null where it has to be stated")
    freight_up_to: MoneyBody | None = Field(description="Return freight that comes on top, by its receipt")
    approver: Role | None = Field(description="Who would have to approve it if an agent proposed it")
    code: str = Field(description="Why it is not open; empty when it is")
    sentence: str
    sentence_zh: str
    way_out: str
    source: str


class RemedyList(BaseModel):
    """Every kind that the problem knows or that fits now, the usual ones first."""

    items: list[RemedyShown]


def remedy_shown(weighed: Weighed) -> RemedyShown:
    """One kind as the API answers it."""
    no = weighed.refusal
    return RemedyShown(
        kind=weighed.kind,
        open=weighed.open,
        goodwill=weighed.goodwill,
        most=money_body(weighed.most),
        cost=money_body(weighed.cost),
        freight_up_to=money_body(weighed.freight_up_to),
        approver=weighed.approver,
        code=no.code if no else "",
        sentence=no.sentence if no else "",
        sentence_zh=no.sentence_zh if no else "",
        way_out=no.way_out if no else "",
        source=no.source if no else "",
    )
