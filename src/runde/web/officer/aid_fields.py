"""The questions about earlier aid and undertakings, and what was answered."""

from __future__ import annotations

from datetime import date

from django.http import QueryDict
from django.utils import timezone

from runde.engine.reference.api import aid_instruments, amount_text, date_text
from runde.foundation.trust.api import Refused
from runde.grants.aid.api import Said, Told
from runde.grants.casework.api import EarlierSupport
from runde.web.components.fields import Choice, Field
from runde.web.entrance import Request
from runde.web.officer.opened import Opened
from runde.web.officer.typed_days import read_day
from runde.web.staff import read_amount

RULES = {
    "general": "Bagatellmessig støtte",
    "road_freight": "Bagatellmessig støtte til godstransport på vei",
    "sgei": "Støtte til tjenester av allmenn interesse",
    "agriculture": "Bagatellmessig støtte til jordbruk",
    "fishery": "Bagatellmessig støtte til fiske",
    "none": "Annen støtte, teller ikke mot taket",
}
NO_DAY = "Skriv datoen som dag.måned.år, for eksempel 14.12.2025."


def aid_fields(typed: QueryDict, errors: dict[str, str], found: EarlierSupport) -> list[Field]:
    units = sorted(found.undertaking.members)
    asked = [
        _text(
            typed,
            errors,
            "giver",
            "Hvem ga støtten?",
            "For eksempel Innovasjon Norge eller en annen kommune.",
        ),
        _text(
            typed, errors, "date", "Når fikk virksomheten vedtaket?", "Datoen på vedtaket, ikke utbetalingen."
        ),
        _text(
            typed,
            errors,
            "amount",
            "Hvor mye?",
            "Kroner. For lån og garantier: verdien av fordelen før skatt.",
        ),
        _select(typed, errors, "rule", "Hvilken regel?", RULES),
        _select(typed, errors, "instrument", "Hva slags støtte?", aid_instruments()),
        _select(
            typed,
            errors,
            "same_costs",
            "Dekker den samme kostnader som søknaden?",
            {"no": "Nei", "yes": "Ja"},
        ),
    ]
    if len(units) > 1:
        asked.append(
            _select(typed, errors, "unit", "Hvilken virksomhet?", {number: number for number in units})
        )
    return asked


def ruling_fields(typed: QueryDict, errors: dict[str, str], found: EarlierSupport) -> list[Field]:
    return [
        _text(typed, errors, "other", "Organisasjonsnummeret til den andre virksomheten", "Ni sifre."),
        _select(
            typed,
            errors,
            "linked",
            "Hører de sammen?",
            {"yes": "Ja, de eies eller styres sammen", "no": "Nei, de skal ikke regnes sammen"},
        ),
        _text(typed, errors, "from", "Fra hvilken dag?", "Når eierskapet eller avtalen begynte å gjelde."),
        _text(
            typed,
            errors,
            "to",
            "Til og med hvilken dag?",
            "La stå tomt hvis det fortsatt gjelder.",
            optional=True,
        ),
        _reason(
            typed, errors, "Hvordan vet dere det?", "For eksempel «Aksjonærregisteret viser 60 prosent»."
        ),
    ]


def withdraw_fields(typed: QueryDict, errors: dict[str, str], found: EarlierSupport) -> list[Field]:
    declared = {
        str(one.id): f"{one.giver}, {date_text(one.right_arose_date)}, {amount_text(one.amount_nok)}"
        for one in found.entries
        if one.origin == "declared"
    }
    if not declared:
        return []
    return [
        _select(typed, errors, "aid", "Hvilken støtte?", declared),
        _reason(typed, errors, "Hvorfor skal den ikke telle med?", ""),
    ]


def aid_told(given: QueryDict, opened: Opened) -> Told:
    """Raises Refused with the field it is about."""
    amount, wrong = read_amount(given.get("amount", ""))
    if amount is None:
        raise Refused(wrong or "Skriv hvor mye støtte virksomheten fikk.", about="amount")
    rule, call = given.get("rule", ""), opened.page.application.call
    if rule not in RULES:
        raise Refused("Velg hvilken regel støtten er gitt etter.", about="rule")
    own = opened.page.application.organisation_number
    return Told(
        organisation_number=given.get("unit", "") or own,
        giver=given.get("giver", ""),
        rule="" if rule == "none" else rule,
        instrument=given.get("instrument", ""),
        right_arose_date=_day(given, "date"),
        amount_nok=amount,
        same_costs=given.get("same_costs") == "yes",
        euro_rate=call.euro_rate,
        euro_rate_date=call.euro_rate_date,
        euro_rate_source=call.euro_rate_source,
    )


def ruling_said(given: QueryDict, opened: Opened, request: Request) -> Said:
    """Raises Refused with the field it is about."""
    if given.get("linked") not in ("yes", "no"):
        raise Refused("Velg om de hører sammen.", about="linked")
    typed_to = given.get("to", "").strip()
    since = given.get("from", "").strip()
    return Said(
        number=opened.page.application.organisation_number,
        other="".join(given.get("other", "").split()),
        is_linked=given["linked"] == "yes",
        from_date=_day(given, "from") if since else timezone.localdate(request.at),
        to_date=_day(given, "to") if typed_to else None,
        reason=given.get("reason", ""),
    )


def _day(given: QueryDict, name: str) -> date:
    found = read_day(given.get(name, ""))
    if found is None:
        raise Refused(NO_DAY, about=name)
    return found


def _text(
    typed: QueryDict, errors: dict[str, str], name: str, label: str, help_text: str, *, optional: bool = False
) -> Field:
    return Field(
        name,
        label,
        value=typed.get(name, ""),
        description=help_text,
        error=errors.get(name, ""),
        optional=optional,
    )


def _select(
    typed: QueryDict, errors: dict[str, str], name: str, label: str, choices: dict[str, str]
) -> Field:
    shown = (Choice("", "Velg"), *(Choice(key, text) for key, text in choices.items()))
    return Field(
        name,
        label,
        kind="select",
        choices=shown,
        value=typed.get(name, ""),
        error=errors.get(name, ""),
    )


def _reason(typed: QueryDict, errors: dict[str, str], label: str, help_text: str) -> Field:
    return Field(
        "reason",
        label,
        kind="textarea",
        rows=3,
        value=typed.get("reason", ""),
        description=help_text,
        error=errors.get("reason", ""),
        audience="applicant",
        html_id=f"id_reason_{len(label)}",
    )
