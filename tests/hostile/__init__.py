"""Attempts at breaking the house through what a person, a script or a broken program can type."""
