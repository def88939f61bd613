"""The compose file is valid and describes the same processes as the one-machine system."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from settings import CHECKOUT
from standalone.bootstrap import find_uv
from standalone.temporal_build.shelf import SERVER_VERSION, UI_VERSION
from standalone.topology import STOPPING_ORDER

FILE = CHECKOUT / "docker-compose.yml"
VALIDATOR = "compose-spec==0.2.1"
CHECK = (
    "import sys, compose_spec\n"
    "options = compose_spec.PyOptions()\n"
    "options.apply_merge = True\n"
    "options.from_yaml(open(sys.argv[1]).read()).validate()\n"
)
JOBS = {"migrations", "temporal-schema", "temporal-namespace"}


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    return yaml.safe_load(FILE.read_text())["services"]


def validated(file: Path) -> subprocess.CompletedProcess[str]:
    uv = find_uv()
    assert uv is not None, "uv is needed to fetch the validator"
    return subprocess.run(
        [*uv, "run", "--quiet", "--no-project", "--with", VALIDATOR, "python", "-c", CHECK, str(file)],
        capture_output=True,
        text=True,
        check=False,
    )


def filled_in(text: str) -> str:
    """The file as compose reads it: with each variable's default, and a word where one must be given."""
    return re.sub(
        r"\$\{[A-Z_]+(?::-([^}]*)|:\?[^}]*)\}", lambda match: match[1] if match[1] is not None else "given", text
    )


def test_the_file_keeps_to_the_compose_specification(tmp_path: Path) -> None:
    good, broken = tmp_path / "good.yml", tmp_path / "broken.yml"
    good.write_text(filled_in(FILE.read_text()))
    assert validated(good).stderr == ""
    broken.write_text(good.read_text().replace("stop_grace_period:", "stop_grace_time:", 1))
    assert "stop_grace_time" in validated(broken).stderr  # the validator does look


def test_the_processes_are_those_of_the_one_machine_system(services: dict[str, Any]) -> None:
    assert set(services) == set(STOPPING_ORDER) | {"temporal-schema", "temporal-namespace"}


def test_each_process_is_watched_and_started_again(services: dict[str, Any]) -> None:
    for name, service in services.items():
        if name in JOBS:
            assert service["restart"].startswith("on-failure"), name
        else:
            assert service["restart"] == "unless-stopped", name
            assert service["healthcheck"]["test"], name


def test_whoever_is_waited_for_exists_and_can_fulfil_the_condition(services: dict[str, Any]) -> None:
    for name, service in services.items():
        for needed, how in service.get("depends_on", {}).items():
            assert needed in services, f"{name} waits for {needed}"
            expected = "service_completed_successfully" if needed in JOBS else "service_healthy"
            assert how["condition"] == expected, f"{name} waits for {needed}"


def test_ports_are_published_on_loopback_only(services: dict[str, Any]) -> None:
    ports = [port for service in services.values() for port in service.get("ports", [])]
    assert len(ports) == 3
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_no_secret_stands_in_the_file_and_none_has_a_default() -> None:
    for name, rest in re.findall(r"\$\{([A-Z_]*(?:KEY|PASSWORD))([^}]*)\}", FILE.read_text()):
        assert rest.startswith(":?"), name


def test_volumes_and_versions_are_those_we_test_with(services: dict[str, Any]) -> None:
    declared = yaml.safe_load(FILE.read_text())["volumes"]
    used = {one.partition(":")[0] for service in services.values() for one in service.get("volumes", [])}
    assert used == set(declared)
    assert services["temporal"]["image"].endswith(f":{SERVER_VERSION}")
    assert services["temporal-ui"]["image"].endswith(f":{UI_VERSION}")
