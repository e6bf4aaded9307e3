"""What the pages of appeals and reversals ask, and how the answers are read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.http import QueryDict

from runde.web.components.fields import Field
from runde.web.officer.typed_days import read_day
from runde.web.staff import read_amount

NO_DAY = "Skriv dag, måned og år, for eksempel 14.12.2026."
NO_AMOUNT = "Skriv beløpet med bare tall, for eksempel 117 400."


class Wrong(Exception):
    """What was typed cannot be used: the sentence, by the field."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field, self.sentence = field, sentence


def words_field(
    label: str, posted: QueryDict, *, audience: str = "applicant", help_text: str = "", rows: int = 6
) -> Field:
    return Field(
        "words",
        label,
        kind="textarea",
        rows=rows,
        value=posted.get("words", ""),
        description=help_text,
        audience=audience,
    )


def day_field(name: str, label: str, posted: QueryDict, suggested: date | None = None) -> Field:
    typed = posted.get(name) if name in posted else (suggested.strftime("%d.%m.%Y") if suggested else "")
    return Field(
        name,
        label,
        kind="date",
        value=typed or "",
        description="Skriv dag, måned og år, for eksempel 14.12.2026.",
    )


def amount_field(posted: QueryDict, *, label: str, help_text: str, value: str = "") -> Field:
    return Field(
        "amount",
        label,
        kind="money",
        value=posted.get("amount", value),
        description=help_text,
        optional=False,
    )


def given_day(posted: QueryDict, name: str) -> date:
    day = read_day(posted.get(name, ""))
    if day is None:
        raise Wrong(name, NO_DAY)
    return day


def given_amount(posted: QueryDict, *, optional: bool = False) -> Decimal | None:
    amount, wrong = read_amount(posted.get("amount", ""))
    if wrong or (amount is None and not optional):
        raise Wrong("amount", wrong or NO_AMOUNT)
    return amount


def given_choice(posted: QueryDict, name: str, allowed: tuple[str, ...], sentence: str) -> str:
    chosen = posted.get(name, "")
    if chosen not in allowed:
        raise Wrong(name, sentence)
    return chosen


def given_words(posted: QueryDict, name: str, sentence: str) -> str:
    text = posted.get(name, "").strip()
    if not text:
        raise Wrong(name, sentence)
    return text


def with_error(fields: list[Field], name: str, sentence: str) -> list[Field]:
    """The fields with the sentence at the one it is about, or at the first when it is about the whole."""
    if not sentence or not fields:
        return fields
    wanted = name if any(one.name == name for one in fields) else fields[0].name
    return [replace(one, error=sentence) if one.name == wanted else one for one in fields]
