"""Listens to what the schemes below announce."""
