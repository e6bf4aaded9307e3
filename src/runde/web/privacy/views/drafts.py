"""Take along a copy of one's own application, and erase one's own draft."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from runde.foundation.documents.api import list_attachments
from runde.foundation.people.api import authorise
from runde.grants.applications.api import Application, erase_draft, export_application, kept_until
from runde.web.applicant.access import own_application
from runde.web.entrance import SIGNED_IN, Request, entrance
from runde.web.privacy.words import day, scheme_of


@entrance(SIGNED_IN)
def download(request: Request, application: UUID) -> HttpResponse:
    """The files in it leave a line each in the journal, as whenever they are opened."""
    found = own_application(application, request.actor)
    export = export_application(application=found, by=request.actor, at=request.at)
    response = HttpResponse(export.content, content_type=export.media_type)
    response["Content-Disposition"] = f'attachment; filename="{export.file_name}"'
    response["Cache-Control"] = "no-store"
    return response


@entrance(SIGNED_IN)
def erase(request: Request, application: UUID) -> HttpResponse:
    found = own_application(application, request.actor)
    if found.state != Application.State.DRAFT:
        return redirect("application", request.tenant.slug, found.id)
    authorise(request.actor, "applications.erase", found)
    if request.method != "POST":
        return _page(request, found)
    if request.POST.get("revision") != str(found.revision):
        messages.warning(request, _("Noen har endret kladden etter at du åpnet siden. Se over på nytt."))
        return _page(request, found, status=409)
    erase_draft(application=found, by=request.actor, at=request.at)
    messages.success(request, _("Kladden er slettet."))
    return redirect("my_data")


def _page(request: Request, found: Application, status: int = 200) -> HttpResponse:
    tenant = request.tenant.slug
    facts = {
        "h1": _("Vil du slette kladden?"),
        "application": found,
        "scheme": scheme_of(found),
        "answers": len(found.answers),
        "files": len(list_attachments("application", found.id)),
        "gone_on": day(kept_until(found)),
        "file_url": reverse("application_copy", args=[tenant, found.id]),
        "acting_for": found.company_name,
        "switch_url": reverse("companies"),
        "back_url": reverse("my_data"),
        "back_text": _("Behold kladden"),
    }
    return render(request, "privacy/erase.html", facts, status=status)
