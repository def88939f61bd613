"""Any steps by anybody in any order, any delay of any message: what has to hold always, holds."""

from __future__ import annotations

import os
from collections import Counter
from contextlib import suppress
from dataclasses import fields, replace
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from pydantic import TypeAdapter

from domain import clock as clocks
from domain.casefile import ClockActed
from domain.casework import letters_to_send
from domain.clock import PauseCause
from domain.clock_pauses import elapsed, ledger
from domain.complaint import situation as at
from domain.complaint.errands import errands
from domain.complaint.in_charge import charge_of
from domain.complaint.linking.questions import MERGED, may_part, merge_of
from domain.complaint.linking.state import Word
from domain.complaint.linking.steps import TakeWordFromCase
from domain.complaint.offering.events import AcceptedByRule
from domain.complaint.offering.shown import was_offered
from domain.complaint.on_platform import questions as on_platform
from domain.complaint.on_platform.steps import RecordPlatformNews
from domain.complaint.own_clocks import EVERYWHERE, own_clocks
from domain.complaint.problems import Problem, RemedyKind
from domain.complaint.promises import events as pe
from domain.complaint.promises.standing import TO_THE_CUSTOMER
from domain.complaint.recovering import questions as recover
from domain.complaint.requests import questions as desks
from domain.complaint.sorting.events import Reclassified
from domain.complaint.state import Channel, ProposalState
from domain.complaint.stopping import questions as stops
from domain.complaint.stopping.state import Aftermath
from domain.complaint.watching.plan import planned_between
from domain.goods_return import late_goods
from domain.goods_return import situation as return_at
from domain.goods_return.steps import CourierStatus
from domain.payment.book import finished
from domain.payment.gateway.questions import listens_until
from domain.payment.steps import SignPaid
from domain.people import Actor, Role
from domain.policy import ClockRules, PinnedPolicy
from domain.refusals import Refusal
from domain.view import CaseView, Task
from policies.clock_rules import AWAITED
from tests import builders as b
from tests.domain import stop_moves as sm
from tests.domain.any_remedy import platform_news
from tests.domain.any_step import content
from tests.domain.desk import Desk, desk
from tests.domain.draws import TRACKING
from tests.domain.stages import STAGES, tell

VIEWS = TypeAdapter(CaseView)
TWO_HATS = (Actor(b.WU.person, Role.FINANCE, b.WU.name), Actor(b.LIN.person, Role.SUPERVISOR, b.LIN.name))
"""People with two roles: what one hand began the other may not finish."""
PEOPLE = (*b.EVERYBODY, *TWO_HATS)
PERSONS = st.sampled_from(PEOPLE)
CAP = b.policy().policy.freight_cap.value.minor


OPTIONAL = {"receipt"}
"""Tasks without which the case goes on."""
QUIET = {"acknowledgement", "telling", "first_reply", "resolution"}
"""Clocks that do not by themselves bring a case on."""


def _patient() -> PinnedPolicy:
    """A policy whose clocks stand still for everybody but those whom they wait for."""
    pinned = b.policy()
    rules = {each.name: getattr(pinned.policy.clocks, each.name) for each in fields(ClockRules)}
    patient = {
        name: replace(rule, pauses=tuple(cause for cause in PauseCause if cause is not AWAITED.get(name)))
        for name, rule in rules.items()
    }
    clocks = replace(pinned.policy.clocks, **patient)
    return replace(pinned, policy=replace(pinned.policy, clocks=clocks))


PATIENT = _patient()


