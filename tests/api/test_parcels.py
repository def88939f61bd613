"""The dock over HTTP: certain at once, ranked else, matched, taken back, divided; and whom it refuses."""

from __future__ import annotations

from typing import Any

from temporalio.client import Client

from db.sessions import Database
from domain.people import Role
from policies.loader import default_policy_text
from tests.api.conftest import OpenCounter
from tests.api.counter import Counter, staffed
from tests.api.outages import database_away
from tests.api.test_bad_input import problem
from tests.api.test_parts_away import without_temporal
from tests.api.test_story import judged, photographed
from tests.env import PostgresForTests

ANONYMOUS: dict[str, Any] = {"tracking": "ZZ7777777"}


async def scan(counter: Counter, role: str = "warehouse", key: str | None = None, **body: Any) -> dict[str, Any]:
    answer = await counter.post(role, "/v1/parcels", body, key=key)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def awaited(counter: Counter, tracking: str | None = None, **changes: Any) -> str:
    """A return that waits for its goods; its number."""
    case = (await counter.complain(**changes)).json()["case"]["case"]
    assert (await photographed(counter, case, "agent")).status_code == 200
    await judged(counter, case)
    offer = {"kind": "return_and_refund", "refund": {"amount": "9.00", "currency": "CNY"}, "words": "We are sorry."}
    assert (await counter.step("agent", case, "propose_remedy", **offer)).status_code == 200
    accepted = await counter.step("agent", case, "accept_proposal", proposal=1, heard_on="phone")
    assert accepted.status_code == 200, accepted.text
    if tracking is not None:
        sent = {"carrier": "SF Express", "tracking": tracking}
        assert (await counter.step("agent", case, "report_shipment", **sent)).status_code == 200
    name = f"{case}-R1"

    async def there() -> bool:
        row = await counter.get("agent", f"/v1/cases/{name}", params={"from": "list"})
        return row.status_code == 200 and (tracking is None or tracking in row.json()["case"]["tracking"])

    await counter.until(there)
    return name


async def state(counter: Counter, case: str, wanted: str) -> dict[str, Any]:
    async def found() -> dict[str, Any] | None:
        told = (await counter.get("agent", f"/v1/cases/{case}")).json()
        return told if told["case"]["state"] == wanted else None

    return dict(await counter.until(found))


async def test_a_parcel_opens_and_is_ranked_while_every_worker_is_down(counter: Counter) -> None:
    body = {"tracking": "ZZ7777777", "sender": {"name": "王芳", "phone": "138 0013 8000"}, "words": "请退款"}
    told = await scan(counter, **body)
    case = told["case"]
    assert (case["kind"], case["state"], case["version"]) == ("parcel", "unidentified", 1)
    assert case["sealed_fields"] == ["name", "phone", "words"]
    assert case["tracking"] == ["ZZ7777777"]
    assert case["story"]["candidates"] == []
    assert case["story"]["seen"]["note_found"] is True
    assert [task["step"] for task in case["tasks"]] == ["match_parcel"]
    assert not any(phone in str(told) for phone in ("138 0013 8000", "13800138000"))


async def test_the_same_key_is_one_parcel_and_another_body_is_refused(counter: Counter) -> None:
    first = await scan(counter, key="scan-1", **ANONYMOUS)
    again = await counter.post("warehouse", "/v1/parcels", ANONYMOUS, key="scan-1")
    assert again.json()["case"] == first["case"]
    assert again.headers["idempotent-replayed"] == "true"
    assert again.headers["location"] == f"/v1/cases/{first['case']['case']}"
    other = await counter.post("warehouse", "/v1/parcels", {"tracking": "ZZ8888888"}, key="scan-1")
    problem(other, 422, "idempotency_key_reused")
    complaint = await counter.complain(key="scan-1")
    problem(complaint, 422, "idempotency_key_reused")


async def test_a_known_number_is_told_at_once_and_the_return_has_its_parcel(manned: Counter) -> None:
    counter = manned
    await counter.register()
    name = await awaited(counter, "SF1234567890")
    told = await scan(counter, tracking=" sf1234567890 ", carrier="SF")
    assert told["case"]["state"] == "matched"
    (match,) = told["case"]["story"]["matches"]
    assert (match["return_case"], match["basis"]) == (name, "tracking")
    assert "phone" not in match["reasons"]
    there = await state(counter, name, "to_inspect")
    assert there["case"]["story"]["parcels"][0]["dock"] == told["case"]["case"]
    register = (await counter.get("supervisor", "/v1/registers/unidentified-parcels")).json()
    assert register["items"] == []


