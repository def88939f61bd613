"""Money of the desk: a row per slip, for good, its receipts, the counter of slips, and costs beside them."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from db.tables.ground import instant, metadata, minor_units

ledger = Table(
    "ledger",
    metadata,
    Column("refund_key", Text, primary_key=True),
    Column("shop", Text, nullable=False),
    Column("case", Text, nullable=False),
    Column("return_case", Text, nullable=False, server_default=text("''")),
    Column("order_index", Text, nullable=True),
    Column("line", Integer, nullable=True),
    Column("purpose", Text, nullable=False),
    minor_units("amount_minor"),
    Column("currency", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("slip_year", Integer, nullable=False),
    Column("slip_number", BigInteger, nullable=False),
    instant("requested_at"),
    instant("settled_at", nullable=True),
    Column("reference", Text, nullable=True),
    Column("paid_by", Text, nullable=True),
    Column("asked_by", Text, nullable=False, server_default=text("''")),
    Column("asked_on", Date, nullable=True),
    instant("reversed_at", nullable=True),
    Column("reversed_by", Text, nullable=True),
    UniqueConstraint("shop", "slip_year", "slip_number", name="ledger_slip_once"),
    CheckConstraint(
        "purpose IN ('refund', 'compensation', 'freight', 'price_difference', 'surcharge', 'repayment')",
        name="known_purpose",
    ),
    CheckConstraint("state IN ('reserved', 'paid', 'released', 'reversed')", name="known_state"),
    CheckConstraint("amount_minor > 0", name="amount_is_positive"),
    CheckConstraint("(state = 'reserved') = (settled_at IS NULL)", name="settled_when_not_reserved"),
    CheckConstraint(
        "(state IN ('paid', 'reversed')) = (reference IS NOT NULL AND paid_by IS NOT NULL)", name="paid_has_reference"
    ),
    CheckConstraint(
        "(state = 'reversed') = (reversed_at IS NOT NULL AND reversed_by IS NOT NULL)", name="reversed_has_reference"
    ),
    CheckConstraint(
        "purpose NOT IN ('refund', 'compensation', 'price_difference')"
        " OR (order_index IS NOT NULL AND line IS NOT NULL)",
        name="line_is_named",
    ),
    Index("ledger_by_case", "shop", "case"),
    Index("ledger_by_asker", "shop", "asked_by", "asked_on"),
    Index("ledger_by_settling", "shop", "settled_at", postgresql_where=text("state IN ('paid', 'reversed')")),
    Index("ledger_by_reversal", "shop", "reversed_at", postgresql_where=text("state = 'reversed'")),
)
Index(
    "ledger_by_line",
    ledger.c.shop,
    ledger.c.order_index,
    ledger.c.line,
    postgresql_where=text("state <> 'released' AND purpose IN ('refund', 'compensation', 'price_difference')"),
)

slip_parts = Table(
    "slip_parts",
    metadata,
    Column("refund_key", Text, ForeignKey(ledger.c.refund_key), primary_key=True),
    Column("part", Integer, primary_key=True),
    minor_units("amount_minor"),
    Column("reference", Text, nullable=False),
    Column("paid_by", Text, nullable=False),
    instant("paid_at"),
    CheckConstraint("amount_minor > 0", name="amount_is_positive"),
    UniqueConstraint("refund_key", "reference", name="slip_parts_reference_once"),
    Index("slip_parts_by_time", "paid_at"),
)
"""Movements of slips that were paid in several; the slip itself holds its whole sum until the last."""

gateway_notices = Table(
    "gateway_notices",
    metadata,
    Column("shop", Text, primary_key=True),
    Column("slip_year", Integer, primary_key=True),
    Column("slip_number", BigInteger, primary_key=True),
    Column("state", Text, primary_key=True),
    Column("reference", Text, primary_key=True),
    Column("amount_minor", BigInteger, primary_key=True),
    Column("currency", Text, nullable=False),
    Column("gateway", Text, nullable=False),
    Column("account", Text, nullable=False, server_default=text("''")),
    Column("reply", Text, nullable=False, server_default=text("''")),
    instant("told_at"),
    instant("received_at", told=False),
    instant("heard_at", nullable=True),
)
"""What a payment gateway told by itself, for good, also of slips that had ended; the same word stands once. heard_at:
when its slip took it, or was found to be over; None when that failed."""

Index(
    "gateway_notices_unheard",
    gateway_notices.c.received_at,
    postgresql_where=gateway_notices.c.heard_at.is_(None),
)

freight_receipts = Table(
    "freight_receipts",
    metadata,
    Column("shop", Text, primary_key=True),
    Column("receipt", Text, primary_key=True),
    Column("refund_key", Text, ForeignKey(ledger.c.refund_key), nullable=False, index=True),
)
"""Which slip a receipt was paid by, or is about to be: a row each, so that no receipt is paid twice."""

slip_counters = Table(
    "slip_counters",
    metadata,
    Column("shop", Text, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("last", BigInteger, nullable=False),
)

line_costs = Table(
    "line_costs",
    metadata,
    Column("shop", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("case", Text, nullable=False),
    Column("order_index", Text, nullable=False),
    Column("line", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    minor_units("amount_minor"),
    Column("currency", Text, nullable=False),
    Column("state", Text, nullable=False),
    instant("held_at"),
    instant("settled_at", nullable=True),
    CheckConstraint("kind IN ('coupon', 'platform')", name="known_kind"),
    CheckConstraint("state IN ('held', 'spent', 'released')", name="known_state"),
    CheckConstraint("amount_minor > 0", name="amount_is_positive"),
    CheckConstraint("(state = 'held') = (settled_at IS NULL)", name="settled_when_not_held"),
    CheckConstraint("kind <> 'platform' OR state = 'spent'", name="platform_has_paid"),
    Index("line_costs_by_case", "shop", "case"),
    Index("line_costs_by_settling", "shop", "settled_at", postgresql_where=text("state = 'spent'")),
)
"""What a line gave back without a slip: coupons, by their key, and what the platform paid, by its reference."""
Index(
    "line_costs_by_line",
    line_costs.c.shop,
    line_costs.c.order_index,
    line_costs.c.line,
    postgresql_where=text("state <> 'released'"),
)

returned_units = Table(
    "returned_units",
    metadata,
    Column("shop", Text, primary_key=True),
    Column("return_case", Text, primary_key=True),
    Column("line", Integer, primary_key=True),
    Column("case", Text, nullable=False),
    Column("order_index", Text, nullable=False),
    Column("quantity", Integer, nullable=False),
    instant("changed_at"),
    CheckConstraint("quantity >= 0", name="units_are_not_negative"),
    Index("returned_units_by_line", "shop", "order_index", "line"),
)
"""How many units of an order line a return has, or will have, taken back; counted under the lock of the line."""
