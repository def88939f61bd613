"""``python -m tests.faults.payments --slips 10000 --seed N --clients 24 --home DIR``: the long form."""

from __future__ import annotations

import argparse
import asyncio
import secrets
import sys
import tempfile
from pathlib import Path

from tests.faults.payments.proof import prove


def main() -> int:
    """Run the proof. Exit code 0: every law held."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.payments", description=__doc__)
    parser.add_argument("--slips", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    parser.add_argument("--clients", type=int, default=24)
    parser.add_argument("--every", type=float, nargs=2, default=(8.0, 20.0), help="seconds between kills")
    parser.add_argument("--home", type=Path, default=None, help="a new folder; a short name, since sockets lie in it")
    parser.add_argument("--minutes", type=float, default=240.0, help="after which no more slips are opened")
    asked = parser.parse_args()
    home = (asked.home or Path(tempfile.mkdtemp(prefix="redress-payments-"))).resolve()
    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o711)  # the database account passes through it
    print(f"seed {asked.seed}, home {home}", flush=True)
    every = (asked.every[0], asked.every[1])
    within = asked.minutes * 60
    found = asyncio.run(prove(home, asked.seed, asked.slips, at_once=asked.clients, every=every, within=within))
    print(found.table(), flush=True)
    return 0 if found.held else 1


if __name__ == "__main__":
    sys.exit(main())
