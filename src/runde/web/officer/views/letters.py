"""Letters and other documents of a case, as files. Who has read what is written in the journal."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from runde.foundation.documents.api import open_version
from runde.foundation.trust.api import NotFound
from runde.grants.casework.api import preview_letter
from runde.web.entrance import Request, entrance, staff
from runde.web.officer.access import READERS, WORKERS, readable_case
from runde.web.officer.documents import documents_of
from runde.web.staff import sent_as_file, version_as_file


@require_GET
@entrance(staff(*WORKERS))
def preview(request: Request, case: UUID) -> HttpResponse:
    """The letter as it will be, marked as a draft."""
    content = preview_letter(case_id=case, by=request.actor, at=request.at)
    return sent_as_file(content, media_type="application/pdf", file_name="utkast-til-vedtak.pdf")


@require_GET
@entrance(staff(*READERS))
def document(request: Request, case: UUID, version: UUID) -> HttpResponse:
    found = readable_case(case, request.actor)
    wanted = next((one for one in documents_of(found) if one.id == version), None)
    if wanted is None:
        raise NotFound("Vi finner ikke dokumentet. Gå tilbake til saken og åpne det derfra.")
    return version_as_file(wanted, open_version(wanted, by=request.actor, at=request.at))
