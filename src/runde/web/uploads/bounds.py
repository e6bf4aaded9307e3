"""Files in forms are cut off where our limit is, before they fill the disk."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

CUT = "runde.cut_files"


class BoundedUpload(FileUploadHandler):
    """Stands before Django's own handlers. A file above the limit is left out, and remembered with its field."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        if start + len(raw_data) > settings.UPLOAD_LIMIT_BYTES:
            self._remember()
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The handlers after this one make the file."""

    def _remember(self) -> None:
        if self.request is not None:
            self.request.META.setdefault(CUT, []).append((self.field_name, self.file_name))


def cut_files(request: HttpRequest) -> list[tuple[str, str]]:
    """(field, name) of each file in the form that was above the limit."""
    found: list[tuple[str, Any]] = request.META.get(CUT, [])
    return [(str(field), str(name)) for field, name in found]
