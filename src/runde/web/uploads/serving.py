"""What was handed in, on its way out: always a file to keep, never a page of ours."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from runde.foundation.documents.api import Attachment

SANDBOX = "sandbox; default-src 'none'"


def as_kept_file(attachment: Attachment, content: bytes) -> HttpResponse:
    response = _closed(content, attachment.media_type)
    response.headers["Content-Disposition"] = str(content_disposition_header(True, attachment.name))
    return response


def as_preview(content: bytes) -> HttpResponse:
    """Drawn by ourselves, so it may stand in a page."""
    response = _closed(content, "image/png")
    response.headers["Content-Disposition"] = "inline"
    return response


def _closed(content: bytes, media_type: str) -> HttpResponse:
    """The browser may not guess what it is, run anything in it, or keep it for the next one at the machine."""
    response = HttpResponse(content, content_type=media_type)
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
