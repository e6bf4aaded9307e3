"""What a letter in a case that is no decision is composed from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from runde.engine.reference.api import Language
from runde.engine.typeset.facts import Contact
from runde.engine.typeset.letter import Recipient, Sender
from runde.engine.typeset.wording import AS_FIXED, Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLetterFacts:
    """`variant` picks the texts ("provisional", "received", "forward" …); the list is the keys "heading.…".

    `values` are what the texts name besides the case itself, ready to be read: days such as "answer_day" with weekday,
    "appeal_body", "reference". `rows` are lines of the short box: the text that labels it ("row.answer") and the value.
    `about` are whole sentences after the first, `said` what a person wrote, in paragraphs; `quoted` the appellant's
    own words and `papers` what comes with the letter. Without `signed_by` the letter is the system's own.
    """

    variant: str
    language: Language
    sender: Sender
    recipient: Recipient
    contact: Contact
    case_number: str
    scheme: str
    applied_day: str
    letter_date: date
    made_at: datetime
    rule_keys: tuple[str, ...]
    values: Mapping[str, str] = field(default_factory=dict)
    rows: tuple[tuple[str, str], ...] = ()
    about: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    quoted: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    signed_by: str = ""
    mark: str | None = None
    wording: Wording = AS_FIXED
