"""P10 measures real payments, and checks that none is missing."""

from __future__ import annotations

import pytest

from bench.measures.payments import CLIENTS, measured
from bench.stand import Failed


async def test_payments_are_measured_and_all_of_them_are_in_the_ledger(database_url: str) -> None:
    rate, tail, bare, ratio = await measured(database_url, count=2 * CLIENTS, rounds=2)
    assert rate.value > 0
    assert tail.value > 0
    assert bare.value > 0
    assert ratio.value > 0
    assert {each.metric for each in (rate, tail, bare, ratio)} == {"P10"}


async def test_a_ledger_that_lost_a_payment_is_not_measured(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async def nothing(*_: object) -> None:
        return

    monkeypatch.setattr("bench.measures.payments.book_paid", nothing)
    with pytest.raises(Failed, match="lost or doubled"):
        await measured(database_url, count=CLIENTS, rounds=1)
