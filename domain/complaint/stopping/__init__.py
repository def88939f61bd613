"""Stopping an order before it is dispatched: cancelled or changed through the label desk [S]."""
