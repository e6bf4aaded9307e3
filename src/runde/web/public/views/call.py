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
from runde.engine.rules import Value, Verdict
from runde.engine.whatif import assume
from runde.foundation.forms.api import typed
from runde.foundation.ledger.api import balances
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
    requirements = public_sentences(version, language, today)
    facts = {
        "h1": chosen(version.texts, "name", language),
        "summary": chosen(version.texts, "summary", language),
        "call": found,
        "phase": phase,
        "facts": key_facts(found, language),
        "waiting": [one for one in sources if one.state == FundingSource.State.SUBJECT_TO_DECISION],
        "closes_soon": phase == "open" and found.closes_at - request.at < LAST_CHANCE,
        "requirements": list(requirements.values()),
        "laid_down": rules_with_references(version, requirements),
        "example": example_of(version, request.at, language),
        "needed": chosen_list(version.texts, "needed", language),
        "treatment": chosen_list(version.texts, "treatment", language),
        "conditions": chosen_list(version.texts, "conditions", language),
        "purpose": chosen(version.texts, "purpose", language),
        "money": money_of(sources, language),
        "looked_up_at": request.at,
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
    """One calculation by the rules themselves: with the scheme's own example answers, else with what it assumes."""
    day, answers = timezone.localdate(at), version.texts.get("example")
    if isinstance(answers, Mapping):
        values = {name: Value(value) for name, value in typed(version.form, answers).items()}
        verdict: Verdict | None = compiled_rules(version).check(values, on=day)
    else:
        verdict = assume(compiled_rules(version).ruleset, version.assumptions).example(day)
    if verdict is None or verdict.amount_nok is None:
        return None
    return {"rows": sum_rows(verdict, language), "amount": amount_text(verdict.amount_nok, language)}


def rules_with_references(version: SchemeVersion, requirements: Mapping[str, str]) -> list[tuple[str, str]]:
    """Each requirement with where it is laid down, for those that say so."""
    laid_down = {one.slug: one.legal_reference for one in compiled_rules(version).ruleset.criteria}
    return [(laid_down[slug], sentence) for slug, sentence in requirements.items() if laid_down[slug]]


def money_of(sources: list[FundingSource], language: Language) -> dict[str, Any]:
    """What is decided, and what of it is left. Empty before anything is decided."""
    decided = [one for one in sources if one.state == FundingSource.State.DECIDED]
    if not decided:
        return {}
    standing = balances(one.id for one in decided)
    left = sum((one.available for one in standing.values()), Decimal(0))
    given = sum((one.amount_nok for one in decided), Decimal(0))
    return {
        "left": amount_text(left, language),
        "given": amount_text(given, language),
        "is_used_up": left <= 0,
    }
