"""Messages by the shop's gateway: rounds of a message, the way of each attempt, the gateway's receipts."""

from alembic import op

revision = "0072"
down_revision = "0071"
branch_labels = None
depends_on = None

_STATEMENTS = (
    "ALTER TABLE letters ADD COLUMN round INTEGER DEFAULT '1' NOT NULL",
    "ALTER TABLE letter_attempts ADD COLUMN round INTEGER DEFAULT '1' NOT NULL",
    "ALTER TABLE letter_attempts ADD COLUMN channel TEXT DEFAULT 'email' NOT NULL",
    "ALTER TABLE letter_attempts ADD COLUMN asked_by TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE letter_attempts DROP CONSTRAINT letter_attempts_pk",
    """
    ALTER TABLE letter_attempts
        ADD CONSTRAINT letter_attempts_pk PRIMARY KEY (shop, "case", letter, round, channel, attempt)
    """,
    "DROP INDEX letters_not_sent",
    """
    CREATE INDEX letters_not_sent ON letters (changed_at) INCLUDE (state)
        WHERE state <> 'sent' AND state <> 'delivered'
    """,
    """
    CREATE TABLE letter_receipts (
        shop TEXT NOT NULL,
        "case" TEXT NOT NULL,
        letter INTEGER NOT NULL,
        round INTEGER NOT NULL,
        result TEXT NOT NULL,
        told_at TIMESTAMP WITH TIME ZONE NOT NULL,
        code TEXT NOT NULL,
        medium TEXT NOT NULL,
        received_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        CONSTRAINT letter_receipts_pk PRIMARY KEY (shop, "case", letter, round, result, told_at),
        CONSTRAINT letter_receipts_shop_case_letter_fk FOREIGN KEY(shop, "case", letter)
            REFERENCES letters (shop, "case", letter)
    )
    """,
    """
    CREATE TRIGGER letter_receipts_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON letter_receipts
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting()
    """,
)


def upgrade() -> None:
    """Widen the delivery ledger; what stands in it went by e-mail, in its first round."""
    for statement in _STATEMENTS:
        op.execute(statement)
