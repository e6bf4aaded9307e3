"""What the register says of the company, as facts with source and day; each can be said not to be right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from runde.engine.reference.api import date_text
from runde.foundation.trust.api import Conflict, Refused
from runde.grants.applications.api import Application, dispute_fact, see_facts
from runde.web.applicant.access import own_application
from runde.web.applicant.facts_told import change_lines, fact_names, fact_text, register_rows
from runde.web.components.fields import Field
from runde.web.components.tags.norwegian import page_language
from runde.web.entrance import SIGNED_IN, Request, entrance


@dataclass(frozen=True)
class Row:
    """One fact, what the applicant has said of it, and the field for saying so."""

    slug: str
    name: str
    value: str
    source: str
    said: str
    field: Field


@entrance(SIGNED_IN)
def show(request: Request, application: UUID) -> HttpResponse:
    found = own_application(application, request.actor)
    if request.method == "POST":
        return _say(request, found)
    return _page(request, found)


def _say(request: Request, found: Application) -> HttpResponse:
    fact = request.POST.get("fact", "")
    comment = request.POST.get(f"comment_{fact}", "").strip()
    here = redirect("register_facts", request.tenant.slug, found.id)
    if request.POST.get("go") == "seen":
        see_facts(application=found, by=request.actor, at=request.at)
        return here
    if fact not in fact_names("nb"):
        return here
    if not comment and fact not in found.disputes:
        return _page(request, found, wrong={fact: _("Skriv hva som ikke stemmer.")})
    try:
        dispute_fact(application=found, fact=fact, comment=comment, by=request.actor, at=request.at)
    except Conflict:
        raise  # sent meanwhile: there is nothing to mend on this page
    except Refused as refusal:
        return _page(request, found, wrong={fact: refusal.sentence})
    messages.success(
        request, _("Takk. Saksbehandleren ser det du har skrevet.") if comment else _("Tatt bort.")
    )
    return here


def _page(request: Request, found: Application, *, wrong: dict[str, str] | None = None) -> HttpResponse:
    language, tenant = page_language(), request.tenant.slug
    rows = [_row(one, found, wrong or {}, request.POST) for one in register_rows(found.facts_seen, language)]
    is_draft = found.state == Application.State.DRAFT
    facts = {
        "h1": _("Opplysninger vi har hentet"),
        "lead": _("Vi spør ikke om dette. Stemmer noe ikke, kan du si fra her."),
        "application": found,
        "acting_for": found.company_name,
        "switch_url": reverse("my_page"),
        "rows": rows,
        "changes": list(change_lines(found.facts_changed, language)) if is_draft else [],
        "is_draft": is_draft,
        "errors": [one.field for one in rows if one.field.error],
        "has_errors": bool(wrong),
        "back_url": reverse("review" if is_draft else "application", args=[tenant, found.id]),
        "back_text": _("Se over og send inn") if is_draft else _("Saken"),
    }
    return render(request, "applicant/register_facts.html", facts, status=422 if wrong else 200)


def _row(one: Any, found: Application, wrong: dict[str, str], typed: Any) -> Row:
    slug, name, value, source, as_of = one
    language = page_language()
    said = found.disputes.get(slug, {}).get("comment", "")
    day = f", {date_text(as_of, language)}" if as_of else ""
    field = Field(
        f"comment_{slug}",
        _("Hva stemmer ikke?"),
        kind="textarea",
        rows=3,
        value=typed.get(f"comment_{slug}", said),
        error=wrong.get(slug, ""),
    )
    return Row(slug, name, fact_text(value, language), f"{source}{day}", said, field)
