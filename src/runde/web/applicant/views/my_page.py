"""My page: my applications in every municipality, and the companies I act for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from runde.foundation.organisations.api import Organisation, list_tenants
from runde.foundation.people.api import get_applicant
from runde.foundation.trust.api import fence
from runde.grants.applications.api import Application, kept_until, list_for_actor
from runde.web.applicant.companies import list_acting
from runde.web.applicant.papers import left_at, paper_of
from runde.web.applicant.progress import listed_stories
from runde.web.applicant.situation import Story, situation
from runde.web.components.tags.norwegian import page_language
from runde.web.entrance import SIGNED_IN, Request, entrance
from runde.web.texts import chosen


@dataclass(frozen=True)
class Line:
    """One application in the list, with where it stands. `gone_on` is told once a draft's deletion is near."""

    url: str
    name: str
    company: str
    tenant: str
    number: str
    sentence: str
    status: str
    at: datetime
    gone_on: date | None = None


@entrance(SIGNED_IN)
def show(request: Request) -> HttpResponse:
    lines = [line for tenant in list_tenants() for line in _lines(request, tenant)]
    lines.sort(key=lambda line: line.at, reverse=True)
    drafts = [line for line in lines if line.status == "draft"]
    facts = {
        "h1": _headline(len(lines), len(drafts)),
        "lines": lines,
        "acting": list_acting(request.user, on=request.actor.on or request.at.date()),
        "declare_url": reverse("declare_mandate"),
    }
    return render(request, "applicant/my_page.html", facts)


def _headline(count: int, drafts: int) -> str:
    if not count:
        return _("Du har ingen søknader ennå")
    if drafts:
        return _("Du har søknader som ikke er sendt")
    return _("Søknadene dine")


def _lines(request: Request, tenant: Organisation) -> list[Line]:
    """One fence at a time: what one municipality holds never meets another's."""
    with fence(tenant.id):
        actor = get_applicant(request.user, on=request.actor.on or request.at.date())
        mine = [one for one in list_for_actor(actor) if one.applicant_id == actor.person_id]
        sent = [one for one in mine if one.state != Application.State.DRAFT]
        stories = listed_stories(sent, tenant, actor, request.at)
        return [_line(one, tenant, stories.get(one.id), request) for one in mine]


def _line(application: Application, tenant: Organisation, story: Story | None, request: Request) -> Line:
    """Without a story it is a draft."""
    language = page_language()
    name = chosen(application.scheme_version.texts, "name", language)
    if story is None:
        url = left_at(application, paper_of(application), tenant.slug, language)
        sentence, status = _("Ikke sendt. Fortsett der du slapp."), "draft"
    else:
        url = reverse("application", args=[tenant.slug, application.id])
        found = situation(story, language, today=request.actor.on or request.at.date())
        sentence, status = found.heading, found.status
    return Line(
        url,
        name,
        application.company_name,
        tenant.name,
        application.number,
        sentence,
        status,
        application.saved_at,
        kept_until(application) if status == "draft" and application.warned_for_date else None,
    )
