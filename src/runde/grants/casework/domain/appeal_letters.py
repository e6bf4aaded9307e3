"""Letters of appeals, of demanded reasons and of changes without an appeal: from the decision's snapshot. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from runde.engine.reference.api import Language, date_text, format_orgnr, rules_text
from runde.engine.typeset.api import Block, Letter, Paragraph, Recipient, Section, Sender, Signatures

from .words import as_language, in_language, words

Kind = Literal["forward", "dismiss", "reasons", "notice", "outcome"]
RULES: Mapping[Kind, tuple[str, ...]] = {
    "forward": ("appeal", "suspension", "access"),
    "dismiss": ("appeal", "access"),
    "reasons": ("reasons", "appeal", "access"),
    "notice": ("advance_notice", "reversal", "access"),
    "outcome": ("appeal", "access", "costs"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One letter: what kind, its slots, what somebody wrote, and who signs it when. `about` are extra first lines."""

    kind: Kind
    said: str
    signed_by: str
    made_at: datetime
    made_date: date
    slots: Mapping[str, str] = field(default_factory=dict)
    about: tuple[str, ...] = ()
    to_other: str = ""
    """Another appellant than the applicant, who gets the letter instead."""


def letter_for(snapshot: Mapping[str, Any], wanted: Wanted, *, is_demo: bool = False) -> Letter:
    """The letter, in the language of the application."""
    language = language_of(snapshot)
    return Letter(
        kind="document",
        language=language,
        sender=Sender(snapshot["authority"]["name"]),
        recipient=Recipient(wanted.to_other) if wanted.to_other else _recipient(snapshot, language),
        letter_date=wanted.made_date,
        made_at=wanted.made_at,
        heading=words(f"{wanted.kind}_heading", language),
        blocks=_blocks(snapshot, wanted, language),
        case_number=snapshot["outcome"]["case_number"],
        mark=words("demo", language) if is_demo else None,
    )


def language_of(snapshot: Mapping[str, Any]) -> Language:
    return as_language(snapshot["applicant"]["language"])


def body_of(snapshot: Mapping[str, Any], language: str) -> str:
    """Who decides appeals in the scheme: its own word, or the usual one."""
    own = snapshot["scheme"]["legal_basis"].get("appeal_body")
    return in_language(own, language) if own else words("appeal_body", language)


def _blocks(snapshot: Mapping[str, Any], wanted: Wanted, language: Language) -> tuple[Block, ...]:
    kind, slots = wanted.kind, wanted.slots
    decided = date_text(date.fromisoformat(snapshot["outcome"]["decided_date"]), language)
    scheme = in_language(snapshot["scheme"]["texts"]["name"], language)
    about = " ".join((words("letter_about", language, decided=decided, scheme=scheme), *wanted.about))
    said = tuple(text.strip() for text in wanted.said.split("\n") if text.strip())
    rules = rules_text(RULES[kind], wanted.made_date, language)
    return (
        Paragraph(about),
        Paragraph(words(f"{kind}_lead", language, **slots)),
        Section("reasons", words(f"{kind}_reasons", language), said),
        Section("next", words(f"{kind}_next_title", language), (words(f"{kind}_next", language, **slots),)),
        _contact(snapshot, language),
        Signatures(
            words("letter_signed_title", language),
            (f"{wanted.signed_by}, {snapshot['authority']['name']}",),
            words("letter_signed", language),
        ),
        Section("rules", words("letter_rules_title", language), (rules,), is_quiet=True),
    )


def _recipient(snapshot: Mapping[str, Any], language: Language) -> Recipient:
    applicant = snapshot["applicant"]
    number = words("organisation_number", language, number=format_orgnr(applicant["organisation_number"]))
    return Recipient(applicant["company_name"], (*applicant["facts"].get("address", []), number))


def _contact(snapshot: Mapping[str, Any], language: Language) -> Section:
    authority = snapshot["authority"]
    name = authority["contact_name"] or authority["name"]
    reach = authority["contact_phone"] or authority["contact_email"] or authority["name"]
    number = snapshot["outcome"]["case_number"]
    said = words("letter_contact", language, name=name, reach=reach, number=number)
    return Section("contact", words("letter_contact_title", language), (said,))
