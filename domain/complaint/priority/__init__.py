"""How soon a complaint is looked at: the four questions, the level that follows from them, a person's own word [F]."""
