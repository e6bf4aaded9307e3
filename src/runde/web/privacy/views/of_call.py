"""What one call asks about people, why, how long it is kept and who sees it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from runde.engine.reference.api import Language, date_text, keeping_ground
from runde.foundation.forms.api import Question, questions_of
from runde.foundation.forms.api import chosen as chosen_text
from runde.grants.applications.api import WARNED_BEFORE, drafts_kept_until
from runde.grants.schemes.api import Call, contact_of, get_call
from runde.web.components.facts import Answer
from runde.web.components.tags.norwegian import page_language
from runde.web.entrance import PUBLIC, Request, entrance
from runde.web.texts import chosen


@entrance(PUBLIC)
def show(request: Request, call: str) -> HttpResponse:
    found = get_call(call)
    if found.published_at is None:
        raise Http404
    language, texts = page_language(), found.scheme_version.texts
    facts = {
        "h1": _("Slik bruker kommunen opplysningene dine"),
        "scheme_name": chosen(texts, "name", language),
        "contact": contact_of(found),
        "grounds": list(_grounds(found, timezone.localdate(request.at), language)),
        "personal": [_personal(one, language) for one in _personal_questions(found)],
        "draft_days": found.keep_drafts_days,
        "draft_gone": date_text(drafts_kept_until(found), language),
        "warned_days": WARNED_BEFORE.days,
        "back_url": reverse("call", args=[request.tenant.slug, found.slug]),
        "back_text": chosen(texts, "name", language),
    }
    return render(request, "privacy/call.html", facts)


def _personal_questions(call: Call) -> list[Question]:
    return [one for one in questions_of(call.scheme_version.form, None) if one.personal]


def _personal(question: Question, language: Language) -> Answer:
    months = question.keep_months
    if months is None:
        return Answer(chosen_text(question.label, language), _("Like lenge som saken"))
    told = ngettext(
        "%(months)s måned etter at saken er ferdig", "%(months)s måneder etter at saken er ferdig", months
    )
    return Answer(chosen_text(question.label, language), told % {"months": months})


def _grounds(call: Call, on: date, language: Language) -> Iterator[str]:
    """The grounds that hold for the scheme, its own guidelines first."""
    basis = call.scheme_version.legal_basis
    guidelines = chosen(basis, "guidelines", language)
    if guidelines:
        yield _("Kommunen behandler søknader etter disse reglene: %(rules)s.") % {"rules": guidelines}
    keys = ["task", "archive", "accounts", *(["aid"] if basis.get("aid_rule") else [])]
    yield from (keeping_ground(key, on, language).text for key in keys)
