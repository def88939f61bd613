"""Sums beside the remedy: what comes in, price differences, what the platform paid (domain.md, "Money" [T])."""
