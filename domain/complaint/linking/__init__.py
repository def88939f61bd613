"""Cases that belong together: likely duplicates, links, and merges, which can be undone."""
