"""Fills the tables of docs/ that follow from the code: `python -m docs.fill_tables`. A test holds them to it.

A table stands between `<!-- table: name -->` and `<!-- end -->`; everything around it is written by hand.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

from pydantic import AliasChoices, SecretStr
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from api.app import create_app
from api.edge_refusals import EdgeRefusal
from api.problems import STATUS_BY_BRANCH
from docs.tables import table, words_beneath
from domain.refusals import Refusal, family
from settings import Settings

HERE = Path(__file__).parent
PAGES = ("operations.md", "api-guide.md")
_BLOCK = re.compile(r"(<!-- table: ([a-z-]+) -->\n).*?(<!-- end -->)", re.DOTALL)

MEANING = {
    "home": "The folder that holds all state of this machine: settings, keys, data, photos, logs.",
    "evidence_folder": "Where photos are kept.",
    "mail_from": "The sender of mail to customers.",
    "public_url": "The address under which customers reach the API; it begins the links that they are sent.",
    "api_host": "The address that the API listens on; `127.0.0.1` is this machine only.",
    "api_port": "The API's port.",
    "temporal_port": "The embedded Temporal server's port; below 32768, since Temporal keeps it in two signed bytes.",
    "link_key": "Signs customers' links; 32 bytes in base64.",
    "database_url": "Address of the PostgreSQL, `postgresql://user:password@host:port/database`.",
    "ui_port": "The port of Temporal's read-only pages.",
    "worker_metrics_port": "The port of the worker's Prometheus metrics, on 127.0.0.1.",
    "temporal_namespace": "The Temporal namespace of this desk.",
    "task_queue": "The Temporal task queue that API and worker share.",
    "step_timeout_seconds": "How long the API waits for a case's answer before it says 503; at most 60.",
    "log_level": "`debug`, `info`, `warning` or `error`.",
}
"""For operators, where settings.py says nothing beneath the field, or says it for programmers."""

FROM_OTHERS = {
    "home": "`var` in the checkout",
    "evidence_folder": "`evidence` in the home folder",
    "public_url": "`http://` and the API's host and port",
}
"""Defaults that follow from other settings."""


def filled(page: str) -> str:
    """A page with its tables as the code has them now."""
    return _BLOCK.sub(lambda found: f"{found[1]}{TABLES[found[2]]()}{found[3]}", page)


def settings_table() -> str:
    """Every setting, with its names in the environment."""
    said = {**words_beneath(Settings), **MEANING}
    rows = (
        (_names(name, field), _default(name, field), said[name].replace("``", "`"))
        for name, field in Settings.model_fields.items()
    )
    return table(("setting", "default", "meaning"), rows)


def refusals_table() -> str:
    """What the API refuses by itself."""
    known = sorted(_edge_refusals(Refusal), key=lambda refusal: (_status(refusal), refusal.code))
    rows = ((str(_status(refusal)), f"`{refusal.code}`", refusal.en, refusal.out_en) for refusal in known)
    return table(("status", "code", "sentence", "way out"), rows)


def addresses_table() -> str:
    """Every address of the catalogue but those of the single steps."""
    key = SecretStr("A" * 43 + "=")
    settings = Settings(
        database_url="postgresql://nobody@127.0.0.1/nothing", master_key=key, index_key=key, link_key=key
    )
    paths = cast("dict[str, dict[str, Any]]", create_app(settings).openapi()["paths"])
    rows = [
        (method.upper(), f"`{path}`", f"`{operation['operationId']}`", operation.get("summary", ""))
        for path, methods in paths.items()
        if "/steps/" not in path
        for method, operation in methods.items()
    ]
    steps = sum("/steps/" in path for path in paths)
    rows.append(("POST", "`/v1/cases/{case}/steps/…`", "one for each step", f"{steps} steps, see the rule book"))
    return table(("method", "address", "operation", "what it does"), rows)


TABLES: dict[str, Callable[[], str]] = {
    "settings": settings_table,
    "refusals": refusals_table,
    "addresses": addresses_table,
}


def _names(name: str, field: FieldInfo) -> str:
    alias = field.validation_alias
    if isinstance(alias, AliasChoices):
        return " or ".join(f"`{choice}`" for choice in alias.choices)
    return f"`REDRESS_{name.upper()}`"


def _default(name: str, field: FieldInfo) -> str:
    if name in FROM_OTHERS:
        return FROM_OTHERS[name]
    if field.default is PydanticUndefined:
        return "none; `make up` fills it in"
    if isinstance(field.default, bool):
        return f"`{str(field.default).lower()}`"
    return f"`{field.default}`" if field.default != "" else "empty"


def _edge_refusals(root: type[Refusal]) -> Iterator[type[Refusal]]:
    return (
        each
        for each in family(root)
        if each is not root and each.__module__.startswith("api.") and "code" in vars(each)
    )


def _status(refusal: type[Refusal]) -> int:
    return refusal.status if issubclass(refusal, EdgeRefusal) else STATUS_BY_BRANCH[refusal.branch]


def main() -> None:
    """Fill the tables of every page."""
    for page in (HERE / name for name in PAGES):
        page.write_text(filled(page.read_text(encoding="utf-8")), encoding="utf-8")
        sys.stdout.write(f"filled {page}\n")


if __name__ == "__main__":
    main()
