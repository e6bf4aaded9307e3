"""Whether a proposed outcome holds together: outcome, amount and reason for one case."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from .reasons import UnknownReason, get_reason

ORE = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Deviation:
    """Why a criterion is gone past: a coded reason and the officer's own words."""

    criterion: str
    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """What an officer proposes for one case. `amount_nok` None means what the rules have calculated.

    `deviations` are needed for every criterion deviated from, `departure_*` when like cases went another way.
    `reserve_rank` puts a refused case on the reserve list for `reserve_nok`, after those who are there already.
    """

    case_id: UUID
    outcome: str
    reason_code: str
    amount_nok: Decimal | None = None
    reason_text: str = ""
    deviations: tuple[Deviation, ...] = ()
    departure_code: str = ""
    departure_words: str = ""
    reserve_rank: int | None = None
    reserve_nok: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What the rules say of the case now."""

    lane: str
    recommended_nok: Decimal | None


def as_checked(case_id: UUID, standing: Standing) -> Line | None:
    """What the rules alone lead to; None for what a person must weigh."""
    if standing.lane == "green" and standing.recommended_nok:
        return Line(case_id, "granted", "all_met", standing.recommended_nok)
    if standing.lane == "red":
        return Line(case_id, "refused", "criteria_not_met", Decimal(0))
    return None


def settled_amount(line: Line, standing: Standing) -> Decimal:
    """The amount the line means; nothing for a refusal, and for a grant without any amount."""
    if line.outcome == "refused":
        return Decimal(0)
    amount = standing.recommended_nok if line.amount_nok is None else line.amount_nok
    return amount or Decimal(0)


def deviates(line: Line, standing: Standing) -> bool:
    """Whether the officer has gone another way than the rules."""
    expected = as_checked(line.case_id, standing)
    if expected is None:
        return False
    return expected.outcome != line.outcome or expected.amount_nok != settled_amount(line, standing)


def problem(line: Line, standing: Standing, *, by_terms: bool = False) -> str | None:
    """A sentence saying what is wrong and how to mend it; None when the line holds.

    An amount found `by_terms` for many at once is explained by them.
    """
    try:
        reason = get_reason(line.reason_code)
    except UnknownReason:
        return "Velg en begrunnelse fra lista."
    if reason.outcome != line.outcome or standing.lane not in reason.lanes:
        return f"Begrunnelsen «{reason.label['nb']}» passer ikke til dette utfallet. Velg en annen."
    found = _amount_problem(line, standing) or _reserve_problem(line)
    return found or (None if by_terms else _words_problem(line, standing, reason.needs_words))


def _amount_problem(line: Line, standing: Standing) -> str | None:
    amount = settled_amount(line, standing)
    if line.outcome == "refused":
        return "Et avslag kan ikke ha et beløp. La beløpet stå tomt." if line.amount_nok else None
    if not amount.is_finite() or amount <= 0:
        return "Skriv hvor mye virksomheten skal få. Beløpet må være større enn 0 kroner."
    if amount != amount.quantize(ORE):
        return "Beløpet kan ha høyst to desimaler. Rund det av til hele kroner."
    return None


def _reserve_problem(line: Line) -> str | None:
    if line.reserve_rank is None and line.reserve_nok is None:
        return None
    if line.outcome != "refused":
        return "En sak som får tilskudd, kan ikke stå på reservelista."
    if line.reserve_rank is None or line.reserve_rank < 1 or not line.reserve_nok or line.reserve_nok <= 0:
        return "Skriv både plassen på reservelista og beløpet den gjelder."
    return None


def _words_problem(line: Line, standing: Standing, needs_words: bool) -> str | None:
    if line.reason_text.strip() or not (needs_words or deviates(line, standing)):
        return None
    return "Skriv med egne ord hvorfor. Forslaget går en annen vei enn reglene alene."
