"""What is compared when cases are compared: never who they are, only how they stand.

There is no name, no organisation number and no person among the features, so nothing can be ranked by them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

UNKNOWN = "?"
BETWEEN = "|"
STEP = Decimal(10_000)
NO_GAP = -1


@dataclass(frozen=True, slots=True)
class Gap:
    """How far a value is from its limit. `size` is in `unit`; shares as shares (0.036), dates as days."""

    name: str
    size: Decimal
    unit: str
    low: bool
    is_date: bool = False

    @property
    def steps(self) -> int:
        """Whole ten-thousandths: comparisons are in whole numbers, the same here and in the database."""
        return int((self.size * STEP).to_integral_value(ROUND_HALF_UP))

    def to_dict(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "gap": format(self.size, "f"),
            "unit": self.unit,
            "low": self.low,
            "is_date": self.is_date,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Gap:
        return cls(data["name"], Decimal(data["gap"]), data["unit"], data["low"], data["is_date"])


@dataclass(frozen=True, slots=True)
class Missed:
    """A criterion that is not met, or (`is_unknown`) that nobody can tell of. `label` is the
    requirement in bokmål, its first sentence.
    """

    slug: str
    is_unknown: bool = False
    gap: Gap | None = None
    label: str = ""

    @property
    def token(self) -> str:
        return f"{self.slug}{UNKNOWN}" if self.is_unknown else self.slug

    def to_dict(self) -> dict[str, Any]:
        gap = self.gap.to_dict() if self.gap else None
        return {"slug": self.slug, "is_unknown": self.is_unknown, "gap": gap, "label": self.label}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Missed:
        gap = Gap.from_dict(data["gap"]) if data["gap"] else None
        return cls(data["slug"], data["is_unknown"], gap, data["label"])


@dataclass(frozen=True, slots=True)
class Features:
    """How a case stands. `missed` is in the order of its tokens; "" and None are for what nobody knows.

    `calculated_nok` is what the rules alone would give.
    """

    rules_name: str
    lane: str
    missed: tuple[Missed, ...]
    industry: str = ""
    section: str = ""
    employees: int | None = None
    municipality: str = ""
    age_years: int | None = None
    calculated_nok: Decimal | None = None

    @property
    def missed_key(self) -> str:
        return BETWEEN.join(self.tokens)

    @property
    def tokens(self) -> tuple[str, ...]:
        return tuple(one.token for one in self.missed)

    @property
    def gaps(self) -> tuple[int, ...]:
        return tuple(one.gap.steps if one.gap else NO_GAP for one in self.missed)

    @property
    def division(self) -> str:
        return self.industry[:2]


def features_from(
    verdict: Mapping[str, Any], register: Mapping[str, Mapping[str, Any]], on: date
) -> Features:
    """From a verdict and register facts in their stored form; `on` is the day a company's age is counted to."""
    known = {name: one["value"] for name, one in register.items()}
    missed = sorted(_missed(verdict), key=lambda one: one.token)
    amount = verdict["amount_nok"]
    return Features(
        rules_name=verdict["ruleset"],
        lane=verdict["lane"],
        missed=tuple(missed),
        industry=known.get("nace_code") or "",
        section=known.get("nace_section") or "",
        employees=_whole(known.get("employees")),
        municipality=known.get("municipality") or "",
        age_years=_age(known.get("founded_date") or known.get("registered_date"), on),
        calculated_nok=None if amount is None else Decimal(amount),
    )


def _missed(verdict: Mapping[str, Any]) -> list[Missed]:
    return [
        Missed(
            slug=one["slug"],
            is_unknown=one["outcome"] == "unknown",
            gap=Gap.from_dict(one["distances"][0]) if one["distances"] else None,
            label=first_sentence(one["texts"]["nb"]["requirement"]),
        )
        for one in verdict["criteria"]
        if one["outcome"] != "met"
    ]


def first_sentence(requirement: str) -> str:
    """What is required, without what follows about discretion."""
    return requirement.split(". ")[0].rstrip(".")


def _whole(value: Any) -> int | None:
    return None if value is None else int(Decimal(value))


def _age(value: str | None, on: date) -> int | None:
    if not value:
        return None
    since = date.fromisoformat(value)
    return max(on.year - since.year - ((on.month, on.day) < (since.month, since.day)), 0)
