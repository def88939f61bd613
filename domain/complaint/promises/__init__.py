"""What the customer was promised, who had to ask, and that nobody is left without news (domain.md, spine 8)."""
