"""Writes docs/rule-book.md from the code: `python -m docs.make_rule_book`. A test holds the file to its source."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

from docs.tables import first_sentence, table, words_beneath
from domain import refusals as common
from domain.calendar import Span
from domain.casework import Rulebook, StepRule
from domain.charge import MIDDLE
from domain.clock import ClockRule, Escalation
from domain.complaint.book import BOOK as COMPLAINT
from domain.complaint.own_clocks import EVERYWHERE, own_clocks
from domain.complaint.parties import Party
from domain.complaint.problems import PROBLEMS, PhotoRule, Problem, StopWish
from domain.dock.book import BOOK as PARCEL
from domain.goods_return.book import BOOK as RETURN
from domain.letters import PHRASES
from domain.payment.book import BOOK as PAYMENT
from domain.policy import ClockRules, Language, PriorityRules, ShopPolicy, Sourced
from domain.quiet import QuietHours
from domain.record_sentences import SENTENCES
from domain.refusals import NotLikeThis, NotNow, NotThere, NotYou, Refusal, family
from domain.steps import slug
from policies.loader import PolicySource, default_policy_text, read_policy

PAGE = Path(__file__).with_name("rule-book.md")

BOOKS: tuple[Rulebook[Any], ...] = (COMPLAINT, RETURN, PAYMENT, PARCEL)
STATUS = {NotYou: 403, NotThere: 404, NotNow: 409, NotLikeThis: 422}
HOMES = {
    "domain.complaint.": "complaint",
    "domain.goods_return.": "return",
    "domain.payment.": "payment",
    "domain.dock.": "parcel",
}
"""Which kind of case a refusal belongs to, by where its module lies; a chapter's belong to the complaint."""

HEAD = """\
# The rule book

The rules that this version carries out, written from the code by `python -m docs.make_rule_book`; do not edit by hand.
`tests/docs` fails when this page and the code differ.

## Where rules come from

Each rule names its book by a letter. Numbers are defaults that a shop changes in its policy (`policies/default.toml`).

| tag | book |
|---|---|
| D | food-delivery merchant service |
| T | Tmall store daily rules |
| E | e-commerce service-centre plan |
| S | courier and shoe-store service rules |
| F | food-ingredient distribution after-sales |
| O | our own rule, in no book; chosen for the users' sake |
"""


def rule_book() -> str:
    """The whole page."""
    source = read_policy(default_policy_text())
    parts = [
        HEAD,
        _problems(source.policy),
        *(_steps(book) for book in BOOKS),
        _clocks(source.policy),
        _priority(source.policy),
        _numbers(source.policy),
    ]
    parts += [_calendar(source), *_refusals(), _letters(source.policy), _record()]
    return "\n".join(parts)


_PHOTO = {
    PhotoRule.ALWAYS: "photo",
    PhotoRule.UNLESS_OUR_FAULT: "photo, when every check found our side correct",
    PhotoRule.IF_SIGNED_FOR: "photo when the parcel was taken in; else the courier's note",
    PhotoRule.NEVER: "none",
}


_STOPS = {
    StopWish.CANCEL: "the label desk's word: held back, or gone (then a recall, or a return)",
    StopWish.CHANGE: "the label desk's word: held back and changed, or gone",
}


def _problems(policy: ShopPolicy) -> str:
    heads = (
        "problem",
        "class",
        "kinds",
        "looked up before judging",
        "evidence",
        "first",
        "remedies",
        "clocks",
        "source",
    )
    rows = table(heads, (_problem(problem, policy) for problem in PROBLEMS))
    parties = ", ".join(f"`{party}`" for party in Party)
    return f"""\
## Problems

What each problem asks of the desk. Evidence is asked for where the policy's `evidence_required` names the problem;
kinds in `photo_exempt_kinds` are excused, the inspection decides then. A promise made outside the software stands in
for evidence, up to what was promised. Remedies are those that fit while no goods have come back.

Parties: each problem is judged by what was found, not by its name, so any of {parties} may answer for it,
alone or by shares. Clocks: those that the problem's own way starts, returns and slips included; in every complaint may
besides run {", ".join(f"`{name}`" for name in sorted(EVERYWHERE))}.

{rows}"""


def _problem(problem: Problem, policy: ShopPolicy) -> tuple[str, ...]:
    row = PROBLEMS[problem]
    asked = _PHOTO[row.photo] if problem in policy.evidence_required.value else "none"
    checks = ", ".join(row.checks) + (" (attached)" if row.conversation_attached else "")
    offered = ", ".join(row.remedies)
    first = {
        "an explanation in vain": row.explain_first,
        "the courier's trace": row.traced,
        _STOPS[row.stop] if row.stop else "": row.stop is not None,
        f"the answer of the unit {row.asks_unit}": row.asks_unit is not None,
    }
    owed = ", ".join(words for words, holds in first.items() if holds) or "—"
    told = (f"`{problem}`", row.group, ", ".join(row.kinds) or "—", checks or "—", asked, owed, offered)
    return (*told, ", ".join(sorted(own_clocks(problem))), row.source)