class AnyOrder(RuleBasedStateMachine):
    """One complaint with all its returns and slips, in the hands of chance."""

    desk: Desk

    @initialize(
        line=st.sampled_from((1, 1, None)),
        facts=st.sampled_from((b.order(), b.order(), sm.dispatched(), None)),
        described=st.booleans(),
        stage=st.sampled_from(STAGES),
        ceiling=st.sampled_from((10**9, 10**9, 6_000)),
        problem=st.sampled_from(Problem),
        signed_for=st.sampled_from((None, True, False)),
        channel=st.sampled_from((Channel.API, Channel.CHAT)),
        pinned=st.sampled_from((b.policy(), PATIENT)),
    )
    def open(self, *, described: bool, stage: Any, ceiling: int, **told: Any) -> None:
        if stage is None:
            told["order_facts"] = told.pop("facts")
            self.desk = desk(**told, description=b.sealed("description") if described else None)
        else:
            self.desk = desk(channel=told["channel"], pinned=told["pinned"])
        self.first = self.desk.complaint.problem
        if stage is not None:
            stage(self.desk)
        self.desk.at_once = False
        self.desk.ceiling = ceiling

    # -- people -----------------------------------------------------------------------------------------------

    @rule(person=PERSONS, data=st.data())
    def somebody_tries_something(self, person: Any, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(self.desk.names()))
        steps = sorted(slug for slug, rule in self.desk.book(name).rules.items() if not rule.step.by_machine)
        self._take(data, name, data.draw(st.sampled_from(steps)), person)

    @rule(person=PERSONS, data=st.data())
    def somebody_takes_an_open_step(self, person: Any, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(self.desk.names()))
        open_steps = sorted(offer.step for offer in self.desk.offers(person, name).values() if offer.open)
        if open_steps:
            self._take(data, name, data.draw(st.sampled_from(open_steps)), person)

    def _do_a_task(self, data: st.DataObject) -> None:
        waiting = [(name, task) for name in self.desk.names() for task in self.desk.view(name).tasks if task.step]
        if waiting:
            name, task = data.draw(st.sampled_from(waiting))
            able = self._able(name, task)
            if able:
                case = name if task.step in self.desk.book(name).rules else self.desk.complaint.case
                self._take(data, case, task.step, data.draw(st.sampled_from(able)))

    @rule(data=st.data())
    def a_task_is_done(self, data: st.DataObject) -> None:
        self._do_a_task(data)

    @rule(data=st.data())
    def another_task_is_done(self, data: st.DataObject) -> None:
        self._do_a_task(data)

    @rule(data=st.data())
    def work_goes_on(self, data: st.DataObject) -> None:
        while self.desk.one_turn():
            pass
        self._do_a_task(data)

    def _take(self, data: st.DataObject, name: str, slug: str, person: Any) -> None:
        step = content(data.draw, self.desk, name, self.desk.book(name).rules[slug].step, person)
        held = name in self.desk.payments and self.desk.payments[name].held
        with suppress(Refusal):
            self.desk.take(step, name)
            assert not held or not isinstance(step, SignPaid) or step.despite_hold, "paid blindly"

    # -- machines and time ------------------------------------------------------------------------------------

    @rule(data=st.data())
    def a_message_arrives(self, data: st.DataObject) -> None:
        if self.desk.under_way:
            self.desk.deliver(data.draw(st.integers(0, len(self.desk.under_way) - 1)))

    @rule(data=st.data())
    def a_message_arrives_again(self, data: st.DataObject) -> None:
        if self.desk.delivered:
            self.desk.deliver(data.draw(st.integers(0, len(self.desk.delivered) - 1)), again=True)

    @rule()
    def an_errand_is_done(self) -> None:
        self.desk.do_errand()

    @rule()
    def the_ledger_answers(self) -> None:
        self.desk.reserve_one()

    @rule()
    def a_case_reports(self) -> None:
        self.desk.report_one()

    @precondition(lambda self: bool(self.desk.returns))
    @rule(tracking=TRACKING, status=st.sampled_from(CourierStatus), message=st.integers(), data=st.data())
    def the_courier_tells(self, tracking: str, status: Any, message: int, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self.desk.returns)))
        self.desk.courier(name, f"courier/{message}", tracking, status)

    @rule(news=st.integers(1, 6), data=st.data())
    def the_platform_tells(self, news: int, data: st.DataObject) -> None:
        facts = platform_news(data.draw, self.desk)
        self.desk.platform(str(news), RecordPlatformNews(actor=b.SHOP, **facts))

    @rule(hours=st.sampled_from((0, 1, 20, 73, 170, 400)))
    def time_passes(self, hours: int) -> None:
        self.desk.wait(timedelta(hours=hours))

    @rule(hours=st.sampled_from((1, 30, 80)))
    def the_software_is_down(self, hours: int) -> None:
        self.desk.sleep(timedelta(hours=hours))

    @rule()
    def the_mail_goes_out(self) -> None:
        self.desk.post()

    @rule()
    def the_mail_bounces(self) -> None:
        self.desk.mail_bounces()

    @rule(number=st.integers(1, 4), round_=st.integers(1, 2))
    def a_gateways_receipt_comes(self, number: int, round_: int) -> None:
        name = self.desk.complaint.case
        if f"receipt/msg_{name}_{number}_{round_}" not in {news.news for news in self.desk.delivered}:
            self.desk.receipt_fails(name, number, round_)

    # -- other cases ------------------------------------------------------------------------------------------

    @rule(taken=st.sampled_from((True, True, False)))
    def another_case_answers(self, taken: bool) -> None:
        if self.desk.outside:
            said = self.desk.outside.pop(0).step
            if isinstance(said, TakeWordFromCase) and said.word is Word.MERGED:
                into = self.desk.complaint.merges[-1].into
                tell(self.desk, into, Word.TAKEN_IN if taken else Word.TURNED_AWAY, said.number)

    @rule()
    def the_joint_case_is_over(self) -> None:
        merge = merge_of(self.desk.complaint)
        if merge is not None and merge.taken_in_at is not None:
            tell(self.desk, merge.into, Word.OVER, merge.number)

    @rule(word=st.sampled_from(Word), number=st.integers(1, 2), picture=st.sampled_from("ab"))
    def another_case_tells_something(self, word: Word, number: int, picture: str) -> None:
        sent = b.photo(picture)
        told = {"photos": (sent,), "photo_purposes": ((sent.photo, "fault"),), "paid": b.yuan("10.00")}
        tell(self.desk, "AS-2026-000007", word, number, **told)

    # -- what always holds ------------------------------------------------------------------------------------

    @invariant()
    def nothing_is_paid_twice_or_above_what_was_paid(self) -> None:
        paid = Counter(
            (part.proposal, part.purpose)
            for part in self.desk.complaint.payments
            if self.desk.payments[part.case].outcome == "paid" and part.purpose != "freight"
        )
        assert all(times == 1 for times in paid.values()), paid
        line = self.desk.complaint.order_line
        assert self.desk.paid(("refund", "compensation")) <= (line.paid.minor if line else 0)
        for name in self.desk.returns:
            slips = [p for p in self.desk.payments.values() if p.return_case == name and p.outcome == "paid"]
            proofs = [receipt for slip in slips for receipt in slip.receipts]
            assert sum(slip.amount.minor for slip in slips) <= CAP
            assert len(proofs) == len(set(proofs)), "a receipt proves one slip"
            assert all(slip.receipts for slip in slips), "freight is paid by its receipt"

    @invariant()
    def no_refund_of_a_parcel_that_has_left_is_paid_without_a_person_who_knows(self) -> None:
        case = self.desk.complaint
        refunds = {proposal.number for proposal in case.proposals if proposal.kind is RemedyKind.REFUND}
        paid = any(p.result == "paid" and p.purpose == "refund" and p.proposal in refunds for p in case.payments)
        promised = bool(case.outside_promises)
        let_go = any(each.aftermath and each.aftermath.done is Aftermath.LET_GO for each in case.stops)
        if paid and case.problem is Problem.CHANGED_MIND and not (case.original_received or promised or let_go):
            told = any(trouble.code == "refund_and_parcel_out" for trouble in case.troubles)
            assert stops.secured(case) or stops.pending(case) or told, case.stops

    @invariant()
    def the_platform_is_counted_once_and_what_went_beyond_is_to_be_recovered(self) -> None:
        case = self.desk.complaint
        references = [paid.reference for paid in case.platform_payments]
        assert len(references) == len(set(references))
        items = on_platform.outstanding(case)
        assert all(0 <= item.rest.minor <= item.amount.minor for item in items)
        over = max((paid.over.minor for paid in case.platform_payments if paid.over is not None), default=0)
        assert not over or any(item.amount.minor >= over for item in items)
        for matter in case.platform_matters:
            assert (case.running(matter.clock) is not None) == matter.waits, matter
            named = {news.news for news in matter.facts}
            assert len(named) == len(matter.facts), "each news counts once"

    @invariant()
    def each_part_is_begun_once_and_only_of_what_was_agreed(self) -> None:
        begun = Counter((part.proposal, part.kind) for part in self.desk.complaint.fulfilments)
        assert all(times == 1 for times in begun.values()), begun
        agreed = {p.number for p in self.desk.complaint.proposals if p.state is ProposalState.ACCEPTED}
        assert {proposal for proposal, _kind in begun} <= agreed

    @invariant()
    def the_customer_sees_no_proposal_before_its_approval(self) -> None:
        mine = self.desk.complaint
        offered = [p for p in mine.proposals if was_offered(p)]
        by_rule = [event for event in self.desk.events.get(mine.case, []) if isinstance(event, AcceptedByRule)]
        letters = [letter for letter in mine.letters if letter.kind == "proposal"]
        assert len(letters) == len(offered) - len(by_rule)
        assert all(p.approver is None or (p.decided_by and p.decided_by.person != p.by.person) for p in offered)

    @invariant()
    def the_shares_of_what_was_spent_are_the_whole(self) -> None:
        owed = recover.owed(self.desk.complaint)
        assert not owed or sum(owed.values()) == recover.spent(self.desk.complaint).minor

    @invariant()
    def no_two_parts_of_a_slip_are_played_by_one_person(self) -> None:
        for slip in self.desk.payments.values():
            before = {*slip.earlier_askers, *([slip.proposed_by.person] if slip.proposed_by else [])}
            hands = [slip.requested_by.person, *(approval.by.person for approval in slip.approvals)]
            hands += [slip.paid_by.person] if slip.paid_by else []
            assert len(set(hands)) == len(hands), hands
            assert not before & set(hands[1:]), (before, hands)

    @invariant()
    def every_clock_says_each_fact_once_and_ends_with_a_cause(self) -> None:
        for name in self.desk.names():
            facts = Counter(
                (type(event), event.clock, event.due, getattr(event, "number", 0), getattr(event, "level", 0))
                for event in self.desk.events.get(name, [])
                if isinstance(event, ClockActed)
            )
            assert all(times == 1 for times in facts.values()), facts
            for clock in self.desk.case(name).clocks:
                assert (clock.ended_at is None) == (clock.end_cause is None)
                late = clocks.late_by(clock, self.desk.now) > timedelta(0) and clock.breached_at is None
                assert not late or clock.ended_at is None, clock

    @invariant()
    def every_ledger_adds_up_and_a_clock_is_due_when_its_budget_is_used(self) -> None:
        for name in self.desk.names():
            pinned = self.desk.case(name).pinned
            for clock in self.desk.case(name).clocks:
                calendar = pinned.calendar_of(clock.calendar)
                stretches = ledger(clock, calendar, self.desk.now)
                assert stretches[0].since == clock.started_at
                assert all(one.until == other.since for one, other in pairwise(stretches))
                assert stretches[-1].until == clock.ended_at
                assert all(s.cause is None or s.cause in clock.pausable_by for s in stretches)
                if clock.ended_at is None and clock.paused_for is None:
                    assert elapsed(clock, calendar, clock.due_at) == clock.budget, clock

    @invariant()
    def no_clock_runs_that_none_of_the_cases_problems_asks_for(self) -> None:
        told = self.desk.events.get(self.desk.complaint.case, [])
        had = {
            self.desk.complaint.problem,
            self.first,
            *(event.problem for event in told if isinstance(event, Reclassified)),
        }
        may_run = EVERYWHERE.union(*map(own_clocks, had))
        for name in self.desk.names():
            assert {clock.name.split("#")[0] for clock in self.desk.case(name).clocks} <= may_run, had

    @invariant()
    def a_promise_is_kept_or_broken_once_and_never_left(self) -> None:
        mine = self.desk.complaint
        told = self.desk.events.get(mine.case, [])
        broken = Counter(event.number for event in told if isinstance(event, pe.PromiseBroken))
        kept = Counter(event.number for event in told if isinstance(event, pe.PromiseKept))
        for promise in mine.promises:
            assert broken[promise.number] == (promise.broken_at is not None)
            assert kept[promise.number] == (promise.kept_at is not None)
            in_time = promise.kept_at is not None and promise.broken_at is None
            assert not in_time or promise.kept_at <= promise.until, "what is kept late was broken first"
            assert promise.broken_at is None or promise.broken_at >= promise.until
            assert promise.released_at is None or not (in_time or promise.broken_at)

    @invariant()
    def nobody_is_written_to_more_often_than_agreed(self) -> None:
        mine = self.desk.complaint
        told = [event for event in self.desk.events.get(mine.case, []) if isinstance(event, pe.ProgressTold)]
        every = timedelta(hours=mine.pinned.policy.progress_every_hours.value)
        assert all(later.at - earlier.at >= every for earlier, later in pairwise(told))
        assert all(event.at >= event.due for event in told)

    @invariant()
    def planned_checks_are_made_or_missed(self) -> None:
        for parcel in self.desk.complaint.parcels:
            last = parcel.checks[-1].at if parcel.checks else parcel.since
            planned = planned_between(self.desk.complaint, parcel.since, last)
            made = sum(check.planned is not None for check in parcel.checks)
            assert len(planned) == made + sum(check.missed for check in parcel.checks)

    @invariant()
    def every_open_state_can_be_told_to_the_customer(self) -> None:
        assert self.desk.complaint.closed_at is not None or self.desk.state in TO_THE_CUSTOMER

    @invariant()
    def a_case_goes_on_in_one_place(self) -> None:
        case = self.desk.complaint
        assert (case.outcome == MERGED) == (merge_of(case) is not None)
        assert sum(merge.undone_at is None for merge in case.merges) <= 1
        keys = [(taken.case, taken.number) for taken in case.taken_in]
        assert len(keys) == len(set(keys))

    @invariant()
    def returns_and_slips_know_how_urgent_the_case_is_and_whose(self) -> None:
        if not self._machines_are_busy():
            now = charge_of(self.desk.complaint)
            for part in (*self.desk.complaint.returns, *self.desk.complaint.payments):
                assert part.result is not None or self.desk.case(part.case).charge == now

    @invariant()
    def every_view_is_plain_json(self) -> None:
        for name in self.desk.names():
            view = self.desk.view(name)
            assert VIEWS.validate_json(VIEWS.dump_json(view)) == view

    @invariant()
    def every_task_can_be_done_by_somebody_of_its_desk(self) -> None:
        # A return or slip that is just being told something may still show a task that this will end.
        mine = self.desk.complaint.case
        for name in (mine,) if self._machines_are_busy() else self.desk.names():
            for task in self.desk.view(name).tasks:
                assert not task.step or self._able(name, task), (name, task)

    @invariant()
    def no_case_is_stuck(self) -> None:
        for name in self.desk.names():
            if not self._over(name) and not self._machines_are_busy():
                assert self._goes_on(name), (name, self.desk.view(name).state, self.desk.state)

    # -- how that is seen -------------------------------------------------------------------------------------

    def _able(self, name: str, task: Task) -> list[Any]:
        case = name if task.step in self.desk.book(name).rules else self.desk.complaint.case
        people = [person for person in PEOPLE if person.role is task.desk]
        return [person for person in people if (offer := self.desk.offers(person, case).get(task.step)) and offer.open]

    def _machines_are_busy(self) -> bool:
        d = self.desk
        unreserved = any((not s.reserved or s.to_book) and s.closed_at is None for s in d.payments.values())
        unreported = any(s.closed_at is not None and s.reported != s.outcome for s in d.payments.values())
        reports = any(return_at.report(r) is not None for r in d.returns.values())
        letters = any(letters_to_send(d.case(name)) for name in d.names())
        waiting = bool(errands(d.complaint)) or bool(d.under_way)
        return waiting or unreserved or unreported or reports or letters

    def _over(self, name: str) -> bool:
        if name == self.desk.complaint.case:
            return at.filed(self.desk.complaint)
        if name in self.desk.returns:
            return return_at.finished(self.desk.returns[name])
        return finished(self.desk.payments[name])

    def _goes_on(self, name: str) -> bool:
        """A task that somebody can do, a clock that still has something to say, or another case that goes on."""
        case = self.desk.case(name)
        if self._somebody_can_act(name):
            return True
        if name in self.desk.payments and listens_until(self.desk.payments[name]) is not None:
            return True  # an ended slip hears for its days, and then is over
        if name in self.desk.returns and late_goods.ends_at(self.desk.returns[name]) is not None:
            return True  # an ended return takes late goods for its days, and then is over
        running = [clock for clock in case.clocks if clock.name not in QUIET]
        if any(clocks.next_instant(clock) is not None for clock in running):
            return True
        mine = self.desk.complaint
        if name == mine.case:
            parts = (*mine.returns, *mine.payments, *mine.incoming)
            children = [part.case for part in parts if part.result is None]
            last = at.return_of(mine)
            sent_back = [last.case] if last is not None and last.settled_as == "send_back" else []
            late = desks.late_news_until(mine) is not None
            waits = bool(at.reopening_ends(mine)) or late or may_part(mine)
            return waits or any(not self._over(child) and self._goes_on(child) for child in children + sent_back)
        return name in self.desk.returns and mine.closed_at is None and self._somebody_can_act(mine.case)

    def _somebody_can_act(self, name: str) -> bool:
        """A task that waits for nobody does not count, nor one without which the case goes on too."""
        tasks = [task for task in self.desk.view(name).tasks if task.step and task.key not in OPTIONAL]
        return any(self._able(name, task) for task in tasks)


AnyOrder.TestCase.settings = settings(
    max_examples=int(os.environ.get("REDRESS_ANY_ORDER", "40")),
    stateful_step_count=50,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    # The same orders each time, so that a change is judged by them; set REDRESS_ANY_ORDER to search among new ones.
    derandomize="REDRESS_ANY_ORDER" not in os.environ,
)
TestAnyOrder = pytest.mark.timeout(600)(AnyOrder.TestCase)
