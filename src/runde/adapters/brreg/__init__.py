"""Enhetsregisteret's open service, asked for one unit at a time."""
