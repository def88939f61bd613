"""The code of a release to come: one command more at the start of a complaint, guarded by a patch."""

from __future__ import annotations

from temporalio import workflow
from temporalio.worker import PatchActivationInput

from domain.complaint.state import Complaint as ComplaintCase
from domain.complaint.state import OpenComplaint
from workflows.answers import Begin
from workflows.complaint import Complaint
from workflows.goods_return import Return
from workflows.payment import Payment

THANKS = "note-that-we-thanked"


@workflow.defn(name="Complaint")
class NextComplaint(Complaint):
    """A complaint that also notes, beside its history, that the customer was thanked."""

    @workflow.run
    async def run(self, begin: Begin[OpenComplaint, ComplaintCase]) -> str:
        if workflow.patched(THANKS):
            workflow.upsert_memo({"thanked": True})
        return await super().run(begin)


NEXT_RELEASE: tuple[type, ...] = (NextComplaint, Return, Payment)


def hold_back(asked: PatchActivationInput) -> bool:
    """While old workers share the queue, no case takes the change."""
    return asked.patch_id != THANKS
