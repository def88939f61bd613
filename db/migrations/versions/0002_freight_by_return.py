"""Freight counts under its return's cap, and a receipt is paid by one slip only."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_STATEMENTS = (
    "ALTER TABLE ledger ADD COLUMN return_case TEXT NOT NULL DEFAULT ''",
    """
    CREATE TABLE freight_receipts (
        shop TEXT NOT NULL,
        receipt TEXT NOT NULL,
        refund_key TEXT NOT NULL,
        CONSTRAINT freight_receipts_pk PRIMARY KEY (shop, receipt),
        CONSTRAINT freight_receipts_refund_key_fk FOREIGN KEY (refund_key) REFERENCES ledger (refund_key)
    )
    """,
    "CREATE INDEX freight_receipts_by_refund_key ON freight_receipts (refund_key)",
)


def upgrade() -> None:
    """Widen the ledger; slips from before name no return and count under every return of their case."""
    for statement in _STATEMENTS:
        op.execute(statement)
