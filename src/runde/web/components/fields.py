"""One question in a form: its words, the answer so far and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Kind = Literal[
    "text", "number", "decimal", "money", "percent", "date", "email", "tel", "account", "orgnumber", "password",
    "search", "textarea", "select", "radios", "yesno", "checkbox", "checkboxes", "file",
    "period", "table", "lookup", "information",
]  # fmt: skip
GROUPS = ("radios", "yesno", "checkboxes")
NUMERIC = ("number", "decimal", "money", "percent", "date", "account", "orgnumber")
UNITS: dict[str, str] = {"money": "kr", "percent": "%"}
SPOKEN_UNITS: dict[str, str | Promise] = {"kr": _("i kroner"), "%": _("i prosent")}
WIDTHS: dict[str, str] = {
    "money": "s",
    "number": "s",
    "decimal": "s",
    "percent": "xs",
    "date": "s",
    "orgnumber": "s",
    "account": "s",
    "tel": "s",
}
INPUT_TYPES: dict[str, str] = {"email": "email", "tel": "tel", "password": "password", "search": "search"}


@dataclass(frozen=True)
class Choice:
    """One answer to choose. `value` is what the form sends; `group` is the heading it stands under in a list."""

    value: str
    label: str | Promise
    description: str = ""
    group: str = ""


YES_NO = (Choice("yes", _("Ja")), Choice("no", _("Nei")))


@dataclass(frozen=True)
class Field:
    """A question. `value` is shown exactly as given, so what was typed is kept; a list for several."""

    name: str
    label: str
    kind: Kind = "text"
    html_id: str = ""
    value: str | list[str] = ""
    description: str = ""
    error: str = ""
    optional: bool = False
    choices: tuple[Choice, ...] = ()
    unit: str = ""
    answer: str = ""
    autocomplete: str = ""
    rows: int = 5
    multiple: bool = False
    accept: str = ""
    readonly: bool = False
    audience: str = ""
    hide_label: bool = False
    parts: tuple[Field, ...] = ()
    """The fields a question consists of: the two days of a period."""
    grid: Grid | None = None
    """The rows of a table."""

    @property
    def id(self) -> str:
        return self.html_id or f"id_{self.name}"

    @property
    def template(self) -> str:
        special = {"textarea", "select", "checkbox", "file", "period", "table", "lookup", "information"}
        shape = "group" if self.kind in GROUPS else self.kind if self.kind in special else "text"
        return f"components/field/{shape}.html"

    @property
    def target_id(self) -> str:
        """Where a line in the error summary leads: the control itself, in a group the first one."""
        if self.kind == "table" and self.grid is not None:
            return self.grid.target_id or self.id
        if self.parts:
            return self.parts[0].id
        return f"{self.id}_0" if self.kind in GROUPS else self.id

    @property
    def described_by(self) -> str:
        parts = [(self.description, "description"), (self.error, "error")]
        return " ".join(f"{self.id}_{part}" for text, part in parts if text)

    @property
    def affix(self) -> str:
        return self.unit or UNITS.get(self.kind, "")

    @property
    def spoken_unit(self) -> str | Promise:
        """Affixes are not read aloud, so the label carries the unit too."""
        return SPOKEN_UNITS.get(self.affix, self.affix)

    @property
    def input_type(self) -> str:
        return INPUT_TYPES.get(self.kind, "text")

    @property
    def input_mode(self) -> str:
        if self.kind in {"decimal", "money", "percent"}:
            return "decimal"
        return "numeric" if self.kind in NUMERIC else ""

    @property
    def width(self) -> str:
        return self.answer or WIDTHS.get(self.kind, "")

    @property
    def input_kind(self) -> str:
        return "checkbox" if self.kind == "checkboxes" else "radio"

    @property
    def inline(self) -> bool:
        return self.kind == "yesno"

    @property
    def options(self) -> tuple[Choice, ...]:
        return self.choices or (YES_NO if self.kind == "yesno" else ())

    @property
    def grouped(self) -> list[tuple[str, list[Choice]]]:
        """The answers of a long list under their headings, in the order given."""
        groups: dict[str, list[Choice]] = {}
        for one in self.options:
            groups.setdefault(one.group, []).append(one)
        return list(groups.items())

    @property
    def chosen(self) -> list[str]:
        return self.value if isinstance(self.value, list) else [self.value]


@dataclass(frozen=True)
class GridColumn:
    """A column of a table: its name, its unit, and what the rows come to where they can be added up."""

    name: str
    label: str
    unit: str = ""
    is_number: bool = False
    total: str = ""


@dataclass(frozen=True)
class GridRow:
    """One row: a field for each column. `number` is the place, from 1; `table` the question's name."""

    number: int
    cells: tuple[Field, ...]
    table: str = ""

    @property
    def place(self) -> int:
        return self.number - 1

    @property
    def acts(self) -> dict[str, str]:
        """What the row's buttons send."""
        return {act: f"{act}:{self.table}:{self.place}" for act in ("up", "down", "remove")}


