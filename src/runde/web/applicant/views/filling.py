"""The form, one part a page: saved on the way, checked live, and never losing what was typed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from runde.engine.reference.api import time_text
from runde.foundation.forms.api import Raw, read_answers, written_answers
from runde.grants.applications.api import Application, ChangedMeanwhile, save_answers
from runde.web.applicant.access import own_application
from runde.web.applicant.live_check import live_check
from runde.web.applicant.questions import Page, fields_of, posted
from runde.web.applicant.revisions import expected_revision
from runde.web.components.fields import Field
from runde.web.components.tags.norwegian import page_language
from runde.web.entrance import SIGNED_IN, Request, entrance


@entrance(SIGNED_IN)
def fill(request: Request, application: UUID, section: str) -> HttpResponse:
    found, page = _find(request, application, section)
    if found.state != Application.State.DRAFT:
        return redirect("application", request.tenant.slug, found.id)
    if request.method != "POST":
        written = written_answers(found.scheme_version.form, found.answers)
        return _show(request, found, page, values=written, errors={})
    return _receive(request, found, page)


def _receive(request: Request, found: Application, page: Page) -> HttpResponse:
    raw = posted(request.POST, page.questions)
    later = request.POST.get("go") == "later"
    reading = read_answers(
        found.scheme_version.form, raw, require=not later, language=page_language(), asked=page.slugs
    )
    if reading.errors:
        return _show(request, found, page, values=raw, errors=reading.errors, status=422)
    try:
        _save(request, found, page, raw)
    except ChangedMeanwhile as conflict:
        return _conflict(request, found, page, mine=raw, conflict=conflict)
    return _onward(request, found, page, later=later)


def _save(request: Request, found: Application, page: Page, raw: dict[str, Raw]) -> Application:
    return save_answers(
        application=found,
        raw=raw,
        asked=page.slugs,
        expected_revision=expected_revision(request, found),
        by=request.actor,
        at=request.at,
    ).application


def _onward(request: Request, found: Application, page: Page, *, later: bool) -> HttpResponse:
    tenant = request.tenant.slug
    if later:
        messages.success(request, _("Kladden er lagret. Du kan fortsette når du vil."))
        return redirect("my_page")
    if page.next and request.GET.get("fra") != "oversikt":
        return redirect("fill", tenant, found.id, page.next)
    return redirect("review", tenant, found.id)


@entrance(SIGNED_IN)
@require_POST
def autosave(request: Request, application: UUID, section: str) -> HttpResponse:
    """Save what can be read while the person writes; answers with the save state and the live check."""
    found, page = _find(request, application, section)
    state = "saved"
    try:
        found = _save(request, found, page, posted(request.POST, page.questions))
    except ChangedMeanwhile:
        state = "changed"
    facts = {
        "state": state,
        "clock": time_text(timezone.localtime(request.at), page_language()),
        "check": live_check(found, at=request.at),
        "revision": found.revision,
    }
    return render(request, "applicant/_autosaved.html", facts)


def _conflict(
    request: Request, found: Application, page: Page, *, mine: dict[str, Raw], conflict: ChangedMeanwhile
) -> HttpResponse:
    """Somebody else has changed the application: both versions side by side, and the reader chooses."""
    theirs = written_answers(found.scheme_version.form, conflict.answers)
    fields = fields_of(page.questions, page_language(), mine, {})
    pairs = [(field, shown(field.value), shown(theirs.get(field.name, ""))) for field in fields]
    facts = {
        "h1": _("Noen andre har endret søknaden"),
        "rows": [{"field": field, "mine": a, "theirs": b} for field, a, b in pairs if a != b],
        "mine": [(field.name, value) for field in fields for value in _all(field)],
        "revision": conflict.revision,
        "saved_at": conflict.saved_at,
        "here": reverse("fill", args=[request.tenant.slug, found.id, page.pages[page.place].slug]),
    }
    return render(request, "applicant/conflict.html", facts, status=409)


def _all(field: Field) -> list[str]:
    return field.value if isinstance(field.value, list) else [field.value]


def shown(raw: Raw) -> str:
    return raw if isinstance(raw, str) else ", ".join(raw)


def _show(
    request: Request,
    found: Application,
    page: Page,
    *,
    values: dict[str, Raw],
    errors: dict[str, str],
    status: int = 200,
) -> HttpResponse:
    language = page_language()
    fields = fields_of(page.questions, language, values, errors)
    tenant = request.tenant.slug
    facts: dict[str, Any] = {
        "h1": page.title(language),
        "lead": page.why(language),
        "step": _("Del %(place)s av %(total)s") % {"place": page.place + 1, "total": len(page.pages) + 1},
        "application": found,
        "acting_for": found.company_name,
        "switch_url": reverse("my_page"),
        "fields": fields,
        "errors": fields if errors else [],
        "has_errors": bool(errors),
        "revision": found.revision,
        "saved_clock": time_text(timezone.localtime(found.saved_at), language) if found.revision else "",
        "check": live_check(found, at=request.at),
        "autosave_url": reverse("autosave", args=[tenant, found.id, page.pages[page.place].slug]),
        **_way_back(tenant, found, page),
    }
    return render(request, "applicant/fill.html", facts, status=status)


def _way_back(tenant: str, found: Application, page: Page) -> dict[str, str]:
    if page.previous:
        return {
            "back_url": reverse("fill", args=[tenant, found.id, page.previous]),
            "back_text": _("Forrige steg"),
        }
    return {"back_url": reverse("apply", args=[tenant, found.call.slug]), "back_text": _("Forrige steg")}


def _find(request: Request, application: UUID, section: str) -> tuple[Application, Page]:
    found = own_application(application, request.actor)
    page = Page(found.scheme_version.form, section)
    if not page.exists:
        raise Http404
    return found, page
