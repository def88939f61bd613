"""Freight that was promised without a photo, for a fault that the warehouse did not find (domain.md [S])."""
