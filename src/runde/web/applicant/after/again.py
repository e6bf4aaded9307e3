"""Using the answers again, in a call that is open now."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from runde.engine.reference.api import moment_text
from runde.grants.schemes.api import Phase, call_phase, list_calls
from runde.web.applicant.access import own_application
from runde.web.applicant.notices import Way
from runde.web.components.tags.norwegian import page_language
from runde.web.entrance import SIGNED_IN, Request, entrance
from runde.web.texts import chosen


@entrance(SIGNED_IN)
def use_again(request: Request, application: UUID) -> HttpResponse:
    found = own_application(application, request.actor)
    scheme = found.scheme_version.scheme_id
    calls = [
        one
        for one in list_calls()
        if one.scheme_version.scheme_id == scheme
        and one.id != found.call_id
        and call_phase(one, request.at) == Phase.OPEN
    ]
    language, tenant = page_language(), request.tenant.slug
    ways = [
        (
            Way(
                chosen(one.scheme_version.texts, "name", language), reverse("apply", args=[tenant, one.slug])
            ),
            moment_text(one.closes_at, language),
        )
        for one in calls
    ]
    facts = {
        "h1": _("Søk på nytt med de samme svarene") if ways else _("Ingen utlysning er åpen nå"),
        "case_number": found.number,
        "application": found,
        "acting_for": found.company_name,
        "switch_url": reverse("my_page"),
        "ways": ways,
        "back_url": reverse("application", args=[tenant, found.id]),
        "back_text": _("Saken"),
    }
    return render(request, "applicant/after/again.html", facts)
