"""The told small case, shared with the other tests of the audit."""

from tests.audit.case_client import case_client, namespace, told

__all__ = ["case_client", "namespace", "told"]
