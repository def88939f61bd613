"""Speed and cost of the desk, measured against Temporal alone on the same servers in the same run."""
