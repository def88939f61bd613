"""Carrying out what was agreed, part by part, each followed to its end (domain.md, spine 7)."""
