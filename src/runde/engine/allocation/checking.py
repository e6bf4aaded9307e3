"""What must hold of awards, sources and terms before anything is allocated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from runde.engine.allocation.asked import Award, Lock, Source, Terms, fits_period, most_of
from runde.engine.allocation.errors import InvalidAward, InvalidSource, InvalidTerm


def check_asked(awards: Sequence[Award], sources: Sequence[Source], terms: Terms) -> None:
    """Raises InvalidAward, InvalidSource or InvalidTerm, naming what is wrong."""
    _check_sources(sources)
    _check_awards(awards, {one.key for one in sources})
    _check_limits(terms, {one.key for one in sources})
    _check_locks(awards, sources, terms.locks)


def _check_sources(sources: Sequence[Source]) -> None:
    for one in sources:
        if not _is_money(one.left_nok):
            raise InvalidSource(
                f"{one.name}: det som er igjen, må være et beløp i kroner, null eller mer.", [one.key]
            )
        if one.per_award_nok is not None and not _is_whole(one.per_award_nok):
            raise InvalidSource(f"{one.name}: taket for hver søknad må være hele kroner.", [one.key])
        if one.per_award_share is not None and not _is_share(one.per_award_share):
            raise InvalidSource(f"{one.name}: andelen for hver søknad må være mellom 0 og 1.", [one.key])
        if one.usable_from and one.lapses_date and one.lapses_date < one.usable_from:
            raise InvalidSource(f"{one.name}: pengene må kunne brukes før de faller bort.", [one.key])
    if twice := _twice(one.key for one in sources):
        raise InvalidSource("Samme finansieringskilde står flere ganger.", twice)


def _check_awards(awards: Sequence[Award], sources: set[str]) -> None:
    if wrong := [one.key for one in awards if not _is_whole(one.amount_nok) or not one.amount_nok]:
        raise InvalidAward("Beløpene må være hele kroner, mer enn null.", wrong)
    if unknown := [one.key for one in awards if not one.eligible <= sources]:
        raise InvalidAward("Søknaden viser til en finansieringskilde som ikke er med.", unknown)
    if twice := _twice(one.key for one in awards):
        raise InvalidAward("Samme søknad står flere ganger.", twice)


def _check_limits(terms: Terms, sources: set[str]) -> None:
    for ceiling in terms.ceilings:
        if not _is_whole(ceiling.amount_nok):
            raise InvalidTerm(f"Taket «{ceiling.name}» må være hele kroner.", [ceiling.key])
    for share in terms.minimum_shares:
        if not _is_share(share.share):
            raise InvalidTerm(f"Andelen i «{share.name}» må være mellom 0 og 1.", [share.key])
    for one in terms.limits:
        if one.source is None and one.group is None:
            raise InvalidTerm(f"«{one.name}» må gjelde en finansieringskilde eller en gruppe.", [one.key])
        if one.source is not None and one.source not in sources:
            raise InvalidTerm(f"«{one.name}» viser til en finansieringskilde som ikke er med.", [one.key])
    if twice := _twice(one.key for one in terms.limits):
        raise InvalidTerm("Samme tak eller andel står flere ganger.", twice)


def _check_locks(awards: Sequence[Award], sources: Sequence[Source], locks: Sequence[Lock]) -> None:
    by_award, by_source = {one.key: one for one in awards}, {one.key: one for one in sources}
    for lock in locks:
        if lock.award not in by_award or lock.source not in by_source:
            raise InvalidTerm(
                "Noe er låst til en søknad eller finansieringskilde som ikke er med.", [lock.award]
            )
        _check_lock(lock, by_award[lock.award], by_source[lock.source])
    if twice := _twice(f"{lock.award}\n{lock.source}" for lock in locks):
        raise InvalidTerm(
            "Søknaden er låst flere ganger til samme kilde.", [one.split("\n")[0] for one in twice]
        )
    for key, held in _locked(locks).items():
        alone = [lock for lock in locks if lock.award == key and lock.amount_nok is None]
        if held > by_award[key].amount_nok or (alone and (held or len(alone) > 1)):
            raise InvalidTerm("Det er låst mer enn beløpet i vedtaket.", [key])


def _check_lock(lock: Lock, award: Award, source: Source) -> None:
    amount = award.amount_nok if lock.amount_nok is None else lock.amount_nok
    if not _is_whole(amount):
        raise InvalidTerm("Det som er låst, må være hele kroner.", [lock.award])
    if amount and source.key not in award.eligible:
        raise InvalidTerm(f"Søknaden passer ikke med øremerkingen til {source.name}.", [lock.award])
    if amount and not fits_period(award, source):
        raise InvalidTerm(f"{source.name} kan ikke brukes når pengene skal betales ut.", [lock.award])
    if amount > most_of(award, source):
        raise InvalidTerm(f"{source.name} kan ikke dekke så mye av én søknad.", [lock.award])


def _locked(locks: Sequence[Lock]) -> dict[str, Decimal]:
    held: dict[str, Decimal] = {}
    for lock in locks:
        held[lock.award] = held.get(lock.award, Decimal(0)) + (lock.amount_nok or Decimal(0))
    return held


def _twice(keys: Iterable[str]) -> list[str]:
    return [key for key, count in Counter(keys).items() if count > 1]


def _is_money(amount: Decimal) -> bool:
    return isinstance(amount, Decimal) and amount.is_finite() and amount >= 0


def _is_whole(amount: Decimal) -> bool:
    return _is_money(amount) and amount == amount.to_integral_value()


def _is_share(share: Decimal) -> bool:
    return _is_money(share) and share <= 1
