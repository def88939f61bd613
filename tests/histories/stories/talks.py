"""Stories that are settled by talking: explained, judged by somebody else, promised, met with silence."""

from __future__ import annotations

from domain.complaint import steps as s
from domain.complaint.looking_into import steps as ls
from domain.complaint.looking_into.state import Finding, RecordKind
from domain.complaint.problems import Check, FaultKind, Problem, RemedyKind
from domain.complaint.promises import steps as pr
from domain.complaint.sorting.steps import NameConcerned
from domain.complaint.state import Party
from domain.shared_steps import AddEvidence
from standalone.temporal_config import SHORT_RUNS
from tests.builders import it_goes_on
from tests.histories.stories.story import Story
from tests.journeys.desk import Desk, photo, yuan
from tests.journeys.moves import judged, propose
from tests.journeys.people import AGENT, CUSTOMER, SUPERVISOR
from tests.journeys.test_problems import checked, justified
from tests.journeys.test_promises import promise
from tests.journeys.test_stopping import letters as letters_of


async def silence(desk: Desk) -> dict[str, str]:
    """No photo: reminders, a breach, a call, no answer, a late photo that opens the case again."""
    case = await desk.open()
    await desk.forward(case, hours=73)
    await desk.step(case, s.RecordCall(actor=AGENT, reached=False))
    await desk.step(case, s.DeclareNoAnswer(actor=AGENT, reason="called in vain", message="Write to us."))
    await desk.forward(case, days=14)
    await desk.step(case, AddEvidence(actor=CUSTOMER, photos=(photo(),)))
    return {"complaint": case}


async def long_case(desk: Desk) -> dict[str, str]:
    """A case that goes on over several runs; a run ends only between messages, so each is waited for."""
    case = await desk.open()
    await judged(desk, case)
    for number in range(4):
        await desk.step(case, s.GiveFeedback(actor=AGENT, **it_goes_on(f"We are on it, part {number}.")))
        await desk.until(case, lambda view: all(letter["state"] != "by_machine" for letter in letters_of(view)))
    return {"complaint": case}


async def not_as_imagined(desk: Desk) -> dict[str, str]:
    """An explanation in vain opens the remedies; what is offered does not suffice, and the supervisor closes."""
    case = await desk.open(problem=Problem.NOT_AS_IMAGINED)
    await desk.step(case, justified(Party.CUSTOMER))
    await desk.step(case, ls.Explain(actor=AGENT, words="The glaze is made by hand and differs from piece to piece."))
    await desk.step(case, ls.ReportEffect(actor=CUSTOMER, helped=False))
    await desk.step(case, propose(RemedyKind.COMPENSATION, yuan(20)))
    await desk.step(case, s.CloseCase(actor=SUPERVISOR, reason="Explained and offered; they want neither."))
    return {"complaint": case}


async def service(desk: Desk) -> dict[str, str]:
    """Somebody's manner: the conversation is read, another person judges, and an apology is accepted."""
    case = await desk.open(problem=Problem.SERVICE, fault_kind=FaultKind.ATTITUDE)
    chat = await desk.sealed("words", "What do you want now?")
    record = ls.AttachRecord(actor=AGENT, kind=RecordKind.CONVERSATION, title="chat", words=chat, words_digest="d")
    await desk.step(case, record)
    await desk.step(case, checked(Check.CONVERSATION, Finding.OUR_FAULT))
    await desk.step(case, NameConcerned(actor=SUPERVISOR, person=AGENT.person))
    other = s.Judge(actor=SUPERVISOR, fault_confirmed=True, responsible=Party.SHOP, severity=s.Severity.SERIOUS)
    await desk.step(case, other)
    await desk.step(case, propose(RemedyKind.APOLOGY))
    await desk.step(case, s.AcceptProposal(actor=CUSTOMER, proposal=1))
    return {"complaint": case}


async def promises(desk: Desk) -> dict[str, str]:
    """A matter of its own kind: a promise is renewed with notice, broken all the same, and dealt with; then judged."""
    case = await desk.open(problem=Problem.OTHER)
    await desk.step(case, promise(20))
    moved = pr.RenewPromise(actor=AGENT, number=1, minutes=40, message="The workshop is at lunch.")
    await desk.step(case, moved)
    await desk.forward(case, minutes=45)
    await desk.until(case, lambda view: any(task.key == "broken-promise-1" for task in view.tasks))
    await desk.step(case, pr.SettlePromise(actor=SUPERVISOR, number=1, how="apologised on the phone"))
    await desk.step(case, justified())
    await desk.step(case, propose(RemedyKind.COMPENSATION, yuan(10)))
    return {"complaint": case}


STORIES = {
    "silence": Story(silence),
    "long_case": Story(long_case, namespace=SHORT_RUNS),
    "not_as_imagined": Story(not_as_imagined),
    "service": Story(service),
    "promises": Story(promises),
}
