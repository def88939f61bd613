"""The step by which the customer says how the goods are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from domain.complaint.roles import CUSTOMERS_WORD
from domain.complaint.state import Channel
from domain.limits import Says
from domain.steps import Step


@dataclass(frozen=True, kw_only=True)
class DescribeGoods(Step):
    """Goods are accepted only intact, box whole, fit to sell again; that is asked before they are sent [S]."""

    roles = CUSTOMERS_WORD
    source = "S"
    summary = "Say how the goods are: intact, box whole, fit to be sold again."

    intact: Annotated[bool, Says("Nothing is damaged.")]
    packaging_whole: Annotated[bool, Says("Box and accessories are whole.")]
    fit_to_sell: Annotated[bool, Says("Unused, labels on: fit to be sold again.")]
    heard_on: Annotated[Channel | None, Says("For an agent: where the customer said so.", "phone")] = None
