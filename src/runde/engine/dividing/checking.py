"""What must hold of needs and ways before a krone is divided."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from runde.engine.dividing.errors import InvalidMethod, InvalidNeed, MissingFact
from runde.engine.dividing.needs import (
    Band,
    FirstCome,
    FixedAmount,
    Method,
    Need,
    RankedByPoints,
    Sharing,
    TemplateSum,
)


def check(needs: Sequence[Need], budget_nok: Decimal, method: Method) -> None:
    """Raises InvalidNeed, InvalidMethod or MissingFact at the first breach."""
    _check_needs(needs)
    if not _is_money(budget_nok):
        raise InvalidMethod("Pengene som skal fordeles, må være et beløp i kroner, null eller mer.")
    if isinstance(method, FixedAmount):
        _check_amount(method.amount_nok, "Det faste beløpet")
    if isinstance(method, TemplateSum):
        _check_bands(method.bands)
        _demand([one.key for one in needs if one.size is None], "størrelse, som satsene går etter")
    _check_sharing(needs, sharing_of(method))


def sharing_of(method: Method) -> Sharing:
    """The way the money is shared when it does not reach."""
    return method.when_short if isinstance(method, FixedAmount | TemplateSum) else method


def is_whole(amount: Decimal) -> bool:
    return _is_money(amount) and amount == amount.to_integral_value()


def _check_needs(needs: Sequence[Need]) -> None:
    wrong = [one.key for one in needs if not is_whole(one.amount_nok)]
    if wrong:
        raise InvalidNeed("Beløpene som skal fordeles, må være hele kroner, null eller mer.", wrong)
    twice = [key for key, count in Counter(one.key for one in needs).items() if count > 1]
    if twice:
        raise InvalidNeed("Samme søknad står flere ganger.", twice)


def _check_sharing(needs: Sequence[Need], sharing: Sharing) -> None:
    _check_limits(sharing)
    if isinstance(sharing, FirstCome):
        _demand([one.key for one in needs if one.arrived_at is None], "tidspunkt for når søknaden kom")
        naive = [one.key for one in needs if one.arrived_at and one.arrived_at.utcoffset() is None]
        _demand(naive, "tidssone på tidspunktet søknaden kom")
    if isinstance(sharing, RankedByPoints):
        unknown = [one.key for one in needs if one.points is None or not one.points.is_finite()]
        _demand(unknown, "poeng")


def _check_limits(sharing: Sharing) -> None:
    if not is_whole(sharing.floor_nok):
        raise InvalidMethod("Minste beløp må være hele kroner, null eller mer.")
    if sharing.ceiling_nok is None:
        return
    _check_amount(sharing.ceiling_nok, "Taket")
    if sharing.ceiling_nok < sharing.floor_nok:
        raise InvalidMethod("Taket kan ikke være lavere enn minste beløp.")


def _check_bands(bands: Sequence[Band]) -> None:
    if not bands:
        raise InvalidMethod("Skriv minst én sats.")
    for band in bands:
        _check_amount(band.amount_nok, "Satsen")
        if band.below is not None and band.below <= band.least:
            raise InvalidMethod("En sats må gå fra et tall til et høyere tall.")
    ordered = sorted(bands, key=lambda band: band.least)
    if any(first.below is None or first.below > then.least for first, then in pairwise(ordered)):
        raise InvalidMethod("To satser gjelder for samme størrelse. Rett grensene.")


def _check_amount(amount: Decimal, what: str) -> None:
    if not is_whole(amount) or not amount:
        raise InvalidMethod(f"{what} må være hele kroner, mer enn null.")


def _demand(without: Sequence[str], what: str) -> None:
    if without:
        raise MissingFact(f"{len(without)} av søknadene mangler {what}.", without)


def _is_money(amount: Decimal) -> bool:
    return isinstance(amount, Decimal) and amount.is_finite() and amount >= 0
