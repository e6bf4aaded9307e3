"""One call: whether one is in, how much, by when, and what it takes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from runde.engine.reference.api import Language, amount_text, rules_text, weekday_date_text
from runde.engine.rules import Value, Verdict
from runde.engine.whatif import assume
from runde.foundation.documents.api import read_version
from runde.foundation.forms.api import typed
from runde.grants.casework.api import public_awards
from runde.grants.schemes.api import (
    Announcement,
    Call,
    FundingSource,
    MoneyLeft,
    Phase,
    SchemeVersion,
    call_phase,
    compiled_rules,
    contact_of,
    files_of,
    find_announcement,
    get_call,
    money_left,
    public_sentences,
    sources_of,
)
from runde.web.applicant.files import as_file
from runde.web.components.facts import Fact
from runde.web.components.tags.norwegian import page_language
from runde.web.entrance import PUBLIC, Request, entrance
from runde.web.public import stages, structured
from runde.web.texts import chosen, chosen_list
from runde.web.verdicts import sum_rows

STILL_OF_USE = (Phase.NOT_OPEN, Phase.OPEN, Phase.GRACE)


@entrance(PUBLIC)
def show(request: Request, call: str) -> HttpResponse:
    found, phase = published(request, call)
    language, version, tenant = page_language(), found.scheme_version, request.tenant.slug
    sources, money = sources_of(found), money_left(found)
    own = stages.own_application(found, getattr(request, "actor", None))
    facts = {
        "h1": chosen(version.texts, "name", language),
        "summary": chosen(version.texts, "summary", language),
        "call": found,
        "phase": phase,
        "facts": key_facts(found, language),
        "notes": stages.notes_of(found, phase, money, request.at),
        "ways": stages.ways_on(found, phase, own, tenant),
        "waiting": _waiting(sources) if phase in STILL_OF_USE else [],
        "is_of_use": phase in STILL_OF_USE,
        "lateness": stages.lateness(found),
        "late_rule": chosen({"rule": found.late_rule}, "rule", language),
        "money": money_facts(money, language),
        "contact": contact_of(found),
        "files": files_of(found),
        "looked_up_at": request.at,
        **_about(version, timezone.localdate(request.at), language),
        **_links(request, found),
    }
    return render(request, "public/call.html", facts)


@entrance(PUBLIC)
def download(request: Request, call: str, document: UUID) -> HttpResponse:
    """A file the municipality has put on the call."""
    found, _phase = published(request, call)
    version = next((one for one in files_of(found) if one.document_id == document), None)
    if version is None:
        raise Http404
    return as_file(version, read_version(version))


def published(request: Request, slug: str) -> tuple[Call, Phase]:
    """The call as the public may see it: also when it is withdrawn after it was published."""
    found = get_call(slug)
    phase = call_phase(found, request.at)
    if found.published_at is None or phase == Phase.DRAFT:
        raise Http404
    return found, phase


def key_facts(call: Call, language: Language) -> list[Fact]:
    texts = call.scheme_version.texts
    rows = [
        Fact(_("Frist"), stages.deadline_text(call)),
        Fact(_("Hvor mye"), chosen(texts, "how_much", language)),
        Fact(_("Hvem"), chosen(texts, "who", language)),
        Fact(_("Svar"), _("innen %(day)s") % {"day": weekday_date_text(call.answer_by_date, language)}),
        Fact(_("Tid du bruker"), chosen(texts, "time_needed", language)),
    ]
    return [row for row in rows if row.value]


def _waiting(sources: list[FundingSource]) -> list[FundingSource]:
    return [one for one in sources if one.state == FundingSource.State.SUBJECT_TO_DECISION]


def _about(version: SchemeVersion, today: date, language: Language) -> dict[str, Any]:
    """What the scheme says of itself."""
    requirements = public_sentences(version, language, today)
    return {
        "requirements": list(requirements.values()),
        "laid_down": rules_with_references(version, requirements),
        "example": example_of(version, today, language),
        "needed": chosen_list(version.texts, "needed", language),
        "treatment": chosen_list(version.texts, "treatment", language),
        "conditions": chosen_list(version.texts, "conditions", language),
        "purpose": chosen(version.texts, "purpose", language),
        "guidelines": chosen(version.legal_basis, "guidelines", language),
        "references": rules_text(version.legal_basis.get("references", ()), today, language),
    }


def _links(request: Request, call: Call) -> dict[str, Any]:
    address = [request.tenant.slug, call.slug]
    announced = find_announcement(*address)
    return {
        "structured": _structured(request, announced) if announced else "",
        "calendar_url": reverse("call_calendar", args=address) if announced else "",
        "awards_url": reverse("public_awards", args=address) if public_awards(call.id, most=0).count else "",
        "subscribe_url": f"{reverse('subscribe')}?kommune={request.tenant.municipality_number}",
        "back_url": reverse("calls"),
        "back_text": _("Alle ordninger"),
    }


def _structured(request: Request, announced: Announcement) -> str:
    address = [announced.tenant_slug, announced.call_slug]
    facts = structured.facts_of(
        announced,
        page_language(),
        url=request.build_absolute_uri(reverse("call", args=address)),
        apply_url=request.build_absolute_uri(reverse("apply", args=address)),
    )
    return structured.data_block(facts)


def example_of(version: SchemeVersion, day: date, language: Language) -> dict[str, Any] | None:
    """One calculation by the rules themselves: with the scheme's own example answers, else with what it assumes."""
    answers = version.texts.get("example")
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


def money_facts(money: MoneyLeft, language: Language) -> dict[str, Any]:
    """What is decided, and what of it is left. Empty before anything is decided."""
    if not money.decided_nok:
        return {}
    return {
        "left": amount_text(money.left_nok, language),
        "given": amount_text(money.decided_nok, language),
        "is_used_up": money.is_used_up,
    }
