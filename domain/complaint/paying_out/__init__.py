"""By which means a complaint pays: as the order was paid, or another way by proof (domain.md, "Money" [T])."""
