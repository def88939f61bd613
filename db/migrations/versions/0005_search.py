"""Cases are found by words, by marks of sealed words, by traits and by open promises."""

from db.migrations.scripts import run_scripts

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, and let `keep_view` fill them."""
    run_scripts("search", "tables", "keep_search", "keep_view")
