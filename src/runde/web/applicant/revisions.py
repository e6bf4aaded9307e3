"""Which revision of an application a page was written on.

A page posts the revision it was made from. A save in the background moves it on while the person writes; when the
last change was the person's own, it is no quarrel between two people.
"""

from __future__ import annotations

from runde.grants.applications.api import Application
from runde.web.entrance import Request

LONGEST = 9


def expected_revision(request: Request, application: Application) -> int:
    if application.saved_by == request.actor.person_id:
        return application.revision
    posted = request.POST.get("revision", "")
    return int(posted) if posted.isdecimal() and len(posted) <= LONGEST else -1
