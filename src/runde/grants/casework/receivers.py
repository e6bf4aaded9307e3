"""What casework does when applications come and go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.dispatch import receiver

from runde.foundation.people.api import Actor
from runde.grants.applications.api import Application, application_submitted, application_withdrawn
from runde.grants.schemes.api import Call, call_extended

from .operations.answer_dates import follow_call
from .operations.close_withdrawn import close_withdrawn
from .operations.open_cases import open_cases


@receiver(application_submitted, dispatch_uid="casework.open_cases")
def open_on_submission(*, applications: Sequence[Application], at: datetime, **_: Any) -> None:
    open_cases(applications=applications, at=at)


@receiver(application_withdrawn, dispatch_uid="casework.close_withdrawn")
def close_on_withdrawal(
    *, application: Application, was_submitted: bool, by: Actor, at: datetime, **_: Any
) -> None:
    if was_submitted:
        close_withdrawn(application=application, by=by, at=at)


@receiver(call_extended, dispatch_uid="casework.follow_call")
def move_deadlines(*, call: Call, at: datetime, **_: Any) -> None:
    follow_call(call=call, at=at)
