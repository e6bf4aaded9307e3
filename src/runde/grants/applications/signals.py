"""What this room announces, inside the transaction it happens in.

`application_submitted`: `applications` (a list, those of one submission or one bulk), `by`, `at`.
`application_withdrawn`: `application`, `was_submitted`, `by`, `at`. A receiver that raises Refused stops it.
`stage_answers_submitted`: `application`, `stage`, `sheet` (StageAnswers), `by`, `at`.
"""

from __future__ import annotations

from django.dispatch import Signal

application_submitted = Signal()
application_withdrawn = Signal()
stage_answers_submitted = Signal()
