"""Payments by the shop's gateway: what it told by itself, money that came back, one such gateway a shop."""

from alembic import op

revision = "0100"
down_revision = "0092"
branch_labels = None
depends_on = None

_STATEMENTS = (
    "ALTER TABLE ledger ADD COLUMN reversed_at TIMESTAMP WITH TIME ZONE",
    "ALTER TABLE ledger ADD COLUMN reversed_by TEXT",
    "ALTER TABLE ledger DROP CONSTRAINT ledger_known_state",
    """
    ALTER TABLE ledger
        ADD CONSTRAINT ledger_known_state CHECK (state IN ('reserved', 'paid', 'released', 'reversed'))
    """,
    "ALTER TABLE ledger DROP CONSTRAINT ledger_paid_has_reference",
    """
    ALTER TABLE ledger ADD CONSTRAINT ledger_paid_has_reference
        CHECK ((state IN ('paid', 'reversed')) = (reference IS NOT NULL AND paid_by IS NOT NULL))
    """,
    """
    ALTER TABLE ledger ADD CONSTRAINT ledger_reversed_has_reference
        CHECK ((state = 'reversed') = (reversed_at IS NOT NULL AND reversed_by IS NOT NULL))
    """,
    "DROP INDEX ledger_by_settling",
    "CREATE INDEX ledger_by_settling ON ledger (shop, settled_at) WHERE state IN ('paid', 'reversed')",
    "CREATE INDEX ledger_by_reversal ON ledger (shop, reversed_at) WHERE state = 'reversed'",
    "CREATE UNIQUE INDEX webhooks_one_payment_gateway ON webhooks (shop) WHERE takes = 'payments'",
    """
    CREATE TABLE gateway_notices (
        shop TEXT NOT NULL,
        slip_year INTEGER NOT NULL,
        slip_number BIGINT NOT NULL,
        state TEXT NOT NULL,
        reference TEXT NOT NULL,
        amount_minor BIGINT NOT NULL,
        currency TEXT NOT NULL,
        gateway TEXT NOT NULL,
        told_at TIMESTAMP WITH TIME ZONE NOT NULL,
        received_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        CONSTRAINT gateway_notices_pk PRIMARY KEY (shop, slip_year, slip_number, state, reference, amount_minor)
    )
    """,
)


def upgrade() -> None:
    """Widen the ledger; nothing was paid by a gateway yet."""
    for statement in _STATEMENTS:
        op.execute(statement)
