"""Named stand-ins: who signs for a role within given dates."""

from alembic import op

revision = "0091"
down_revision = "0090"
branch_labels = None
depends_on = None

_STATEMENTS = (
    """
    CREATE TABLE stand_ins (
        stand_in TEXT NOT NULL,
        shop TEXT NOT NULL,
        person TEXT NOT NULL,
        role TEXT NOT NULL,
        stands_for TEXT NOT NULL,
        since TIMESTAMP WITH TIME ZONE NOT NULL,
        until TIMESTAMP WITH TIME ZONE NOT NULL,
        reason TEXT NOT NULL,
        named_by TEXT NOT NULL,
        named_at TIMESTAMP WITH TIME ZONE NOT NULL,
        ended_at TIMESTAMP WITH TIME ZONE,
        ended_by TEXT,
        CONSTRAINT stand_ins_pk PRIMARY KEY (stand_in),
        CONSTRAINT stand_ins_shop_fk FOREIGN KEY (shop) REFERENCES shops (shop),
        CONSTRAINT stand_ins_person_fk FOREIGN KEY (person) REFERENCES people (person),
        CONSTRAINT stand_ins_stands_for_fk FOREIGN KEY (stands_for) REFERENCES people (person),
        CONSTRAINT stand_ins_has_days CHECK (until > since),
        CONSTRAINT stand_ins_not_for_oneself CHECK (person <> stands_for)
    )
    """,
    "CREATE INDEX stand_ins_by_person ON stand_ins (person)",
    "CREATE INDEX stand_ins_by_shop ON stand_ins (shop, since)",
)


def upgrade() -> None:
    """Make the table; nobody stands in for anybody yet."""
    for statement in _STATEMENTS:
        op.execute(statement)
