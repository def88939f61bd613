"""Schemathesis sends whatever the catalogue allows, and much that it does not: never a fault, always as documented."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest
from temporalio.client import Client

from api.app import create_app
from api.commands import Commands
from settings import Settings
from tests.api.counter import Counter
from tests.api.serving import served

EXAMPLES = os.environ.get("REDRESS_SCHEMATHESIS_EXAMPLES", "4")
"""Per address; more find more, and take longer."""
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"


ROLES = ("agent", "administrator")


@pytest.mark.timeout(600)
async def test_whatever_is_sent_no_answer_is_a_fault_or_undocumented(
    manned: Counter, settings: Settings, temporal: Client, tmp_path: Path
) -> None:
    await manned.register()
    case = (await manned.complain()).json()["case"]["case"]
    (tmp_path / "schemathesis.toml").write_text(f'[parameters]\n"path.case" = "{case}"\n')
    app = create_app(settings, Commands(temporal, settings.task_queue, settings.step_timeout_seconds))
    async with served(app) as address:
        ended = await asyncio.gather(*(sent(address, manned.keys[role], tmp_path) for role in ROLES))
    assert not any(code for code, _ in ended), "\n".join(told[-12_000:] for code, told in ended if code)


async def sent(address: str, key: str, folder: Path) -> tuple[int | None, str]:
    """Everything sent under one key: how the program ended, and what it printed."""
    program = await asyncio.create_subprocess_exec(
        str(Path(sys.executable).with_name("schemathesis")),
        *("run", f"{address}/openapi.json", "--header", f"Authorization: Bearer {key}"),
        *("--checks", CHECKS, "--max-examples", EXAMPLES, "--phases", "examples,coverage,fuzzing"),
        *("--generation-database", "none", "--request-timeout", "10", "--no-color", "--workers", "1"),
        *("--continue-on-failure", "--exclude-path", "/readyz"),
        cwd=folder,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        told, _ = await program.communicate()
    finally:
        if program.returncode is None:  # the test's time is over: it must not go on beside the next ones
            program.kill()
            await program.wait()
    return program.returncode, told.decode()
