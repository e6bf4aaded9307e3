"""The finding in words: how many, what it costs, whether the money holds. "Ikke vist" stands for withheld figures."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from runde.engine.reference.api import amount_text, number_text
from runde.engine.whatif import Reach

from .scope import Scope

WITHHELD = "ikke vist"
MILLION = Decimal(1_000_000)
NO_BREAK_SPACE = "\u00a0"


@dataclass(frozen=True)
class Finding:
    """Three short sentences, the first figure of each apart so that it can stand out."""

    eligible: str
    cost: str
    budget: str

    @property
    def sentence(self) -> str:
        return " ".join(part for part in (self.eligible, self.cost, self.budget) if part)


def finding_of(reach: Reach, scope: Scope) -> Finding:
    return Finding(eligible_sentence(reach, scope), cost_sentence(reach), budget_sentence(reach))


def companies_text(count: int | None) -> str:
    """ "1 284 virksomheter" """
    if count is None:
        return "Færre virksomheter enn vi kan vise"
    return f"{number_text(count)}{NO_BREAK_SPACE}{'virksomhet' if count == 1 else 'virksomheter'}"


def eligible_sentence(reach: Reach, scope: Scope) -> str:
    if reach.eligible == 0:
        return f"Ingen virksomheter {scope.words} kan få støtte."
    return f"{companies_text(reach.eligible)} {scope.words} kan få støtte."


def cost_sentence(reach: Reach) -> str:
    low, high = reach.cost.low_nok, reach.cost.high_nok
    if low is None or high is None:
        return "Kostnaden er ikke vist."
    return f"Forventet kostnad er {range_text(low, high)}."


def budget_sentence(reach: Reach) -> str:
    if not reach.sources:
        return "Det er ikke satt av penger ennå."
    return f"Rammen på {money_text(reach.budget_nok)} holder i {reach.holds_in} av 3 anslag."


def range_text(low: Decimal, high: Decimal) -> str:
    """ "21–34 mill. kroner"; small sums in whole kroner; one figure when both read the same."""
    if high < MILLION:
        return amount_text(high) if low == high else f"{number_text(low)}–{amount_text(high)}"
    decimals = 0 if low >= 10 * MILLION else 1
    first, last = (number_text(one / MILLION, decimals=decimals) for one in (low, high))
    return f"{first if first == last else f'{first}–{last}'}{NO_BREAK_SPACE}mill. kroner"


def money_text(amount_nok: Decimal) -> str:
    """ "30 mill. kroner", "4,2 mill. kroner", "850 000 kroner" """
    if amount_nok < MILLION:
        return amount_text(amount_nok)
    return f"{number_text(amount_nok / MILLION, decimals=_telling(amount_nok))}{NO_BREAK_SPACE}mill. kroner"


def _telling(amount_nok: Decimal) -> int:
    return next(
        (
            places
            for places in (0, 1)
            if (amount_nok / MILLION).as_tuple() and (amount_nok * 10**places) % MILLION == 0
        ),
        1,
    )
