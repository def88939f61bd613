"""A complaint: the spine that every case of the desk shares (domain.md, "The spine every case shares")."""
