"""Whether goods may come back at all, answered before they move: yes, no with its reason, or ask a person [S][O]."""
