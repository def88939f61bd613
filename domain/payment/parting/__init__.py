"""A slip that finance pays in parts: each with a reference of its own, together never more than the slip [T]."""