def length(time: timedelta) -> str:
    """A duration as the policy writes it: `72 h`, `10 d`, `30 min`, `20 s`."""
    minutes, seconds = divmod(int(time.total_seconds()), 60)
    if seconds:
        return f"{int(time.total_seconds())} s"
    if minutes % 1440 == 0 and minutes >= 10 * 1440:
        return f"{minutes // 1440} d"
    return f"{minutes // 60} h" if minutes % 60 == 0 else f"{minutes} min"


def _steps(book: Rulebook[Any]) -> str:
    people = [rule for rule in book.rules.values() if not rule.step.by_machine]
    machines = [rule for rule in book.rules.values() if rule.step.by_machine]
    rows = table(("step", "what it is", "rule", "taken by", "source"), (_step(rule) for rule in people))
    news = ", ".join(f"`{rule.step.slug()}` ({first_sentence(rule.step.__doc__).rstrip('.')})" for rule in machines)
    return f"## Steps of a {book.kind.value}\n\n{rows}\nNews that no person sends: {news}.\n"


def _step(rule: StepRule[Any]) -> tuple[str, ...]:
    step = rule.step
    roles = ", ".join(role.value for role in step.roles)
    return (f"`{step.slug()}`", step.summary, first_sentence(step.__doc__), roles, step.source)


def _clocks(policy: ShopPolicy) -> str:
    said = words_beneath(ClockRules)
    rules = {name: getattr(policy.clocks, name) for name in ClockRules.__dataclass_fields__}
    heads = ("clock", "promise", *_CELLS)
    rows = table(heads, ((f"`{name}`", said.get(name, ""), *_cells(rule)) for name, rule in rules.items()))
    first = table(
        ("channels", "shift at the receipt", *_CELLS),
        ((", ".join(row.channels), row.shift or "any, or none", *_cells(row.clock)) for row in policy.first_reply),
    )
    return f"""\
## Clocks

A clock runs while the case's situation asks for it and ends with the event that changes the situation. Reminders go to
whoever is waited for; warnings go ahead of the breach; a breach is recorded with its due instant and goes up the line:
so long after it, counted as the clock counts, each desk hears of it [D][S]. A clock stands still while the case waits
for somebody whom its row names, and for nothing else; its ledger adds up by hand. Late or on time is decided by
comparing instants. `wall` counts all hours, `business` those in which the desk is open, or the team that the row names.

{rows}
The first reply (`first_reply`): the first word of a person to a customer who wrote on a chat. Of the rows that fit the
channel and the shift that worked at the receipt the first one counts; without a row there is no clock.

{first}"""


_CELLS = ("within", "hours", "reminders", "warned at", "desk", "breach goes to", "stands still for", "source")


def _cells(rule: ClockRule) -> tuple[str, ...]:
    hours = rule.hours.value if rule.calendar is None else f"{rule.hours.value} of {rule.calendar}"
    warned = ", ".join(f"{share:.0%}" for share in rule.warn_at) or "—"
    reminders = ", ".join(length(reminder) for reminder in rule.reminders) or "—"
    line = ", ".join(_level(level) for level in rule.escalation)
    pauses = ", ".join(rule.pauses) or "—"
    return (length(rule.after), hours, reminders, warned, rule.desk.value, line, pauses, rule.source)


def _level(level: Escalation) -> str:
    return f"{level.to.value} after {length(level.after)} more" if level.after else level.to.value


def _priority(policy: ShopPolicy) -> str:
    said = words_beneath(PriorityRules)
    return f"""\
## Priority

The four questions [F]: the customer's actual loss, one customer or many, urgency, whether it is mended simply. Health
or food safety at risk is level 1, before any sum, and nobody puts it behind. Else the points of what was answered are
added up; a case about which nobody said anything is of level {MIDDLE}. A person may set another level with the reason.

{table(("row", "default", "meaning", "source"), _sourced(policy.priority, said))}"""


def _numbers(policy: ShopPolicy) -> str:
    rows = _sourced(policy, words_beneath(ShopPolicy))
    return f"## Other numbers of the policy\n\n{table(('cell', 'default', 'meaning', 'source'), rows)}"


