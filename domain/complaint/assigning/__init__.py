"""Whose case it is: chosen by problem, skill, shift and load; taken, named anew, handed over, stood in for [F][T]."""
