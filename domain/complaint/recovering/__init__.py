"""What the responsible parties owe the shop for a case (domain.md, "Keeping score", month end [S])."""
