"""A payment: one slip, from its asking to finance's signature (domain.md, "Money" [T])."""
