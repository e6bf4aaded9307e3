"""The receipt for an application."""
