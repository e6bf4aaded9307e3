"""What is sent to us as text a database can hold, before anybody reads it.

A NUL cannot be typed, cannot be stored and cannot be searched for; it comes from programs and broken clipboards.
It is taken out here, once, so that nothing else of what was typed is lost and no page needs to think of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.utils.http import parse_header_parameters

NUL = "\x00"


class Utf8Request(WSGIRequest):
    """A request whose sender cannot choose how its bytes are read: some of the names are no text at all."""

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))


class LegibleHandler(WSGIHandler):
    """Django's own, for requests read as UTF-8."""

    request_class = Utf8Request


class LegibleMiddleware:
    """Reads addresses and forms as UTF-8 whatever the sender calls them, without NUL; cookies with NUL are dropped."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.encoding = "utf-8"
        request.COOKIES = {name: value for name, value in request.COOKIES.items() if NUL not in value}
        request.GET = legible(request.GET)  # type: ignore[assignment]
        if request.method == "POST":
            request.POST = legible(request.POST)  # type: ignore[assignment]
        return self.get_response(request)


def legible(sent: QueryDict) -> QueryDict:
    """The same fields with the same values, without NUL."""
    if not any(NUL in text for name, values in sent.lists() for text in (name, *values)):
        return sent
    clean = QueryDict(mutable=True)
    for name, values in sent.lists():
        clean.setlist(name.replace(NUL, ""), [value.replace(NUL, "") for value in values])
    clean._mutable = False
    return clean
