"""Slips that are paid in parts."""

from alembic import op

revision = "0101"
down_revision = "0100"
branch_labels = None
depends_on = None

_STATEMENTS = (
    """
    CREATE TABLE slip_parts (
        refund_key TEXT NOT NULL,
        part INTEGER NOT NULL,
        amount_minor BIGINT NOT NULL,
        reference TEXT NOT NULL,
        paid_by TEXT NOT NULL,
        paid_at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT slip_parts_pk PRIMARY KEY (refund_key, part),
        CONSTRAINT slip_parts_amount_is_positive CHECK (amount_minor > 0),
        CONSTRAINT slip_parts_reference_once UNIQUE (refund_key, reference),
        CONSTRAINT slip_parts_refund_key_fk FOREIGN KEY(refund_key) REFERENCES ledger (refund_key)
    )
    """,
    "CREATE INDEX slip_parts_by_time ON slip_parts (paid_at)",
)


def upgrade() -> None:
    """Make the table; every slip was paid at once so far."""
    for statement in _STATEMENTS:
        op.execute(statement)
