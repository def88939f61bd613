"""Messages to the customer: both languages, everything filled in, nothing that blames."""

import ast
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain.complaint.problems import RemedyKind
from domain.goods_return.book import FREIGHT_RULES
from domain.letters import PHRASES, LetterText, compose
from domain.policy import Language

DUE = datetime(2026, 3, 6, 2, 5, tzinfo=UTC).isoformat()
SHANGHAI = 8 * 3600
DOMAIN = Path(__file__).parents[2] / "domain"

SAYS: dict[str, dict[str, str]] = {
    "acknowledged": {"missing": "order, photos", "due": DUE, "feedback_due": DUE},
    "reminder_evidence": {"due": DUE},
    "reminder_facts": {"due": DUE},
    "reminder_proposal": {"due": DUE},
    "explanation": {"words": "it is meant to be so"},
    "second_parcel": {},
    "feedback": {
        "process": "we look into it",
        "expected_by": "within a day",
        "next_step": "we write to you",
        "words": "thank you",
    },
    "stopping": {"wish": "cancel", "due": DUE},
    "order_held": {"wish": "cancel", "due": DUE},
    "parcel_gone": {"due": DUE},
    "order_changed": {"tracking": "SF9"},
    "recall_registered": {"carrier": "SF Express", "tracking": "SF9", "due": DUE},
    "original_received": {"due": DUE},
    "recall_failed": {"due": DUE},
    "trace_asked": {"tracking": "SF1", "due": DUE},
    "trace_result": {"parcel": "moving", "due": DUE},
    "answer_delayed": {"due": DUE},
    "merged": {"other": "AS-2", "due": DUE},
    "handled_apart": {"other": "AS-2", "due": DUE},
    "no_answer": {"words": "call us", "until": DUE},
    "reopened": {},
    "refused": {"words": "the pattern is meant"},
    "proposal": {
        "number": "1",
        "kind": "return_and_refund",
        "also": "compensation, coupon",
        "amount": "12.50 CNY",
        "compensation": "5.00 CNY",
        "coupon": "10.00 CNY",
        "freight_cap": "30.00 CNY",
        "words": "the handle is cracked",
        "due": DUE,
        "until": DUE,
    },
    "at_once": {"kind": "reshipment", "also": "coupon, apology", "words": "one cup was left out"},
    "apology": {"words": "we are sorry for what our colleague said"},
    "part_sent": {"sent": "reshipment", "carrier": "SF Express", "tracking": "SF9"},
    "coupon": {"amount": "10.00 CNY", "code": "…77AF"},
    "corrected": {"words": "the invoice names the company now"},
    "part_failed": {"kind": "reshipment", "due": DUE},
    "inspection_failed": {"findings": "short: 1 of 2; registered fault not found", "due": DUE},
    "paid": {"amount": "12.50 CNY", "purpose": "refund", "reference": "PAY-1"},
    "money_came_back": {"amount": "12.50 CNY", "purpose": "refund"},
    "taken_up_again": {"due": DUE},
    "closed": {"outcome": "resolved", "words": ""},
    "return_instructions": {
        "addressee": "Returns",
        "phone": "400-000-0000",
        "address": "1 Dock Road",
        "card_reason": "cup: cracked handle",
        "freight_rule": "shop_repays_prepaid_freight_up_to_cap",
        "freight_cap": "30.00 CNY",
        "exchange_for": "the same cup",
        "on_failure": "agent_agrees_on_part_refund_or_sending_back",
        "due": DUE,
    },
    "reminder_tracking": {"due": DUE},
    "received": {"due": DUE},
    "arrival_corrected": {"due": DUE},
    "parcel_turned_away": {
        "tracking": "SF9",
        "addressee": "after-sales",
        "phone": "400-000-0000",
        "address": "1 Harbour Road",
        "freight_rule": "shop_repays_prepaid_freight_up_to_cap",
        "freight_cap": "30.00 CNY",
        "due": DUE,
    },
    "wait_extended": {"awaited": "arrival", "due": DUE},
    "goods_sent_back": {"carrier": "SF Express", "tracking": "SF9"},
    "repair_estimate": {"days": "5", "amount": "12.00 CNY", "words": "a new handle"},
    "return_lines_added": {"goods": "1 x saucer", "due": DUE},
    "promise_broken": {"words": "I call you back", "due": DUE},
    "promise_renewed": {"promised": "I call you back", "words": "the workshop is closed today", "until": DUE},
    "timetable": {"timetable": f"{DUE} the workshop looks at it\n{DUE} you hear from us"},
    "progress": {"stands": "to_judge", "tracking": "SF9", "parcel": "moving", "due": DUE, "until": DUE},
    "parcel_news": {"tracking": "SF9", "carrier": "SF Express", "parcel": "not_moving", "until": DUE},
}
BLAME = re.compile(r"your (own )?(fault|mistake)|you (failed|must)|您的(错|过失)|必须|怪您", re.IGNORECASE)


