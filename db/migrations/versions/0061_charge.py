"""Lists and work lists know how urgent a case is and in whose charge it lies; health comes first everywhere."""

from db.migrations.scripts import run_scripts

revision = "0061"
down_revision = "0051"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Widen the register; rows from before stand in the middle. `keep_view` of 0063 fills what is new."""
    run_scripts("charge", "columns")
