"""What is to be allocated: awards, sources and the terms between them. Amounts are Decimal NOK."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Award:
    """Whole kroner above zero, carried in full or not at all. Awards come in the order of their case numbers.

    `eligible` are the sources whose earmark the award fits, judged before it comes here. `groups` are what ceilings
    and minimum shares may speak of, such as a municipality or an industry. The money is paid out from `paid_from`
    until `paid_by`; None is not known, and then no period stands in the way.
    """

    key: str
    amount_nok: Decimal
    eligible: frozenset[str]
    groups: frozenset[str] = frozenset()
    paid_from: date | None = None
    paid_by: date | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Money left of a funding source; øre of it are never used. Sources come in the order they are to be used in,
    where lapsing does not decide.

    Usable from `usable_from` to and including `lapses_date`; None is without end. It carries at most `per_award_nok`
    of one award, and at most `per_award_share` (0.5 is half, rounded down to whole kroner).
    """

    key: str
    name: str
    left_nok: Decimal
    lapses_date: date | None = None
    usable_from: date | None = None
    per_award_nok: Decimal | None = None
    per_award_share: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Ceiling:
    """At most this from the source (all sources when None) to the group (everybody when None)."""

    key: str
    name: str
    amount_nok: Decimal
    source: str | None = None
    group: str | None = None


@dataclass(frozen=True, slots=True)
class MinimumShare:
    """With a group: of what the source carries (all sources when None), at least this share goes to the group.
    Without: of everything that is carried, the source carries at least this share. `share` is from 0 to 1."""

    key: str
    name: str
    share: Decimal
    source: str | None = None
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Lock:
    """Decided by a person: the source carries exactly this much of the award, and the others the rest of it. Without
    an amount it carries the whole award alone; with zero it carries nothing. A locked award is carried in full."""

    award: str
    source: str
    amount_nok: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    ceilings: tuple[Ceiling, ...] = ()
    minimum_shares: tuple[MinimumShare, ...] = ()
    locks: tuple[Lock, ...] = ()

    @property
    def limits(self) -> tuple[Ceiling | MinimumShare, ...]:
        return (*self.ceilings, *self.minimum_shares)


NO_TERMS = Terms()


def lapse_order(sources: Iterable[Source]) -> list[int]:
    """Places of the sources, the one that lapses first first; those without end last, else in the order given."""
    dated = list(enumerate(sources))
    return [place for place, _ in sorted(dated, key=lambda pair: (pair[1].lapses_date or date.max, pair[0]))]


def fits_period(award: Award, source: Source) -> bool:
    """Whether the award is paid out while the source's money may be used."""
    if award.paid_from and source.usable_from and award.paid_from < source.usable_from:
        return False
    last = award.paid_by or award.paid_from
    return not (last and source.lapses_date and last > source.lapses_date)


def most_of(award: Award, source: Source) -> int:
    """Whole kroner the source may carry of the award, were there no other limits."""
    most = int(award.amount_nok)
    if source.per_award_nok is not None:
        most = min(most, int(source.per_award_nok))
    if source.per_award_share is not None:
        most = min(most, int(award.amount_nok * source.per_award_share))
    return most
