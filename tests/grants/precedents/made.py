"""Cases made up for comparing, by hand and by hypothesis."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

from hypothesis import strategies as st

from runde.foundation.trust.api import new_id
from runde.grants.precedents.api import Features, Gap, Missed, Weighed, record_precedents

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
FALL = "fall-i-omsetning"


def fall(points: str, *, label: str = "Omsetningen har falt med minst 30 prosent") -> Missed:
    """Missed the required drop by so many percentage points."""
    return Missed(FALL, gap=Gap("drop", Decimal(points) / 100, "share", True), label=label)


def case(*missed: Missed, **given: object) -> Features:
    known: dict[str, object] = {
        "rules_name": "smittevern",
        "lane": "yellow",
        "industry": "56.110",
        "section": "I",
        "employees": 4,
        "municipality": "3407",
        "age_years": 6,
        "calculated_nok": Decimal(80_000),
    }
    return Features(missed=tuple(sorted(missed, key=lambda one: one.token)), **{**known, **given})  # type: ignore[arg-type]


def weighed(features: Features, outcome: str = "granted", amount: int = 60_000, **given: object) -> Weighed:
    known: dict[str, object] = {
        "decision_id": new_id(),
        "case_id": new_id(),
        "case_number": "26/1",
        "call_id": UUID(int=1),
        "reason_code": "discretion_granted" if outcome == "granted" else "criteria_not_met",
        "words": "Stengt av kommunen i mai.",
    }
    sum_nok = Decimal(amount if outcome == "granted" else 0)
    return Weighed(features=features, outcome=outcome, amount_nok=sum_nok, **{**known, **given})  # type: ignore[arg-type]


def decided(*weighed_ones: Weighed) -> None:
    record_precedents(list(weighed_ones), at=AT)


INDUSTRIES = {"56.110": "I", "56.301": "I", "55.101": "I", "47.111": "G", "90.020": "R", "": ""}
_gaps = st.none() | st.builds(
    Gap,
    name=st.just("drop"),
    size=st.decimals(0, 1_000_000_000, places=3),
    unit=st.sampled_from(["share", "NOK", "ansatte"]),
    low=st.booleans(),
)
_missed = st.builds(
    Missed,
    slug=st.sampled_from(["fall", "kostnader", "ansatte", "kommune"]),
    is_unknown=st.booleans(),
    gap=_gaps,
    label=st.just("Et krav"),
)


@st.composite
def any_case(draw: st.DrawFn) -> Features:
    missed = draw(st.lists(_missed, max_size=4, unique_by=lambda one: one.slug))
    industry = draw(st.sampled_from(sorted(INDUSTRIES)))
    return case(
        *missed,
        rules_name=draw(st.sampled_from(["smittevern", "reiseliv"])),
        industry=industry,
        section=INDUSTRIES[industry],
        employees=draw(st.none() | st.integers(0, 300)),
        municipality=draw(st.sampled_from(["3407", "3403"])),
    )
