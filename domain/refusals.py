"""Every "no" of the desk: one tree, each with its code, its sentence in two languages and the way out.

A refusal changes nothing. It is an answer to a person, never a fault of the software; the API turns it into a status
by its branch of this tree (`NotYou`, `NotThere`, `NotNow`, `NotLikeThis`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import ClassVar


@dataclass(frozen=True)
class RefusalRecord:
    """A refusal as it crosses a wire; `branch` is one of not_you, not_there, not_now, not_like_this."""

    branch: str
    code: str
    sentence: str
    sentence_zh: str
    way_out: str
    way_out_zh: str
    field: str
    source: str

    def as_json(self) -> dict[str, str]:
        """Plain JSON object, every value a string."""
        return asdict(self)


class Refusal(Exception):  # noqa: N818  a refusal is an answer, not an error of the program
    """A step was refused and changed nothing. Facts given by keyword fill the sentence's {placeholders}."""

    branch: ClassVar[str] = "not_now"
    code: ClassVar[str] = "refused"
    en: ClassVar[str] = "This step was refused."
    zh: ClassVar[str] = "此操作被拒绝。"
    out_en: ClassVar[str] = "Look at the steps that are open and take one of those."
    out_zh: ClassVar[str] = "请查看当前可进行的操作。"
    source: ClassVar[str] = "O"

    def __init__(self, field: str = "", **facts: object) -> None:
        self.field = field
        self.facts = facts
        super().__init__()

    def __str__(self) -> str:
        return self.sentence

    @property
    def sentence(self) -> str:
        """The reason in English, fit to show a person; holds no personal data."""
        return self.en.format(**self.facts)

    def record(self) -> RefusalRecord:
        """The refusal as it travels to the asker."""
        return RefusalRecord(
            branch=self.branch,
            code=self.code,
            sentence=self.sentence,
            sentence_zh=self.zh.format(**self.facts),
            way_out=self.out_en.format(**self.facts),
            way_out_zh=self.out_zh.format(**self.facts),
            field=self.field,
            source=self.source,
        )


def refusal_of(code: str, facts: Mapping[str, str]) -> Refusal:
    """The refusal that a case told by its code, with its words; one of a code that is not known here says only "no"."""
    kind = next((each for each in family(Refusal) if each.code == code), Refusal)
    return kind(**facts)


def family(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    """This kind of refusal and all that are derived from it, each before its own, as far as they are imported."""
    yield kind
    for child in kind.__subclasses__():
        yield from family(child)


class NotYou(Refusal):
    """The person has not the right: another role or another person has to act."""

    branch = "not_you"


class NotThere(Refusal):
    """What the step names does not exist."""

    branch = "not_there"


class NotNow(Refusal):
    """The step does not fit the case as it stands."""

    branch = "not_now"


class NotLikeThis(Refusal):
    """What the step says is not acceptable; the same step with other content may be."""

    branch = "not_like_this"


class RoleMayNot(NotYou):
    """Steps belong to roles (domain.md, "People")."""

    code = "role_may_not"
    en = "The role {role} does not take the step {step}; it belongs to: {roles}."
    zh = "角色“{role}”不能执行“{step}”，应由以下角色执行：{roles}。"
    out_en = "Ask a person in one of these roles, or use a key of that role."
    out_zh = "请由相应角色的人员操作。"
    source = "E"


class CaseClosed(NotNow):
    """A closed case takes no further steps."""

    code = "case_closed"
    en = "The case was closed ({outcome}) and takes no further steps."
    zh = "该工单已关闭（{outcome}），不能再操作。"
    out_en = "Its outcome stands. For something new, open a new complaint and name this case in its description."
    out_zh = "结果不变。如有新问题，请新建投诉并在描述中注明本工单号。"
    source = "F"


class StepUnknown(NotThere):
    """No such step exists for this kind of case."""

    code = "step_unknown"
    en = "A {kind} has no step {step}."
    zh = "“{kind}”没有“{step}”这一操作。"
    out_en = "GET the case: it lists its steps and which are open to you."
    out_zh = "请查看该工单的可用操作。"


class LetterUnknown(NotThere):
    """The message to the customer that a person reports on does not exist or is told already."""

    code = "letter_unknown"
    en = "Message {number} to the customer does not wait for a person."
    zh = "第 {number} 条客户通知无需人工告知。"
    out_en = "The case's tasks name the numbers of the messages that a person has to tell."
    out_zh = "请查看任务中的通知编号。"


class MessageNotSent(NotNow):
    """What is being sent, or was never sent, is not sent again."""

    code = "message_not_sent"
    en = "Message {number} was not sent and not told yet, or there is none."
    zh = "第 {number} 条通知不存在，或尚未发送、告知。"
    out_en = "The case's story lists its messages; one that is still under way is tried by itself."
    out_zh = "请查看工单中的通知；正在发送的通知会自动重试。"


class ReceiptLate(NotNow):
    """The customer was told in the meantime, or the message was sent again."""

    code = "receipt_late"
    en = "Message {number} was told or sent again before its receipt came."
    zh = "第 {number} 条通知在收到回执前已告知或重发。"
    out_en = "Nothing is to be done; the receipt stands in the delivery ledger."
    out_zh = "无需处理，回执已记入投递台账。"


class TroubleUnknown(NotThere):
    """There is no such open trouble."""

    code = "trouble_unknown"
    en = "There is no open trouble {number} in this case."
    zh = "没有编号为 {number} 的待处理异常。"
    out_en = "The case's tasks name the troubles that wait for a person."
    out_zh = "请查看任务中的异常编号。"
