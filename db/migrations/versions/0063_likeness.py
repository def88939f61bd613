"""Photos of complaints are found by their look, so that the same picture sent twice is seen."""

from db.migrations.scripts import run_scripts

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, and let `keep_view` fill it and what 0061 added; older photos come in with the next change."""
    run_scripts("likeness", "tables", "keep_view")
