"""Figures an officer has set, as the letter tells them: the party has a right to know which, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from runde.engine.reference.api import Language
from runde.engine.rules import Verdict, declared_type, shown_value

from .overrides import Override, overrides_in, used_in
from .words import words


def sentences_about(snapshot: Mapping[str, Any], verdict: Verdict, language: Language) -> tuple[str, ...]:
    """One for each figure: what it was set to, what the rules gave, and the officer's own reason."""
    stored: Sequence[Mapping[str, Any]] = snapshot.get("evidence", {}).get("overrides", ())
    return tuple(_sentence(one, verdict, language) for one in overrides_in(stored))


def _sentence(one: Override, verdict: Verdict, language: Language) -> str:
    label, unit, codes = _meaning(one, verdict, language)
    kind = declared_type(one.type, None, unit, codes)
    return words(
        "set_by_hand",
        language,
        label=label,
        value=shown_value(one.is_now, kind, language),
        was=shown_value(one.was, kind, language),
        reason=one.reason,
    )


def _meaning(
    one: Override, verdict: Verdict, language: Language
) -> tuple[str, str, Mapping[str, Mapping[str, str]]]:
    """Name in the language, unit and code names. The officer's own name for it when the verdict has it no more."""
    row = next((row for row in verdict.rows if one.kind == "row" and row.name == one.name), None)
    if row is not None:
        return row.texts[language]["label"], row.unit, {}
    used = next((value for value in used_in(verdict) if value.name == one.name), None)
    if used is not None:
        return used.label.get(language) or used.label["nb"], used.meaning.unit, used.meaning.codes
    return one.label, "", {}


def without(
    stored: Iterable[Mapping[str, Any]], names: frozenset[str], reason: str | None
) -> list[dict[str, Any]]:
    """For others to read: not the figures `names` give away, and `reason` in the place of the officer's, if any."""
    kept = [dict(one) for one in stored if (one.get("row") or one.get("value")) not in names]
    return [{**one, "reason": reason} for one in kept] if reason else kept
