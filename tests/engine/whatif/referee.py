"""The same figures by plain Python: every company judged alone by the check of one case, then counted."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from typing import Any

from runde.engine.rules import Criterion, Fact, RuleSet, Value, Verdict, compile_ruleset
from runde.engine.whatif import Assumption, AssumptionLine, Design

from .companies import Company

NEAR = {
    "share": ["0.01", "0.05", "0.10"],
    "days": ["30", "90", "365"],
    "employees": ["1", "2", "5"],
}
SIZES = [(100, "100-"), (50, "50-99"), (20, "20-49"), (10, "10-19"), (5, "5-9"), (1, "1-4"), (0, "0")]
AGES = [(21, "21-"), (11, "11-20"), (6, "6-10"), (3, "3-5"), (1, "1-2"), (0, "0")]


def judge(design: Design, companies: Sequence[Company], on: date) -> list[tuple[Company, Verdict]]:
    """A verdict for each company under the design's assumptions."""
    replaced = {one.name for one in design.assumptions} & {one.name for one in design.ruleset.derived}
    compiled = compile_ruleset(_given(design.ruleset, replaced))
    register = {fact.name for fact in design.ruleset.facts if fact.source == "register"}
    kinds = {fact.name: fact.type for fact in compiled.ruleset.facts}
    judged = []
    for company in companies:
        known = {name: Value(company.get(name)) for name in register}
        for assumption in design.assumptions:
            text = assumed(assumption, company)
            known[assumption.name] = Value(None if text is None else _typed(text, kinds[assumption.name]))
        judged.append((company, compiled.check(known, on)))
    return judged


def _given(ruleset: RuleSet, names: set[str]) -> RuleSet:
    facts = tuple(Fact(name, "share", "assumption", {"nb": name}) for name in sorted(names))
    derived = tuple(one for one in ruleset.derived if one.name not in names)
    return replace(ruleset, facts=(*ruleset.facts, *facts), derived=derived)


def assumed(assumption: Assumption, company: Company) -> str | None:
    """The value the documented method gives a company."""
    line = next((line for line in assumption.lines if _fits(line, company)), None)
    if line is None:
        return None
    spread = int(hashlib.sha256(company["orgnr"].encode()).hexdigest()[:8], 16) % 1000
    place, passed = _order(assumption.name).index(spread), Fraction(0)
    for band in line.bands:
        passed += Fraction(band.share)
        if place < passed * 1000:
            return band.value
    raise AssertionError("the shares do not reach one")


@cache
def _order(name: str) -> list[int]:
    return sorted(range(1000), key=lambda n: hashlib.sha256(f"{name}:{n}".encode()).digest())


def _fits(line: AssumptionLine, company: Company) -> bool:
    employees = fewest(company)
    return (
        (not line.sections or company["nace_section"] in line.sections)
        and (line.employees_from is None or employees >= line.employees_from)
        and (line.employees_to is None or employees <= line.employees_to)
    )


def fewest(company: Company) -> int:
    if company["employees"] is not None:
        return int(company["employees"])
    return 1 if company["has_registered_employees"] else 0


def _typed(text: str, kind: str) -> Any:
    if kind == "boolean":
        return text == "true"
    if kind == "date":
        return date.fromisoformat(text)
    return frozenset(text.split(",")) if kind == "codes" else Decimal(text)


@dataclass(frozen=True)
class Paid:
    """For each source low, middle, high and how many it may go to; and in how many estimates it is enough."""

    paid: list[tuple[int, ...]]
    holds_in: int


def _earmark_rules(earmark: str, ruleset: RuleSet) -> RuleSet:
    facts = tuple(fact for fact in ruleset.facts if fact.source == "register")
    known = {fact.name for fact in facts}
    extra = [Fact("vat_registered", "boolean", "register", {"nb": "Mva"})]
    criterion = Criterion("earmark", earmark, {})
    return RuleSet(
        "e", "1", {"nb": "e"}, (*facts, *(one for one in extra if one.name not in known)), (criterion,)
    )


