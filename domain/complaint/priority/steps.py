"""Steps of priority."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from domain.complaint.priority.state import Loss
from domain.complaint.problems import Extent, Urgency
from domain.complaint.roles import AGENTS
from domain.limits import Between, Length, Reason, Says
from domain.money import Money
from domain.people import Role
from domain.steps import Step


@dataclass(frozen=True, kw_only=True)
class Assess(Step):
    """The four questions: actual loss, one customer or systemic, urgency or health, can it be mended simply [F].

    What is left out stays as it is.
    """

    roles = AGENTS
    source = "F"
    summary = "Answer some or all of the four questions from which the priority follows."

    loss_size: Annotated[Loss | None, Says("The customer's actual loss, in a word, where the sum is not known.")] = None
    loss_amount: Annotated[Money | None, Says("The customer's actual loss; the policy says when it is large.")] = None
    extent: Annotated[Extent | None, Says("One customer, several, or a fault of the system.")] = None
    urgency: Annotated[Urgency | None, Says("Whether it stops the customer's business, or health is at risk.")] = None
    mendable_simply: Annotated[bool | None, Says("Whether it can be mended simply.", True)] = None
    reason: Annotated[str, Length(0, 1000), Says("Why; needed once an answer given before is changed.")] = ""


@dataclass(frozen=True, kw_only=True)
class SetPriority(Step):
    """A person puts the case before or behind others, with the reason; never below health or food safety [F][O]."""

    roles = (*AGENTS, Role.CENTRE_MANAGER)
    source = "F,O"
    summary = "Give the case a level of your own, with the reason; or none, so that the policy's level holds again."

    level: Annotated[int | None, Between(1, 5), Says("2 (soon) to 5 (last); left out: as the policy says.", 2)] = None
    reason: Reason
