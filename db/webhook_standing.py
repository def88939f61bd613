"""How webhooks stand, over all shops, in numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import text

from db.sessions import ReadSession


@dataclass(frozen=True)
class WebhooksStanding:
    """deliveries: not delivered, by state (due, dead, held). oldest_due: for how many seconds the oldest delivery
    waits that could be tried now, leaving out webhooks that fail, whose deliveries wait for one another.
    failing: webhooks of which the last try failed. off: switched off, by why.
    """

    deliveries: Mapping[str, int] = field(default_factory=dict[str, int])
    oldest_due: float = 0.0
    failing: int = 0
    off: Mapping[str, int] = field(default_factory=dict[str, int])


_DELIVERIES = text("""
    SELECT count(*) FILTER (WHERE d.state = 'due') AS due, count(*) FILTER (WHERE d.state = 'dead') AS dead,
           count(*) FILTER (WHERE d.state = 'held') AS held,
           coalesce(extract(epoch FROM now() - min(d.due_at) FILTER (
               WHERE d.state = 'due' AND w.state = 'on' AND w.failing_since IS NULL
           )), 0) AS oldest
    FROM webhooks AS w JOIN webhook_deliveries AS d ON d.webhook = w.webhook AND d.state IN ('due', 'dead', 'held')
""")
_WEBHOOKS = text("""
    SELECT count(*) FILTER (WHERE state = 'on' AND failing_since IS NOT NULL) AS failing,
           count(*) FILTER (WHERE off_because = 'failing') AS off_failing,
           count(*) FILTER (WHERE off_because = 'gone') AS off_gone,
           count(*) FILTER (WHERE off_because = 'a_person') AS off_by_person
    FROM webhooks
""")


async def webhooks_stand(session: ReadSession) -> WebhooksStanding:
    """Read it. Two statements; what was delivered is not looked at."""
    owed = (await session.execute(_DELIVERIES)).one()
    them = (await session.execute(_WEBHOOKS)).one()
    return WebhooksStanding(
        deliveries={"due": owed.due, "dead": owed.dead, "held": owed.held},
        oldest_due=max(float(owed.oldest), 0.0),
        failing=them.failing,
        off={"failing": them.off_failing, "gone": them.off_gone, "a_person": them.off_by_person},
    )
