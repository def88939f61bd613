"""What a process sets up at its start stays until its end, so the garbage collector need not look at it again.

A whole collection walks every object of the process: with the web framework's and the SDK's some 250,000, which takes a
sixth of a second and comes in the middle of somebody's request.
"""

from __future__ import annotations

import gc

YOUNG = 10_000
"""New objects between two looks at the young ones (Python's default is 700): about a step's, or an answer's."""
LOOKS = (1, 1)
"""So many looks at the young ones come before one at the middle ones, so many of these before one at all.

What a worker forgets is rings of some four hundred objects a case that it remembered for long, and only a look at all
finds them. With Python's ten and ten a million of them lie about, half of the worker's memory, and that look halts it
for a second.
"""


def spare_what_stands() -> None:
    """Collect once, then leave what is there alone for ever. For a process's main program, once all is set up."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, *LOOKS)
