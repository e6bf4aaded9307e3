"""Which companies the figures count: the own municipality, the region, chosen municipalities or everybody."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from urllib.parse import urlencode

from django.http import QueryDict

from runde.engine.reference.api import Municipality, list_municipalities
from runde.foundation.organisations.api import Organisation, list_tenants

OWN, REGION, ALL, CHOSEN = "kommune", "region", "landet", "valgte"
MOST_NAMED = 4  # more are counted instead
LONGEST_TYPED = 8000  # every municipality's name fits
LONGEST_QUOTED = 40
_APART = re.compile(r"[,;\n]+")


@dataclass(frozen=True, slots=True)
class Scope:
    """`municipalities` () is the whole register. `typed` is what was written for chosen ones, kept as it was.

    `words` ends a sentence: "i Moss", "i regionen", "i hele landet". `problem` tells what could not be read;
    then the scope is the default one. `asks_for_names`: chosen municipalities were asked for.
    """

    choice: str
    municipalities: tuple[str, ...]
    words: str
    typed: str = ""
    problem: str = ""
    asks_for_names: bool = False

    @property
    def query(self) -> str:
        """What the address needs to give the same scope again."""
        asked = {"omrade": self.choice} | ({"kommuner": self.typed} if self.choice == CHOSEN else {})
        return urlencode(asked)


@dataclass(frozen=True, slots=True)
class Places:
    """What a tenant can choose between."""

    own: str
    region: tuple[str, ...]

    @property
    def default(self) -> str:
        return OWN if self.own else REGION if self.region else ALL


def places_of(tenant: Organisation) -> Places:
    numbers = (one.municipality_number for one in list_tenants() if one.municipality_number)
    return Places(tenant.municipality_number, tuple(sorted(numbers)))


def read_scope(asked: QueryDict, places: Places, on: date) -> Scope:
    """The scope an address or a form asks for; what cannot be read gives the default and says so."""
    choice = asked.get("omrade") or places.default
    if choice == CHOSEN:
        return _chosen(asked.get("kommuner", ""), places, on)
    if choice == OWN and places.own:
        return Scope(OWN, (places.own,), f"i {name_of(places.own)}")
    if choice == REGION and places.region:
        return Scope(REGION, places.region, "i regionen")
    if choice == ALL:
        return Scope(ALL, (), "i hele landet")
    return read_scope(QueryDict(f"omrade={places.default}"), places, on)


def _default(places: Places, *, problem: str = "", typed: str = "") -> Scope:
    scope = read_scope(QueryDict(f"omrade={places.default}"), places, date.max)
    return Scope(scope.choice, scope.municipalities, scope.words, typed, problem, asks_for_names=True)


def _chosen(typed: str, places: Places, on: date) -> Scope:
    if len(typed) > LONGEST_TYPED:
        problem = "Det er for mange kommuner. Velg «Hele landet», eller skriv færre."
        return _default(places, problem=problem)
    named = [part.strip() for part in _APART.split(typed) if part.strip()]
    known = _known(on)
    unknown = [one for one in named if one.casefold() not in known]
    if not named:
        return _default(places)
    if unknown:
        return _default(places, problem=_what_is_wrong(unknown), typed=typed)
    numbers = tuple(dict.fromkeys(known[one.casefold()].number for one in named))
    return Scope(CHOSEN, numbers, _named(numbers), typed, asks_for_names=True)


def _what_is_wrong(unknown: Sequence[str]) -> str:
    quoted = ", ".join(f"«{one[:LONGEST_QUOTED]}»" for one in unknown[:3])
    more = f" og {len(unknown) - 3} til" if len(unknown) > 3 else ""
    return f"Vi kjenner ikke kommunen {quoted}{more}. Skriv navnet eller nummeret på fire siffer."


def _named(numbers: Sequence[str]) -> str:
    if len(numbers) > MOST_NAMED:
        return f"i {len(numbers)} kommuner"
    names = [name_of(number) for number in numbers]
    return "i " + (names[0] if len(names) == 1 else f"{', '.join(names[:-1])} og {names[-1]}")


def name_of(number: str) -> str:
    """The municipality's name; the number itself when the register has one we do not know."""
    return _names().get(number, number) or "ukjent kommune"


@cache
def _names() -> Mapping[str, str]:
    return {one.number: one.name for one in list_municipalities(date.max)}


@lru_cache(maxsize=4)
def _known(on: date) -> Mapping[str, Municipality]:
    """Municipalities by number and by name in small letters. A name two of them share is left out."""
    found = list_municipalities(on)
    names = [one.name.casefold() for one in found]
    by_name = {one.name.casefold(): one for one in found if names.count(one.name.casefold()) == 1}
    return by_name | {one.number: one for one in found}
