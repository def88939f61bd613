"""Eligibility, bound together as a chapter."""

from __future__ import annotations

from dataclasses import replace

from domain.casework import StepRule
from domain.chapters import Chapter
from domain.complaint.eligible import events as e
from domain.complaint.eligible import rules
from domain.complaint.eligible import steps as s
from domain.complaint.eligible.rule import eligibility
from domain.complaint.state import Complaint
from domain.plain import plain


def _described(case: Complaint, event: e.GoodsDescribed) -> Complaint:
    return replace(case, condition=event.described)


def _shown(case: Complaint) -> dict[str, object]:
    ruled = eligibility(case)
    told = {"eligibility": plain(ruled)} if ruled is not None else {}
    return told | ({"condition": plain(case.condition)} if case.condition is not None else {})


CHAPTER: Chapter[Complaint] = Chapter(
    rules=(StepRule(s.DescribeGoods, rules.may_describe, rules.describe),),
    changes={e.GoodsDescribed: _described},
    shown=_shown,
    told_to_customers=frozenset({"eligibility", "condition"}),
)
