"""A case in the words and rows that its page shows."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone

from runde.engine.reference.api import amount_text, date_text, format_orgnr, mask_account
from runde.foundation.forms.api import ShownSection, questions_of, shown_answers
from runde.grants.casework.api import Case, CaseClock, CasePage, Decision, Impartiality, get_reason, is_final
from runde.web.components.facts import Fact
from runde.web.officer.explaining import explained_facts
from runde.web.officer.proposed import OUTCOME_WORDS
from runde.web.staff import day_and_clock

TAGS = {"open": "info", "proposed": "warning", "decided": "success", "withdrawn": "neutral"}


def heading_of(page: CasePage) -> str:
    """What the case comes to, in one sentence."""
    name, case = page.application.company_name, page.case
    if page.decisions:
        granted = page.decisions[0].outcome == "granted"
        return (
            f"{name} får {amount_text(page.decisions[0].amount_nok)}"
            if granted
            else f"{name} har fått avslag"
        )
    if case.state == Case.State.WITHDRAWN and page.is_live:
        return f"{name} har trukket søknaden"
    if page.open_line and page.is_live:
        granted = page.open_line.outcome == "granted"
        wish = amount_text(page.open_line.amount_nok) if granted else "avslag"
        return f"{name}: forslag om {wish} venter på godkjenning"
    if page.verdict.lane == "green" and page.verdict.amount_nok:
        return f"{name} oppfyller alle krav og får {amount_text(page.verdict.amount_nok)}"
    return f"{name} {_shortfall(page)}"


def _shortfall(page: CasePage) -> str:
    """ "mangler 3,57 prosentpoeng", "oppfyller ikke 2 av 8 krav" """
    unmet = page.verdict.not_met
    if len(unmet) == 1 and unmet[0].distance is not None:
        sentence = unmet[0].distance.sentence("nb")
        if sentence.startswith("mangler"):
            return sentence
    if unmet:
        return f"oppfyller ikke {len(unmet)} av {len(page.verdict.criteria)} krav"
    return "må vurderes"


def identity_facts(page: CasePage) -> list[str]:
    application = page.application
    place = str(application.facts.get("address", [""])[-1]) if application.facts.get("address") else ""
    facts = [f"Org.nr. {format_orgnr(application.organisation_number)}", place]
    return [fact for fact in facts if fact]


def clock_text(clock: CaseClock) -> str:
    """ "Dag 9 av 42, svarfrist 4. desember 2026"; while an answer is awaited "Dag 9 av 42, klokka står"."""
    day = f"Dag {clock.day} av {clock.of_days}"
    if clock.standing_since_date:
        return f"{day}, klokka står siden {date_text(clock.standing_since_date)}"
    if clock.is_overdue:
        return f"{day}, forsinket siden {date_text(clock.answer_by_date)}"
    return f"{day}, svarfrist {date_text(clock.answer_by_date)}"


def state_tag(page: CasePage) -> tuple[str, str]:
    return page.case.get_state_display(), TAGS[page.case.state]


def word_text(word: Impartiality | None) -> str:
    return f"Du har sagt at du kan behandle saken, {day_and_clock(word.declared_at)}." if word else ""


def decision_facts(page: CasePage) -> list[Fact]:
    """The decision in force: outcome, reason, who, and that it is final."""
    if not page.decisions:
        return []
    decision = page.decisions[0]
    prepared, decided = page.names.get(decision.prepared_by, ""), page.names.get(decision.decided_by, "")
    facts = [
        Fact("Vedtak", OUTCOME_WORDS[decision.outcome]),
        Fact("Beløp", amount_text(decision.amount_nok)),
        Fact("Begrunnelse", get_reason(decision.reason_code).label["nb"], source=decision.reason_text),
        Fact("Forberedt av", prepared),
        Fact("Godkjent av", decided, source=day_and_clock(decision.decided_at)),
        _appeal_fact(decision),
    ]
    return [fact for fact in facts if fact.value]


def _appeal_fact(decision: Decision) -> Fact:
    if is_final(decision.reason_code):
        return Fact("Klage", "Avgjort av klageinstansen. Vedtaket er endelig.")
    return Fact("Siste dag å klage", date_text(decision.appeal_by_date))


def proposal_facts(page: CasePage) -> list[Fact]:
    line = page.open_line
    if line is None:
        return []
    by = page.names.get(line.proposal.prepared_by, "")
    return [
        Fact("Forslag", OUTCOME_WORDS[line.outcome]),
        Fact("Beløp", amount_text(line.amount_nok)),
        Fact("Begrunnelse", get_reason(line.reason_code).label["nb"], source=line.reason_text),
        *explained_facts(line, page.verdict),
        Fact("Forberedt av", by, source=day_and_clock(line.proposal.prepared_at)),
    ]


def answers_of(page: CasePage) -> tuple[ShownSection, ...]:
    """What the applicant answered, the account number with only its ends."""
    form, answers = page.application.scheme_version.form, dict(page.application.answers)
    for question in questions_of(form):
        if question.type == "account_number" and isinstance(answers.get(question.slug), str):
            answers[question.slug] = mask_account(answers[question.slug])
    return shown_answers(form, answers, "nb")


def documents_list(page: CasePage, slug: str) -> list[dict[str, Any]]:
    return [
        {
            "id": str(version.id),
            "title": version.document.title,
            "url": reverse("case_document", args=[slug, page.case.id, version.id]),
            "day": date_text(timezone.localdate(version.made_at)),
        }
        for version in page.documents
    ]


def history_of(page: CasePage) -> list[dict[str, str]]:
    return [
        {"what": one.what, "who": one.who or "Systemet", "when": day_and_clock(one.at)}
        for one in page.history
    ]
