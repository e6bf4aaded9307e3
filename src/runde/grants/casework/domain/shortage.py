"""When the money does not reach everybody: the ways on, and what each means. Pure.

In order means the order the applications came in. Nobody is passed over by one who applied later.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from runde.engine.reference.api import Language, amount_text, number_text

from .lines import Line
from .scaling import Wanted, scale

CUT, FIRST, RESERVE = "cut", "first", "reserve"
WAYS = (CUT, FIRST, RESERVE)
SHARED_CUT = "shared_cut"
RESERVE_LISTED = "reserve_listed"


TOLD: dict[str, dict[Language, str]] = {
    CUT: {
        "nb": "Reglene ga {full}. Pengene rekker ikke til alle, så alle får {share} prosent av sitt beløp, rundet til "
        "hele kroner.",
        "nn": "Reglane gav {full}. Pengane rekk ikkje til alle, så alle får {share} prosent av beløpet sitt, runda til "
        "heile kroner.",
        "en": "The rules gave {full}. The money does not reach everybody, so all get {share} per cent of their amount, "
        "in whole kroner.",
    },
    RESERVE: {
        "nb": "Dere oppfyller kravene, men pengene rakk til dem som søkte før dere. Dere står på reservelista. Får "
        "vi mer penger, går de til dem på lista i den rekkefølgen søknadene kom inn.",
        "nn": "De oppfyller krava, men pengane rakk til dei som søkte før dykk. De står på reservelista. Får vi meir "
        "pengar, går dei til dei på lista i den rekkjefølgja søknadene kom inn.",
        "en": "You meet the requirements, but the money reached those who applied before you. You are on the reserve "
        "list. If there is more money, it goes to those on the list in the order the applications came in.",
    },
}


@dataclass(frozen=True, slots=True)
class Ready:
    """A grant the rules have calculated; they come in the order of application."""

    case_id: UUID
    number: str
    amount_nok: Decimal
    language: Language = "nb"


def reach(ready: Sequence[Ready], money_nok: Decimal) -> int:
    """How many from the front the money carries in full, stopping at the first that it does not."""
    left, count = money_nok, 0
    for one in ready:
        if one.amount_nok > left:
            break
        left -= one.amount_nok
        count += 1
    return count


def lines_for(way: str, ready: Sequence[Ready], money_nok: Decimal, carried: int) -> list[Line]:
    """What the way leads to. `carried` is how many from the front the sources carry.

    CUT: everybody the same share. FIRST: the first in full, the others not in the proposal. RESERVE: the first in
    full, the others on the reserve list in order.
    """
    if way == CUT:
        return _cut(ready, money_nok)
    granted = [Line(one.case_id, "granted", "all_met", one.amount_nok) for one in ready[:carried]]
    if way == FIRST:
        return granted
    waiting = [
        Line(
            one.case_id,
            "refused",
            RESERVE_LISTED,
            None,
            TOLD[RESERVE][one.language],
            reserve_rank=place,
            reserve_nok=one.amount_nok,
        )
        for place, one in enumerate(ready[carried:], start=1)
    ]
    return granted + waiting


def _cut(ready: Sequence[Ready], money_nok: Decimal) -> list[Line]:
    by_number = sorted(ready, key=lambda one: _key(one.number))
    scaled = scale([Wanted(one.case_id, one.amount_nok) for one in by_number], money_nok)
    return [
        Line(one.case_id, "granted", SHARED_CUT, scaled.amounts[one.case_id], _cut_words(one, scaled.share))
        for one in ready
        if scaled.amounts[one.case_id] > 0
    ]


def _cut_words(one: Ready, share: Fraction) -> str:
    percent = number_text(Decimal(share.numerator) * 100 / Decimal(share.denominator), one.language, 2)
    return TOLD[CUT][one.language].format(full=amount_text(one.amount_nok, one.language), share=percent)


def _key(number: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdigit() else 0 for part in number.split("/"))


def sum_of(lines: Sequence[Line]) -> Decimal:
    return sum((line.amount_nok or Decimal(0) for line in lines if line.outcome == "granted"), Decimal(0))
