"""A sealed file on its way to the reader."""

from __future__ import annotations

from django.http import HttpResponse

from runde.foundation.documents.api import Version


def as_file(version: Version, content: bytes) -> HttpResponse:
    """Always as an attachment: nothing handed in is ever shown as a page of ours."""
    response = HttpResponse(content, content_type=version.media_type)
    response["Content-Disposition"] = f'attachment; filename="{version.file_name}"'
    return response
