"""Municipality and county numbers through the reforms of 2020 and 2024.

A number is historical: 3002 was Moss from 2020 to 2023, 3103 is Moss from 2024. Numbers from before 2020 are
not held, except those that were still in use in 2020; asking for one raises, it is never guessed.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from runde.engine.reference.errors import SplitMunicipality, UnknownCounty, UnknownMunicipality
from runde.engine.reference.languages import Language
from runde.engine.reference.package_data import load

REFORM_2024 = date(2024, 1, 1)
_LAST_DAY_BEFORE_2024 = REFORM_2024 - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Municipality:
    """One municipality under one number.

    `valid_from` None: the number was in use before 2020 or its first day is not held. `valid_to` None: still
    valid. `language_form` None: the municipality is neutral between bokmål and nynorsk.
    """

    number: str
    name: str
    official_name: str
    county_number: str
    valid_from: date | None
    valid_to: date | None
    organisation_number: str | None
    language_form: Language | None
    is_outside: bool = False

    def is_valid_on(self, on: date) -> bool:
        """Whether the number was in use that day, as far as the table tells."""
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_to is None or on <= self.valid_to
        )


@dataclass(frozen=True, slots=True)
class County:
    """A county number with its name and its days; None as for `Municipality`."""

    number: str
    name: str
    valid_from: date | None
    valid_to: date | None

    def is_valid_on(self, on: date) -> bool:
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_to is None or on <= self.valid_to
        )


@dataclass(frozen=True, slots=True)
class NumberTrace:
    """What became of a municipality number.

    `kind` is "current", "renumbered", "split", "outside" (Svalbard) or "unknown"; `current` is set for the
    first two and for "outside"; `candidates` holds every present number it may mean.
    """

    number: str
    kind: str
    current: str | None
    candidates: tuple[str, ...]


def municipality(number: str, on: date | None = None) -> Municipality:
    """The municipality with that number on that day; without a day, the newest use of the number.

    Raises UnknownMunicipality for a number that is not held or was not in use that day.
    """
    versions = _by_number().get(number, ())
    for found in versions:
        if on is None or found.is_valid_on(on):
            return found
    when = f" den {on.isoformat()}" if on and versions else ""
    raise UnknownMunicipality(
        f"Kommunenummer «{number}» er ikke kjent{when}. Bruk et nummer fra 2020 eller senere, fire siffer."
    )


def list_municipalities(on: date) -> tuple[Municipality, ...]:
    """Every municipality valid that day, by number; days before 2020 give only what the table can tell."""
    return tuple(
        found
        for _, versions in sorted(_by_number().items())
        for found in versions
        if found.is_valid_on(on) and not found.is_outside
    )


def trace_number(number: str) -> NumberTrace:
    """What the number means today; never raises, so that a bulk import can count the unknown."""
    current = tuple(m.number for m in _by_number().get(number, ()) if m.valid_to is None)
    if current:
        outside = _by_number()[number][0].is_outside
        return NumberTrace(number, "outside" if outside else "current", number, current)
    successors = _successors().get(number, ())
    if len(successors) == 1:
        return NumberTrace(number, "renumbered", successors[0], successors)
    return NumberTrace(number, "split" if successors else "unknown", None, successors)


def current_number(number: str) -> str:
    """The number in use today. Raises SplitMunicipality or UnknownMunicipality instead of choosing."""
    trace = trace_number(number)
    if trace.current is not None:
        return trace.current
    if trace.kind == "split":
        places = " eller ".join(f"{municipality(n).name} ({n})" for n in trace.candidates)
        raise SplitMunicipality(f"Kommunenummer {number} ble delt. Velg {places}.", trace.candidates)
    raise UnknownMunicipality(
        f"Kommunenummer «{number}» er ikke kjent. Bruk et nummer fra 2020 eller senere, fire siffer."
    )


def county(number: str, on: date) -> County:
    """The county with that number that day. Raises UnknownCounty."""
    for found in _counties():
        if found.number == number and found.is_valid_on(on):
            return found
    raise UnknownCounty(f"Fylkesnummer «{number}» var ikke i bruk {on.isoformat()}.")


def list_counties(on: date) -> tuple[County, ...]:
    """The counties valid that day, by number."""
    return tuple(found for found in _counties() if found.is_valid_on(on))


@cache
def _counties() -> tuple[County, ...]:
    return tuple(
        County(number, name, _day(valid_from), _day(valid_to))
        for number, name, valid_from, valid_to in load("counties.json")["counties"]
    )


@cache
def _by_number() -> dict[str, tuple[Municipality, ...]]:
    table: dict[str, tuple[Municipality, ...]] = {}
    for row in load("municipalities.json")["municipalities"]:
        for found in _versions(*row):
            table[found.number] = (*table.get(found.number, ()), found)
    for number, name in load("municipalities.json")["outside"]:
        table[number] = (Municipality(number, name, name, number[:2], None, None, None, None, True),)
    return {number: _newest_first(versions) for number, versions in table.items()}


def _versions(
    number: str, name: str, official: str, old: str, orgnr: str | None, form: Language | None
) -> tuple[Municipality, ...]:
    if number == old:
        return (Municipality(number, name, official, number[:2], _county_start(number), None, orgnr, form),)
    now = Municipality(number, name, official, number[:2], REFORM_2024, None, orgnr, form)
    if len(_successors()[old]) > 1 and old not in _split_owner(number):
        return (now,)
    before = Municipality(
        old, name, official, old[:2], _county_start(old), _LAST_DAY_BEFORE_2024, orgnr, form
    )
    return (now, before)


def _split_owner(number: str) -> tuple[str, ...]:
    """Old numbers whose name and organisation number this successor carries on."""
    owners: dict[str, str] = load("municipalities.json")["split_carried_on_by"]
    return tuple(old for old, successor in owners.items() if successor == number)


@cache
def _successors() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for number, _, _, old, *_ in load("municipalities.json")["municipalities"]:
        table[old] = (*table.get(old, ()), number)
    return table


@cache
def _county_starts() -> dict[str, date | None]:
    return {found.number: found.valid_from for found in _counties()}


def _county_start(number: str) -> date | None:
    return _county_starts().get(number[:2])


def _newest_first(versions: tuple[Municipality, ...]) -> tuple[Municipality, ...]:
    return tuple(sorted(versions, key=lambda found: found.valid_from or date.min, reverse=True))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
