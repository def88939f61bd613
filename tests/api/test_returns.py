"""Returns over HTTP: opened directly within the rule, refused with reason and rule, left to a person, once per key."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.api.counter import Counter
from tests.api.test_bad_input import problem

NOW = datetime.now(UTC)
WISH: dict[str, Any] = {
    "order": "T-1001",
    "lines": [{"line": 1, "quantity": 1}, {"line": 2, "quantity": 6}],
    "reason": "It does not go with the table.",
    "intact": True,
    "packaging_whole": True,
    "fit_to_sell": True,
}


def signed(days_ago: int) -> str:
    return (NOW - timedelta(days=days_ago)).isoformat()


async def asked(counter: Counter, key: str | None = None, role: str = "integration", **changes: Any) -> Any:
    return await counter.post(role, "/v1/returns", WISH | changes, key=key)


async def test_a_return_within_the_rule_is_agreed_and_answers_with_both_addresses(manned: Counter) -> None:
    await manned.register(signed_at=signed(2))
    first = await asked(manned, "wish")
    assert first.status_code == 201, first.text
    told = first.json()
    case = told["case"]["case"]
    assert told["case"]["problem"] == "changed_mind"
    assert (told["complaint_url"], told["return_case"]) == (f"/v1/cases/{case}", f"{case}-R1")
    assert told["case"]["story"]["eligibility"]["answer"] == "yes"

    async def there() -> Any:
        found = await manned.get("agent", told["return_url"])
        return found if found.status_code == 200 else None

    goods = (await manned.until(there)).json()["case"]
    assert [(line["line"], line["quantity"], line["goods"]) for line in goods["story"]["lines"]] == [
        (1, 1, "awaiting"),
        (2, 6, "awaiting"),
    ]

    again = await asked(manned, "wish")
    assert (again.status_code, again.headers["idempotent-replayed"]) == (201, "true")
    assert again.json()["return_case"] == f"{case}-R1"
    problem(await asked(manned, "wish", reason="It is too large."), 422, "idempotency_key_reused")
    as_a_complaint = await manned.complain(key="wish")
    problem(as_a_complaint, 422, "idempotency_key_reused")


async def test_a_return_that_was_agreed_and_has_not_begun_is_to_be_asked_for_again(counter: Counter) -> None:
    await counter.register(signed_at=signed(2))
    told = (await asked(counter)).json()
    early = await counter.get("agent", told["return_url"])
    assert problem(early, 503, "case_to_come")["title"]
    assert (early.headers["retry-after"], told["return_case"] in early.text) == ("1", True)
    assert (await counter.get("agent", told["complaint_url"] + "?from=list")).status_code == 200
    for nobodys in (told["return_url"].replace("-R1", "-R2"), told["return_url"] + "-R1", "/v1/cases/AS-R1"):
        problem(await counter.get("agent", nobodys), 404, "case_unknown")
    problem(await counter.get("department", told["return_url"]), 404, "case_unknown")


async def test_a_wish_entered_later_counts_from_when_it_came_in(manned: Counter) -> None:
    await manned.register(signed_at=signed(9))
    assert (await asked(manned)).status_code == 409
    told = await asked(manned, received_at=signed(5))
    assert told.status_code == 201, told.text
    assert told.json()["case"]["story"]["eligibility"]["answer"] == "yes"


async def test_rules_hold_on_the_server_whatever_a_browser_let_through(counter: Counter) -> None:
    await counter.register(signed_at=signed(20))
    late = problem(await asked(counter), 409, "not_eligible")
    assert "the time in which goods come back is over" in late["detail"]
    await counter.register(signed_at=signed(2))
    problem(await asked(counter, fit_to_sell=False), 409, "not_eligible")
    problem(await asked(counter, lines=[{"line": 1, "quantity": 3}]), 422, "quantity_above_bought")
    problem(await asked(counter, lines=[{"line": 1, "quantity": 1}] * 2), 422, "line_claimed")
    problem(await asked(counter, lines=[]), 422, "fields_unfit")
    problem(await asked(counter, lines=[{"line": 1, "quantity": 1.5}]), 422, "fields_unfit")
    problem(await asked(counter, problem="quality"), 422, "fields_unfit")
    problem(await asked(counter, role="warehouse"), 403, "role_may_not")


async def test_what_is_not_known_is_for_a_person(counter: Counter) -> None:
    await counter.register()
    told = (await asked(counter)).json()
    assert (told["return_case"], told["return_url"]) == (None, None)
    assert told["case"]["story"]["eligibility"] == {
        "answer": "ask_a_person",
        "reasons": ["anchor_unknown"],
        "rule": "S,O",
        "anchor": "signed",
        "until": None,
    }
