"""Which class a complaint belongs to, whom it is about, and the remarks of the desk (domain.md, "Intake")."""
