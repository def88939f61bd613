"""Complaints about a replacement: whose it was, that both cases show it, and from when its time counts."""
