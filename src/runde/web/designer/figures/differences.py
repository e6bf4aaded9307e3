"""What changed from one reach to another, in sentences with an arrow. A withheld figure gives no difference."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from runde.engine.reference.api import amount_text, number_text
from runde.engine.whatif import Reach

from .amounts import MILLION, WITHHELD, companies_text, money_text
from .dimensions import MUNICIPALITY, Dimension

UP, DOWN, SAME = "▲", "▼", "uendret"


@dataclass(frozen=True)
class Difference:
    """`arrow` is ▲ or ▼; `spoken` says the same to those who do not see it; `sentence` stands alone."""

    arrow: str
    sentence: str

    @property
    def text(self) -> str:
        return f"{self.arrow} {self.sentence}"


def differences_of(before: Reach, after: Reach) -> tuple[Difference, ...]:
    """From `before` to `after`; () when the figures are the same."""
    return (
        *_eligible(before, after),
        *_cost(before, after),
        *_typical(before, after),
        *_budget(before, after),
        *_most_changed(MUNICIPALITY, before, after),
    )


def arrow_text(before: int | Decimal | None, after: int | Decimal | None) -> str:
    """ "▲ 84", "▼ 2 100 000", "uendret" or that it is withheld."""
    if before is None or after is None:
        return WITHHELD
    if before == after:
        return SAME
    change = Decimal(after) - Decimal(before)
    return f"{UP if change > 0 else DOWN} {number_text(abs(change))}"


def _eligible(before: Reach, after: Reach) -> Iterator[Difference]:
    old, new = before.eligible, after.eligible
    if old is None or new is None or old == new:
        return
    change = companies_text(abs(new - old))
    words = "flere" if new > old else "færre"
    number, _, noun = change.rpartition("\u00a0")
    span = f"fra {number_text(old)} til {number_text(new)}"
    yield Difference(_arrow(old, new), f"{number} {words} {noun} kan få støtte: {span}.")


def _cost(before: Reach, after: Reach) -> Iterator[Difference]:
    old, new = before.cost.middle_nok, after.cost.middle_nok
    if old is None or new is None or old == new:
        return
    words = "høyere" if new > old else "lavere"
    change = money_text(abs(new - old))
    yield Difference(_arrow(old, new), f"Middels kostnad er {change} {words}: {span_text(old, new)}.")


def span_text(old: Decimal, new: Decimal) -> str:
    """ "fra 24,9 til 27 mill. kroner", in whole kroner where millions would hide the difference."""
    first, last = money_text(old), money_text(new)
    if first == last or min(old, new) < MILLION:
        return f"fra {number_text(old)} til {amount_text(new)}"
    return f"fra {first.partition(chr(160) + 'mill')[0]} til {last}"


def _typical(before: Reach, after: Reach) -> Iterator[Difference]:
    old, new = before.median_nok, after.median_nok
    if old is None or new is None or old == new:
        return
    words = "høyere" if new > old else "lavere"
    sentence = f"Et typisk tilskudd er {amount_text(abs(new - old))} {words}: {amount_text(new)}."
    yield Difference(_arrow(old, new), sentence)


def _budget(before: Reach, after: Reach) -> Iterator[Difference]:
    """Only when both have money: a published version's money belongs to its calls."""
    if not before.sources or not after.sources or before.holds_in == after.holds_in:
        return
    sentence = f"Rammen holder i {after.holds_in} av 3 anslag, mot {before.holds_in} før."
    yield Difference(_arrow(before.holds_in, after.holds_in), sentence)


def _most_changed(dimension: Dimension, before: Reach, after: Reach) -> Iterator[Difference]:
    """Where the number of companies moved most, when there are several places to move in."""
    pairs = [pair for pair in paired(dimension, before, after) if pair[1] is not None and pair[2] is not None]
    changes = [(code, (new or 0) - (old or 0)) for code, old, new in pairs]
    if len(changes) < 2 or not any(change for _, change in changes):  # noqa: PLR2004 - one place is everything
        return
    code, change = max(changes, key=lambda one: abs(one[1]))
    words = "flere" if change > 0 else "færre"
    name = dimension.name_of(code)
    yield Difference(_arrow(0, change), f"Mest endret i {name}: {number_text(abs(change))} {words}.")


def paired(
    dimension: Dimension, before: Reach, after: Reach
) -> tuple[tuple[str, int | None, int | None], ...]:
    """Each group's code with how many could and can get support; a group only one of them has counts 0 there."""
    old = {group.code: group.eligible for group in dimension.groups_of(before)}
    new = {group.code: group.eligible for group in dimension.groups_of(after)}
    order = [group.code for group in dimension.groups(after)]
    codes = order + [group.code for group in dimension.groups(before) if group.code not in new]
    return tuple((code, old.get(code, 0), new.get(code, 0)) for code in codes)


def _arrow(before: int | Decimal, after: int | Decimal) -> str:
    return UP if after > before else DOWN
