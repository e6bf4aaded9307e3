"""The grant letter."""
