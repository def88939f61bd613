"""The ten lines with which a receiver checks who writes to it do so."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from adapters.webhooks.signing import new_secret, signed
from settings import CHECKOUT

GUIDE = CHECKOUT / "docs" / "api-guide.md"
BODY = b'{"type":"complaint.opened"}'


def the_example() -> Callable[[str, dict[str, str], bytes], bool]:
    blocks = re.findall(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    (code,) = (block for block in blocks if "def is_ours" in block)
    assert len(code.strip().splitlines()) <= 10
    told: dict[str, Any] = {}
    exec(code, told)  # noqa: S102  our own page
    found: Callable[[str, dict[str, str], bytes], bool] = told["is_ours"]
    return found


def test_the_example_of_the_guide_knows_our_signature_and_no_other() -> None:
    is_ours, secret, old = the_example(), new_secret(), new_secret()
    now = datetime.now(UTC)
    headers = signed([secret, old], "evt_AS-2026-000001_1_opened", now, BODY)
    assert is_ours(secret, headers, BODY)
    assert is_ours(old, headers, BODY)
    assert not is_ours(new_secret(), headers, BODY)
    assert not is_ours(secret, headers, BODY + b" ")
    assert not is_ours(secret, signed([secret], "evt_1", now - timedelta(minutes=6), BODY), BODY)
