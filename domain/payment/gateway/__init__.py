"""A slip's way through a payment gateway: sent once, asked after, never sent again blind (domain.md, "Money" [T])."""