def _sourced(rules: ShopPolicy | PriorityRules, said: dict[str, str]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for name in rules.__dataclass_fields__:
        cell = getattr(rules, name)
        if isinstance(cell, Sourced):
            value: Any = cast("Sourced[Any]", cell).value
            parts = cast("tuple[object, ...]", value if isinstance(value, tuple) else (value,))
            shown = ", ".join(length(part) if isinstance(part, timedelta) else str(part) for part in parts)
            meaning = said.get(name, "The problems whose remedy waits for a photo.")
            rows.append((f"`{name}`", shown, meaning, cell.source))
    return rows


def _calendar(source: PolicySource) -> str:
    plan = source.calendar
    hours = [("the shop", plan.shifts), *((name, team.shifts) for name, team in plan.teams.items())]
    rows = table(
        ("whose", "shift", "days", "hours", "source"),
        (
            (whose, name, ", ".join(day.value for day in shift.days), ", ".join(map(_span, shift.spans)), shift.source)
            for whose, shifts in hours
            for name, shift in shifts.items()
        ),
    )
    return f"""\
## The desk's hours

Zone {plan.zone}; public holidays and made-up working days of {plan.public_holidays}. The desk is open while any shift
works. A team may have shifts, zone and holidays of its own, in which a clock may count. Calendars are made explicit
when a case opens and travel in its history, so no later change of zones or holidays moves a deadline.

{rows}"""


def _span(span: Span) -> str:
    return f"{span.opens // 60:02d}:{span.opens % 60:02d}-{span.closes // 60:02d}:{span.closes % 60:02d}"


def _refusals() -> Iterator[str]:
    yield """\
## Refusals

A refusal changes nothing. Each has a code, a sentence in English and Chinese, the way out, and the rule it comes from.
`{…}` is filled in. What the API refuses before a case is asked is in the [API guide](api-guide.md#errors).
"""
    known = sorted(_coded(Refusal), key=lambda refusal: refusal.code)
    for branch, status in STATUS.items():
        mine = [refusal for refusal in known if issubclass(refusal, branch)]
        heads = ("code", "of a", "sentence", "sentence (zh)", "way out", "source")
        title = f"{branch.branch}: {first_sentence(branch.__doc__)} (HTTP {status})"
        yield f"### {title}\n\n{table(heads, (_refusal(refusal) for refusal in mine))}"


def _coded(root: type[Refusal]) -> Iterator[type[Refusal]]:
    """Every refusal of the rules with a code of its own."""
    rules = common.__name__.partition(".")[0] + "."
    return (
        each for each in family(root) if each.__module__.startswith(rules) and "code" in vars(each) and each is not root
    )


def _refusal(refusal: type[Refusal]) -> tuple[str, ...]:
    of = next((kind for home, kind in HOMES.items() if refusal.__module__.startswith(home)), "any case")
    said = (refusal.en, refusal.zh, refusal.out_en.replace("{{", "{").replace("}}", "}"))
    return (f"`{refusal.code}`", of, *said, refusal.source)


def _letters(policy: ShopPolicy) -> str:
    quiet = _quiet(policy.quiet) if policy.quiet is not None else "No hours are quiet."
    english, chinese = PHRASES[Language.ENGLISH].texts, PHRASES[Language.CHINESE].texts
    rows = table(
        ("message", "subject", "subject (zh)"),
        ((f"`{kind}`", text.subject, chinese[kind].subject) for kind, text in english.items()),
    )
    return f"""\
## Messages to the customer

Sent by the first of the policy's ways (`ways_to_customer`) that is there: e-mail where a mail server is configured and
the customer gave an address, the shop's own gateway where it has one and the customer gave a phone; otherwise each
becomes a task `report_telling` for a person. The shop's policy chooses the language. {quiet}

{rows}"""


def _quiet(quiet: QuietHours) -> str:
    ways, exempt = ", ".join(quiet.ways), ", ".join(f"`{kind}`" for kind in quiet.exempt)
    return f"""\
From {quiet.begins} to
{quiet.ends} on the shop's clock these ways are quiet: {ways} [{quiet.source}]. What would go by the gateway then waits
for the morning; a person's task says until when nobody is called. Exempt: {exempt}."""


def _record() -> str:
    rows = table(
        ("event", "told as", "told as (zh)", "source"),
        ((f"`{slug(event)}`", line.en, line.zh, line.source) for event, line in SENTENCES.items()),
    )
    return f"""\
## What a timeline says

Who, in which role, and when stand beside each sentence. Sealed words are never opened here.

{rows}"""


def main() -> None:
    """Write the page."""
    PAGE.write_text(rule_book(), encoding="utf-8")
    sys.stdout.write(f"wrote {PAGE}\n")


if __name__ == "__main__":
    main()
