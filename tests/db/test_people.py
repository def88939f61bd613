import pytest
from sqlalchemy import text

from db.people import (
    KeyHolder,
    RoleNotHeld,
    add_key,
    add_person,
    add_shop,
    disable_person,
    find_key,
    list_keys,
    list_people,
    list_shops,
    note_use,
    revoke_key,
)
from db.sessions import Database
from domain.people import Role, Unit


async def hire(database: Database, shop: str | None = "cups", *roles: Role) -> str:
    async with database.writing() as session:
        if shop is not None:
            await add_shop(session, shop, shop.title(), "CNY")
        return await add_person(session, shop, "Lin", roles or (Role.AGENT,))


async def key_for(database: Database, person: str, role: Role = Role.AGENT) -> str:
    async with database.writing() as session:
        return await add_key(session, person, role)


async def holder(database: Database, key: str) -> KeyHolder | None:
    async with database.reading() as session:
        return await find_key(session, key)


async def test_a_key_names_one_person_in_one_role(database: Database) -> None:
    person = await hire(database, "cups", Role.AGENT, Role.SUPERVISOR)
    key = await key_for(database, person, Role.SUPERVISOR)
    found = await holder(database, key)
    assert found == KeyHolder(key.split("_")[1], "cups", person, "Lin", Role.SUPERVISOR, use_to_note=True)


async def test_an_administrator_of_the_installation_belongs_to_no_shop(database: Database) -> None:
    found = await holder(
        database, await key_for(database, await hire(database, None, Role.ADMINISTRATOR), Role.ADMINISTRATOR)
    )
    assert found is not None
    assert found.shop is None


async def test_a_person_of_the_departments_comes_with_the_unit(database: Database) -> None:
    await hire(database)
    async with database.writing() as session:
        person = await add_person(session, "cups", "Dai", (Role.DEPARTMENT,), Unit.TECHNICAL)
        assert [line.unit for line in await list_people(session, "cups")] == [Unit.TECHNICAL, None]
    found = await holder(database, await key_for(database, person, Role.DEPARTMENT))
    assert found is not None
    assert found.unit is Unit.TECHNICAL


async def test_the_secret_is_kept_nowhere(database: Database) -> None:
    key = await key_for(database, await hire(database))
    async with database.reading() as session:
        kept = (await session.execute(text("SELECT string_agg(k::text, '') FROM api_keys AS k"))).scalar_one()
    assert key.split("_", 2)[2] not in kept


@pytest.mark.parametrize("spoil", [
    lambda key: key[:-1], lambda key: key + "x", lambda key: key.replace("rd_", "xx_"), lambda _: "", lambda _: "rd__",
    lambda key: key.upper(), lambda _: "rd_000000000000_secret", lambda key: "rd_\0_" + key, lambda key: key + "é",
])  # fmt: skip
async def test_a_wrong_key_opens_nothing(database: Database, spoil) -> None:
    assert await holder(database, spoil(await key_for(database, await hire(database)))) is None


async def test_a_revoked_key_and_a_disabled_person_are_shut_out(database: Database) -> None:
    person = await hire(database)
    first, second = await key_for(database, person), await key_for(database, person)
    async with database.writing() as session:
        assert not await revoke_key(session, "hats", first.split("_")[1])
        assert await revoke_key(session, "cups", first.split("_")[1])
        assert not await revoke_key(session, "cups", first.split("_")[1])
    assert await holder(database, first) is None
    assert await holder(database, second) is not None
    async with database.writing() as session:
        assert not await disable_person(session, "hats", person)
        assert await disable_person(session, "cups", person)
    assert await holder(database, second) is None
    with pytest.raises(RoleNotHeld):
        await key_for(database, person)


async def test_a_key_ends_with_the_role(database: Database) -> None:
    person = await hire(database, "cups", Role.AGENT, Role.FINANCE)
    key = await key_for(database, person, Role.FINANCE)
    async with database.writing() as session:
        await session.execute(text("DELETE FROM person_roles WHERE role = 'finance'"))
    assert await holder(database, key) is None


async def test_nobody_gets_a_key_for_a_role_not_held(database: Database) -> None:
    person = await hire(database)
    with pytest.raises(RoleNotHeld):
        await key_for(database, person, Role.FINANCE)
    with pytest.raises(ValueError, match="desk's own"):
        await hire(database, "cups", Role.DESK)


async def test_the_use_of_a_key_is_noted_at_most_hourly(database: Database) -> None:
    key = await key_for(database, await hire(database))
    async with database.writing() as session:
        await note_use(session, key.split("_")[1])
    found = await holder(database, key)
    assert found is not None
    assert not found.use_to_note
    async with database.writing() as session:
        noted = (await list_keys(session, "cups"))[0].last_used_at
        await note_use(session, key.split("_")[1])
        assert (await list_keys(session, "cups"))[0].last_used_at == noted
        await session.execute(text("UPDATE api_keys SET last_used_at = now() - interval '61 minutes'"))
    found = await holder(database, key)
    assert found is not None
    assert found.use_to_note


async def test_lists_show_the_shops_own_people_and_keys(database: Database) -> None:
    person = await hire(database, "cups", Role.SUPERVISOR, Role.AGENT)
    await hire(database, "hats")
    await key_for(database, person)
    async with database.reading() as session:
        assert [(p.person, p.roles) for p in await list_people(session, "cups")] == [
            (person, (Role.AGENT, Role.SUPERVISOR))
        ]
        assert [(k.person, k.role) for k in await list_keys(session, "cups")] == [(person, Role.AGENT)]
        assert await list_keys(session, "hats") == []
        assert [shop.shop for shop in await list_shops(session)] == ["cups", "hats"]


async def test_a_shop_is_added_once(database: Database) -> None:
    async with database.writing() as session:
        assert await add_shop(session, "cups", "Cups", "CNY")
        assert not await add_shop(session, "cups", "Other", "USD")
        assert [shop.name for shop in await list_shops(session)] == ["Cups"]
