"""The version of a letter anybody may see: what is exempt stands as its legal ground. Pure: from the snapshot alone.

A grant, its amount and its reasons are public. Answers the applicant gave in confidence, the account and a sole
trader's address are not; a person may have marked more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from runde.engine.typeset.api import Letter

from .letters import letter_of
from .set_by_hand import without
from .words import as_language, words

SOLE_TRADERS = ("ENK",)
Ground = Callable[[str, bool], str | None]
"""From an answer's name, and whether it was given in confidence, to the law that exempts it; None when it is public."""


def public_letter(
    snapshot: Mapping[str, Any],
    ground_of: Ground,
    *,
    reasons_ground: str | None = None,
    is_demo: bool = False,
) -> Letter:
    """The letter without what is exempt. `reasons_ground` exempts what the officer wrote."""
    language = as_language(snapshot["applicant"]["language"])
    letter = letter_of(_public(snapshot, ground_of, reasons_ground), is_demo=is_demo)
    mark = words("public_version", language)
    return replace(letter, mark=f"{letter.mark} {mark}" if letter.mark else mark)


def _public(snapshot: Mapping[str, Any], ground_of: Ground, reasons_ground: str | None) -> dict[str, Any]:
    language = as_language(snapshot["applicant"]["language"])
    verdict = snapshot["verdict"]
    return {
        **snapshot,
        "applicant": _applicant(snapshot["applicant"]),
        "outcome": _outcome(snapshot["outcome"], reasons_ground, language),
        "verdict": {
            **verdict,
            "rows": [_row(row, ground_of) for row in verdict["rows"]],
            "criteria": [_criterion(result, ground_of) for result in verdict["criteria"]],
        },
        **_letter(snapshot, reasons_ground, language),
        **_evidence(snapshot, ground_of, reasons_ground, language),
    }


def _applicant(applicant: Mapping[str, Any]) -> dict[str, Any]:
    facts = applicant["facts"]
    form = facts.get("register", {}).get("legal_form", {}).get("value")
    address = [] if form in SOLE_TRADERS else facts.get("address", [])
    return {**applicant, "account_number": "••", "facts": {**facts, "address": address}}


def _outcome(outcome: Mapping[str, Any], ground: str | None, language: str) -> dict[str, Any]:
    if ground is None or not outcome["reason_text"].strip():
        return dict(outcome)
    return {**outcome, "reason_text": exempt(ground, language)}


def _letter(snapshot: Mapping[str, Any], ground: str | None, language: str) -> dict[str, Any]:
    part = snapshot.get("letter")
    if part is None or ground is None:
        return {}
    edits = [{**edit, "new": exempt(ground, language)} for edit in part["edits"]]
    return {"letter": {**part, "edits": edits}}


def _evidence(
    snapshot: Mapping[str, Any], ground_of: Ground, reasons_ground: str | None, language: str
) -> dict[str, Any]:
    """A figure somebody set is told of as the row or requirement it stands in is."""
    part = snapshot.get("evidence")
    if part is None or not part["overrides"]:
        return {}
    verdict = snapshot["verdict"]
    every = (*verdict["rows"], *verdict["criteria"])
    exempted = {row["name"] for row in verdict["rows"] if _ground(row["values"], ground_of)}
    exempted |= {value["name"] for one in every for value in one["values"] if _ground([value], ground_of)}
    reason = exempt(reasons_ground, language) if reasons_ground else None
    return {"evidence": {**part, "overrides": without(part["overrides"], frozenset(exempted), reason)}}


def _row(row: Mapping[str, Any], ground_of: Ground) -> Mapping[str, Any]:
    """An amount is public; how it came about is not, when it shows what is exempt."""
    ground = _ground(row["values"], ground_of)
    if ground is None:
        return row
    texts = {
        language: {**said, "shown": exempt(ground, language), "workings": ""}
        for language, said in row["texts"].items()
    }
    return {**row, "texts": texts}


def _criterion(result: Mapping[str, Any], ground_of: Ground) -> Mapping[str, Any]:
    ground = _ground(result["values"], ground_of)
    if ground is None:
        return result
    texts = {
        language: {**said, "reason": exempt(ground, language)} for language, said in result["texts"].items()
    }
    return {**result, "texts": texts}


def exempt(ground: str, language: str) -> str:
    return words("exempt", language, ground=ground)


def _ground(values: list[Mapping[str, Any]], ground_of: Ground) -> str | None:
    found = (ground_of(value["name"], bool(value["private"])) for value in values)
    return next((ground for ground in found if ground), None)
