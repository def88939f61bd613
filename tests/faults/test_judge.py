"""The judge is judged: every planted bug is found by the right law, and none in the sound shop beside it.

Each bug is played in a shop of its own on one desk, with the product patched while the story runs; the patches are gone
when the judge looks. Bugs that have to bite while the judge looks have a desk of their own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncGenerator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio

from tests import env
from tests.faults.judge import Evidence, Verdict, hear
from tests.faults.planted import money, openings_and_steps, register_and_time, words
from tests.faults.planted.desk import CANARIES, PlantedDesk, planted_desk, short_story
from tests.faults.planted.plant import Plant

PLANTS = (*openings_and_steps.PLANTS, *money.PLANTS, *register_and_time.PLANTS, *words.PLANTS)
TOGETHER = tuple(plant for plant in PLANTS if not plant.while_judged)
APART = tuple(plant for plant in PLANTS if plant.while_judged)

pytestmark = pytest.mark.timeout(300)


@asynccontextmanager
async def fresh_desk(
    temporal: env.TemporalForTests, postgres: env.PostgresForTests, home: Path
) -> AsyncGenerator[PlantedDesk]:
    name = await postgres.clone()
    async with planted_desk(await temporal.client(), postgres.postgres.url(name), home) as desk:
        yield desk


def evidence(shops: Iterable[PlantedDesk]) -> Evidence:
    every = list(shops)
    logs, files = tuple(shop.log.path for shop in every), tuple(shop.file for shop in every)
    return Evidence(logs, every[0].client, every[0].database_url, files, CANARIES)


Played = tuple[Verdict, PlantedDesk, dict[str, PlantedDesk]]


@pytest_asyncio.fixture(scope="module")
async def played(
    temporal_for_tests: env.TemporalForTests,
    migrated_postgres: env.PostgresForTests,
    tmp_path_factory: pytest.TempPathFactory,
) -> Played:
    """All plants played on one desk and judged at once: the verdict, the sound shop, the others by plant."""
    home = tmp_path_factory.mktemp("judged")
    shops: dict[str, PlantedDesk] = {}
    async with fresh_desk(temporal_for_tests, migrated_postgres, home) as sound:
        await short_story(sound)
        for number, plant in enumerate(TOGETHER):
            shop = shops[plant.name] = await sound.shop(f"shop{number:02d}", home)
            with pytest.MonkeyPatch.context() as broken:
                await plant.play(shop, broken)
        return await hear(evidence([sound, *shops.values()])), sound, shops


def of(shop: PlantedDesk, verdict: Verdict) -> list[str]:
    """What was found in this shop."""
    return [str(each) for each in verdict.violations if each.case.startswith(tuple(shop.names))]


def laws(found: list[str]) -> set[str]:
    return {each.split(" ", 1)[0] for each in found}


def test_the_sound_shop_is_acquitted(played: Played) -> None:
    verdict, sound, _ = played
    assert not of(sound, verdict)
    assert verdict.paid >= 1
    assert verdict.deadlines >= 1


def test_nothing_is_found_that_no_plant_explains(played: Played) -> None:
    verdict, sound, shops = played
    explained = [line for shop in (sound, *shops.values()) for line in of(shop, verdict)]
    assert sorted(explained) == sorted(str(each) for each in verdict.violations)


@pytest.mark.parametrize("plant", TOGETHER, ids=lambda plant: plant.name)
def test_a_planted_bug_is_found_by_its_law(played: Played, plant: Plant) -> None:
    verdict, _, shops = played
    found = of(shops[plant.name], verdict)
    assert plant.law in laws(found), "\n".join(found)


@pytest.mark.parametrize("plant", APART, ids=lambda plant: plant.name)
async def test_a_bug_that_bites_while_the_judge_looks_is_found(
    temporal_for_tests: env.TemporalForTests, migrated_postgres: env.PostgresForTests, tmp_path: Path, plant: Plant
) -> None:
    async with fresh_desk(temporal_for_tests, migrated_postgres, tmp_path) as desk:
        with pytest.MonkeyPatch.context() as broken:
            await plant.play(desk, broken)
            verdict = await hear(evidence([desk]))
    assert plant.law in laws([str(each) for each in verdict.violations])


def test_most_bugs_are_planted_in_the_product_and_each_law_has_some() -> None:
    assert len(PLANTS) >= 20
    assert sum(plant.tampered for plant in PLANTS) * 4 < len(PLANTS)
    assert set(Counter(plant.law for plant in PLANTS)) == {f"I{number}" for number in range(1, 9)}
    assert len({plant.name for plant in PLANTS}) == len(PLANTS)
