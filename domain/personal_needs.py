"""Which personal words each role's work needs [E]: what it may open, and so what it may search."""

from domain.people import Role

ALL: frozenset[str] | None = None
NEEDS: dict[Role, frozenset[str] | None] = {
    Role.CUSTOMER: ALL,
    Role.AGENT: ALL,
    Role.SUPERVISOR: ALL,
    Role.CALL_BACK: ALL,
    Role.WAREHOUSE: frozenset({"name", "phone", "customer"}),
    Role.LABEL_DESK: frozenset({"order", "name", "phone", "address", "new_address"}),
    Role.FINANCE: frozenset({"name", "account"}),
}
"""Fields of a case's sealed words; `ALL`: each of them. Roles not named need none."""

SCOPE_OF_ALL = "all"
_NARROW: frozenset[str] = frozenset[str]().union(*(fields for fields in NEEDS.values() if fields is not None))


def scopes_of_role(role: Role) -> tuple[str, ...]:
    """The scopes in which this role finds sealed words; none for a role that opens none."""
    if role not in NEEDS:
        return ()
    fields = NEEDS[role]
    return (SCOPE_OF_ALL,) if fields is None else tuple(sorted(fields))


def scopes_of_field(field: str) -> tuple[str, ...]:
    """The scopes in which a field's words are found: everybody's who opens all, and its own where some open only it."""
    return (SCOPE_OF_ALL, field) if field in _NARROW else (SCOPE_OF_ALL,)
