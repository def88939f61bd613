"""The books compared: slips, ledger, register and the bank's statement; every difference has a name (domain.md [T])."""
