# ruff: noqa: S603 - every command here is our own words, none goes through a shell
"""Prepares a checkout on a machine with nothing but Python: ``python3 standalone/bootstrap.py``.

Finds or installs uv, then installs the locked packages into ``.venv``. Standard library only, for any Python that can
say what is wrong with it. The machine's pip configuration (index, certificates) is honoured.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
TOOLS = CHECKOUT / ".tools"
OLDEST_PYTHON = (3, 11)
UV = "uv>=0.9"


def main() -> int:
    """Prepare the checkout. Exit code 1, with a sentence, if something is missing."""
    if sys.version_info < OLDEST_PYTHON:
        return _fail(
            "Python 3.11 or newer is needed; this one is " + sys.version.split()[0] + ".\n"
            "Install one and name it: make up PYTHON=python3.11"
        )
    command = find_uv() or install_uv()
    if command is None:
        return 1
    return sync(command)


def find_uv() -> "list[str] | None":
    """The uv of this machine, or the one installed here before."""
    on_path = shutil.which("uv")
    for one in ([on_path] if on_path else [], [str(TOOLS / "bin" / "uv")], [str(TOOLS / "venv" / "bin" / "uv")]):
        if one and _works([*one, "--version"]):
            return list(one)
    return None


def install_uv() -> "list[str] | None":
    """Install uv below .tools: into a folder by the machine's pip, else into a virtual environment with its own pip."""
    _say("installing uv, which installs everything else")
    tried: list[str] = []
    if importlib.util.find_spec("pip") is not None:
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        tried.append(_attempt([*pip, "--target", str(TOOLS), "--upgrade", "--no-deps", UV]))
    if find_uv() is None and importlib.util.find_spec("ensurepip") is not None:
        tried.append(_attempt([sys.executable, "-m", "venv", "--clear", str(TOOLS / "venv")]))
        pip = [str(TOOLS / "venv" / "bin" / "python"), "-m", "pip", "install", "--quiet"]
        tried.append(_attempt([*pip, "--disable-pip-version-check", UV]))
    found = find_uv()
    if found is None and not tried:
        _fail(
            "This Python has neither pip nor ensurepip, so nothing can be installed with it. On Debian or Ubuntu:\n"
            "    apt-get install python3-venv\nor install uv from your distribution, then run the command again."
        )
    elif found is None:
        _fail(
            "uv could not be installed:\n"
            + "\n".join(line for line in tried if line)
            + "\nCheck the network and pip's index (pip config list), or install uv yourself."
        )
    return found


def sync(uv: "list[str]") -> int:
    """Install the locked packages; through the machine's own index if the lock's addresses cannot be reached."""
    environment = {**os.environ, **_from_pip()}
    environment.pop("VIRTUAL_ENV", None)
    _say("installing the locked packages into .venv")
    python = [] if (CHECKOUT / ".venv").is_dir() else ["--python", sys.executable]
    # compiled now, once: otherwise every start where Python may not write its cache takes ten seconds longer
    command = [*uv, "sync", "--frozen", "--quiet", "--compile-bytecode", *python]
    first = subprocess.run(command, cwd=CHECKOUT, env=environment, check=False)
    if first.returncode == 0:
        return 0
    if not ({"UV_DEFAULT_INDEX", "UV_INDEX", "UV_FIND_LINKS"} & environment.keys()):
        return _fail("The packages could not be installed; uv says why above.")
    _say("the addresses in the lock cannot be reached; trying this machine's own index, same versions, same hashes")
    return _sync_from_index(uv, environment)


def _sync_from_index(uv: "list[str]", environment: "dict[str, str]") -> int:
    wanted = TOOLS / "locked.txt"
    TOOLS.mkdir(exist_ok=True)
    steps = (
        [*uv, "venv", "--quiet", "--allow-existing", "--python", sys.executable, ".venv"],
        [*uv, "export", "--quiet", "--frozen", "--no-emit-project", "--output-file", str(wanted)],
        [*uv, "pip", "sync", "--quiet", "--require-hashes", "--compile-bytecode", str(wanted)],
        [*uv, "pip", "install", "--quiet", "--no-deps", "--editable", "."],
    )
    for step in steps:
        done = subprocess.run(step, cwd=CHECKOUT, env=environment, stdout=subprocess.DEVNULL, check=False)
        if done.returncode != 0:
            return _fail("The packages could not be installed; uv says why above.")
    return 0


def _from_pip() -> "dict[str, str]":
    try:
        command = [sys.executable, "-m", "pip", "config", "list"]
        said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    except OSError:
        return {}
    return told_by_pip(said)


def told_by_pip(said: str) -> "dict[str, str]":
    """What uv should know of pip's configuration (``pip config list``): uv does not read it by itself."""
    names = {
        "index-url": "UV_DEFAULT_INDEX",
        "extra-index-url": "UV_INDEX",
        "find-links": "UV_FIND_LINKS",
        "trusted-host": "UV_INSECURE_HOST",
        "cert": "SSL_CERT_FILE",
    }
    told: dict[str, dict[str, str]] = {"global": {}, "install": {}, ":env:": {}}
    for line in said.splitlines():
        key, _, value = line.partition("=")
        where, _, option = key.strip().rpartition(".")
        name = names.get(option, "")
        if name and name not in os.environ and where in told:
            told[where][name] = value.strip().strip("'\"")
    return {**told["global"], **told["install"], **told[":env:"]}  # the environment wins, in pip too


def _attempt(command: "list[str]") -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else " ".join(command[:4]) + " …: " + done.stderr.strip()[-500:]


def _works(command: "list[str]") -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _say(line: str) -> None:
    sys.stderr.write("  " + line + "\n")


def _fail(line: str) -> int:
    sys.stderr.write("\n" + line + "\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
