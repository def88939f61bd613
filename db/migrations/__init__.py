"""Migrations of the schema, in order; each runs once in the life of a database."""

NEWEST = "0140"
"""The revision this version of the software needs; written here so that a start need not read all migrations."""
