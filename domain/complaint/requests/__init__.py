"""What other desks are asked about a complaint, and what they answer (domain.md, spine 5)."""
