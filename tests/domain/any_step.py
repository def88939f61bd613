"""Random content for every step of every kind of case, sensible more often than not."""

from __future__ import annotations

from domain.people import Actor
from domain.steps import Step
from tests.domain.any_complaint import COMPLAINT
from tests.domain.any_follow_up import FOLLOW_UP
from tests.domain.any_goods_or_slip import GOODS_OR_SLIP
from tests.domain.any_remedy import REMEDY
from tests.domain.desk import Desk
from tests.domain.draws import Draw, Facts

_FACTS: dict[type[Step], Facts] = {**COMPLAINT, **REMEDY, **FOLLOW_UP, **GOODS_OR_SLIP}


def content(draw: Draw, desk: Desk, name: str, step: type[Step], actor: Actor) -> Step:
    """A step of that type by that person, its content drawn."""
    facts = _FACTS.get(step)
    return step(actor=actor, **(facts(draw, desk, name) if facts is not None else {}))
