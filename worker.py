"""Bootstrap of the worker."""
