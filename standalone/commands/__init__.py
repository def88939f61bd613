"""The commands of the one-machine system, one file each."""
