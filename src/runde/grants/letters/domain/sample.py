"""The made-up letter a template is shown with while it is written: Kafé Kanalen gets its grant, or nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from runde.engine.reference.api import Language
from runde.engine.typeset.api import (
    CaseLetterFacts,
    Contact,
    Fact,
    GrantFacts,
    Letter,
    Person,
    Recipient,
    RefusalFacts,
    Sender,
    Wording,
    case_letter,
    grant_letter,
    letter_fields,
    refusal_letter,
    worded,
)

from .fields import samples
from .kinds import LetterKind, standard_text

LIST = Path(__file__).with_name("sample.json")
MADE_AT = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)
APPLIED, DECIDED = date(2026, 11, 12), date(2026, 11, 23)
WAITS = ("provisional", "delayed", "appeal_interim")
MARK = "Mal med oppdiktet mottaker"


@dataclass(frozen=True, slots=True)
class SampleFrame:
    """What the sample takes from the municipality and the scheme; texts are in the letter's language."""

    sender: str
    department: str
    reach: str
    scheme: str
    conditions: Sequence[str] = ()


def sample_letter(kind: LetterKind, language: Language, wording: Wording, frame: SampleFrame) -> Letter:
    """The letter with the wording. Raises MissingSlot and the other refusals of the typesetter."""
    if not kind.is_decision:
        return _of_case(kind, language, wording, frame)
    given = _common(language, wording, frame)
    if kind.base == "grant":
        grant = GrantFacts(**given, **_grant(language, frame))
        return worded(grant_letter(grant), wording, letter_fields(grant))
    refusal = RefusalFacts(**given, **_refusal(language))
    return worded(refusal_letter(refusal), wording, letter_fields(refusal))


def _common(language: Language, wording: Wording, frame: SampleFrame) -> dict[str, Any]:
    said, values = _said(language), samples(language)
    return {
        "language": language,
        "sender": Sender(frame.sender),
        "recipient": Recipient(values["company"], tuple(said["address"])),
        "contact": Contact(frame.department, frame.reach),
        "case_number": values["case_number"],
        "scheme": frame.scheme,
        "applied_date": APPLIED,
        "decided_date": DECIDED,
        "notified_date": DECIDED,
        "made_at": MADE_AT,
        "officer": Person("Ida Lunde", said["officer"]),
        "approver": Person("Per Strand", said["approver"]),
        "authority": said["authority"],
        "appeal_body": values["appeal_body"],
        "scheme_rules": said["rules"],
        "register_date": date(2026, 11, 20),
        "mark": MARK,
        "wording": wording,
    }


def _grant(language: Language, frame: SampleFrame) -> dict[str, Any]:
    said = _said(language)
    return {
        "reasons": tuple(said["reasons"]),
        "calculation": tuple(Fact(label, value) for label, value in said["rows"]),
        "amount_nok": Decimal(117_400),
        "account": "15061177334",
        "conditions": tuple(frame.conditions or said["conditions"]),
    }


def _refusal(language: Language) -> dict[str, Any]:
    return {"reasons": tuple(_said(language)["refused"]), "short_reason": samples(language)["reason"]}


def _of_case(kind: LetterKind, language: Language, wording: Wording, frame: SampleFrame) -> Letter:
    """A letter that is no decision, with made-up days and somebody's words."""
    said, values = _said(language), samples(language)
    words = said["case_letter"]["because" if kind.slug in WAITS else "written"]
    return case_letter(
        CaseLetterFacts(
            variant=kind.variant,
            language=language,
            sender=Sender(frame.sender),
            recipient=Recipient(values["company"], tuple(said["address"])),
            contact=Contact(frame.department, frame.reach),
            case_number=values["case_number"],
            scheme=frame.scheme,
            applied_day=values["applied_day"],
            letter_date=DECIDED,
            made_at=MADE_AT,
            rule_keys=("appeal", "access"),
            values=values,
            rows=_days(kind, language),
            said=(words,),
            signed_by="" if kind.slug in WAITS else "Ida Lunde",
            mark=MARK,
            wording=wording,
        )
    )


def _days(kind: LetterKind, language: Language) -> tuple[tuple[str, str], ...]:
    """The days of the short box, for the kinds whose texts name one."""
    keys = ("lead", "next.body")
    named = frozenset().union(*(standard_text(kind.slug, key, language, DECIDED).slots for key in keys))
    boxed = (("answer_day", "row.answer"), ("due_day", "row.due"))
    return tuple((row, samples(language)[slot]) for slot, row in boxed if slot in named)


def _said(language: Language) -> Mapping[str, Any]:
    return _content()[language]  # type: ignore[no-any-return]


@cache
def _content() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(LIST.read_text(encoding="utf-8"))
    return content
