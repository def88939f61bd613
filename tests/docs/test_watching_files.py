"""Dashboard and alert rules can be loaded, and each alert says what to do. That its metrics exist: tests/api."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from api.metrics import Metrics
from api.standing_figures import figures_of
from db.standing import DeskTasks, Standing
from settings import CHECKOUT
from standalone.bootstrap import find_uv
from tests.docs import promql

TYPES = "grafana-foundation-sdk==1769699998!10.1.0"
"""Grafana's own types of its dashboards."""
LOAD = """
import json, sys
from grafana_foundation_sdk.cog import plugins
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.models.dashboard import Dashboard

def unknown(given, kept, path):
    if isinstance(given, dict):
        for name, value in given.items():
            if name not in kept and value not in (None, [], {}, "", False):
                yield f"{path}.{name}"
            elif name in kept:
                yield from unknown(value, kept[name], f"{path}.{name}")
    elif isinstance(given, list):
        for number, (value, loaded) in enumerate(zip(given, kept, strict=True)):
            yield from unknown(value, loaded, f"{path}[{number}]")
    elif given != kept:
        yield path

plugins.register_default_plugins()
given = json.load(open(sys.argv[1], encoding="utf-8"))
kept = json.loads(json.dumps(Dashboard.from_json(given).to_json(), cls=JSONEncoder))
print("\\n".join(unknown(given, kept, "")))
"""
PAGE = CHECKOUT / "docs" / "operations" / "watching.md"
WIDTH = 24
GRAFANA_UNITS = {"none", "s", "ops"}


def unknown_to_grafana(file: Path) -> list[str]:
    """Fields that Grafana's types do not keep when they load this dashboard."""
    uv = find_uv()
    assert uv is not None, "uv is needed to fetch Grafana's types"
    command = [*uv, "run", "--quiet", "--no-project", "--with", TYPES, "python", "-c", LOAD, str(file)]
    loaded = subprocess.run(command, capture_output=True, text=True, check=False)
    assert loaded.returncode == 0, loaded.stderr
    return loaded.stdout.split()


def test_grafanas_own_types_load_the_dashboard_and_lose_nothing() -> None:
    assert unknown_to_grafana(promql.DASHBOARD) == []


def test_grafanas_own_types_find_a_field_that_is_misspelt(tmp_path: Path) -> None:
    spoilt = promql.dashboard()
    spoilt["panels"][1]["gridPoss"] = spoilt["panels"][1].pop("gridPos")
    file = tmp_path / "spoilt.json"
    file.write_text(json.dumps(spoilt))
    assert unknown_to_grafana(file) == [".panels[1].gridPoss"]


def test_panels_have_numbers_of_their_own_and_do_not_lie_on_each_other() -> None:
    everything = promql.dashboard()["panels"]
    numbers = [panel["id"] for panel in everything]
    assert len(set(numbers)) == len(numbers)
    covered: dict[tuple[int, int], str] = {}
    for panel in everything:
        at = panel["gridPos"]
        assert at["x"] + at["w"] <= WIDTH, panel["title"]
        for place in [(x, y) for x in range(at["x"], at["x"] + at["w"]) for y in range(at["y"], at["y"] + at["h"])]:
            assert place not in covered, f"{panel['title']} lies on {covered[place]}"
            covered[place] = panel["title"]


def test_every_panel_says_what_it_shows_and_in_which_unit() -> None:
    for panel in promql.panels():
        assert panel["description"].endswith("."), panel["title"]
        assert panel["fieldConfig"]["defaults"]["unit"] in GRAFANA_UNITS, panel["title"]
        asks_in_order = [target["refId"] for target in panel["targets"]]
        assert asks_in_order == sorted(set(asks_in_order)), panel["title"]


@pytest.mark.parametrize(("where", "expression"), list(promql.expressions()), ids=lambda text: str(text)[:60])
def test_every_expression_is_promql(where: str, expression: str) -> None:
    assert promql.asked(where, expression).metrics


def test_what_is_no_promql_is_found() -> None:
    with pytest.raises(ValueError, match="unclosed"):
        promql.asked("here", "sum by (le (rate(x[5m]))")


def headings() -> set[str]:
    found = re.findall(r"^#+ (.+)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^a-z0-9 -]", "", name.lower()).replace(" ", "-") for name in found}


@pytest.mark.parametrize("rule", promql.rules(), ids=lambda rule: rule["alert"])
def test_every_alert_says_what_happened_what_to_do_and_where_more_is_told(rule: dict[str, Any]) -> None:
    assert rule["labels"]["severity"] in {"page", "ticket"}
    told = rule["annotations"]
    assert set(told) == {"summary", "action", "runbook"}
    assert told["summary"].endswith(".")
    assert told["action"].endswith(".")
    page, _, section = told["runbook"].partition("#")
    assert CHECKOUT / page == PAGE
    assert section in headings()


def test_every_threshold_of_an_alert_has_its_unit_beside_it() -> None:
    text = promql.ALERTS.read_text(encoding="utf-8")
    for block in text.split("- alert: ")[1:]:
        compared = re.search(r"[<>] [\d.]+", block)
        assert compared is None or re.search(r"# \S+", block.split("labels:")[0]), block.split("\n")[0]


def test_alerts_are_named_once_and_each_section_of_the_page_belongs_to_one() -> None:
    names = [rule["alert"] for rule in promql.rules()]
    assert len(set(names)) == len(names)
    told = {rule["annotations"]["runbook"].partition("#")[2] for rule in promql.rules()}
    sections = PAGE.read_text(encoding="utf-8").partition("## What to do")[2]
    named = re.findall(r"^### (.+)$", sections, re.MULTILINE)
    assert {re.sub(r"[^a-z0-9 -]", "", name.lower()).replace(" ", "-") for name in named} == told


def test_the_page_tells_every_figure_of_the_api() -> None:
    stands = Standing({("complaint", "to_judge"): 1}, {"agent": DeskTasks(1, 0, 0)}, {}, 0, 0.0, {}, {}, {})
    metrics = [*Metrics().registry.collect(), *figures_of(stands)]
    page = PAGE.read_text(encoding="utf-8")
    totals = {"counter": "_total"}
    names = {f"{metric.name}{totals.get(metric.type, '')}" for metric in metrics}
    assert {name for name in names if f"`{name}`" not in page} == set()
