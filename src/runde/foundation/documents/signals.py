"""What documents announce."""

from django.dispatch import Signal

attachment_infected = Signal()
"""Sent with `attachment` and `at`, in the transaction, when the scanner has found virus in a file."""