@dataclass(frozen=True)
class Grid:
    """The rows of a table question, with an empty one to copy. `most` 0: as many rows as one likes."""

    columns: tuple[GridColumn, ...]
    rows: tuple[GridRow, ...]
    blank: GridRow
    most: int = 0

    @property
    def target_id(self) -> str:
        """The first cell that is wrong, else the first there is."""
        cells = [cell for row in self.rows for cell in row.cells]
        wrong = [cell for cell in cells if cell.error]
        return (wrong or cells)[0].id if cells else ""

    @property
    def is_full(self) -> bool:
        return bool(self.most) and len(self.rows) >= self.most

    @property
    def has_totals(self) -> bool:
        return any(column.total for column in self.columns)


def field_from_form(bound: BoundField, **changes: Any) -> Field:
    """The question behind a Django form field. `changes` are attributes of `Field` that the page decides."""
    kind: Kind = changes.pop("kind", None) or kind_of(bound)
    made = Field(
        name=bound.html_name,
        label=str(bound.label),
        kind=kind,
        html_id=bound.id_for_label if kind not in GROUPS and bound.id_for_label else bound.auto_id or "",
        value=shown_value(bound),
        description=str(bound.help_text or ""),
        error=" ".join(str(error) for error in bound.errors),
        optional=not bound.field.required,
        choices=choices_of(bound) if kind in {*GROUPS, "select"} else (),
        autocomplete=str(bound.field.widget.attrs.get("autocomplete", "")),
        multiple=bool(getattr(bound.field.widget, "allow_multiple_selected", False)),
    )
    return replace(made, **changes)


WIDGET_KINDS: tuple[tuple[type[forms.Widget], Kind], ...] = (
    (forms.Textarea, "textarea"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.FileInput, "file"),
    (forms.CheckboxInput, "checkbox"),
    (forms.SelectMultiple, "checkboxes"),
    (forms.Select, "select"),
    (forms.PasswordInput, "password"),
)
FIELD_KINDS: tuple[tuple[type[forms.Field], Kind], ...] = (
    (forms.EmailField, "email"),
    (forms.DateField, "date"),
    (forms.IntegerField, "number"),
)


def kind_of(bound: BoundField) -> Kind:
    for widget, kind in WIDGET_KINDS:
        if isinstance(bound.field.widget, widget):
            return kind
    for field, kind in FIELD_KINDS:
        if isinstance(bound.field, field):
            return kind
    return "text"


def shown_value(bound: BoundField) -> str | list[str]:
    """What was typed, untouched; for a first visit the initial value, dates as 15.11.2026."""
    value = bound.value()
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return [str(one) for one in value]
    if isinstance(bound.field.widget, forms.FileInput):
        return ""
    if isinstance(value, bool):
        return "on" if value else ""
    return f"{value:%d.%m.%Y}" if isinstance(value, date) else str(value)


def choices_of(bound: BoundField) -> tuple[Choice, ...]:
    given: Iterable[tuple[Any, Any]] = getattr(bound.field, "choices", ())
    return tuple(Choice(str(value), str(label)) for value, label in given)


@dataclass(frozen=True)
class ErrorLine:
    """A line in the error summary; the same words as at the field. Empty `target_id` gives no link."""

    text: str
    target_id: str = ""


def error_lines(source: forms.BaseForm | Iterable[Field | ErrorLine]) -> list[ErrorLine]:
    """What is to be mended, in the order of the page."""
    if isinstance(source, forms.BaseForm):
        return errors_of_form(source)
    lines = []
    for part in source:
        if isinstance(part, ErrorLine):
            lines.append(part)
        elif part.error:
            lines.append(ErrorLine(part.error, part.target_id))
    return lines


def errors_of_form(form: forms.BaseForm) -> list[ErrorLine]:
    lines = [ErrorLine(str(error)) for error in form.non_field_errors()]
    for bound in form.visible_fields():
        lines += [ErrorLine(str(error), field_from_form(bound).target_id) for error in bound.errors]
    return lines
