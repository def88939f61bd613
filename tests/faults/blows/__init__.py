"""What is done to the desk: one file a kind of blow."""
