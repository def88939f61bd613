"""Calling a dispatched parcel back through the courier, by a slip in two parts [S]."""
