"""Who is told of a shop's cases by webhook, what each is told, and every try at it."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Identity, Index, Integer, Table, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from db.tables.ground import instant, metadata
from db.tables.people import shops

webhooks = Table(
    "webhooks",
    metadata,
    Column("webhook", Text, primary_key=True),
    Column("shop", Text, ForeignKey(shops.c.shop), nullable=False),
    Column("takes", Text, nullable=False),
    Column("url", Text, nullable=False),
    # An empty list means events of every kind.
    Column("events", ARRAY(Text), nullable=False),
    Column("state", Text, nullable=False),
    Column("off_because", Text, nullable=False),
    Column("secret", JSONB, nullable=False),
    Column("old_secret", JSONB, nullable=True),
    instant("old_secret_until", nullable=True),
    instant("created_at", told=False),
    instant("failing_since", nullable=True),
    instant("last_success_at", nullable=True),
    UniqueConstraint("shop", "url"),
)
Index("webhooks_one_gateway", webhooks.c.shop, unique=True, postgresql_where=webhooks.c.takes == "messages")
Index(
    "webhooks_one_payment_gateway",
    webhooks.c.shop,
    unique=True,
    postgresql_where=webhooks.c.takes == "payments",
)

webhook_deliveries = Table(
    "webhook_deliveries",
    metadata,
    Column("delivery", BigInteger, Identity(always=True), primary_key=True),
    # No foreign key: a row of the register must never wait for, or fail on, a webhook that is just being deleted.
    Column("webhook", Text, nullable=False),
    Column("event", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("case", Text, nullable=False),
    Column("said", JSONB, nullable=False),
    instant("happened_at", told=False),
    Column("state", Text, nullable=False),
    instant("due_at", told=False),
    instant("round_began_at", told=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("round_attempts", Integer, nullable=False, server_default="0"),
    Column("last_answer", Text, nullable=False, server_default=""),
    instant("settled_at", nullable=True),
    UniqueConstraint("webhook", "event"),
)
Index(
    "webhook_deliveries_due",
    webhook_deliveries.c.webhook,
    webhook_deliveries.c.due_at,
    webhook_deliveries.c.delivery,
    postgresql_where=webhook_deliveries.c.state == "due",
)
Index(
    "webhook_deliveries_by_state",
    webhook_deliveries.c.webhook,
    webhook_deliveries.c.state,
    webhook_deliveries.c.delivery,
)
Index("webhook_deliveries_by_age", webhook_deliveries.c.happened_at)

webhook_attempts = Table(
    "webhook_attempts",
    metadata,
    Column("delivery", BigInteger, ForeignKey(webhook_deliveries.c.delivery, ondelete="CASCADE"), primary_key=True),
    Column("attempt", Integer, primary_key=True),
    instant("tried_at", told=False),
    Column("taken", Boolean, nullable=False),
    Column("answer", Text, nullable=False),
)

cases_told = Table(
    "cases_told",
    metadata,
    Column("case", Text, primary_key=True),
    Column("version", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("closed", Boolean, nullable=False),
)
"""How each case stood when the register was last emptied, so that a rebuild tells nobody the past again."""
