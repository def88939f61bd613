"""Who works on what and when: skills, teams, the roster, levels of customers; and who looks at a case just now."""

from db.migrations.scripts import run_scripts

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; people from before know every problem and have no team."""
    run_scripts("staffing", "tables")
