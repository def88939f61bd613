"""A shop writes its messages in its own words; what a message lacks is found when the policy is read."""

from __future__ import annotations

import pytest

from domain.letters import compose
from domain.policy import Language
from policies.loader import default_policy_text, read_policy
from policies.refused import PolicyRefused

EXPLANATION = """
[letters.zh.explanation]
subject = "关于 {case}：进展"
parts = [{ words = "您好，{words}" }, { words = "详情：{link}" }]
"""


def faults(text: str) -> list[str]:
    with pytest.raises(PolicyRefused) as no:
        read_policy(default_policy_text() + text)
    return [f"{fault.cell}: {fault.wrong}" for fault in no.value.faults]


def test_a_shops_own_text_is_written_in_place_of_the_desks():
    policy = read_policy(default_policy_text() + EXPLANATION).policy
    own = policy.own_text("explanation")
    said = {"words": "正在查询"}
    text = compose("explanation", said, Language.CHINESE, case="AS-1", name="", link="https://x", own=own)
    assert text.subject == "关于 AS-1：进展"
    assert "您好，正在查询" in text.body
    assert "https://x" in text.body
    assert policy.own_text("refused") is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('{words}"', '{wrods}"', "{wrods} is no fact of this message"),
        ("您好，{words}", "您好", "{words} is missing"),
        ("关于 {case}：进展", "进展", "not one line with the case in it"),
        ("{link}", "{link!r}", "is no plain name in braces"),
        ("{link}", "{0}", "is no plain name in braces"),
        ("{link}", "{link", "'}' before end of string"),
        ("zh.explanation", "zh.explanatoin", "no such message"),
        ('words = "详情：{link}"', 'words = "详情：{link}", only_with = "moon"', "'moon' is no fact"),
        ("详情", "详" * 9000, "empty or too long"),
    ],
)
def test_what_a_text_lacks_is_named_with_its_cell_when_the_policy_is_read(old: str, new: str, said: str):
    assert old in EXPLANATION
    found = faults(EXPLANATION.replace(old, new))
    assert any(fault.startswith("letters.zh.") and said in fault for fault in found), found


def test_a_language_that_the_desk_does_not_write_is_refused():
    assert any("letters" in fault for fault in faults(EXPLANATION.replace("letters.zh", "letters.xx")))
