"""The token leaves the address as soon as it has come: a cookie for that task's pages alone carries it from there.

So it stands in no Referer, no bookmark and no log of later visits, and the pages' forms are guarded like all others.
The cookie changes nothing on our side: a scanner that follows the link leaves no trace.
"""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

PLACE = "/o/oppgave/"


def keep_token(response: HttpResponseBase, link_id: UUID, token: str) -> None:
    response.set_cookie(
        _name(link_id),
        token,
        max_age=settings.SESSION_COOKIE_AGE,
        path=f"{PLACE}{link_id}/",
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def kept_token(request: HttpRequest, link_id: UUID) -> str:
    """The token this browser came with; empty when it has none."""
    return request.COOKIES.get(_name(link_id), "")


def _name(link_id: UUID) -> str:
    prefix = "__Secure-" if settings.HTTPS else ""
    return f"{prefix}lenke-{link_id.hex}"
