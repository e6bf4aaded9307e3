"""What casework announces, to rooms above it."""

from django.dispatch import Signal

decisions_made = Signal()
"""Sent in the transaction that makes the decisions.

Carries `decisions` (list of Decision, each with `case` and `case.application` at hand), `awards` (list of Award),
`by` (Actor) and `at` (datetime).
"""

grant_accepted = Signal()
"""Sent in the transaction in which a grant that must be accepted is: `decision` (with its case), `by`, `at`."""
