"""How long the case has waited, what the applicant has been told of it, and a word that it takes longer."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.urls import reverse

from runde.engine.reference.api import date_text, weekday_date_text
from runde.grants.casework.api import (
    Case,
    CaseClock,
    ProvisionalReply,
    list_delay_reasons,
    may_step,
    why_later,
)
from runde.web.components.fields import Choice, Field
from runde.web.officer.opened import Facts, Opened
from runde.web.staff import new_key


def clock_part(opened: Opened) -> Facts | None:
    """Nothing for a case that is decided or withdrawn. Two statements, and those of the permission."""
    case, said = opened.page.case, opened.said or QueryDict()
    if case.state not in (Case.State.OPEN, Case.State.PROPOSED) or opened.page.decisions:
        return None
    clock = opened.clock
    fields = delay_fields(said)
    return {
        "sentence": sentence_of(clock),
        "next": _next(clock),
        "is_overdue": clock.is_overdue,
        "told": [_told(one) for one in clock.replies],
        "may_delay": may_step(case, "delay", by=opened.request.actor),
        "url": reverse("case_delay", args=[opened.slug, case.id]),
        "key": new_key(),
        "fields": fields,
        "errors": [field for field in fields if field.error],
    }


def sentence_of(clock: CaseClock) -> str:
    """ "Dag 9 av 30. Svarfristen er fredag 4. desember 2026." """
    day = f"Dag {clock.day} av {clock.of_days}."
    deadline = weekday_date_text(clock.answer_by_date)
    if clock.standing_since_date:
        since = date_text(clock.standing_since_date)
        return f"{day} Klokka står siden {since}, fordi vi venter på svar fra søkeren."
    if clock.is_overdue:
        return f"{day} Svarfristen var {deadline}. Saken er forsinket."
    return f"{day} Svarfristen er {deadline}."


def _next(clock: CaseClock) -> str:
    if clock.standing_since_date:
        return ""
    word = "si fra om en ny forsinkelse" if clock.replies else "sende foreløpig svar"
    return f"Er saken ikke avgjort da, vil Runde {word} {weekday_date_text(clock.next_word_date)}."


def _told(reply: ProvisionalReply) -> dict[str, Any]:
    what = "Foreløpig svar" if reply.number == 1 else "Ny forsinkelse"
    return {
        "what": f"{what} sendt {date_text(reply.made_at.date())}",
        "expected": f"Søkeren kan vente svar innen {date_text(reply.expected_date)}.",
        "why": why_later(reply.reason_code, reply.reason_text, "nb"),
    }


def delay_fields(said: QueryDict) -> list[Field]:
    """When and why, with what was typed and what is wrong with it."""
    reasons = [Choice(one.code, one.label["nb"]) for one in list_delay_reasons()]
    return [
        Field(
            "expected",
            "Når kan søkeren vente svar?",
            kind="date",
            value=said.get("expected", ""),
            error=said.get("expected_error", ""),
            description="Skriv dag, måned og år, for eksempel 14.12.2026.",
        ),
        Field(
            "delay_reason",
            "Hvorfor tar det lengre tid?",
            kind="radios",
            choices=tuple(reasons),
            value=said.get("delay_reason", ""),
            error=said.get("delay_reason_error", ""),
            audience="applicant",
        ),
        Field(
            "delay_words",
            "Med egne ord",
            kind="textarea",
            rows=3,
            optional=True,
            value=said.get("delay_words", ""),
            error=said.get("delay_words_error", ""),
            audience="applicant",
        ),
    ]
