"""Slips for money in and out; who asked for them on which day; coupons and the platform's payments beside them."""

from alembic import op

revision = "0090"
down_revision = "0080"
branch_labels = None
depends_on = None

_UNDER_THE_LINE = "('refund', 'compensation', 'price_difference')"
_STATEMENTS = (
    "ALTER TABLE ledger ADD COLUMN asked_by TEXT NOT NULL DEFAULT '', ADD COLUMN asked_on DATE",
    "ALTER TABLE ledger DROP CONSTRAINT ledger_known_purpose, DROP CONSTRAINT ledger_line_is_named",
    f"""
    ALTER TABLE ledger ADD CONSTRAINT ledger_known_purpose CHECK (purpose IN ('refund', 'compensation', 'freight',
        'price_difference', 'surcharge', 'repayment')),
    ADD CONSTRAINT ledger_line_is_named CHECK (
        purpose NOT IN {_UNDER_THE_LINE} OR (order_index IS NOT NULL AND line IS NOT NULL))
    """,
    "DROP INDEX ledger_by_line",
    f"""
    CREATE INDEX ledger_by_line ON ledger (shop, order_index, line)
    WHERE state <> 'released' AND purpose IN {_UNDER_THE_LINE}
    """,
    "CREATE INDEX ledger_by_asker ON ledger (shop, asked_by, asked_on)",
    "CREATE INDEX ledger_by_settling ON ledger (shop, settled_at) WHERE state = 'paid'",
    """
    CREATE TABLE line_costs (
        shop TEXT NOT NULL,
        key TEXT NOT NULL,
        "case" TEXT NOT NULL,
        order_index TEXT NOT NULL,
        line INTEGER NOT NULL,
        kind TEXT NOT NULL,
        amount_minor BIGINT NOT NULL,
        currency TEXT NOT NULL,
        state TEXT NOT NULL,
        held_at TIMESTAMP WITH TIME ZONE NOT NULL,
        settled_at TIMESTAMP WITH TIME ZONE,
        CONSTRAINT line_costs_pk PRIMARY KEY (shop, key),
        CONSTRAINT line_costs_known_kind CHECK (kind IN ('coupon', 'platform')),
        CONSTRAINT line_costs_known_state CHECK (state IN ('held', 'spent', 'released')),
        CONSTRAINT line_costs_amount_is_positive CHECK (amount_minor > 0),
        CONSTRAINT line_costs_settled_when_not_held CHECK ((state = 'held') = (settled_at IS NULL)),
        CONSTRAINT line_costs_platform_has_paid CHECK (kind <> 'platform' OR state = 'spent')
    )
    """,
    "CREATE INDEX cases_by_approval ON cases USING gin (((view -> 'story') -> 'approvals') jsonb_path_ops)"
    " WHERE kind = 'payment'",
    'CREATE INDEX line_costs_by_case ON line_costs (shop, "case")',
    "CREATE INDEX line_costs_by_line ON line_costs (shop, order_index, line) WHERE state <> 'released'",
    "CREATE INDEX line_costs_by_settling ON line_costs (shop, settled_at) WHERE state = 'spent'",
)


def upgrade() -> None:
    """Widen the ledger; slips from before name no asker, and count on no day."""
    for statement in _STATEMENTS:
        op.execute(statement)
