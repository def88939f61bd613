"""A return: goods on their way back, received, inspected (domain.md, "Returns and exchanges" [S])."""
