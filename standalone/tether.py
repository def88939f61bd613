"""Becomes another program that dies with its parent: ``tether.py SIGNAL PARENT UID GID program arguments…``.

Run with ``python -I -S`` before the real program, because both steps must happen in the new process: dropping root (UID
and GID are ``-`` where nothing is to be dropped), then asking the kernel for SIGNAL when the parent ends. The request
survives the exec, but not a change of user, hence the order. Standard library only.
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1


def main() -> None:
    """Tether this process and replace it by the program. Exits with 1 if the parent is gone already."""
    signal, parent = int(sys.argv[1]), int(sys.argv[2])
    user, group, program = sys.argv[3], sys.argv[4], sys.argv[5:]
    if user != "-":
        os.setgroups([])
        os.setgid(int(group))
        os.setuid(int(user))
    os.umask(0o077)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal, 0, 0, 0)
        if os.getppid() != parent:
            sys.exit(1)  # it ended before the kernel knew of our wish
    os.execvp(program[0], program)  # noqa: S606 - the program is named by our own code, no shell is involved


if __name__ == "__main__":
    main()
