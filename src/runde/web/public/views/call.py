"""One open call: am I in, how much, by when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from runde.engine.reference.api import (
    Language,
    amount_text,
    moment_text,
    rules_text,
    weekday_date_text,
)
from runde.engine.rules import Value
from runde.foundation.forms.api import typed
from runde.grants.schemes.api import (
    Call,
    FundingSource,
    SchemeVersion,
    call_phase,
    compiled_rules,
    get_call,
    public_sentences,
    sources_of,
)
from runde.web.components.facts import Fact
from runde.web.components.tags.norwegian import page_language
from runde.web.entrance import PUBLIC, Request, entrance
from runde.web.texts import chosen, chosen_list
from runde.web.verdicts import sum_rows

LAST_CHANCE = timedelta(hours=48)
UNSEEN = ("draft", "withdrawn")


@entrance(PUBLIC)
def show(request: Request, call: str) -> HttpResponse:
    found = get_call(call)
    phase = call_phase(found, request.at)
    if phase in UNSEEN:
        raise Http404
    language, version = page_language(), found.scheme_version
    sources = sources_of(found)
    today = timezone.localdate(request.at)
    facts = {
        "h1": chosen(version.texts, "name", language),
        "summary": chosen(version.texts, "summary", language),
        "call": found,
        "phase": phase,
        "facts": key_facts(found, language),
        "waiting": [one for one in sources if one.state == FundingSource.State.SUBJECT_TO_DECISION],
        "closes_soon": phase == "open" and found.closes_at - request.at < LAST_CHANCE,
        "requirements": list(public_sentences(version, language, today).values()),
        "example": example_of(version, request.at, language),
        "needed": chosen_list(version.texts, "needed", language),
        "treatment": chosen_list(version.texts, "treatment", language),
        "conditions": chosen_list(version.texts, "conditions", language),
        "purpose": chosen(version.texts, "purpose", language),
        "decided": decided_amount(sources, language),
        "guidelines": chosen(version.legal_basis, "guidelines", language),
        "references": rules_text(version.legal_basis.get("references", ()), today, language),
        "apply_url": reverse("apply", args=[request.tenant.slug, found.slug]),
        "back_url": reverse("front"),
        "back_text": _("Alle åpne ordninger"),
    }
    return render(request, "public/call.html", facts)


def key_facts(call: Call, language: Language) -> list[Fact]:
    texts = call.scheme_version.texts
    rows = [
        Fact(_("Frist"), moment_text(timezone.localtime(call.closes_at), language)),
        Fact(_("Hvor mye"), chosen(texts, "how_much", language)),
        Fact(_("Hvem"), chosen(texts, "who", language)),
        Fact(_("Svar"), _("innen %(day)s") % {"day": weekday_date_text(call.answer_by_date, language)}),
        Fact(_("Tid du bruker"), chosen(texts, "time_needed", language)),
    ]
    return [row for row in rows if row.value]


def example_of(version: SchemeVersion, at: datetime, language: Language) -> dict[str, Any] | None:
    """The calculation with the scheme's own example answers, run by the rules themselves."""
    answers = version.texts.get("example")
    if not isinstance(answers, Mapping):
        return None
    values = {name: Value(value) for name, value in typed(version.form, answers).items()}
    verdict = compiled_rules(version).check(values, on=timezone.localdate(at))
    if verdict.amount_nok is None:
        return None
    return {"rows": sum_rows(verdict, language), "amount": amount_text(verdict.amount_nok, language)}


def decided_amount(sources: list[FundingSource], language: Language) -> str:
    decided = [one.amount_nok for one in sources if one.state == FundingSource.State.DECIDED]
    return amount_text(sum(decided, Decimal(0)), language) if decided else ""
