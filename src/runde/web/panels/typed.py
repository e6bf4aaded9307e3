"""The set-up of a panel as somebody typed it: kept as it was, and read where it can be."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from runde.grants.panels.api import Criterion, Panel, Scale, SetUp, criteria_of
from runde.web.components.fields import Choice, Field
from runde.web.panels.words import number_of

FEWEST_ROWS, MOST_ROWS = 3, 12
BEFORE = {"lowest": "1", "highest": "6", "discuss_from": "2", "tie_rule": "heaviest"}
"""What a new form suggests; the leader decides."""


@dataclass(frozen=True, slots=True)
class TypedSetUp:
    """`values` by field name; `rows` is how many criteria have fields."""

    values: Mapping[str, str]
    rows: int
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of_panel(cls, panel: Panel) -> TypedSetUp:
        criteria = criteria_of(panel)
        values = {
            "lowest": str(panel.lowest),
            "highest": str(panel.highest),
            "discuss_from": number_of(panel.discuss_from),
            "tie_rule": panel.tie_rule,
            "per_case": str(panel.per_case or ""),
            "score_by_date": f"{panel.score_by_date:%d.%m.%Y}",
        }
        for place, one in enumerate(criteria):
            values |= {
                f"label_{place}": one.label,
                f"weight_{place}": str(one.weight),
                f"help_{place}": one.help,
            }
        return cls(values, max(FEWEST_ROWS, len(criteria)))

    @classmethod
    def posted(cls, posted: Mapping[str, str]) -> TypedSetUp:
        rows = sum(f"label_{place}" in posted for place in range(MOST_ROWS))
        return cls(posted, max(FEWEST_ROWS, rows))

    def with_errors(self, errors: dict[str, str]) -> TypedSetUp:
        """Errors name criteria by their order; the fields are named by their row."""
        filled = self.filled
        rows = {f"{part}_{place}": f"{part}_{row}" for place, row in enumerate(filled) for part in PARTS}
        return TypedSetUp(
            self.values, self.rows, {rows.get(name, name): text for name, text in errors.items()}
        )

    def with_another_row(self) -> TypedSetUp:
        return TypedSetUp(self.values, min(MOST_ROWS, self.rows + 1))

    @property
    def filled(self) -> list[int]:
        """Rows where anything is written."""
        return [row for row in range(self.rows) if any(self.get(f"{part}_{row}").strip() for part in PARTS)]

    def get(self, name: str) -> str:
        return self.values.get(name, "")

    def read(self) -> SetUp | None:
        """None when something could not be read; then `reading_errors` says what."""
        return None if self.reading_errors() else self._set_up()

    def _set_up(self) -> SetUp:
        per_case = _whole(self.get("per_case"))
        return SetUp(
            criteria=tuple(self._criterion(place, row) for place, row in enumerate(self.filled)),
            scale=Scale(_whole(self.get("lowest")) or 0, _whole(self.get("highest")) or 0),
            tie_rule=self.get("tie_rule"),
            discuss_from=_decimal(self.get("discuss_from")) or Decimal(0),
            score_by_date=_day(self.get("score_by_date")) or date.min,
            per_case=per_case,
        )

    def _criterion(self, place: int, row: int) -> Criterion:
        weight = _whole(self.get(f"weight_{row}")) or 0
        return Criterion(
            f"k{place + 1}", self.get(f"label_{row}").strip(), weight, self.get(f"help_{row}").strip()
        )

    def reading_errors(self) -> dict[str, str]:
        wrong = {}
        for name, sentence in NUMBERS.items():
            if _whole(self.get(name)) is None:
                wrong[name] = sentence
        if self.get("per_case").strip() and _whole(self.get("per_case")) is None:
            wrong["per_case"] = "Skriv et helt tall, eller la feltet stå tomt."
        if _decimal(self.get("discuss_from")) is None:
            wrong["discuss_from"] = "Skriv et tall, for eksempel 2 eller 1,5."
        if _day(self.get("score_by_date")) is None:
            wrong["score_by_date"] = "Skriv datoen slik: 15.12.2026."
        return wrong

    def criterion_fields(self) -> list[list[Field]]:
        return [self._row_fields(row) for row in range(self.rows)]

    def _row_fields(self, row: int) -> list[Field]:
        parts = {
            "label": ("Kriterium", False),
            "weight": ("Teller", False),
            "help": ("Hva gir mange poeng?", True),
        }
        made = []
        for part, (label, optional) in parts.items():
            name = f"{part}_{row}"
            made.append(
                Field(
                    name,
                    f"{label} {row + 1}"
                    if part == "label"
                    else f"{label}, kriterium {row + 1}"
                    if part == "weight"
                    else f"Hva gir mange poeng, og hva gir få? (kriterium {row + 1})",
                    kind="percent" if part == "weight" else "text",
                    value=self.get(name),
                    error=self.errors.get(name, ""),
                    optional=optional,
                )
            )
        return made

    def other_fields(self) -> list[Field]:
        return [
            self._field("lowest", "Laveste poeng", "number"),
            self._field("highest", "Høyeste poeng", "number"),
            self._field(
                "discuss_from",
                "Hvor langt fra hverandre må poengene ligge før panelet bør drøfte søknaden?",
                "decimal",
            ),
            Field(
                "tie_rule",
                "Hva avgjør når søknader får like mange poeng?",
                kind="radios",
                choices=tuple(Choice(value, label) for value, label in Panel.TieRule.choices),
                value=self.get("tie_rule"),
                error=self.errors.get("tie_rule", ""),
            ),
            self._field(
                "per_case",
                "Hvor mange skal vurdere hver søknad?",
                "number",
                description="La feltet stå tomt hvis alle skal vurdere alle.",
                optional=True,
            ),
            self._field(
                "score_by_date", "Frist for å vurdere", "date", description="For eksempel 15.12.2026"
            ),
        ]

    def _field(
        self, name: str, label: str, kind: str, *, description: str = "", optional: bool = False
    ) -> Field:
        return Field(
            name,
            label,
            kind=kind,  # type: ignore[arg-type]
            value=self.get(name),
            description=description,
            error=self.errors.get(name, ""),
            optional=optional,
        )


PARTS = ("label", "weight", "help")
NUMBERS = {
    "lowest": "Skriv laveste poeng som et helt tall.",
    "highest": "Skriv høyeste poeng som et helt tall.",
}


def _whole(text: str) -> int | None:
    bare = text.strip().removesuffix("%").strip()
    return int(bare) if bare.isdecimal() and len(bare) <= 4 else None


def _decimal(text: str) -> Decimal | None:
    with suppress(InvalidOperation):
        value = Decimal(text.strip().replace(",", "."))
        return value if value.is_finite() else None
    return None


def _day(text: str) -> date | None:
    with suppress(ValueError):
        return datetime.strptime(text.strip(), "%d.%m.%Y").date()  # noqa: DTZ007 - a day, not a moment
    return None
