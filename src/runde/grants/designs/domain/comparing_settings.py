"""What differs between two settings of the same question, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from runde.engine.reference.api import amount_text, date_text, number_text, share_text

Question = Mapping[str, Any]

LIMITS = {
    "least": "minste svar",
    "above": "grensen svaret må være over",
    "most": "største svar",
    "longest": "flest tegn",
    "earliest": "tidligste dato",
    "latest": "seneste dato",
    "least_rows": "færrest rader",
    "most_rows": "flest rader",
    "decimals": "sifre etter komma",
}
NAMED_PARTS = {"options": ("value", "Valget"), "columns": ("slug", "Kolonnen")}
TOLD = frozenset(
    {
        "slug", "type", "required", "required_if", "shown_if", "required_from", "personal", "keep_months",
        "label", *LIMITS, *NAMED_PARTS,
    }
)  # fmt: skip


def compare_settings(old: Question, new: Question, label: str) -> Iterator[str]:
    """Limits one by one, options and columns by name, and the rest in one sentence."""
    if old["type"] == new["type"]:
        for name, what in LIMITS.items():
            if old.get(name) != new.get(name):
                yield f"{what[:1].upper()}{what[1:]} i «{label}» er {_changed(old, new, name)}."
        for name, (key, word) in NAMED_PARTS.items():
            yield from _parts(old.get(name, ()), new.get(name, ()), key, word, label)
    if _rest(old) != _rest(new):
        yield f"Hjelp, oversettelser eller feiltekster er endret i spørsmålet «{label}»."


def _changed(old: Question, new: Question, name: str) -> str:
    before, after = (_said(one.get(name), one["type"], name) for one in (old, new))
    if not before:
        return f"satt til {after}"
    return f"endret fra {before} til {after}" if after else f"tatt bort. Den var {before}"


def _said(value: Any, kind: str, name: str) -> str:
    if value is None:
        return ""
    if name in ("earliest", "latest"):
        return date_text(date.fromisoformat(value))
    if name in ("least", "above", "most") and kind == "money":
        return amount_text(Decimal(value))
    if name in ("least", "most") and kind == "share":
        return share_text(Decimal(value))
    number = Decimal(str(value))
    return number_text(number, decimals=max(0, -int(number.normalize().as_tuple().exponent)))


def _parts(old: Any, new: Any, key: str, word: str, label: str) -> Iterator[str]:
    before, after = ({one[key]: one for one in listed} for listed in (old, new))
    for name, part in before.items():
        if name not in after:
            yield f"{word} «{part['label']['nb']}» er tatt bort i «{label}»."
    for name, part in after.items():
        if name not in before:
            yield f"{word} «{part['label']['nb']}» er lagt til i «{label}»."
        elif before[name] != part:
            yield f"{word} «{part['label']['nb']}» er endret i «{label}»."
    kept = [name for name in before if name in after]
    if kept != [name for name in after if name in before]:
        yield f"Rekkefølgen er endret i «{label}»."


def _rest(question: Question) -> dict[str, Any]:
    """All that has no sentence of its own; labels in other languages among it."""
    rest = {key: one for key, one in question.items() if key not in TOLD}
    return rest | {"label": {key: text for key, text in question["label"].items() if key != "nb"}}