class Referee:
    """Counts verdicts the slow and obvious way."""

    def __init__(self, design: Design, companies: Sequence[Company], on: date) -> None:
        self.design = design
        self.on = on
        self.judged = judge(design, companies, on)
        self.eligible = [
            (company, verdict) for company, verdict in self.judged if lane(verdict) == "eligible"
        ]

    def lanes(self) -> Counter[str]:
        return Counter(lane(verdict) for _, verdict in self.judged)

    def criterion(self, slug: str) -> tuple[int, int, int, list[int]]:
        """not_met, alone, unknown, and counts by distance."""
        not_met = [verdict for _, verdict in self.judged if verdict.criterion(slug).outcome == "not_met"]
        alone = [verdict for verdict in not_met if len(verdict.not_met) == 1]
        unknown = sum(verdict.criterion(slug).outcome == "unknown" for _, verdict in self.judged)
        return len(not_met), len(alone), unknown, self._near(slug, alone)

    def _near(self, slug: str, alone: Sequence[Verdict]) -> list[int]:
        counts = [0, 0, 0]
        for verdict in alone:
            distance = verdict.criterion(slug).distance
            if distance is None:
                continue
            steps = self.steps(slug, "days" if distance.is_date else distance.unit)
            place = next((n for n, step in enumerate(steps) if distance.gap <= step), None)
            if place is not None:
                counts[place] += 1
        return counts

    def steps(self, slug: str, unit: str) -> list[Decimal]:
        if unit in NEAR:
            return [Decimal(step) for step in NEAR[unit]]
        threshold = {"minimum_amount": Decimal(5000), "costs": Decimal(10000)}[slug]
        return [threshold * part / 100 for part in (5, 10, 25)]

    def groups(self, name: Callable[[Company], str]) -> dict[str, tuple[int, int, Fraction]]:
        """companies, eligible and cost by group."""
        counts: dict[str, list[Any]] = defaultdict(lambda: [0, 0, Fraction(0)])
        for company, _ in self.judged:
            counts[name(company)][0] += 1
        for company, verdict in self.eligible:
            counts[name(company)][1] += 1
            counts[name(company)][2] += Fraction(verdict.amount_nok or 0)
        return {code: (one, two, three) for code, (one, two, three) in counts.items()}

    def full_cost(self) -> Fraction:
        return sum((Fraction(verdict.amount_nok or 0) for _, verdict in self.eligible), Fraction(0))

    def median(self) -> int | None:
        amounts = sorted(Fraction(verdict.amount_nok or 0) for _, verdict in self.eligible)
        if not amounts:
            return None
        return half_up((amounts[(len(amounts) - 1) // 2] + amounts[len(amounts) // 2]) / 2)

    def sources(self) -> Paid:
        """What each source pays, one company at a time, by the rule in the guide."""
        fits = [self._fitting(source.earmark) for source in self.design.sources]
        estimates = [self._pay(share, fits) for share in self.design.take_up.shares()]
        rows = zip(*(paid for paid, _ in estimates), fits, strict=True)
        return Paid(
            [(*map(half_up, row[:-1]), sum(row[-1])) for row in rows], sum(left == 0 for _, left in estimates)
        )

    def _fitting(self, earmark: str) -> list[bool]:
        if not earmark:
            return [True] * len(self.eligible)
        compiled = compile_ruleset(_earmark_rules(earmark, self.design.ruleset))
        return [
            compiled.check({name: Value(value) for name, value in company.items()}, self.on).lane == "green"
            for company, _ in self.eligible
        ]

    def _pay(self, share: Decimal, fits: list[list[bool]]) -> tuple[list[Fraction], Fraction]:
        due = [Fraction(verdict.amount_nok or 0) * Fraction(share) for _, verdict in self.eligible]
        sources = self.design.sources
        marked = [n for n, source in enumerate(sources) if source.earmark]
        paid = [Fraction(0)] * len(sources)
        for place in marked + [n for n in range(len(sources)) if n not in marked]:
            later = marked[marked.index(place) + 1 :] if place in marked else []
            queue = sorted(
                (n for n in range(len(due)) if fits[place][n]),
                key=lambda n: (
                    sum(fits[one][n] for one in later),
                    sum(fits[one][n] << one for one in marked),
                ),
            )
            left = Fraction(sources[place].amount_nok)
            for n in queue:
                part = min(left, due[n])
                due[n], left, paid[place] = due[n] - part, left - part, paid[place] + part
        return paid, sum(due, Fraction(0))

    def contradictions(self) -> set[tuple[str, str]]:
        slugs = [one.slug for one in self.judged[0][1].criteria]
        met = [{one.slug for one in verdict.criteria if one.outcome == "met"} for _, verdict in self.judged]
        somebody = {slug for slug in slugs if any(slug in one for one in met)}
        return {
            (slug, other)
            for place, slug in enumerate(slugs)
            for other in slugs[place + 1 :]
            if {slug, other} <= somebody and not any({slug, other} <= one for one in met)
        }


def lane(verdict: Verdict) -> str:
    if verdict.lane == "red":
        return "refused"
    if verdict.lane == "green":
        return "eligible"
    return "unknown" if verdict.unknown or verdict.amount_missing else "refer"


def half_up(amount: Fraction) -> int:
    exact = Decimal(amount.numerator * 10_000_000 // amount.denominator).scaleb(-7)
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP))


def size(company: Company) -> str:
    return next(code for fewest_employees, code in SIZES if fewest(company) >= fewest_employees)


def age(company: Company, on: date) -> str:
    begun = company["founded_date"] or company["registered_date"]
    if begun is None:
        return ""
    years = on.year - begun.year - ((on.month, on.day) < (begun.month, begun.day))
    return next(code for fewest_years, code in AGES if max(0, years) >= fewest_years)
