"""A desk to begin with: one shop with the default policy, one person for each role, a key for each of them.

The keys are shown at every start, so they are kept beside the machine's other secrets (mode 0600); the database holds
only their hashes. A desk in service makes its own people by `POST /v1/people` and revokes these.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime

from db.people import add_key, add_person, add_shop, find_key, list_shops
from db.policies import PublishedPolicy, current_policy, publish
from db.sessions import Database
from domain.people import Role, Unit
from policies.loader import default_policy_text, publishable
from settings import Settings

SHOP = "demo"

PEOPLE: tuple[tuple[str, Role], ...] = (
    ("Shop system", Role.INTEGRATION),
    ("Lin", Role.AGENT),
    ("Wu", Role.SUPERVISOR),
    ("Zhou", Role.CENTRE_MANAGER),
    ("Zhao", Role.WAREHOUSE),
    ("Qian", Role.FINANCE),
    ("He", Role.CALL_BACK),
    ("Sun", Role.LOGISTICS),
    ("Deng", Role.LABEL_DESK),
    ("Pei", Role.PRE_SALES),
    ("Dai", Role.DEPARTMENT),
    ("Gu", Role.QUALITY),
    ("Shao", Role.SALESPERSON),
    ("Shen", Role.AUDITOR),
    ("Guan", Role.ADMINISTRATOR),
)


async def ready_keys(settings: Settings) -> list[tuple[str, str, str]]:
    """Make sure that the shop, its people and a key for each are there; (role, person's name, key) of each."""
    database = Database(settings.database_url)
    try:
        await _ensure_shop(database)
        return [(role.value, name, await _ensure_key(settings, database, name, role)) for name, role in PEOPLE]
    finally:
        await database.aclose()


async def _ensure_shop(database: Database) -> None:
    async with database.writing() as session:
        if SHOP not in {line.shop for line in await list_shops(session)}:
            await add_shop(session, SHOP, "Demo shop", "CNY")
        if await current_policy(session, SHOP) is None:
            now = datetime.now(UTC)
            text = default_policy_text()
            await publish(session, PublishedPolicy(SHOP, text, publishable(text, now.year), now, "redress"))


async def _ensure_key(settings: Settings, database: Database, name: str, role: Role) -> str:
    known = _kept(settings)
    key = known.get(role.value)
    if key is not None:
        async with database.reading() as session:
            if await find_key(session, key) is not None:
                return key
    async with database.writing() as session:
        person = await add_person(session, SHOP, name, (role,), Unit.TECHNICAL if role is Role.DEPARTMENT else None)
        key = await add_key(session, person, role)
    _keep(settings, {**known, role.value: key})
    return key


def _kept(settings: Settings) -> dict[str, str]:
    file = settings.home / "keys.json"
    return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}


def _keep(settings: Settings, keys: dict[str, str]) -> None:
    draft = settings.home / "keys.json.draft"
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(keys, indent=2), encoding="utf-8")
    draft.replace(settings.home / "keys.json")


def first_calls(settings: Settings, keys: list[tuple[str, str, str]]) -> list[str]:
    """Three calls that open a first case: register an order, open a complaint, look at the desk's list."""
    by_role = {role: key for role, _, key in keys}
    at = settings.public_url
    shop, agent = by_role[Role.INTEGRATION.value], by_role[Role.AGENT.value]
    order = (
        '{"lines":[{"line":1,"product":"Tea cup, blue","quantity":2,"paid":{"amount":"178.00","currency":"CNY"}}],'
        '"customer":{"reference":"K-1001","name":"Li Hua","phone":"13800138000"}}'
    )
    complaint = (
        '{"order":"T-1001","line":1,"quantity":1,"problem":"quality","channel":"web",'
        '"description":"The handle came off.","customer":{"reference":"K-1001","name":"Li Hua","phone":"13800138000"}}'
    )
    as_json = "-H 'Content-Type: application/json'"
    return [
        f"curl -s -X PUT {at}/v1/orders/T-1001 -H 'Authorization: Bearer {shop}' {as_json} -d '{order}'",
        f"curl -s -X POST {at}/v1/complaints -H 'Authorization: Bearer {shop}' -H 'Idempotency-Key: first-case' "
        f"{as_json} -d '{complaint}'",
        f"curl -s {at}/v1/queues/agent -H 'Authorization: Bearer {agent}'",
    ]
