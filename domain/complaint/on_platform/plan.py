"""When the supervisor looks at a request or dispute next: at the same time of every day, rest days included [S].

No timer runs for it; the next time follows from the last reminder, or from when the matter was heard of.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.calendar import minute_of_day
from domain.complaint.on_platform.state import Matter
from domain.complaint.state import Complaint


def next_look(case: Complaint, matter: Matter) -> datetime:
    """The daily time (UTC) that follows the last reminder; before the first, the one after it was heard of."""
    calendar = case.pinned.calendar
    minute = minute_of_day(case.pinned.policy.platform_list_at.value) or 0
    last = matter.reminders[-1].at if matter.reminders else min(fact.heard_at for fact in matter.facts)
    day = calendar.local_date(last)
    at = calendar.instant_of(day, minute)
    return at if at > last else calendar.instant_of(day + timedelta(days=1), minute)
