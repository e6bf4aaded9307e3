"""What follows a decision: read, accepted, lapsed."""

from __future__ import annotations

from datetime import date

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from runde.engine.reference.api import date_text
from runde.web.components.facts import Fact
from runde.web.components.fields import Field
from runde.web.officer.opened import Facts, Opened
from runde.web.staff import day_and_clock


def aftermath_part(opened: Opened) -> Facts | None:
    """Whether the decision in force is read and accepted, and the way to let it lapse."""
    if not opened.page.decisions:
        return None
    today = timezone.localdate(opened.request.at)
    return {
        "facts": _aftermath(opened),
        "may_lapse": opened.following.may_correspond and _may_lapse(opened, today),
        "lapse_url": reverse("case_lapse", args=[opened.slug, opened.page.case.id]),
        "lapse_fields": _lapse_fields(opened.said or QueryDict()),
    }


def _aftermath(opened: Opened) -> list[Fact]:
    decision, page = opened.page.decisions[0], opened.page
    reading, answer = page.reading_of(decision), page.acceptance_of(decision)
    facts = [Fact("Lest av søkeren", day_and_clock(reading.read_at) if reading else "Ikke bekreftet ennå")]
    if answer:
        source = answer.reason or day_and_clock(answer.answered_at)
        facts.append(Fact("Vilkårene", answer.get_answer_display(), source=source))
    elif decision.accept_by_date:
        facts.append(Fact("Vilkårene", f"Må godtas innen {date_text(decision.accept_by_date)}"))
    return facts


def _may_lapse(opened: Opened, today: date) -> bool:
    decision = opened.page.decisions[0]
    if opened.page.acceptance_of(decision):
        return False
    last = decision.accept_by_date
    return last is not None and today > last


def _lapse_fields(said: QueryDict) -> list[Field]:
    return [
        Field(
            "reason",
            "Hvorfor faller tilskuddet bort?",
            kind="textarea",
            rows=3,
            value=said.get("reason", ""),
            error=said.get("reason_error", ""),
        )
    ]
