"""The independent checker: `judge(evidence)` says which of the eight laws a desk broke, and where."""

from tests.faults.judge.evidence import Evidence, Violation
from tests.faults.judge.judging import Verdict, hear, judge

__all__ = ["Evidence", "Verdict", "Violation", "hear", "judge"]
