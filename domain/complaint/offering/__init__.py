"""Offering a remedy: its parts, what it costs, who approves it before the customer sees it (spine 6)."""
