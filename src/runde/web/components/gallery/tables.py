"""The work list used in the gallery."""

from __future__ import annotations

from runde.web.components.tables import Cell, Column, Row, Table

COLUMNS = (
    Column("Virksomhet", sort_url="?sorter=navn", sorted="ascending"),
    Column("Kontroll"),
    Column("Beregnet (kr)", "number", sort_url="?sorter=belop"),
    Column("Frist", sort_url="?sorter=frist"),
    Column("Ansvarlig"),
)
PLAIN = "✓ Alle 6 krav"
FALL = "Omsetningsfall 26,4 %: mangler 3,6 prosentpoeng"
MISSING = "Ett svar mangler, purret 20. november"
CASES = (
    ("26/1200", "Kafé Kanalen AS", PLAIN, "", "117 400", "30. nov.", "Ida Lunde"),
    ("26/1201", "Bakgården Pizza AS", FALL, "warning", "0", "30. nov.", "Ida Lunde"),
    ("26/1204", "Værlebukta Bad og Båt AS", PLAIN, "", "243 000", "30. nov.", "Ola Vik"),
    ("26/1209", "Jeløy Frisør ENK", MISSING, "warning", "48 250", "2. des.", ""),
    (
        "26/1216",
        "Nordhavn Selskapslokaler AS",
        "Konkurs åpnet 18. november",
        "danger",
        "0",
        "2. des.",
        "Ola Vik",
    ),
    ("26/1217", "Teateret på Torget SA", PLAIN, "", "310 500", "4. des.", ""),
)


def cases(*, tight: bool = False) -> Table:
    return Table(
        caption="Saker i «Klare»",
        columns=COLUMNS,
        rows=tuple(case_row(*case) for case in CASES),
        total=("Til sammen", "", "719 150", "", ""),
        tight=tight,
        mark_name="case",
    )


def case_row(number: str, name: str, control: str, tone: str, amount: str, due: str, officer: str) -> Row:
    cells = (
        Cell(name, url="?prove=sak", note=f"Sak {number}"),
        Cell(control),
        Cell(amount),
        Cell(due),
        Cell(officer),
    )
    shown: dict[str, str] = {"tone": tone}
    return Row(cells, mark_value=number, mark_label=f"sak {number}", **shown)  # type: ignore[arg-type]
