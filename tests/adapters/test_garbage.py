"""Objects of the start are spared by the collector; later ones are not."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import gc
from adapters.garbage import YOUNG, spare_what_stands

class Ring:
    def __init__(self):
        self.me = self

standing = [Ring() for _ in range(1000)]
before = len(gc.get_objects())
spare_what_stands()
assert len(gc.get_objects()) < 100, "the collector still looks at what stands"
assert gc.get_freeze_count() >= before - 100, "what stands was dropped"
assert gc.get_threshold()[0] == YOUNG
for _ in range(50):
    Ring()
assert gc.collect() >= 50, "rings made later are not collected"
"""

FORGETTING = """
import gc
from collections import deque
from adapters.garbage import spare_what_stands

class Ring:
    def __init__(self):
        self.me = self

spare_what_stands()
remembered, most = deque(maxlen=100), 0
for _ in range(1_500):
    remembered.append([Ring() for _ in range(400)])
    most = max(most, len(gc.get_objects()))
print(most)
"""
"""Remembers a hundred cases of 400 rings and meets fifteen times as many."""


def test_what_stands_is_spared_and_what_comes_later_is_collected() -> None:
    ended = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr


def test_what_was_remembered_for_long_and_is_forgotten_does_not_lie_about() -> None:
    ended = subprocess.run([sys.executable, "-c", FORGETTING], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert 40_000 <= int(ended.stdout) < 160_000
