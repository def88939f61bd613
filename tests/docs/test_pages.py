"""The pages that follow from the code are the ones that stand in docs/."""

import re
from pathlib import Path

import pytest

from docs import fill_tables, make_rule_book
from settings import Settings

DOCS = Path(fill_tables.__file__).parent
PAGES = sorted([*DOCS.rglob("*.md"), DOCS.parent / "README.md", DOCS.parent / "CHANGELOG.md"])
_LINK = re.compile(r"\]\(([^)#\s]*)#?([^)\s]*)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def test_the_rule_book_is_what_the_code_says() -> None:
    written = make_rule_book.PAGE.read_text(encoding="utf-8")
    assert written == make_rule_book.rule_book(), "run: python -m docs.make_rule_book"


@pytest.mark.parametrize("page", fill_tables.PAGES)
def test_the_tables_of_a_page_are_what_the_code_says(page: str) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    assert text == fill_tables.filled(text), "run: python -m docs.fill_tables"


@pytest.mark.parametrize("name", fill_tables.TABLES)
def test_each_table_stands_in_exactly_one_page(name: str) -> None:
    texts = [(DOCS / page).read_text(encoding="utf-8") for page in fill_tables.PAGES]
    assert sum(text.count(f"<!-- table: {name} -->") for text in texts) == 1


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_in_the_operators_table(name: str) -> None:
    operations = (DOCS / "operations.md").read_text(encoding="utf-8")
    alias = Settings.model_fields[name].validation_alias
    variable = f"REDRESS_{name.upper()}" if alias is None else str(alias.choices[0])  # type: ignore[union-attr]
    assert re.search(rf"^\| `{variable}`", operations, re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    near = [found for found in _LINK.finditer(page.read_text(encoding="utf-8")) if "://" not in found[0]]
    nowhere = [found[0] for found in near if not _leads_somewhere(page, found[1], found[2])]
    assert nowhere == []


def _leads_somewhere(page: Path, target: str, heading: str) -> bool:
    there = page.parent / target if target else page
    if not there.exists() or not heading:
        return there.exists()
    headings = _HEADING.findall(there.read_text(encoding="utf-8"))
    return heading in {re.sub(r"[^a-z0-9 -]", "", name.lower()).replace(" ", "-") for name in headings}
