"""Clients that play whole stories over HTTP and write down what they saw."""
