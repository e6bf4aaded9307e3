"""Letters in a case that are no decision: about waiting, about appeals, reasons and changes. Pure: facts in, a letter
out, the same each time."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from runde.engine.reference.api import Language, date_text, format_orgnr
from runde.engine.typeset.api import (
    AS_FIXED,
    CaseLetterFacts,
    Contact,
    Letter,
    Recipient,
    Sender,
    Wording,
    case_letter,
)

from .words import as_language, in_language, words

Kind = Literal[
    "provisional",
    "delayed",
    "received",
    "late",
    "correct",
    "interim",
    "forward",
    "statement",
    "dismiss",
    "reasons",
    "notice",
    "outcome",
]
WAITING: tuple[Kind, ...] = ("provisional", "delayed")
RULES: Mapping[Kind, tuple[str, ...]] = {
    "provisional": ("interim_reply", "access"),
    "delayed": ("interim_reply", "access"),
    "received": ("appeal", "access"),
    "late": ("appeal", "access"),
    "correct": ("appeal", "access"),
    "interim": ("interim_reply", "appeal", "access"),
    "forward": ("appeal", "suspension", "access"),
    "statement": ("appeal", "suspension", "access"),
    "dismiss": ("appeal", "access"),
    "reasons": ("reasons", "appeal", "access"),
    "notice": ("advance_notice", "reversal", "access"),
    "outcome": ("appeal", "access", "costs"),
}
IN_THE_BOX: Mapping[str, str] = {"answer_day": "row.answer", "due_day": "row.due"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One letter: what kind, what its texts name, what somebody wrote, and who signs it when.

    `about` are whole sentences for the first lines, `rows` lines of the box beside those of the days in `slots`.
    `quoted` are the appellant's own words, `papers` what comes with it. Without `signed_by` the system wrote it.
    """

    kind: Kind
    said: str
    made_at: datetime
    made_date: date
    signed_by: str = ""
    slots: Mapping[str, str] = field(default_factory=dict)
    about: tuple[str, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()
    quoted: str = ""
    papers: tuple[str, ...] = ()
    to_other: str = ""
    """Another than the applicant, who gets the letter instead: another appellant, or the appeal body."""


def template_of(kind: Kind) -> str:
    """What the kind is called in the room for letters."""
    return kind if kind in WAITING else f"appeal_{kind}"


def letter_for(
    case: Mapping[str, Any], wanted: Wanted, *, wording: Wording = AS_FIXED, is_demo: bool = False
) -> Letter:
    """The letter, in the language of the application.

    `case` is a decision's snapshot, or as much of one as there is before a decision: authority, applicant, scheme and
    the case's number under outcome.
    """
    language = language_of(case)
    boxed = tuple(
        (IN_THE_BOX[name], wanted.slots[name]) for name in ("answer_day", "due_day") if name in wanted.slots
    )
    return case_letter(
        CaseLetterFacts(
            variant=wanted.kind,
            language=language,
            sender=Sender(case["authority"]["name"]),
            recipient=Recipient(wanted.to_other) if wanted.to_other else _recipient(case, language),
            contact=_contact(case),
            case_number=case["outcome"]["case_number"],
            scheme=in_language(case["scheme"]["texts"]["name"], language),
            applied_day=_day(case["applicant"]["submitted_date"], language),
            letter_date=wanted.made_date,
            made_at=wanted.made_at,
            rule_keys=RULES[wanted.kind],
            values={**_decided(case, language), **wanted.slots},
            rows=(*wanted.rows, *boxed),
            about=wanted.about,
            said=_paragraphs(wanted.said),
            quoted=_paragraphs(wanted.quoted),
            papers=wanted.papers,
            signed_by=wanted.signed_by,
            mark=words("demo", language) if is_demo else None,
            wording=wording,
        )
    )


def language_of(case: Mapping[str, Any]) -> Language:
    return as_language(case["applicant"]["language"])


def body_of(case: Mapping[str, Any], language: str) -> str:
    """Who decides appeals in the scheme: its own word, or the usual one."""
    own = case["scheme"]["legal_basis"].get("appeal_body")
    return in_language(own, language) if own else words("appeal_body", language)


def _decided(case: Mapping[str, Any], language: Language) -> dict[str, str]:
    decided = case["outcome"].get("decided_date")
    return {"decided_day": _day(decided, language)} if decided else {}


def _day(stored: str, language: Language) -> str:
    return date_text(date.fromisoformat(stored), language)


def _paragraphs(text: str) -> tuple[str, ...]:
    """Each line its own paragraph. What somebody wrote is received all the same: signs no letter can show fall out."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    shown = ("".join(sign for sign in line if unicodedata.category(sign) != "Cc").strip() for line in lines)
    return tuple(line for line in shown if line)


def _recipient(case: Mapping[str, Any], language: Language) -> Recipient:
    applicant = case["applicant"]
    number = words("organisation_number", language, number=format_orgnr(applicant["organisation_number"]))
    return Recipient(applicant["company_name"], (*applicant["facts"].get("address", []), number))


def _contact(case: Mapping[str, Any]) -> Contact:
    authority = case["authority"]
    reach = authority["contact_phone"] or authority["contact_email"] or authority["name"]
    return Contact(authority["contact_name"] or authority["name"], reach)
