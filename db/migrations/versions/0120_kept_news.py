"""News from platform and courier are kept when they come; the platform's clocks are found by an index."""

from alembic import op

revision = "0120"
down_revision = "0110"
branch_labels = None
depends_on = None

_LINES = "ON case_tasks (shop, coalesce(due_at, 'infinity'::timestamptz), \"case\", key)"
_STATEMENTS = (
    """
    CREATE TABLE kept_news (
        shop TEXT NOT NULL,
        source TEXT NOT NULL,
        news TEXT NOT NULL,
        about TEXT NOT NULL,
        matter TEXT DEFAULT '' NOT NULL,
        said JSONB NOT NULL,
        way TEXT NOT NULL,
        received_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        "case" TEXT,
        told_at TIMESTAMP WITH TIME ZONE,
        turned_away TEXT DEFAULT '' NOT NULL,
        CONSTRAINT kept_news_pk PRIMARY KEY (shop, source, news)
    )
    """,
    "CREATE INDEX kept_news_to_tell ON kept_news (shop, received_at) WHERE told_at IS NULL",
    "CREATE INDEX kept_news_by_matter ON kept_news (shop, source, matter)",
    f"CREATE INDEX case_tasks_of_platform {_LINES} WHERE step = 'answer_platform'",
    f"CREATE INDEX case_tasks_of_outstanding {_LINES} WHERE step = 'settle_outstanding'",
)


def upgrade() -> None:
    """Make the table and two small indexes."""
    for statement in _STATEMENTS:
        op.execute(statement)