async def test_candidates_come_from_everything_that_the_parcel_shows(manned: Counter) -> None:
    counter = manned
    lines = [
        {
            "line": 1,
            "product": "teapot",
            "quantity": 2,
            "paid": {"amount": "138.00", "currency": "CNY"},
            "barcode": "6901234567892",
            "grams": 900,
        }
    ]
    assert (await counter.register(lines=lines)).json()["lines"][0]["barcode"] == "6901234567892"
    name = await awaited(counter)
    shown = {
        "phone": {"sender": {"phone": "13800138000"}},
        "name": {"sender": {"name": "王芳"}},
        "customer": {"sender": {"reference": "wang_88"}},
        "order": {"order": "t-1001"},
        "goods": {"goods": [{"barcode": "6901234567892"}]},
    }
    for reason, body in shown.items():
        found = (await scan(counter, grams=950, **body))["case"]["story"]["candidates"]
        assert [(each["return_case"], set(each["reasons"])) for each in found] == [(name, {reason, "weight"})], reason
    assert (await scan(counter, grams=950))["case"]["story"]["candidates"] == []
    certain = await scan(counter, card=name.lower())
    assert certain["case"]["story"]["matches"][0]["basis"] == "card"


async def test_a_person_matches_takes_back_and_the_register_shows_what_waits(manned: Counter) -> None:
    counter = manned
    await counter.register()
    name = await awaited(counter, "SF1234567890")
    before = (await state(counter, name, "in_transit"))["case"]["clocks"]
    parcel = (await scan(counter, **ANONYMOUS, sender={"phone": "13800138000"}))["case"]["case"]
    found = (await counter.get("agent", f"/v1/parcels/{parcel}/candidates")).json()["items"]
    assert [(each["return_case"], each["reasons"], each["over"]) for each in found] == [(name, ["phone"], False)]
    (line,) = (await counter.get("supervisor", "/v1/registers/unidentified-parcels")).json()["items"]
    assert (line["parcel"], line["owner"], line["overdue"], line["hours_here"]) == (parcel, None, False, 0)
    assert (await counter.step("agent", parcel, "take_on_parcel")).status_code == 200
    (line,) = (await counter.get("supervisor", "/v1/registers/unidentified-parcels")).json()["items"]
    assert line["owner"] == "agent of teahouse"
    said = {"return_case": name, "reason": "she told us the colour"}
    taken = await counter.step("agent", parcel, "match_parcel", **said)
    assert taken.json()["case"]["story"]["matches"][0]["reasons"] == ["phone"]
    await state(counter, name, "to_inspect")
    again = await counter.step("agent", parcel, "match_parcel", **said)
    assert name in problem(again, 409, "parcel_matched")["detail"]
    undone = await counter.step("agent", parcel, "unmatch_parcel", return_case=name, reason="another red one")
    assert undone.json()["case"]["state"] == "unidentified"
    assert (await state(counter, name, "in_transit"))["case"]["clocks"] == before


async def test_a_return_of_another_shop_is_no_candidate_and_cannot_be_named(
    manned: Counter, database: Database
) -> None:
    counter = manned
    await counter.register()
    name = await awaited(counter, "SF1234567890")
    theirs = await staffed(database, "bookshop")
    for body in ({"tracking": "SF1234567890"}, {"card": name}, {"sender": {"phone": "13800138000"}}):
        told = await scan(counter, theirs["warehouse"], **body)
        assert (told["case"]["state"], told["case"]["story"]["candidates"]) == ("unidentified", [])
    parcel = told["case"]["case"]
    said = {"return_case": name, "reason": "it looks like it"}
    problem(await counter.step(theirs["agent"], parcel, "match_parcel", **said), 404, "return_unknown")
    problem(await counter.step("agent", parcel, "match_parcel", **said), 404, "case_unknown")
    problem(await counter.get("agent", f"/v1/parcels/{parcel}/candidates"), 404, "case_unknown")


async def test_a_parcel_is_divided_over_http(manned: Counter) -> None:
    counter = manned
    await counter.register()
    first, second = await awaited(counter), await awaited(counter, line=2)
    parcel = (await scan(counter, goods=[{"barcode": "69"}, {"barcode": "70"}]))["case"]["case"]
    shares = [
        {"return_case": first, "barcode": "69", "quantity": 1},
        {"return_case": second, "barcode": "70", "quantity": 2},
    ]
    wrong = await counter.step("agent", parcel, "split_parcel", shares=shares, reason="two notes")
    problem(wrong, 422, "goods_not_in_parcel")
    shares[1]["quantity"] = 1
    done = await counter.step("agent", parcel, "split_parcel", shares=shares, reason="two notes")
    assert done.json()["case"]["state"] == "split", done.text
    await state(counter, first, "to_inspect")
    await state(counter, second, "to_inspect")