def write(kind: str, language: Language = Language.ENGLISH, /, **changes: str) -> LetterText:
    says = SAYS[kind] | changes
    return compose(kind, says, language, case="AS-1", name="Ms Li", link="https://x/l", utc_offset=SHANGHAI)


def drafted_kinds() -> set[str]:
    """Every kind that a rulebook can queue, read from the code: first member of each draft, and the reminders."""
    found: set[str] = set()
    for file in (*DOMAIN.glob("complaint/**/letters.py"), *DOMAIN.glob("goods_return/*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Tuple) and len(node.elts) == 2:  # ("kind", says)
                first, second = node.elts
                if isinstance(first, ast.Constant) and isinstance(second, ast.Dict | ast.Name | ast.Call):
                    found.add(str(first.value))
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "REMINDERS":
                assert isinstance(node.value, ast.Dict)
                found |= {str(value.value) for value in node.value.values if isinstance(value, ast.Constant)}
    return found


def test_every_message_that_a_rulebook_can_queue_has_its_texts_and_its_facts_here():
    assert drafted_kinds() == set(SAYS)
    assert set(PHRASES[Language.ENGLISH].texts) == set(PHRASES[Language.CHINESE].texts) == set(SAYS)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("kind", sorted(SAYS))
def test_every_text_is_filled_in_names_the_case_and_blames_nobody(kind: str, language: Language):
    text = write(kind, language)
    assert "{" not in text.subject + text.body
    assert "\n" not in text.subject
    assert "AS-1" in text.subject
    assert "https://x/l" in text.body
    assert "Ms Li" in text.body
    assert "Ms Li" not in text.subject
    assert not BLAME.search(text.body)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("kind", sorted(SAYS))
def test_a_text_uses_every_plain_fact_that_it_is_given(kind: str, language: Language):
    whole = write(kind, language).body
    unused = {"words"} if kind == "closed" else set[str]()
    for fact in SAYS[kind].keys() - unused:
        if fact == "missing":
            continue
        if fact == "wish":
            assert write(kind, language, wish="change").body != whole
            continue
        if fact == "awaited":
            assert write(kind, language, awaited="return_tracking").body != whole
            continue
        later = "2027-01-01T00:00:00+00:00"
        other = {"due": later, "feedback_due": later, "sent": "repair"}.get(fact, "")
        assert write(kind, language, **{fact: other}).body != whole, fact


def test_the_reason_of_a_closing_is_the_desks_own_and_never_reaches_the_customer():
    assert "difficult" not in write("closed", words="difficult customer").body


def test_deadlines_are_shown_in_the_shops_local_time():
    assert "6 March 2026, 10:05" in write("reminder_evidence").body
    assert "2026年3月6日 10:05" in write("reminder_evidence", Language.CHINESE).body


def test_without_an_offset_a_deadline_is_marked_as_utc():
    text = compose("received", {"due": DUE}, Language.ENGLISH, case="AS-1", name="", link="l")
    assert "6 March 2026, 02:05 (UTC)" in text.body
    assert text.body.startswith("Dear customer,")


def test_the_first_message_promises_the_call_back_and_names_what_is_missing_in_plain_words():
    english, chinese = write("acknowledged").body, write("acknowledged", Language.CHINESE).body
    assert "a colleague calls you" in english
    assert "the order number, photos of the fault" in english
    assert "回访电话" in chinese
    assert "订单号、问题照片" in chinese
    assert "still need" not in write("acknowledged", missing="").body


def test_return_instructions_tell_address_card_condition_and_prepaid_freight():
    body = write("return_instructions").body
    for told in ("1 Dock Road", "card", "cup: cracked handle", "intact", "fit to sell again", "prepay", "30.00 CNY"):
        assert told in body
    assert "30.00 元" in write("return_instructions", Language.CHINESE).body


def test_findings_keep_their_numbers():
    assert "fewer pieces than announced (1 of 2)" in write("inspection_failed").body


@pytest.mark.parametrize("language", list(Language))
def test_every_code_of_a_remedy_an_outcome_and_a_freight_rule_has_a_word(language: Language):
    for kind in RemedyKind:
        assert f": {kind.value}." not in write("proposal", language, kind=kind.value).body
    for outcome in ("resolved", "refused", "withdrawn", "closed_by_supervisor"):
        assert f"\n\n{outcome}\n\n" not in write("closed", language, outcome=outcome).body
    for rule in FREIGHT_RULES.values():
        assert rule not in write("return_instructions", language, freight_rule=rule).body


def test_braces_in_what_somebody_wrote_stay_what_they_are():
    assert "{case} {0}" in write("feedback", words="{case} {0}").body


def test_an_unknown_message_and_a_code_without_a_word_are_bugs():
    with pytest.raises(KeyError):
        compose("praise", {}, Language.ENGLISH, case="AS-1", name="", link="l")
    with pytest.raises(KeyError):
        write("paid", purpose="tip")
    with pytest.raises(KeyError):
        compose("paid", {}, Language.ENGLISH, case="AS-1", name="", link="l")
