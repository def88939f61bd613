"""The level that follows from the answers: rows of the policy are added up, and health goes before all of them [F]."""

from __future__ import annotations

from domain.charge import FIRST, LAST, MIDDLE
from domain.complaint.priority.state import Answers, Loss, OwnLevel, Priority
from domain.complaint.problems import Extent, Urgency
from domain.policy import PriorityRules

HEALTH = "health_or_food_safety"
NOT_ASSESSED = "not_assessed"
BY_A_PERSON = "by_a_person"


def loss_of(answers: Answers, rules: PriorityRules) -> Loss | None:
    """How large the loss is: by its sum where that is known, else by the word that was given."""
    sum_ = answers.loss_amount
    if sum_ is None:
        return answers.loss_size
    if sum_.minor == 0:
        return Loss.NONE
    return Loss.SMALL if rules.large_loss_from.value > sum_ else Loss.LARGE


def weights(answers: Answers, rules: PriorityRules) -> tuple[tuple[str, int], ...]:
    """What weighs, as (row of the policy, points); an answer that nobody gave weighs nothing."""
    loss = loss_of(answers, rules)
    rows = (
        ("small_loss", loss is Loss.SMALL, rules.small_loss),
        ("large_loss", loss is Loss.LARGE, rules.large_loss),
        ("several", answers.extent is Extent.SEVERAL, rules.several),
        ("systemic", answers.extent is Extent.SYSTEMIC, rules.systemic),
        ("business_stopped", answers.urgency is Urgency.BUSINESS_STOPPED, rules.business_stopped),
        ("not_mendable_simply", answers.mendable_simply is False, rules.not_mendable_simply),
    )
    return tuple((name, row.value) for name, holds, row in rows if holds)


def computed(answers: Answers, rules: PriorityRules) -> Priority:
    """The level by the policy: health first; what nobody assessed in the middle; else by the sum of the points."""
    if answers.urgency is Urgency.HEALTH_AT_RISK:
        return Priority(FIRST, 0, (HEALTH,))
    if not answers.given:
        return Priority(MIDDLE, 0, (NOT_ASSESSED,))
    found = weights(answers, rules)
    points = sum(weight for _, weight in found)
    steps = ((2, rules.level_2_from), (3, rules.level_3_from), (4, rules.level_4_from))
    level = next((level for level, least in steps if points >= least.value), LAST)
    return Priority(level, points, tuple(name for name, _ in found))


def level(answers: Answers, own: OwnLevel | None, rules: PriorityRules) -> Priority:
    """The level that holds: a person's own word where there is one, and never below health [F]."""
    by_policy = computed(answers, rules)
    if own is None or by_policy.level == FIRST:
        return by_policy
    return Priority(own.level, by_policy.points, (BY_A_PERSON, *by_policy.reasons))
