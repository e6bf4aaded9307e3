"""The officer's form on a case: outcome with its reason, amount, own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from uuid import UUID

from django.http import QueryDict

from runde.engine.reference.api import amount_text, number_text
from runde.grants.casework.api import CasePage, Line, Reason, get_reason
from runde.web.components.fields import Choice, Field
from runde.web.officer.explaining import Explained, departure_fields, errors_of, past_fields
from runde.web.staff import read_amount

OUTCOMES = {"granted": "Gi tilskudd", "refused": "Gi avslag"}
NO_REASON = "Velg hva du foreslår."
LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, kept as it was, with what could be read of it and what is to be mended."""

    reason: str = ""
    amount: str = ""
    text: str = ""
    amount_nok: Decimal | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    explained: Explained = field(default_factory=Explained)

    @classmethod
    def of(cls, posted: QueryDict) -> Typed:
        reason, amount = posted.get("reason", ""), posted.get("amount", "").strip()
        text = posted.get("text", "")
        amount_nok, wrong = read_amount(amount)
        errors = {"amount": wrong} if wrong else {}
        if len(text) > LONGEST:
            errors["text"] = f"Skriv høyst {number_text(LONGEST)} tegn. Nå er det {number_text(len(text))}."
        explained = Explained.of(posted)
        errors |= explained.too_long()
        try:
            get_reason(reason)
        except LookupError:
            errors = {"reason": NO_REASON, **errors}
        return cls(reason, amount, text, amount_nok, errors, explained)

    def line(self, case_id: UUID) -> Line:
        outcome = get_reason(self.reason).outcome
        said = self.explained
        return Line(
            case_id,
            outcome,
            self.reason,
            self.amount_nok,
            self.text,
            said.deviations(),
            said.departure_code,
            said.departure_words,
        )

    def unexplained(self, found: Mapping[str, str]) -> Typed:
        """Something is gone past or departed from without a reason: each sentence beside its own field."""
        return replace(self, errors=errors_of(found))

    def refused(self, sentence: str) -> Typed:
        """The rules of casework said no: their sentence beside the field it is about."""
        about = "amount" if "eløp" in sentence else "text" if "egne ord" in sentence else "reason"
        return replace(self, errors={about: sentence})


def weighing_fields(page: CasePage, typed: Typed | None) -> list[Field]:
    """What is proposed, how much and why, with what was typed before; and why criteria or like cases are left."""
    said = typed or Typed(reason=_suggested(page))
    open_criteria = [one for one in page.verdict.criteria if one.outcome != "met"]
    reasons = (*page.grant_reasons, *page.refusal_reasons)
    calculated = page.case.recommended_nok
    help_text = "Beløp i hele kroner. La feltet stå tomt ved avslag."
    if calculated:
        help_text = (
            f"La feltet stå tomt for beløpet reglene gir: {amount_text(calculated)}. Tomt også ved avslag."
        )
    return [
        Field(
            "reason",
            "Hva foreslår du?",
            kind="radios",
            choices=tuple(_choice(reason) for reason in reasons),
            value=said.reason,
            error=said.errors.get("reason", ""),
        ),
        Field(
            "amount",
            "Beløp, hvis et annet enn det reglene gir" if calculated else "Beløp, hvis du foreslår tilskudd",
            kind="money",
            value=said.amount,
            description=help_text,
            optional=True,
            error=said.errors.get("amount", ""),
        ),
        Field(
            "text",
            "Begrunnelse med egne ord",
            kind="textarea",
            rows=5,
            value=said.text,
            description="Står i brevet. Må fylles ut når du vurderer selv eller velger et annet beløp.",
            audience="applicant",
            optional=True,
            error=said.errors.get("text", ""),
        ),
        *past_fields(open_criteria, said.explained, said.errors),
        *departure_fields(said.explained, said.errors),
    ]


def _choice(reason: Reason) -> Choice:
    return Choice(reason.code, f"{OUTCOMES[reason.outcome]}: {reason.label['nb'].lower()}")


def _suggested(page: CasePage) -> str:
    """What the rules alone lead to is chosen already; a case to be weighed starts empty."""
    if page.case.lane == "green":
        return "all_met"
    return "criteria_not_met" if page.case.lane == "red" else ""
