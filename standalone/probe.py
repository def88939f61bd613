"""``python -m standalone.probe PORT PATH``: exit code 0 if this machine answers 200 there; for health checks."""

import asyncio
import sys

from standalone.ports import LOOPBACK
from standalone.web_probe import says_ok

if __name__ == "__main__":
    sys.exit(0 if asyncio.run(says_ok(LOOPBACK, int(sys.argv[1]), sys.argv[2])) else 1)
