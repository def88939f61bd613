"""The one-machine system: an embedded PostgreSQL, the official Temporal server, the worker and the API, supervised."""
