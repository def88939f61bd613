"""Webhooks: how a message is signed, where it may go, and how it is posted."""
