"""The refusal letter."""
