"""What follows a decision: read, accepted, lapsed, appealed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from runde.engine.reference.api import date_text
from runde.grants.casework.api import Appeal
from runde.web.components.facts import Fact
from runde.web.components.fields import Choice, Field
from runde.web.officer.files import files_of
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


def appeals_part(opened: Opened) -> Facts | None:
    appeals = [_appeal(one, opened) for one in opened.following.appeals]
    return {"appeals": appeals, "may_settle": opened.following.may_correspond} if appeals else None


def _aftermath(opened: Opened) -> list[Fact]:
    decision, found = opened.page.decisions[0], opened.following
    reading, answer = found.readings.get(decision.id), found.acceptances.get(decision.id)
    facts = [Fact("Lest av søkeren", day_and_clock(reading.read_at) if reading else "Ikke bekreftet ennå")]
    if answer:
        source = answer.reason or day_and_clock(answer.answered_at)
        facts.append(Fact("Vilkårene", answer.get_answer_display(), source=source))
    elif decision.accept_by_date:
        facts.append(Fact("Vilkårene", f"Må godtas innen {date_text(decision.accept_by_date)}"))
    return facts


def _may_lapse(opened: Opened, today: date) -> bool:
    decision = opened.page.decisions[0]
    if decision.id in opened.following.acceptances:
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


def _appeal(one: Appeal, opened: Opened) -> dict[str, Any]:
    last = f"Siste dag var {date_text(one.last_date)}." if one.last_date else ""
    return {
        "when": day_and_clock(one.sent_at) if one.sent_at else "",
        "timing": f"Kom etter fristen. {last}" if one.is_late else f"Kom i tide. {last}",
        "text": one.text,
        "files": files_of(opened.following.files.get(one.id, ()), opened.slug),
        "result": one.get_result_display() if one.result else "",
        "result_text": one.result_text,
        "settle_url": "" if one.settled_at else reverse("settle_appeal", args=[opened.slug, one.id]),
        "fields": _settle_fields(one),
    }


def _settle_fields(one: Appeal) -> list[Field]:
    choices = tuple(Choice(value, label) for value, label in Appeal.Result.choices)
    return [
        Field(
            "result",
            "Hva har dere kommet til?",
            kind="radios",
            choices=choices,
            html_id=f"id_result_{one.id}",
        ),
        Field(
            "text", "Forklar med egne ord", kind="textarea", html_id=f"id_text_{one.id}", audience="applicant"
        ),
    ]
