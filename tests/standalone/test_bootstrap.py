"""A machine with nothing but Python is told what is missing."""

import subprocess
import sys
from pathlib import Path

import pytest

from settings import CHECKOUT
from standalone import bootstrap


def test_pips_own_index_and_certificate_are_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("UV_DEFAULT_INDEX", "UV_INDEX", "SSL_CERT_FILE"):
        monkeypatch.delenv(name, raising=False)
    said = (
        ":env:.index-url='https://second.example/simple'\n"
        "global.cert='/etc/ssl/ours.pem'\n"
        "global.index-url='https://first.example/simple'\n"
        "global.timeout='60'\n"
    )
    assert bootstrap.told_by_pip(said) == {
        "UV_DEFAULT_INDEX": "https://second.example/simple",
        "SSL_CERT_FILE": "/etc/ssl/ours.pem",
    }
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://mine.example/simple")
    assert "UV_DEFAULT_INDEX" not in bootstrap.told_by_pip(said)


def test_a_python_without_pip_and_venv_is_told_which_package_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap, "find_uv", lambda: None)
    monkeypatch.setattr(bootstrap.importlib.util, "find_spec", lambda name: None)
    assert bootstrap.main() == 1
    assert "apt-get install python3-venv" in capsys.readouterr().err


def test_it_needs_nothing_but_the_standard_library(tmp_path: Path) -> None:
    code = f"import runpy; runpy.run_path({str(CHECKOUT / 'standalone/bootstrap.py')!r}, run_name='only loaded')"
    done = subprocess.run([sys.executable, "-I", "-S", "-c", code], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_makefile_explains_each_of_its_targets() -> None:
    said = subprocess.run(["make", "help"], cwd=CHECKOUT, capture_output=True, text=True, check=True).stdout
    for target in ("up", "down", "status", "logs", "demo", "doctor", "reset", "test", "lint", "format", "types"):
        assert f"make {target} " in said
