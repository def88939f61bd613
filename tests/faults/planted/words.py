"""Bugs that let personal words out: I8."""

from __future__ import annotations

import base64
from dataclasses import replace
from typing import Any

import pytest

from api import opening
from api.commands import Commands
from domain.refusals import NotNow
from domain.sealed import Sealed
from tests.builders import it_goes_on
from tests.faults.planted.desk import CANARIES, PlantedDesk
from tests.faults.planted.plant import Plant


async def words_in_a_log(desk: PlantedDesk, broken: pytest.MonkeyPatch) -> None:
    seal = opening.seal

    async def seal_and_tell(asked: Any, shop: str, subject: str, words: Any, **more: Any) -> Any:
        with desk.file.open("a", encoding="utf-8") as log:
            log.write(f"sealing {dict(words)!r}\n")
        return await seal(asked, shop, subject, words, **more)

    broken.setattr("api.opening.seal", seal_and_tell)
    await desk.register("T")
    await desk.open("T")


async def words_never_sealed(desk: PlantedDesk, broken: pytest.MonkeyPatch) -> None:
    async def only_wrapped(_desk: Any, _shop: str, subject: str, words: Any, **_more: Any) -> dict[str, Sealed]:
        boxes = {name: base64.b64encode(said.encode()).decode() for name, said in words.items()}
        return {name: Sealed(subject, name, 1, box) for name, box in boxes.items()}

    broken.setattr("api.opening.seal", only_wrapped)
    await desk.register("T")
    await desk.open("T")


async def name_in_the_memo(desk: PlantedDesk, broken: pytest.MonkeyPatch) -> None:
    start = type(desk.client).start_workflow

    async def start_with_name(self: Any, *given: Any, **options: Any) -> Any:
        options["memo"] = {**options.get("memo", {}), "name": CANARIES[0]}
        return await start(self, *given, **options)

    broken.setattr(type(desk.client), "start_workflow", start_with_name)
    await desk.register("T")
    await desk.open("T")


async def name_in_the_case_number(desk: PlantedDesk, broken: pytest.MonkeyPatch) -> None:
    claim = opening.claim_opening

    async def claim_with_phone(*given: Any) -> Any:
        claimed = await claim(*given)
        return replace(claimed, case=f"{claimed.case}-{CANARIES[1]}")

    broken.setattr("api.opening.claim_opening", claim_with_phone)
    await desk.register("T")
    await desk.open("T")


async def words_in_an_error(desk: PlantedDesk, broken: pytest.MonkeyPatch) -> None:
    class NotFor(NotNow):
        en = f"Not now, {CANARIES[0]}."

    async def refuse_by_name(*_: object) -> None:
        raise NotFor

    broken.setattr(Commands, "take", refuse_by_name)
    await desk.register("T")
    case = await desk.open("T")
    assert (await desk.step("agent", case, "give_feedback", **it_goes_on("We are looking into it."))).status_code == 409


PLANTS = (
    Plant("a customer's words stand in a log", "I8", words_in_a_log),
    Plant("a customer's words are wrapped, not sealed", "I8", words_never_sealed),
    Plant("a customer's name stands in the memo", "I8", name_in_the_memo),
    Plant("a customer's phone stands in the case number", "I8", name_in_the_case_number),
    Plant("a customer's name stands in an error", "I8", words_in_an_error),
)
