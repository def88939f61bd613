"""Which lines and units of the order a case is about, and the count of what goes back of each [S][F]."""
