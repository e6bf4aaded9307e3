"""What the rules say, what officers have set, what is proposed, and what has been decided."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone

from runde.engine.reference.api import date_text
from runde.grants.casework.api import Case, CasePage, Override
from runde.web.components.facts import Fact
from runde.web.officer.access import must_declare
from runde.web.officer.case_words import decision_facts, proposal_facts
from runde.web.officer.opened import Facts, Opened
from runde.web.officer.weighing import weighing_fields
from runde.web.staff import day_and_clock, new_key
from runde.web.verdicts import criteria_of, sum_rows


def decisions_part(opened: Opened) -> Facts | None:
    facts = decision_facts(opened.page)
    if not facts:
        return None
    day = date_text(timezone.localdate(opened.page.decisions[0].decided_at))
    return {"facts": facts, "day": day}


def proposal_part(opened: Opened) -> Facts | None:
    """What waits for an approver."""
    line = opened.page.open_line
    if line is None:
        return None
    return {
        "facts": proposal_facts(opened.page),
        "url": reverse("proposal", args=[opened.slug, line.proposal_id]),
        "letter_url": letter_url(opened),
    }


def checks_part(opened: Opened) -> Facts:
    """What stands in the way in full; what is met behind one line."""
    every = criteria_of(opened.page.verdict, "nb")
    met = [one for one in every if one.verdict == "met"]
    whole = "Alle" if len(met) == len(every) else f"{len(met)} av"
    return {
        "open": [one for one in every if one.verdict != "met"],
        "met": met,
        "met_text": f"{whole} {len(every)} krav er oppfylt",
    }


def calculation_part(opened: Opened) -> Facts | None:
    """The rows as they stand, and each figure an officer has set beside the one the rules give."""
    page = opened.page
    rows = sum_rows(page.verdict, "nb")
    if not rows and not page.overrides and not page.may_set:
        return None
    set_url = reverse("case_figure", args=[opened.slug, page.case.id])
    return {
        "rows": rows,
        "caption": "Slik er beløpet regnet" if page.overrides else "Slik har reglene regnet",
        "overrides": [override_facts(one, page, set_url) for one in page.overrides],
        "set_url": set_url if page.may_set else "",
    }


def override_facts(one: Override, page: CasePage, set_url: str) -> dict[str, Any]:
    return {
        "label": one.label,
        "was": one.shown_was,
        "is_now": one.shown_is,
        "reason": one.reason,
        "who": page.names.get(one.by, ""),
        "when": day_and_clock(one.at),
        "back_url": f"{set_url}?tall={one.name}&tilbake=ja" if page.may_set else "",
    }


def rules_part(opened: Opened) -> Facts:
    """Which rules the case is judged by: the version, the day, and the print of their content."""
    page = opened.page
    verdict, check = page.verdict, page.check
    source = (
        "Registeret slik det var da" if check.with_register_now else "Opplysningene søknaden ble sendt med"
    )
    return {
        "facts": [
            Fact(
                "Regler",
                f"{page.application.scheme_version.texts['name']['nb']}, versjon {verdict.version}",
            ),
            Fact("Kontroll", f"Nr. {check.number}, {day_and_clock(check.ran_at)}", source=source),
            Fact("Satser som gjaldt", date_text(verdict.on)),
            Fact("Avtrykk av reglene", check.rules_digest[:16]),
        ]
    }


def weighing_part(opened: Opened) -> Facts | None:
    """The form that lays the case before an approver."""
    page, typed = opened.page, opened.typed
    if not page.may_propose:
        return None
    fields = weighing_fields(page, typed)
    return {
        "fields": fields,
        "errors": fields if typed and typed.errors else [],
        "url": reverse("propose_case", args=[opened.slug, page.case.id]),
        "letter_url": letter_url(opened),
        "approvers": page.approvers,
        "key": new_key(),
    }


def letter_url(opened: Opened) -> str:
    page = opened.page
    return reverse("letter_preview", args=[opened.slug, page.case.id]) if _has_preview(opened, page) else ""


def _has_preview(opened: Opened, page: CasePage) -> bool:
    """A letter can be shown before the decision when somebody has proposed, or the rules alone settle the case."""
    if page.case.state == Case.State.DECIDED or not page.is_live or not must_declare(opened.request.actor):
        return False
    return page.open_line is not None or page.case.lane != "yellow"
