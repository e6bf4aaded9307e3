"""The case's letter: change it before it is sent, and what anybody may see of it afterwards."""

from __future__ import annotations

from django.urls import reverse

from runde.foundation.people.api import Role
from runde.grants.casework.api import Case, Lane
from runde.web.officer.opened import Facts, Opened

BEFORE_SENDING = (Case.State.OPEN, Case.State.PROPOSED)


def letter_part(opened: Opened) -> Facts | None:
    """There is a letter to look at when the rules or a proposal say what it would say."""
    case, actor = opened.page.case, opened.request.actor
    args = [opened.slug, case.id]
    is_settled = case.state == Case.State.PROPOSED or case.lane != Lane.YELLOW
    works = actor.holds(Role.OFFICER, Role.APPROVER) and not opened.per
    if case.state in BEFORE_SENDING:
        return {"edit_url": reverse("edit_letter", args=args)} if works and is_settled else None
    if case.state == Case.State.DECIDED:
        return {"public_url": reverse("public_letter", args=args)}
    return None
