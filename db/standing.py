"""How the whole desk stands, over all shops, in numbers: what its figures show. Nothing here names a case."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import func, select, text

from db.sessions import ReadSession
from db.tables.cases import cases
from db.tables.stuck import stuck_cases
from db.webhook_standing import WebhooksStanding, webhooks_stand
from domain.payment.gateway.state import Standing as AtGateway
from domain.stuck import StuckBecause
from domain.view import Kind

NOTICED_WITHIN = timedelta(seconds=10)
"""A due instant may be so far past before its breach has to stand in the register."""
JUST_NOW = timedelta(minutes=5)
"""A letter that was put off is tried again within two minutes; one put off so recently is still under way."""
A_DAY = timedelta(hours=24)


@dataclass(frozen=True)
class DeskTasks:
    """The work list of one desk: entries, entries past their due instant, cases that no ordinary step settles."""

    waiting: int
    overdue: int
    cases_needing_a_person: int


@dataclass(frozen=True)
class Standing:
    """The desk at one instant. Keys are kinds, states, desks and reasons as the rules name them.

    stuck: cases whose workflow cannot go on. unnoticed: deadlines more than ten seconds past whose breach the register
    does not show, with the age of the oldest in seconds. slips_waiting: by whom they wait for. slips_unknown: by why
    nobody can say whether money went out. letters: not delivered, by why.
    """

    open_cases: dict[tuple[str, str], int]
    tasks: dict[str, DeskTasks]
    stuck: dict[str, int]
    unnoticed: int
    oldest_unnoticed: float
    slips_waiting: dict[str, int]
    slips_unknown: dict[str, int]
    letters: dict[str, int]
    webhooks: WebhooksStanding = field(default_factory=WebhooksStanding)


_TASKS = text("""
    SELECT desk, count(*) AS waiting, count(*) FILTER (WHERE due_at < now()) AS overdue,
           count(*) FILTER (WHERE kind = 'payment' AND key = 'approve') AS to_approve,
           count(*) FILTER (WHERE kind = 'payment' AND key = 'pay') AS to_pay,
           count(*) FILTER (
               WHERE kind = 'payment' AND key = 'overdue-payment' AND "case" NOT IN (
                   SELECT "case" FROM case_tasks WHERE kind = 'payment' AND key = 'gateway'
               )
           ) AS finance_silent,
           count(*) FILTER (WHERE step = 'report_telling') AS to_tell
    FROM case_tasks GROUP BY desk
""")
_NEED_A_PERSON = text("""
    SELECT desk, count(DISTINCT "case") AS cases,
           count(DISTINCT "case") FILTER (WHERE kind = 'payment' AND key LIKE 'trouble-%') AS slips,
           count(DISTINCT "case") FILTER (WHERE kind = 'payment' AND step = 'settle_mismatch') AS mismatched
    FROM case_tasks WHERE needs_a_person GROUP BY desk
""")
_UNNOTICED = text("""
    SELECT count(*) AS deadlines, coalesce(extract(epoch FROM now() - min(due.due_at)), 0) AS oldest
    FROM case_tasks AS due
    WHERE due.due_at < now() - make_interval(secs => :grace) AND due.key NOT LIKE 'overdue-%' AND NOT EXISTS (
        SELECT FROM case_tasks AS noticed
        WHERE noticed."case" = due."case" AND noticed.key LIKE 'overdue-%' AND noticed.due_at = due.due_at
    )
""")
"""A breach that was noticed stands beside its task as `overdue-…`, with the same due instant."""
_LETTERS = text("""
    SELECT count(*) FILTER (WHERE state = 'refused') AS refused,
           count(*) FILTER (
               WHERE state = 'put_off' AND changed_at > now() - make_interval(secs => :just_now)
           ) AS put_off,
           count(*) FILTER (WHERE state = 'undelivered') AS undelivered
    FROM letters WHERE state <> 'sent' AND state <> 'delivered' AND changed_at > now() - make_interval(secs => :a_day)
""")


async def how_it_stands(session: ReadSession) -> Standing:
    """Read it all. Each statement goes by an index or over open tasks only, never over what is closed."""
    open_cases = await _open_cases(session)
    tasks = (await session.execute(_TASKS)).all()
    persons = {row.desk: row for row in await session.execute(_NEED_A_PERSON)}
    unnoticed = (await session.execute(_UNNOTICED, {"grace": NOTICED_WITHIN.total_seconds()})).one()
    spans = {"just_now": JUST_NOW.total_seconds(), "a_day": A_DAY.total_seconds()}
    letters = (await session.execute(_LETTERS, spans)).one()
    return Standing(
        open_cases=open_cases,
        tasks={
            row.desk: DeskTasks(row.waiting, row.overdue, persons[row.desk].cases if row.desk in persons else 0)
            for row in tasks
        },
        stuck=await _stuck(session),
        unnoticed=unnoticed.deadlines,
        oldest_unnoticed=float(unnoticed.oldest),
        slips_waiting={
            "ledger": open_cases.get((Kind.PAYMENT.value, "reserving"), 0),
            "approval": sum(row.to_approve for row in tasks),
            "finance": sum(row.to_pay for row in tasks),
            "gateway": open_cases.get((Kind.PAYMENT.value, AtGateway.SENT.value), 0),
        },
        slips_unknown={
            "finance_silent": sum(row.finance_silent for row in tasks),
            "ledger": sum(row.slips for row in persons.values()),
            "gateway": open_cases.get((Kind.PAYMENT.value, AtGateway.UNKNOWN.value), 0),
            "mismatch": sum(row.mismatched for row in persons.values()),
        },
        letters={
            "with_a_person": sum(row.to_tell for row in tasks),
            "put_off": letters.put_off,
            "refused": letters.refused,
            "undelivered": letters.undelivered,
        },
        webhooks=await webhooks_stand(session),
    )


async def _open_cases(session: ReadSession) -> dict[tuple[str, str], int]:
    by = (cases.c.kind, cases.c.state)
    found = await session.execute(select(*by, func.count()).where(cases.c.closed_at.is_(None)).group_by(*by))
    return {(kind, state): number for kind, state, number in found}


async def _stuck(session: ReadSession) -> dict[str, int]:
    asked = select(stuck_cases.c.because, func.count()).group_by(stuck_cases.c.because)
    numbers = {because.value: 0 for because in StuckBecause}
    for because, number in await session.execute(asked):
        numbers[because] = number
    return numbers
