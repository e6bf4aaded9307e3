"""The secret of answers given before signing in, in a cookie of its own: nobody but this browser can fetch them."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse

from runde.grants.schemes.api import Call

KEPT_SECONDS = 14 * 24 * 60 * 60
SECRET = re.compile(r"[A-Za-z0-9_-]{20,100}")


def cookie_of(call: Call) -> str:
    return f"runde_begun_{call.id.hex}"


def begun(request: HttpRequest, call: Call) -> str:
    """The secret, "" when nothing has been begun in this browser."""
    kept = request.COOKIES.get(cookie_of(call), "")
    return kept if SECRET.fullmatch(kept) else ""


def remember_begun(response: HttpResponse, call: Call, secret: str, *, is_secure: bool) -> None:
    response.set_cookie(
        cookie_of(call), secret, max_age=KEPT_SECONDS, httponly=True, samesite="Lax", secure=is_secure
    )


def forget_begun(response: HttpResponse, call: Call) -> None:
    response.delete_cookie(cookie_of(call), samesite="Lax")
