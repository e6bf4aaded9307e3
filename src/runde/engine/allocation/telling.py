"""An allocation in words: who is left without and why, what would change it, and which money will be lost."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from runde.engine.allocation.told import Allocation, Blocker, Remedy, SourceUse, Uncovered
from runde.engine.reference.api import amount_text, date_text, number_text

_SHOWN = 12


def tell(allocation: Allocation) -> tuple[str, ...]:
    """A sentence for each thing to know: the whole, those without (the twelve largest gatherings), and money nobody
    uses."""
    shown, rest = allocation.uncovered[:_SHOWN], allocation.uncovered[_SHOWN:]
    without = [sentence for one in shown for sentence in tell_uncovered(one)]
    if rest:
        count = sum(len(one.awards) for one in rest)
        without.append(f"{number_text(count)} til er uten dekning av lignende grunner.")
    unused = [tell_unused(one) for one in allocation.sources if one.left_nok >= 1 and one.lapses_date]
    return (_whole(allocation), *without, *unused)


def tell_uncovered(one: Uncovered) -> tuple[str, ...]:
    """ "12 søknader er uten dekning fordi reiselivspotten er brukt opp. …" and what would carry them."""
    count = len(one.awards)
    what = "1 søknad" if count == 1 else f"{number_text(count)} søknader"
    why = _joined(_whys(one.blockers))
    first = f"{what} er uten dekning fordi {why}. Det gjelder {amount_text(one.amount_nok)}."
    if not one.remedies:
        return (first,)
    all_of_them = "den" if count == 1 else "alle"
    return (first, *(f"{_change(remedy)}, får {all_of_them} dekning." for remedy in one.remedies))


def tell_unused(one: SourceUse) -> str:
    last = "" if one.lapses_date is None else f" Det må være brukt innen {date_text(one.lapses_date)}."
    return f"{amount_text(one.left_nok)} blir igjen i {one.name}.{last}"


def _whole(allocation: Allocation) -> str:
    carried = sum(bool(parts) for parts in allocation.parts.values())
    return (
        f"{number_text(carried)} av {number_text(len(allocation.parts))} søknader får dekning, til sammen "
        f"{amount_text(allocation.placed_nok)}."
    )


def _whys(blockers: Sequence[Blocker]) -> list[str]:
    """A clause for each, those with nothing left in one."""
    empty = [one.name for one in blockers if one.kind == "source" and not one.room_nok]
    others = [_why(one) for one in blockers if one.kind != "source" or one.room_nok]
    return [f"{_joined(empty)} er brukt opp", *others] if empty else others


def _why(blocker: Blocker) -> str:
    match blocker.kind:
        case "source":
            return f"{blocker.name} bare har {amount_text(blocker.room_nok)} igjen"
        case "ceiling":
            return f"taket «{blocker.name}» er nådd"
        case "minimum":
            return f"kravet «{blocker.name}» ellers ikke blir holdt"
        case "per_award":
            return f"{blocker.name} gir høyst {amount_text(blocker.room_nok)} til hver"
        case "earmark":
            return "ingen av kildene er øremerket slik at de passer"
        case "period":
            return "pengene de passer til, ikke kan brukes når de skal betales ut"


def _change(remedy: Remedy) -> str:
    if remedy.kind == "minimum":
        return f"Blir kravet «{remedy.name}» satt til side"
    more = amount_text(remedy.extra_nok or Decimal(0))
    if remedy.kind == "ceiling":
        return f"Blir taket «{remedy.name}» hevet med {more}"
    return f"Får {remedy.name} {more} til"


def _joined(clauses: Sequence[str]) -> str:
    return clauses[0] if len(clauses) == 1 else f"{', '.join(clauses[:-1])} og {clauses[-1]}"
