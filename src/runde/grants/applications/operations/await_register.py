"""Drafts that were begun while the register had no answer: who they are, and what they are told when it has."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction

from runde.foundation.companies.api import facts_of_many, is_stale
from runde.foundation.forms.api import typed
from runde.foundation.notices.api import queue_notices

from ..domain.register import known_facts
from ..domain.values import plain_value
from ..models import Application
from .keep_drafts import BATCH, held_drafts, mail_of
from .refresh_register import Refreshed, refresh_many

MOST_ASKED = 500
"""Companies asked about in one go; the rest come with the next."""
SUBJECT = {
    "nb": "Vi har fått opplysninger om {company} fra Enhetsregisteret",
    "nn": "Vi har fått opplysningar om {company} frå Einingsregisteret",
    "en": "The business register has answered about {company}",
}
BODY = {
    "nb": (
        "Vi fikk ikke kontakt med Enhetsregisteret da du begynte på søknaden om «{scheme}». Nå har vi hentet "
        "opplysningene om {company}.\n\n"
        "Logg inn og se at de stemmer før du sender søknaden. Svarene dine er som du skrev dem.\n\nHilsen {tenant}"
    ),
    "nn": (
        "Vi fekk ikkje kontakt med Einingsregisteret da du begynte på søknaden om «{scheme}». No har vi henta "
        "opplysningane om {company}.\n\n"
        "Logg inn og sjå at dei stemmer før du sender søknaden. Svara dine er som du skreiv dei.\n\nHelsing {tenant}"
    ),
    "en": (
        "We could not reach the business register when you began the application for “{scheme}”. Now we have "
        "looked up {company}.\n\n"
        "Sign in and check the facts before you send the application. Your answers are as you wrote them.\n\n"
        "Best regards, {tenant}"
    ),
}


def waiting_companies(*, at: datetime) -> list[str]:
    """The companies to ask the register about: with a draft that can be sent, and unknown facts or old ones."""
    drafts = Application.objects.filter(state=Application.State.DRAFT, call__closes_at__gt=at)
    numbers = drafts.order_by("started_at").values_list("organisation_number", flat=True)
    ordered = list(dict.fromkeys(numbers))
    held = facts_of_many(ordered)
    waiting = [one for one in ordered if one not in held or is_stale(held[one].as_of_date, at)]
    return sorted(waiting, key=held.__contains__)[:MOST_ASKED]  # those we know nothing of come first


@transaction.atomic
def tell_waiting(*, at: datetime) -> int:
    """Give the drafts that wait what the register has said meanwhile, and tell each applicant once.

    On the draft it stays told until it is seen: the name, and what they answered otherwise themselves.
    """
    pending = list(held_drafts().filter(register_state=Application.RegisterState.PENDING))
    named = {one.id: one.company_name for one in pending}
    found = [one for one in refresh_many(applications=pending, at=at) if one.was_pending]
    for one in found:
        told = [dict(each, at=at.isoformat()) for each in _differing(one, named[one.application.id])]
        one.application.facts_changed = [*one.application.facts_changed, *told]
    Application.objects.bulk_update([one.application for one in found], ["facts_changed"], batch_size=BATCH)
    queue_notices(
        [mail_of(one.application, f"register_came:{one.application.id}", SUBJECT, BODY) for one in found],
        at=at,
    )
    return len(found)


def _differing(refreshed: Refreshed, typed_name: str) -> Iterator[dict[str, Any]]:
    application = refreshed.application
    if typed_name != application.company_name:
        yield {"fact": "name", "was": typed_name, "now": application.company_name}
    known = known_facts(application.facts_seen)
    answered = typed(application.scheme_version.form, application.answers, known)
    for fact, now in known.items():
        if fact in answered and answered[fact] != now:
            yield {"fact": fact, "was": plain_value(answered[fact]), "now": plain_value(now)}
