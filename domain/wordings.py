"""The words of all kinds of case that keep theirs in chapters."""

from __future__ import annotations

from domain.complaint import wordings as complaint
from domain.dock import wording as dock
from domain.goods_return import wording as goods_return
from domain.payment.gateway import wording as gateway
from domain.payment.parting import wording as parting
from domain.wording import Wording

WORDINGS: tuple[Wording, ...] = (
    *complaint.WORDINGS,
    goods_return.WORDING,
    dock.WORDING,
    gateway.WORDING,
    parting.WORDING,
)
