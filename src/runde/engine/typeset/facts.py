"""What the rooms above hand in to have a letter composed: facts, never finished wording of ours.

Running text from the scheme (its name, conditions, reasons) comes in the letter's language. `scheme` is the
name inside a sentence: "tilskudd til virksomheter rammet av smitteverntiltak".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from runde.engine.reference.api import Language
from runde.engine.typeset.letter import Fact, Recipient, Sender
from runde.engine.typeset.wording import AS_FIXED, Wording


@dataclass(frozen=True, slots=True)
class Contact:
    """Where questions go."""

    department: str
    phone: str


@dataclass(frozen=True, slots=True)
class Person:
    """A name and a title as they are signed."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion and what was found. `distance` is how much was missing ("3,6 prosentpoeng").

    `name` is a noun ("Fall i omsetning"), `required` and `found` complete "Kravet er …" ("minst 30 prosent")
    and stand alone ("26,4 prosent"). `is_met` None: weighed by discretion.
    """

    name: str
    required: str
    found: str
    is_met: bool | None
    distance: str | None = None


@dataclass(frozen=True, slots=True)
class DeMinimisAid:
    """The award as minor public aid: euros, the rate (NOK per euro) and its day.

    `rule` and the ceiling are looked up in the reference data by the day of the decision.
    """

    amount_eur: Decimal
    rate: Decimal
    rate_date: date
    rule: str = "general"


@dataclass(frozen=True, slots=True)
class BodyWord:
    """The appeal body's own decision, which a letter carries out: its day and reference, when they are known."""

    decided_date: date | None = None
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionFacts:
    """What every decision letter states. The last day to appeal is counted from `notified_date`, the day
    the decision is made available and the notice is sent. `fields` are further values own wording may name.
    With `final` the letter carries out the appeal body's word, and nobody can appeal."""

    language: Language
    sender: Sender
    recipient: Recipient
    contact: Contact
    case_number: str
    scheme: str
    applied_date: date
    decided_date: date
    notified_date: date
    made_at: datetime
    officer: Person
    approver: Person
    authority: str
    appeal_body: str
    scheme_rules: str
    reasons: tuple[str, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    calculation: tuple[Fact, ...] = ()
    register_date: date | None = None
    mark: str | None = None
    wording: Wording = AS_FIXED
    fields: Mapping[str, str] = field(default_factory=dict)
    final: BodyWord | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantFacts(DecisionFacts):
    """A grant, whole or in part (`applied_nok` above `amount_nok` makes it a part)."""

    amount_nok: Decimal
    account: str
    conditions: tuple[str, ...]
    applied_nok: Decimal | None = None
    payment_date: date | None = None
    accept_by_date: date | None = None
    report_by_date: date | None = None
    aid: DeMinimisAid | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalFacts(DecisionFacts):
    """A refusal. `short_reason` is a whole sentence; `other_options` are whole sentences too."""

    short_reason: str
    other_options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerGroup:
    """A step of the form with its questions and answers, as the applicant saw them."""

    title: str
    answers: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptFacts:
    """An application as received."""

    language: Language
    sender: Sender
    recipient: Recipient
    contact: Contact
    case_number: str
    scheme: str
    submitted_by: str
    received_at: datetime
    made_at: datetime
    groups: tuple[AnswerGroup, ...]
    attachments: tuple[str, ...] = ()
    answer_by_date: date | None = None
    mark: str | None = None
