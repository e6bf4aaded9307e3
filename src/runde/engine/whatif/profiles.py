"""From assumptions to one set of assumed values (a profile) for each company, the same every time.

Companies are dealt out by `spread`, a fixed number from 0 to 999 made of the organisation number. For each
assumed name the thousand buckets are put in an order of its own, and the bands take their shares of that
order from the front. So shares are kept to a thousandth of the buckets, two assumptions do not follow one
another, and a company keeps its values when anything else in the design changes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import duckdb

from runde.engine.rules.duckdb_sql import constant_sql, quoted, type_sql
from runde.engine.rules.value_types import Kind, ValueType
from runde.engine.whatif.design import Assumption, AssumptionLine
from runde.engine.whatif.extract import BUCKETS

SECTIONS = 27
"""0 is no section, 1 is A and so on."""
NO_LINE = -1


@lru_cache(maxsize=256)
def order_of_buckets(name: str) -> tuple[int, ...]:
    """For each bucket its place in the order that belongs to the name."""
    drawn = sorted(range(BUCKETS), key=lambda bucket: hashlib.sha256(f"{name}:{bucket}".encode()).digest())
    places = [0] * BUCKETS
    for place, bucket in enumerate(drawn):
        places[bucket] = place
    return tuple(places)


def bands_by_bucket(name: str, line: AssumptionLine) -> list[int]:
    """For each bucket the number of the band it falls in."""
    by_place: list[int] = []
    for number, band in enumerate(line.bands):
        by_place += [number] * int(band.share * BUCKETS)
    return [by_place[place] for place in order_of_buckets(name)]


def line_of(assumption: Assumption, section: str, employees: int) -> int:
    """The place of the first line that fits; NO_LINE when none does."""
    for number, line in enumerate(assumption.lines):
        fits = not line.sections or section in line.sections
        low, high = line.employees_from, line.employees_to
        if fits and (low is None or low <= employees) and (high is None or employees <= high):
            return number
    return NO_LINE


def steps_of(assumptions: Sequence[Assumption]) -> list[int]:
    """Numbers of employees at which some line begins to fit, or stops fitting."""
    lines = [line for assumption in assumptions for line in assumption.lines]
    starts = {line.employees_from for line in lines if line.employees_from}
    return sorted(starts | {line.employees_to + 1 for line in lines if line.employees_to is not None})


@dataclass(frozen=True, slots=True)
class Dealt:
    """`strata[section * steps + step]` is a row of `profile_of`, which gives the profile for each bucket.

    `profiles` holds, for each profile, the place of each assumption's value in its list of values; -1 is
    no value.
    """

    steps: tuple[int, ...]
    strata: list[int]
    profile_of: list[list[int]]
    profiles: list[tuple[int, ...]]


def deal(assumptions: Sequence[Assumption]) -> Dealt:
    """Work out every profile that can occur."""
    steps = steps_of(assumptions)
    places = [_places(assumption) for assumption in assumptions]
    profiles: dict[tuple[int, ...], int] = {}
    strata: list[int] = []
    known: dict[tuple[int, ...], int] = {}
    profile_of: list[list[int]] = []
    for section in range(SECTIONS):
        letter = chr(64 + section) if section else ""
        for employees in [0, *steps]:
            lines = tuple(line_of(assumption, letter, employees) for assumption in assumptions)
            if lines not in known:
                known[lines] = len(profile_of)
                sets = zip(*(by_line[line] for by_line, line in zip(places, lines, strict=True)), strict=True)
                profile_of.append([profiles.setdefault(one, len(profiles)) for one in sets])
            strata.append(known[lines])
    return Dealt(tuple(steps), strata, profile_of, list(profiles))


def _places(assumption: Assumption) -> dict[int, list[int]]:
    """For each line, and for none, the place of every bucket's value among all values of the assumption."""
    first, by_line = 0, {NO_LINE: [NO_LINE] * BUCKETS}
    for number, line in enumerate(assumption.lines):
        by_line[number] = [first + band for band in bands_by_bucket(assumption.name, line)]
        first += len(line.bands)
    return by_line


def step_sql(steps: Sequence[int]) -> str:
    """Which step a row is on, by its fewest employees."""
    if not steps:
        return "0"
    whens = " ".join(
        f"WHEN fewest_employees >= {step} THEN {number}"
        for number, step in reversed(list(enumerate(steps, start=1)))
    )
    return f"CASE {whens} ELSE 0 END"


def key_sql(steps: Sequence[int]) -> str:
    """The row's number among strata and buckets: what the key table is joined by."""
    stratum = f"section_number::UINTEGER * {len(steps) + 1} + {step_sql(steps)}"
    return f"CAST(({stratum}) * {BUCKETS} + spread AS UINTEGER)"


def store_profiles(
    connection: duckdb.DuckDBPyConnection,
    dealt: Dealt,
    columns: Sequence[tuple[str, ValueType, Sequence[Any]]],
    number: int,
) -> None:
    """Put the key table `keys_<number>` and the values `values_<number>` in temporary tables.

    `columns`: each assumed name, its type, and its values in the order their places count.
    """
    connection.execute(
        f"CREATE TEMP TABLE keys_{number} AS SELECT CAST(key_place * {BUCKETS} + bucket AS UINTEGER) AS key,"  # noqa: S608
        " CAST(profile_of[stratum + 1][bucket + 1] AS UINTEGER) AS profile FROM"
        " (SELECT unnest($strata) AS stratum, generate_subscripts($strata, 1) - 1 AS key_place),"
        f" (SELECT $profiles AS profile_of), range({BUCKETS}) AS buckets(bucket)",
        {"strata": dealt.strata, "profiles": dealt.profile_of},
    )
    chosen = ", ".join(
        f"CAST({_list_sql(value_type, values)}[places[{at}] + 1] AS {type_sql(value_type)}) AS {quoted(name)}"
        for at, (name, value_type, values) in enumerate(columns, start=1)
    )
    connection.execute(
        f"CREATE TEMP TABLE values_{number} AS SELECT CAST(profile AS UINTEGER) AS profile, {chosen} FROM"  # noqa: S608
        " (SELECT unnest($profiles) AS places, generate_subscripts($profiles, 1) - 1 AS profile)",
        {"profiles": [list(one) for one in dealt.profiles]},
    )


def _list_sql(value_type: ValueType, values: Sequence[Any]) -> str:
    return "[" + ", ".join(_literal(value_type, value) for value in values) + "]"


def _literal(value_type: ValueType, value: Any) -> str:
    if value_type.kind is Kind.CODES:
        return "[" + ", ".join(constant_sql(code) for code in sorted(value)) + "]"
    return constant_sql(value, value_type if value_type.kind is Kind.NUMBER else None)
