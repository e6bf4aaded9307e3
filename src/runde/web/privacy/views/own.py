"""What we hold about the one who asks, and all of it as a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from runde.foundation.notices.api import Notice
from runde.foundation.people.api import Role, may
from runde.grants.applications.api import Application, kept_until
from runde.grants.casework.api import OwnWords
from runde.web.components.facts import Fact
from runde.web.components.words import LANGUAGE_NAMES
from runde.web.entrance import SIGNED_IN, Request, entrance
from runde.web.privacy.holdings import Holdings, InTenant, holdings_of
from runde.web.privacy.packing import packed
from runde.web.privacy.words import (
    acting_text,
    companies_named,
    day,
    kind_of,
    notice_state,
    scheme_of,
    state_of,
    subscription_text,
)


@dataclass(frozen=True)
class Draft:
    """One draft with what can be done to it; an address is empty where the reader may not."""

    company: str
    scheme: str
    tenant: str
    gone_on: date
    is_warned: bool
    url: str
    file_url: str
    erase_url: str


@entrance(SIGNED_IN)
def show(request: Request) -> HttpResponse:
    held = holdings_of(request.user, at=request.at, on=timezone.localdate(request.at))
    drafts = [_draft(one, place) for place in held.places for one in place.applications if _is_draft(one)]
    facts = {
        "h1": _("Dette har vi om deg"),
        "account": _account(request),
        "drafts": sorted(drafts, key=lambda one: one.gone_on),
        "sent": [
            _sent(one, place) for place in held.places for one in place.applications if not _is_draft(one)
        ],
        "acting": _acting(held),
        "subscriptions": [subscription_text(one) for one in held.subscriptions],
        "words_said": [_said(one, place) for place in held.places for one in place.words],
        "mails": [_mail(one, place) for place in held.places for one in place.notices],
        "roles": [(Role(role).label, place.tenant.name) for place in held.places for role in place.roles],
        "open_count": len(held.invitations) + len(held.requests),
        "back_url": reverse("my_page"),
        "back_text": _("Min side"),
    }
    return render(request, "privacy/own.html", facts)


@entrance(SIGNED_IN)
def download(request: Request) -> FileResponse:
    held = holdings_of(request.user, at=request.at, on=timezone.localdate(request.at))
    answer = FileResponse(
        packed(held, at=request.at),
        as_attachment=True,
        filename=f"runde-{timezone.localdate(request.at).isoformat()}.zip",
        content_type="application/zip",
    )
    answer["Cache-Control"] = "no-store"
    return answer


def _is_draft(application: Application) -> bool:
    return application.state == Application.State.DRAFT


def _account(request: Request) -> list[Fact]:
    person = request.user
    facts = [
        Fact(_("Navn"), person.name),
        Fact(_("E-postadresse"), person.email),
        Fact(_("Telefon"), person.phone),
        Fact(_("Språk"), LANGUAGE_NAMES.get(person.language, "")),
        Fact(_("Konto siden"), day(person.joined_at)),
    ]
    return [one for one in facts if one.value]


def _draft(application: Application, place: InTenant) -> Draft:
    address = [place.tenant.slug, application.id]
    may_export = may(place.actor, "applications.export", application)
    may_erase = may(place.actor, "applications.erase", application)
    return Draft(
        company=application.company_name,
        scheme=scheme_of(application),
        tenant=place.tenant.name,
        gone_on=kept_until(application),
        is_warned=application.warned_for_date is not None,
        url=reverse("application", args=address),
        file_url=reverse("application_copy", args=address) if may_export else "",
        erase_url=reverse("erase_application", args=address) if may_erase else "",
    )


def _sent(application: Application, place: InTenant) -> tuple[str, str, str]:
    url = reverse("application", args=[place.tenant.slug, application.id])
    parts = [scheme_of(application), place.tenant.name]
    if application.number:
        parts.append(_("sak %(number)s") % {"number": application.number})
    return url, application.company_name, " · ".join([*parts, state_of(application)])


def _acting(held: Holdings) -> list[tuple[str, str]]:
    names = companies_named(held.mandates)
    return [(names[one.organisation_number], acting_text(one)) for one in held.mandates]


def _said(words: OwnWords, place: InTenant) -> tuple[str, str]:
    url = reverse("application", args=[place.tenant.slug, words.application_id])
    case = _("sak %(number)s") % {"number": words.case_number}
    return url, f"{kind_of(words)}, {case}, {day(words.begun_at)}"


def _mail(notice: Notice, place: InTenant) -> str:
    return f"{day(notice.queued_at)}: {notice.subject} ({place.tenant.name}). {notice_state(notice)}."
