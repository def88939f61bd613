"""Money that leaves the desk: one row per slip, for good, its receipts, and the counter that numbers slips."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
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
    UniqueConstraint("shop", "slip_year", "slip_number", name="ledger_slip_once"),
    CheckConstraint("purpose IN ('refund', 'compensation', 'freight')", name="known_purpose"),
    CheckConstraint("state IN ('reserved', 'paid', 'released')", name="known_state"),
    CheckConstraint("amount_minor > 0", name="amount_is_positive"),
    CheckConstraint("(state = 'reserved') = (settled_at IS NULL)", name="settled_when_not_reserved"),
    CheckConstraint("(state = 'paid') = (reference IS NOT NULL AND paid_by IS NOT NULL)", name="paid_has_reference"),
    CheckConstraint("purpose = 'freight' OR (order_index IS NOT NULL AND line IS NOT NULL)", name="line_is_named"),
    Index("ledger_by_case", "shop", "case"),
)
Index(
    "ledger_by_line",
    ledger.c.shop,
    ledger.c.order_index,
    ledger.c.line,
    postgresql_where=text("state <> 'released' AND purpose <> 'freight'"),
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
