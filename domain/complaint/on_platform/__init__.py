"""Refund requests and disputes on the platform, with its own clocks (domain.md, "The platform's clocks" [S])."""
