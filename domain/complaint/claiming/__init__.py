"""Claims on the courier for what it lost or broke (domain.md, "Keeping score": freight and claims per carrier [S])."""
