"""The register and the assumed values as arrays, as somebody who writes NumPy by hand would hold them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from runde.engine.whatif import Design
from runde.engine.whatif.design import Assumption
from runde.engine.whatif.opening import open_extract
from runde.engine.whatif.profiles import bands_by_bucket, line_of

LETTERS = 27
UNITS = (10_000, 100, 100)
"""Parts of one that the assumed values are counted in: the fall, the revenue, the costs."""

_COLUMNS = """
SELECT municipality_number AS municipality, section_number AS section, spread,
    CAST(list_position([{forms}], legal_form) AS UTINYINT) AS form,
    CAST(COALESCE(nace_code[1:2], '0') AS UTINYINT) AS division,
    CAST(COALESCE(employees, 1) AS INTEGER) AS employees,
    CAST(registered_date - DATE '1970-01-01' AS INTEGER) AS registered,
    bankrupt, under_liquidation, forced_dissolution, vat_registered, in_business_register
FROM companies
"""


@dataclass(frozen=True, slots=True)
class Columns:
    """One array for each column, a place for each company. Codes are numbers; 0 is not known.

    `drop` in ten-thousandths; `revenue` and `costs` in øre; `registered` in days since 1970.
    """

    municipality: Any
    section: Any
    division: Any
    form: Any
    employees: Any
    registered: Any
    bankrupt: Any
    under_liquidation: Any
    forced_dissolution: Any
    vat_registered: Any
    in_business_register: Any
    drop: Any
    revenue: Any
    costs: Any


def read_columns(extract: Path, design: Design, forms: tuple[str, ...]) -> Columns:
    """Everything in memory, the assumed values dealt out beforehand: the rivals' time begins after this."""
    with open_extract(extract) as connection:
        listed = ", ".join(f"'{form}'" for form in forms)
        read: dict[str, Any] = connection.execute(_COLUMNS.format(forms=listed)).fetchnumpy()
    spread, section = read.pop("spread"), read["section"]
    read["form"] = read["form"].filled(0) if hasattr(read["form"], "filled") else read["form"]
    drop, revenue, costs = (
        assumed_values(one, units)[section, spread]
        for one, units in zip(design.assumptions, UNITS, strict=True)
    )
    return Columns(**read, drop=drop, revenue=revenue, costs=costs)


def assumed_values(assumption: Assumption, units: int) -> Any:
    """The assumed value in whole units, by section number and bucket."""
    import numpy as np

    table = np.empty((LETTERS, 1000), dtype=np.int64)
    for number in range(LETTERS):
        line = assumption.lines[line_of(assumption, chr(64 + number) if number else "", 0)]
        values = [int(Decimal(band.value) * units) for band in line.bands]
        table[number] = [values[band] for band in bands_by_bucket(assumption.name, line)]
    return table
