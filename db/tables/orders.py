"""What a case is checked against: orders and what was paid for each of their lines."""

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKeyConstraint, Index, Integer, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from db.tables.ground import instant, metadata, minor_units

orders = Table(
    "orders",
    metadata,
    Column("shop", Text, primary_key=True),
    Column("order_index", Text, primary_key=True),
    Column("customer", Text, nullable=True),
    Column("facts", JSONB, nullable=False),
    Column("sealed", JSONB, nullable=False),
    Column("version", BigInteger, nullable=False),
    instant("registered_at"),
    instant("changed_at"),
    Index("orders_by_customer", "shop", "customer"),
)

order_lines = Table(
    "order_lines",
    metadata,
    Column("shop", Text, primary_key=True),
    Column("order_index", Text, primary_key=True),
    Column("line", Integer, primary_key=True),
    Column("quantity", Integer, nullable=False),
    minor_units("paid_minor"),
    Column("currency", Text, nullable=False),
    ForeignKeyConstraint(["shop", "order_index"], ["orders.shop", "orders.order_index"]),
    CheckConstraint("quantity > 0", name="has_a_quantity"),
    CheckConstraint("paid_minor >= 0", name="paid_is_not_negative"),
)
