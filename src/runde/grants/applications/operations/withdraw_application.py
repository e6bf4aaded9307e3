from __future__ import annotations

from datetime import datetime

from django.db import transaction

from runde.foundation.journal.api import record
from runde.foundation.people.api import Actor, authorise

from ..domain.states import Act, state_after
from ..models import Application
from ..queries.finding import locked
from ..signals import application_withdrawn


@transaction.atomic
def withdraw_application(*, application: Application, by: Actor, at: datetime) -> Application:
    """Take the application back; the company may then start a new one while the call is open.

    What was sent stays sealed. Raises Conflict when it is withdrawn already, and whatever a receiver of the
    signal refuses with: a decided case cannot be withdrawn.
    """
    authorise(by, "applications.submit", application)
    current = locked(application.id)
    was_submitted = current.state == Application.State.SUBMITTED
    current.state = state_after(current.state, Act.WITHDRAW)
    current.save(update_fields=["state"])
    # The case is locked before the journal, in the order every other act takes them.
    application_withdrawn.send(
        sender=Application, application=current, was_submitted=was_submitted, by=by, at=at
    )
    record(
        action="applications.withdrawn",
        subject_kind="application",
        subject_id=current.id,
        by=by.person_id,
        at=at,
        was_submitted=was_submitted,
    )
    return current
