"""Fictitious names of companies, clubs and sole traders."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from .shape import Draw
from .vocabulary import (
    CLUBS,
    FAMILY_NAMES,
    GIVEN_NAMES,
    NATURE,
    PLAIN,
    STREET_FIRST,
    STREET_LAST,
    TRADES,
)

Pattern = Callable[[str, str], str]


class BusinessNames:
    """Makes names the way real ones look, in capitals as the register writes them."""

    def __init__(self, chance: Random) -> None:
        self._family = Draw.evenly(chance, FAMILY_NAMES)
        self._given = Draw.evenly(chance, GIVEN_NAMES)
        self._nature = Draw.evenly(chance, NATURE)
        self._plain = Draw.evenly(chance, PLAIN)
        self._club = Draw.evenly(chance, CLUBS)
        self._street_first = Draw.evenly(chance, STREET_FIRST)
        self._street_last = Draw.evenly(chance, STREET_LAST)
        self._number = Draw.evenly(chance, [str(number) for number in range(1, 121)])
        self._trades = {section: Draw.evenly(chance, words) for section, words in TRADES.items()}
        self._company = _even(chance, self._company_patterns())
        self._trader = _even(chance, self._trader_patterns())

    def street(self) -> str:
        return f"{self._street_first()}{self._street_last()} {self._number()}"

    def name(self, form: str, section: str, place: str) -> str:
        if form == "ENK":
            made = self._trader(section, place)
        elif form == "ESEK":
            made = f"Sameiet {self.street()}"
        elif form == "BRL":
            made = f"{self._family()} Borettslag"
        elif form in ("FLI", "STI", "ANNA"):
            made = f"{self._family() if self._club() < 'J' else place} {self._club()}"
        else:
            made = self._company(section, place)
        return self._with_form(made, form).upper()

    def _with_form(self, made: str, form: str) -> str:
        if form == "KBO":
            return f"{made} AS konkursbo"
        return (
            f"{made} {form}"
            if form in ("AS", "ASA", "ANS", "DA", "SA", "BA", "KF", "IKS", "KS", "NUF")
            else made
        )

    def _trade(self, section: str) -> str:
        return self._trades[section]()

    def _company_patterns(self) -> tuple[Pattern, ...]:
        family, trade, nature = self._family, self._trade, self._nature
        return (
            lambda section, place: f"{family()} {trade(section)}",
            lambda section, place: f"{family()} {trade(section)}",
            lambda section, place: f"{family()} og {family()} {trade(section)}",
            lambda section, place: f"{family()} & Sønner",
            lambda section, place: f"{nature()} {trade(section)}",
            lambda section, place: f"{place} {trade(section)}",
            lambda section, place: f"{self._plain()} {trade(section)} {place}",
            lambda section, place: f"{trade(section)}huset {family()}",
            lambda section, place: f"{self._given()} {family()} {trade(section)}",
            lambda section, place: f"{self._street_first()}{self._street_last()} {self._number()}",
            lambda section, place: f"{nature()} {family()}",
            lambda section, place: f"{family()}{trade(section).lower().replace(' ', '')}",
        )

    def _trader_patterns(self) -> tuple[Pattern, ...]:
        family, trade, given = self._family, self._trade, self._given
        return (
            lambda section, place: f"{given()} {family()}",
            lambda section, place: f"{given()} {family()}",
            lambda section, place: f"{family()} {trade(section)} {given()} {family()}",
            lambda section, place: f"{given()} {family()} {trade(section)}",
            lambda section, place: f"{trade(section)} {given()} {family()}",
            lambda section, place: f"{given()} {family()} {family()}",
        )


def _even(chance: Random, patterns: tuple[Pattern, ...]) -> Pattern:
    which = Draw.evenly(chance, [str(number) for number in range(len(patterns))])
    return lambda section, place: patterns[int(which())](section, place)
