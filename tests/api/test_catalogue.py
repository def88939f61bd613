"""The OpenAPI document is the catalogue of steps, and good enough to make a client that works."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from temporalio.client import Client

from api.app import create_app
from api.commands import Commands
from api.routes.steps import offered_steps
from api.step_bodies import body_of
from domain.refusals import Refusal, family
from settings import Settings
from tests.api.counter import Counter
from tests.api.serving import served

GENERATOR = "openapi-python-client>=0.29,<0.30"
STORY = Path(__file__).with_name("generated_client_story.py")


async def document(counter: Counter) -> dict[str, Any]:
    answer = await counter.get(None, "/openapi.json")
    assert answer.status_code == 200
    told: dict[str, Any] = answer.json()
    return told


def operations(told: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [(path, method, each) for path, methods in told["paths"].items() for method, each in methods.items()]


async def test_every_step_that_people_take_has_an_address_with_its_own_schema(counter: Counter) -> None:
    told = await document(counter)
    assert told["openapi"] == "3.1.0"
    for name, step in offered_steps().items():
        operation = told["paths"][f"/v1/cases/{{case}}/steps/{name}"]["post"]
        assert operation["operationId"] == name
        schema = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
        assert schema == step.__name__
        assert told["components"]["schemas"][schema]["additionalProperties"] is False


async def test_nothing_that_the_edge_fills_in_can_be_sent(counter: Counter) -> None:
    told = await document(counter)
    hidden = {
        "order_facts",
        "order_index",
        "phone_index",
        "actor",
        "fingerprint",
        "code_shown",
        "words_digest",
        "leads",
    }
    for name, step in offered_steps().items():
        assert not hidden & set(told["components"]["schemas"][step.__name__].get("properties", {})), name


def test_the_example_of_each_step_fits_its_schema() -> None:
    for name, step in offered_steps().items():
        model = body_of(step)
        example = model.model_config["json_schema_extra"]["example"]  # type: ignore[index]
        assert model.model_validate(example), name


async def test_operations_have_names_of_their_own_and_every_reference_leads_somewhere(counter: Counter) -> None:
    told = await document(counter)
    names = [each["operationId"] for _, _, each in operations(told)]
    assert len(names) == len(set(names))
    assert all(re.fullmatch("[a-z][a-z_]*", name) for name in names)
    schemas = told["components"]["schemas"]
    for found in re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(told)):
        assert found in schemas


async def test_every_address_of_the_desk_asks_who_it_is_and_answers_errors_as_problems(counter: Counter) -> None:
    for path, _, operation in operations(await document(counter)):
        if path.startswith("/v1"):
            # The shop's gateways and connectors have no key: they sign what they tell.
            signed = path.startswith("/v1/gateway/") or path in {"/v1/platform-news", "/v1/tracking-news"}
            asked = "signature" if signed else "key"
            assert {asked: []} in operation["security"], path
            problem = operation["responses"]["401"]["content"]
            assert list(problem) == ["application/problem+json"], path
            assert operation["summary"], path
            assert operation["description"], path


def test_each_refusal_has_a_code_of_its_own_unless_it_says_the_same() -> None:
    by_code: dict[str, set[str]] = {}
    for kind in family(Refusal):
        by_code.setdefault(kind.code, set()).add(kind.branch)
    assert {code: branches for code, branches in by_code.items() if len(branches) > 1} == {
        "refused": {"not_you", "not_there", "not_now", "not_like_this"}
    }


async def _run(*words: str, **environment: str) -> tuple[int, str]:
    program = await asyncio.create_subprocess_exec(
        *words,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        env={**os.environ, **environment},
    )
    told, _ = await program.communicate()
    return program.returncode or 0, told.decode()


@pytest.mark.timeout(300)
async def test_a_client_made_from_the_catalogue_drives_a_case(
    manned: Counter, settings: Settings, temporal: Client, tmp_path: Path
) -> None:
    uvx = shutil.which("uvx")
    if uvx is None:
        pytest.skip("uvx is not on the path, so the generator cannot be fetched")
    catalogue = tmp_path / "openapi.json"
    catalogue.write_text(json.dumps(await document(manned)))
    made = ("generate", "--path", str(catalogue), "--output-path", str(tmp_path / "client"))
    code, told = await _run(uvx, "--from", GENERATOR, "openapi-python-client", *made)
    if code != 0 and ("error sending request" in told or "Failed to fetch" in told):
        pytest.skip("no package index can be reached, so the generator cannot be fetched")
    assert code == 0, told

    app = create_app(settings, Commands(temporal, settings.task_queue, settings.step_timeout_seconds))
    with_libraries = ("run", "--no-project", "--with", "httpx<0.29", "--with", "attrs", "--with", "python-dateutil")
    async with served(app) as address:
        keys = (manned.keys["integration"], manned.keys["agent"])
        code, told = await _run(
            uvx.removesuffix("x"),
            *with_libraries,
            "python",
            str(STORY),
            address,
            *keys,
            PYTHONPATH=str(tmp_path / "client"),
        )
    assert code == 0, told
    assert told.strip().splitlines()[-1].startswith("AS-")
