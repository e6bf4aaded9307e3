"""«Lignende saker»: how the most alike cases were decided, what is alike and what is not."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from runde.engine.reference.api import amount_text, date_text
from runde.grants.casework.api import SimilarCases, get_reason, get_why
from runde.grants.precedents.api import Comparison, Similar
from runde.web.components.facts import Fact
from runde.web.staff import count_text

NONE_YET = "Ingen lignende saker ennå. Vedtaket ditt blir det første av sitt slag."


@dataclass(frozen=True, slots=True)
class SimilarCard:
    """One decided case as the panel shows it. `alike` and `differs` are lines of label and values."""

    number: str
    url: str
    outcome: str
    is_granted: bool
    day: str
    alike: tuple[str, ...]
    differs: tuple[tuple[str, str], ...]
    reasons: tuple[str, ...]
    words: str


def lead_of(found: SimilarCases) -> str:
    """ "5 lignende saker: 4 fikk tilskudd, 1 avslag. Median 62 000 kroner." """
    if not found.found:
        return NONE_YET
    count = count_text(len(found.found), "lignende sak", "lignende saker")
    parts = [f"{found.granted} fikk tilskudd"] if found.granted else []
    parts += [f"{found.refused} fikk avslag"] if found.refused else []
    median = f" Median {amount_text(found.median_nok)}." if found.median_nok and found.granted > 1 else ""
    return f"{count}: {', '.join(parts)}.{median}"


def elsewhere_of(found: SimilarCases) -> str:
    """What other municipalities did, all of them together; empty when there are too few."""
    if found.elsewhere is None:
        return ""
    seen = found.elsewhere
    return (
        f"I {seen.tenants} andre kommuner har {seen.granted} av {seen.granted + seen.refused} saker som mangler "
        "de samme kravene, fått tilskudd. Vi viser ikke hvilke kommuner eller saker det er."
    )


def departs_of(found: SimilarCases) -> str:
    """ "3 av 3 lignende saker fikk tilskudd. Du foreslår avslag." for a proposal that goes another way."""
    line = found.proposed
    return str(line.departs_from["sentence"]) if line is not None and line.departs_from else ""


def cards_of(found: SimilarCases, slug: str) -> list[SimilarCard]:
    return [_card(one, slug) for one in found.found]


def _card(one: Similar, slug: str) -> SimilarCard:
    row = one.precedent
    granted = row.outcome == "granted"
    return SimilarCard(
        number=row.case_number,
        url=_case_url(slug, row.case_id) if slug else "",
        outcome=f"Tilskudd, {amount_text(row.amount_nok)}" if granted else "Avslag",
        is_granted=granted,
        day=date_text(timezone.localdate(row.decided_at)),
        alike=tuple(_alike(each) for each in one.alike),
        differs=tuple(_differs(each) for each in one.differs),
        reasons=_reasons(one),
        words=row.words,
    )


def _case_url(slug: str, case_id: UUID) -> str:
    return reverse("case", args=[slug, case_id])


def _alike(one: Comparison) -> str:
    if one.ours == one.theirs:
        return f"{one.label}: {one.ours}"
    return f"{one.label}: {one.theirs}, her {one.ours}"


def _differs(one: Comparison) -> tuple[str, str]:
    return one.label, f"{one.theirs}, her {one.ours}"


def _reasons(one: Similar) -> tuple[str, ...]:
    """The coded reasons, each once: of the outcome, of what was gone past, of a departure."""
    row = one.precedent
    codes = [each["code"] for each in row.deviations]
    codes += [row.departure_code] if row.departure_code else []
    return tuple(
        dict.fromkeys(
            [get_reason(row.reason_code).label["nb"], *(get_why(code).label["nb"] for code in codes)]
        )
    )


def printed_facts(found: SimilarCases) -> list[Fact]:
    """For the municipality's own print: each case with what is alike and what differs."""
    return [_printed(one) for one in cards_of(found, "")] if found.found else []


def _printed(one: SimilarCard) -> Fact:
    told = [*one.alike, *(f"skiller seg i {label.lower()}: {values}" for label, values in one.differs)]
    return Fact(f"Sak {one.number}", f"{one.outcome}. {', '.join(one.reasons)}", source="; ".join(told))
