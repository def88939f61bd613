"""The parts of the one-machine system."""
