"""What dashboard and alert rules ask Prometheus for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import promql_parser as promql
import yaml

from settings import CHECKOUT

DASHBOARD = CHECKOUT / "docs" / "operations" / "grafana-dashboard.json"
ALERTS = CHECKOUT / "docs" / "operations" / "alerts.yaml"
BY_PROMETHEUS = frozenset({"up"})
"""Made by Prometheus itself for each page that it reads."""
LABELS_BY_PROMETHEUS = frozenset({"job", "instance"})
RATE_INTERVAL = "5m"
"""In the place of `$__rate_interval`, which Grafana fills in."""


@dataclass
class Asked:
    """What one expression goes by: metrics with the labels and values they are narrowed to, and labels summed by."""

    where: str
    metrics: dict[str, dict[str, str]] = field(default_factory=dict[str, dict[str, str]])
    by: set[str] = field(default_factory=set[str])


def panels() -> list[dict[str, Any]]:
    """Every panel of the dashboard but the headings."""
    return [panel for panel in dashboard()["panels"] if panel["type"] != "row"]


def dashboard() -> dict[str, Any]:
    """The dashboard as it is imported."""
    return json.loads(DASHBOARD.read_text(encoding="utf-8"))


def rules(file: Path = ALERTS) -> list[dict[str, Any]]:
    """Every alert rule."""
    return [rule for group in yaml.safe_load(file.read_text(encoding="utf-8"))["groups"] for rule in group["rules"]]


def expressions() -> Iterator[tuple[str, str]]:
    """Every expression with where it stands."""
    for panel in panels():
        for target in panel["targets"]:
            yield f"panel {panel['title']}", target["expr"]
    for rule in rules():
        yield f"alert {rule['alert']}", rule["expr"]


def asked(where: str, expression: str) -> Asked:
    """Read an expression. ValueError if it is no PromQL."""
    found = Asked(where)

    def visit(node: Any) -> None:
        if isinstance(node, promql.VectorSelector):
            exact = {m.name: m.value if m.op == promql.MatchOp.Equal else "" for m in node.matchers.matchers}
            found.metrics.setdefault(str(node.name), {}).update(exact)
        elif isinstance(node, promql.AggregateExpr) and node.modifier is not None:
            found.by.update(node.modifier.labels)

    promql.walk(promql.parse(expression.replace("$__rate_interval", RATE_INTERVAL)), visit)
    return found