async def test_who_may_do_what_at_the_dock(counter: Counter) -> None:
    may = {"warehouse", "logistics", "agent", "supervisor", "integration"}
    for role in set(Role) - {Role.CUSTOMER, Role.DESK}:
        answer = await counter.post(role.value, "/v1/parcels", ANONYMOUS)
        assert (answer.status_code == 201) is (role.value in may), (role, answer.text)
    problem(await counter.post(None, "/v1/parcels", ANONYMOUS), 401, "who_are_you")
    case = (await counter.complain()).json()["case"]["case"]
    problem(await counter.get("agent", f"/v1/parcels/{case}/candidates"), 404, "case_unknown")
    problem(await counter.get("finance", f"/v1/parcels/{case}/candidates"), 403, "role_may_not")
    problem(
        await counter.get("agent", "/v1/registers/unidentified-parcels", params={"cursor": "x"}), 422, "fields_unfit"
    )


async def test_malformed_parcels_are_refused_field_by_field_and_an_empty_one_is_taken(counter: Counter) -> None:
    for body in (
        {"tracking": "x"},
        {"tracking": "SF1\n234"},
        {"grams": 0},
        {"grams": "950"},
        {"goods": [{"barcode": "69", "quantity": 0}]},
        {"goods": [{"barcode": "69"}] * 201},
        {"sender": {"phone": "none"}},
        {"words": "x" * 4001},
        {"received_at": "2999-01-01T00:00:00Z"},
        {"colour": "red"},
    ):
        problem(await counter.post("warehouse", "/v1/parcels", body), 422, "fields_unfit")
    problem(await counter.post("warehouse", "/v1/parcels", ANONYMOUS, key=""), 400, "idempotency_key_missing")
    told = await scan(counter)
    assert told["case"]["state"] == "unidentified"
    late = await scan(counter, received_at="2026-11-20T01:00:00Z")
    assert late["case"]["opened_at"] == "2026-11-20T01:00:00Z"


async def test_photos_of_a_parcel_are_kept_with_it(manned: Counter, temporal: Client) -> None:
    counter = manned
    parcel = (await scan(counter, **ANONYMOUS))["case"]["case"]
    answer = await photographed(counter, parcel, "warehouse", purpose="inspection")
    assert answer.status_code == 200, answer.text
    assert len(answer.json()["case"]["photos"]) == 1


async def test_while_the_database_is_away_the_dock_is_told_to_come_again_and_it_is_one_parcel(
    counter: Counter, migrated_postgres: PostgresForTests, database_url: str
) -> None:
    assert (await counter.get("warehouse", "/v1/me")).status_code == 200
    async with database_away(migrated_postgres, database_url):
        problem(await counter.post("warehouse", "/v1/parcels", ANONYMOUS, key="scan-7"), 503, "unavailable")

    async def back() -> bool:
        return (await counter.post("warehouse", "/v1/parcels", ANONYMOUS, key="scan-7")).status_code == 201

    assert await counter.until(back)
    first = await scan(counter, key="scan-7", **ANONYMOUS)
    again = await scan(counter, key="scan-7", **ANONYMOUS)
    assert again["case"] == first["case"]


async def test_without_temporal_no_parcel_is_lost_and_the_same_key_is_one_parcel_later(
    counter: Counter, open_counter: OpenCounter, temporal: Client
) -> None:
    cut_off = await without_temporal(open_counter, temporal)
    cut_off.keys = counter.keys
    problem(await cut_off.post("warehouse", "/v1/parcels", ANONYMOUS, key="scan-8"), 503, "unavailable")
    told = await scan(counter, key="scan-8", **ANONYMOUS)
    assert (told["case"]["state"], told["case"]["version"]) == ("unidentified", 1)


async def test_a_freight_collect_parcel_is_turned_away_where_the_policy_says_so(manned: Counter) -> None:
    await manned.register()
    taken_in = await awaited(manned, tracking="SF776")
    away = {"tracking": "sf776", "carrier": "SF Express"}
    problem(await manned.step("warehouse", taken_in, "turn_away_parcel", **away), 409, "collect_taken_in")
    row = 'freight_collect = { value = "take_in"'
    text = default_policy_text().replace(row, row.replace("take_in", "turn_away")).encode()
    assert (await manned.put("administrator", "/v1/policies/current", content=text)).status_code == 200
    returned = await awaited(manned, tracking="SF777", line=2)
    problem(await manned.step("agent", returned, "turn_away_parcel", tracking="SF777"), 403, "role_may_not")
    problem(await manned.step("warehouse", returned, "turn_away_parcel", tracking="S"), 422, "fields_unfit")
    done = await manned.step("warehouse", returned, "turn_away_parcel", tracking="sf777", carrier="SF Express")
    assert done.status_code == 200, done.text
    told = done.json()["case"]
    assert (told["state"], told["story"]["goods"]) == ("in_transit", "in_transit")
    assert [each["tracking"] for each in told["story"]["turned_away"]] == ["SF777"]
    twice = await manned.step("warehouse", returned, "turn_away_parcel", tracking="SF777")
    problem(twice, 422, "turned_away_already", "tracking")
