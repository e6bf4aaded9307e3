"""The control every allocation passes before it is handed out: whole numbers, and nothing of the solver's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from runde.engine.allocation.asked import Award, Source, Terms, fits_period, most_of
from runde.engine.allocation.errors import AllocationBroken
from runde.engine.allocation.told import Allocation

Row = tuple[Award, Source, Decimal]


def check_allocation(
    allocation: Allocation, awards: Sequence[Award], sources: Sequence[Source], terms: Terms
) -> None:
    """Raises AllocationBroken, naming what is broken: an award's sum, an earmark, a period, a source, a cap, a ceiling,
    a minimum share or a lock."""
    rows = _rows(allocation, awards, sources)
    for award, source, amount in rows:
        _check_row(award, source, amount)
    for award in awards:
        held = sum((part.amount_nok for part in allocation.parts[award.key]), Decimal(0))
        _demand(held in (0, award.amount_nok), "Et vedtak er bare delvis dekket.", award.key)
    for source in sources:
        _demand(_sum(rows, source.key) <= source.left_nok, f"{source.name} er overskredet.", source.key)
    for ceiling in terms.ceilings:
        held = _sum(rows, ceiling.source, ceiling.group)
        _demand(held <= ceiling.amount_nok, f"Taket «{ceiling.name}» er overskredet.", ceiling.key)
    for least in terms.minimum_shares:
        whole = _sum(rows, least.source if least.group is not None else None)
        part = _sum(rows, least.source, least.group)
        _demand(part >= least.share * whole, f"«{least.name}» er ikke holdt.", least.key)
    for lock in terms.locks:
        held = sum((amount for award, source, amount in rows if (award.key, source.key) == (lock.award, lock.source)),
                   Decimal(0))  # fmt: skip
        whole = next(award.amount_nok for award in awards if award.key == lock.award)
        wanted = whole if lock.amount_nok is None else lock.amount_nok
        is_carried = bool(allocation.parts[lock.award]) or not wanted
        _demand(held == wanted and is_carried, "Noe som er låst, er flyttet.", lock.award)


def _rows(allocation: Allocation, awards: Iterable[Award], sources: Iterable[Source]) -> list[Row]:
    by_key = {source.key: source for source in sources}
    return [
        (award, by_key[part.source], part.amount_nok)
        for award in awards
        for part in allocation.parts[award.key]
    ]


def _check_row(award: Award, source: Source, amount: Decimal) -> None:
    _demand(amount > 0 and amount == amount.to_integral_value(), "En del er ikke hele kroner.", award.key)
    _demand(source.key in award.eligible, f"{source.name} er øremerket noe annet.", award.key)
    _demand(fits_period(award, source), f"{source.name} kan ikke brukes da.", award.key)
    _demand(amount <= most_of(award, source), f"{source.name} dekker for mye av én søknad.", award.key)


def _sum(rows: Iterable[Row], source: str | None, group: str | None = None) -> Decimal:
    inside = (
        amount
        for award, one, amount in rows
        if (source is None or one.key == source) and (group is None or group in award.groups)
    )
    return sum(inside, Decimal(0))


def _demand(holds: bool, message: str, key: str) -> None:
    if not holds:
        raise AllocationBroken(message, [key])
