"""What is held about a person, in words: the same on the page and in the file they take along."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from runde.engine.reference.api import date_text, format_orgnr
from runde.foundation.companies.api import facts_of_many
from runde.foundation.notices.api import Notice, Subscription
from runde.foundation.people.api import Mandate
from runde.grants.applications.api import Application
from runde.grants.casework.api import OwnWords
from runde.web.acting.words import ground_text, scope_text
from runde.web.components.tags.norwegian import page_language
from runde.web.texts import chosen


def scheme_of(application: Application) -> str:
    return chosen(application.scheme_version.texts, "name", page_language())


def state_of(application: Application) -> str:
    return {
        Application.State.DRAFT: _("Ikke sendt"),
        Application.State.SUBMITTED: _("Sendt"),
        Application.State.WITHDRAWN: _("Trukket"),
    }[Application.State(application.state)]


def companies_named(mandates: Iterable[Mandate]) -> dict[str, str]:
    """By organisation number; the number itself where the register is silent."""
    numbers = {one.organisation_number for one in mandates}
    known = facts_of_many(numbers)
    return {one: known[one].name if one in known else format_orgnr(one) for one in numbers}


def acting_text(mandate: Mandate) -> str:
    """How and why, and from when to when: "Fyller ut. Invitert av Kari. 3. mars 2026 til 1. juni 2026."."""
    end = mandate.ended_at.date() if mandate.ended_at else mandate.valid_to
    days = _("Fra %(day)s.") % {"day": day(mandate.valid_from)}
    if end:
        days = _("%(first)s til %(last)s.") % {"first": day(mandate.valid_from), "last": day(end)}
    return f"{scope_text(mandate.scope)}. {ground_text(mandate)}. {days}"


def subscription_text(one: Subscription) -> str:
    wanted = _("En utlysning som ikke er åpen ennå") if one.filter.get("call") else _("Nye utlysninger")
    since = _("bedt om %(day)s") % {"day": day(one.asked_at)}
    return f"{wanted}, {since}" if one.confirmed_at else f"{wanted}, {since}, {_('ikke bekreftet')}"


def kind_of(words: OwnWords) -> str:
    return _("Klage") if words.kind == "appeal" else _("Melding")


def notice_state(notice: Notice) -> str:
    return {
        Notice.State.WAITING: _("Venter på å bli sendt"),
        Notice.State.SENT: _("Sendt"),
        Notice.State.CALLED_BACK: _("Ble ikke sendt"),
        Notice.State.FAILED: _("Kom ikke fram"),
    }[Notice.State(notice.state)]


def day(when: date | datetime) -> str:
    local = timezone.localdate(when) if isinstance(when, datetime) else when
    return date_text(local, page_language())
