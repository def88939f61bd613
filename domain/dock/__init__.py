"""A parcel at the dock: what the warehouse has in its hands, and to which return it belongs [S]."""
