"""What keeps a running desk right: rows that nobody asked for, the sweep, the watch over cases that cannot go on."""
