"""Measure the shape of real register extracts: shares only, no names, numbers or addresses.

    python -m runde.foundation.companies.synthesis.measure_register FILE… > …/synthesis/data/register_shape.json

Run it again on a newer or larger extract to renew the shape. Industry codes seen fewer than three times are
told only as "something else in the same section", so that no single unit can be recognised.
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from runde.engine.reference.api import UnknownIndustry, section_letter

Row = dict[str, str]
LEAST_SEEN = 3
OWN_SHAPE = ("AS", "ENK", "FLI", "ESEK", "NUF", "UTLA")
OTHER = "other"
EMPLOYEE_STEPS = (5, 10, 20, 50, 100, 250)
SOURCE = (
    "Enhetsregisteret (Brønnøysundregistrene), random extracts of main units 2019-2022 as the register stood in "
    "early 2024, licence NLOD 2.0. Totals: Enhetsregisteret 28 May 2026."
)
# Published totals of 28 May 2026; the extracts agree with them within two per cent.
PUBLISHED = {"units": 1_162_944, "AS": 427_324, "ENK": 456_000, "with_published_employees": 70_995}


def measure(rows: list[Row]) -> dict[str, Any]:
    """The shape of the rows as shares between 0 and 1."""
    forms = Counter(row["organisasjonsform.kode"] for row in rows)
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(_group(row), []).append(row)
    return {
        "header": {
            "source": SOURCE,
            "units_measured": len(rows),
            "published": PUBLISHED,
            "edition": "SN2007",
        },
        "forms": _form_shares(forms, len(rows)),
        "groups": {group: _measure_group(groups[group]) for group in sorted(groups)},
        "industries": _industries(rows),
        "employees": _employees_by_section(rows),
        "municipalities": _shares(row["forretningsadresse.kommunenummer"] for row in rows if _is_placed(row)),
    }


def _measure_group(rows: list[Row]) -> dict[str, Any]:
    has: dict[str, Callable[[Row], bool]] = {
        "vat": lambda row: row["registrertIMvaRegisteret"] == "true",
        "business_register": lambda row: row["registrertIForetaksregisteret"] == "true",
        "voluntary_register": lambda row: row["registrertIFrivillighetsregisteret"] == "true",
        "foundation_register": lambda row: row["registrertIStiftelsesregisteret"] == "true",
        "business_address": lambda row: row["forretningsadresse.landkode"] != "",
        "postal_address": lambda row: row["postadresse.landkode"] != "",
        "founded": lambda row: row["stiftelsesdato"] != "",
        "accounts": lambda row: row["sisteInnsendteAarsregnskap"] != "",
        "second_industry": lambda row: row["naeringskode2.kode"] != "",
        "nynorsk": lambda row: row["maalform"] == "Nynorsk",
        "bankrupt": lambda row: row["konkurs"] == "true",
        "under_liquidation": lambda row: row["underAvvikling"] == "true",
        "forced_dissolution": lambda row: row["underTvangsavviklingEllerTvangsopplosning"] == "true",
    }
    shares = {name: _rounded(sum(map(test, rows)) / len(rows)) for name, test in has.items()}
    return {
        **shares,
        "sections": _shares(_section(row) for row in rows),
        "sectors": _shares(row["institusjonellSektorkode.kode"] for row in rows),
        "registered_year": _shares(row["registreringsdatoenhetsregisteret"][:4] for row in rows),
    }


def _industries(rows: list[Row]) -> dict[str, dict[str, float]]:
    """Within each section the share of each code; "" stands for the codes seen too seldom to tell."""
    seen: dict[str, Counter[str]] = {}
    for row in rows:
        seen.setdefault(_section(row), Counter())[row["naeringskode1.kode"]] += 1
    return {letter: _often_seen(seen[letter]) for letter in sorted(seen) if letter}


def _often_seen(codes: Counter[str]) -> dict[str, float]:
    total = sum(codes.values())
    often = {code: count for code, count in sorted(codes.items()) if count >= LEAST_SEEN}
    rest = total - sum(often.values())
    return {code: _rounded(count / total) for code, count in [*often.items(), ("", rest)] if count}


def _employees_by_section(rows: list[Row]) -> dict[str, dict[str, float]]:
    """For AS and for the rest, by section: none registered, withheld, or from so many up to the next step."""
    seen: dict[str, list[str]] = {}
    for row in rows:
        kind = "AS" if row["organisasjonsform.kode"] == "AS" else OTHER
        for key in (f"{kind} {_section(row)}", kind):
            seen.setdefault(key, []).append(_employee_step(row))
    return {key: _shares(steps) for key, steps in sorted(seen.items()) if len(steps) >= 20}


def _employee_step(row: Row) -> str:
    if row["antallAnsatte"]:
        return str(max(step for step in EMPLOYEE_STEPS if step <= max(5, int(row["antallAnsatte"]))))
    return "withheld" if row["harRegistrertAntallAnsatte"] == "true" else "none"


def _form_shares(forms: Counter[str], total: int) -> dict[str, float]:
    """The published shares of the two largest forms; the extracts' shares of the others within the rest."""
    known = {form: PUBLISHED[form] / PUBLISHED["units"] for form in ("AS", "ENK")}
    rest = total - sum(forms[form] for form in known)
    left = 1 - sum(known.values())
    others = {form: left * count / rest for form, count in forms.items() if form not in known}
    return {form: _rounded(share) for form, share in sorted({**known, **others}.items())}


def _group(row: Row) -> str:
    form = row["organisasjonsform.kode"]
    return form if form in OWN_SHAPE else OTHER


def _section(row: Row) -> str:
    try:
        return section_letter(row["naeringskode1.kode"], "SN2007")
    except UnknownIndustry:
        return ""


def _is_placed(row: Row) -> bool:
    return row["forretningsadresse.kommunenummer"] != ""


def _shares(values: Iterable[str]) -> dict[str, float]:
    counts = Counter(values)
    total = sum(counts.values())
    return {value: _rounded(count / total) for value, count in sorted(counts.items())}


def _rounded(share: float) -> float:
    return round(share, 5)


def read_extracts(paths: Iterable[Path]) -> list[Row]:
    """Every main unit once, though it stands in several extracts."""
    rows: dict[tuple[str, str], Row] = {}
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                rows[row["organisasjonsnummer"], row["navn"]] = row
    return list(rows.values())


if __name__ == "__main__":
    shape = measure(read_extracts(Path(name) for name in sys.argv[1:]))
    print(json.dumps(shape, indent=1, ensure_ascii=False))
