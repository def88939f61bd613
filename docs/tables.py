"""Markdown tables, and the words that stand beneath a field of a class."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterable, Sequence


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; bars and line breaks in a cell are made harmless."""
    lines = [_row(heads), "|" + "---|" * len(heads), *(_row(row) for row in rows)]
    return "\n".join(lines) + "\n"


def first_sentence(text: str | None) -> str:
    """The first paragraph of a docstring, in one line."""
    return " ".join((text or "").strip().split("\n\n")[0].split())


def words_beneath(cls: type) -> dict[str, str]:
    """The string that stands beneath each field of a class, by the field's name."""
    source = ast.parse(textwrap.dedent(inspect.getsource(cls))).body[0]
    if not isinstance(source, ast.ClassDef):
        raise TypeError(f"{cls.__name__} is no class in its source")
    said: dict[str, str] = {}
    for field, below in zip(source.body, source.body[1:], strict=False):
        if not isinstance(field, ast.AnnAssign) or not isinstance(field.target, ast.Name):
            continue
        if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant):
            said[field.target.id] = " ".join(str(below.value.value).split())
    return said


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in cells) + " |"
