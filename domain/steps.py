"""What a step is: one frozen dataclass with an imperative name, the actor inside (design.md, "Steps are Updates")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from domain.people import Actor, Role


@dataclass(frozen=True, kw_only=True)
class Step:
    """A message that asks a case to change.

    `roles` may take it; `told_by` are roles that may pass on the customer's word (both then stand in the record);
    `source` is the rule book's tag. `summary` is the catalogue's sentence.
    """

    roles: ClassVar[tuple[Role, ...]] = ()
    source: ClassVar[str] = "O"
    summary: ClassVar[str] = ""
    by_machine: ClassVar[bool] = False
    """Comes from the desk's machinery (a signal between cases or from the courier), not offered over HTTP."""

    actor: Actor
    fingerprint: str = ""
    """Keyed hash of what the asker sent, so that the same key with another body is found out."""

    @classmethod
    def slug(cls) -> str:
        """The step's name in URLs and histories: `accept_proposal`."""
        return slug(cls)


@cache
def slug(named: type) -> str:
    """`AcceptProposal` as `accept_proposal`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", named.__name__).lower()
