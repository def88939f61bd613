"""What the list of cases can be asked for, as it stands in the address."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, Field

from api.texts import Line, OrderNumber, Phone
from db.case_lists import Sort
from domain.complaint.state import Party, RemedyKind
from domain.people import Role
from domain.view import Kind

MOST_SIGNS = 200
"""Signs of a search."""

Word = Annotated[Line | None, Field(max_length=64)]


class CasesAsked(BaseModel):
    """Everything that is given has to hold."""

    q: Annotated[Line | None, Field(max_length=MOST_SIGNS, description="Words to look for; all have to be found")] = (
        None
    )
    state: Word = None
    desk: Annotated[Role | None, Field(description="A task waits for this desk")] = None
    problem: Word = None
    kind: Kind | None = None
    parent: Word = None
    handler: Word = None
    responsible: Annotated[Party | None, Field(description="By the judgement that holds")] = None
    remedy: Annotated[RemedyKind | None, Field(description="In the last proposal")] = None
    due_before: Annotated[AwareDatetime | None, Field(description="The earliest task is due before")] = None
    overdue: Annotated[bool | None, Field(description="Something was due before now and waits; false: nothing")] = None
    promised: Annotated[
        Literal["today"] | None, Field(description="A promise is due today by the shop's clock, not kept yet")
    ] = None
    phone: Annotated[Phone | None, Field(description="The customer's phone, however it is written")] = None
    order: Annotated[OrderNumber | None, Field(description="The shop's order number")] = None
    open: bool | None = None
    priority: Annotated[int | None, Field(ge=1, le=5, description="1: health and food safety")] = None
    sort: Annotated[
        Sort,
        Field(
            description="`opened`: the last opened first; `due`: what is due first; `priority`: open cases, the most "
            "urgent level first, in each what is due first"
        ),
    ] = Sort.OPENED
    cursor: Annotated[Line | None, Field(max_length=1000, description="`next` of the page before")] = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50
