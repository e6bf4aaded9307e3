"""The case as it was when it was decided: everything the letter, the appeal and the auditor need, in one place.

Plain JSON data: amounts and days as text. Its seal is SHA-256 over "runde-decision-1", a line feed, and the JSON as
UTF-8 with sorted keys and no blanks.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from runde.engine.canonical import canonical_json

from .changed import Board, Change
from .final import Final

FORMAT = b"runde-decision-1\n"
Snapshot = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Authority:
    """Who decides, and where to ask."""

    id: UUID
    name: str
    contact_name: str
    contact_phone: str
    contact_email: str


@dataclass(frozen=True, slots=True)
class Scheme:
    """What the scheme version says. `texts` and `legal_basis` are its own; the euro rate is the call's."""

    version_id: UUID
    texts: Mapping[str, Any]
    legal_basis: Mapping[str, Any]
    euro_rate: Decimal
    euro_rate_date: date
    euro_rate_source: str


@dataclass(frozen=True, slots=True)
class Applicant:
    """The application as sealed."""

    application_id: UUID
    seal: str
    submitted_at: datetime
    submitted_date: date
    language: str
    organisation_number: str
    company_name: str
    account_number: str
    answers: Mapping[str, Any]
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was decided, by whom, on what check."""

    case_id: UUID
    case_number: str
    decision_id: UUID
    number: int
    replaces: UUID | None
    outcome: str
    amount_nok: Decimal
    reason_code: str
    reason_text: str
    prepared_by: UUID
    prepared_by_name: str
    decided_by: UUID
    decided_by_name: str
    decided_at: datetime
    decided_date: date
    appeal_by_date: date
    check_id: UUID
    check_number: int
    checked_at: datetime


@dataclass(frozen=True, slots=True)
class Funding:
    """What one source carries."""

    source_id: UUID
    name: str
    giver: str
    earmark_text: str
    amount_nok: Decimal


@dataclass(frozen=True, slots=True)
class Move:
    """That the case is judged by another version than the application was sealed with: since when, and why."""

    from_version_id: UUID
    version_number: int
    moved_date: date
    reason: str


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What the recipient must do after a grant, and when; None for what is not asked."""

    accept_by_date: date | None
    report_days: int | None


@dataclass(frozen=True, slots=True)
class Weighing:
    """Why criteria were gone past, `[{"criterion", "code", "words"}]`, and like cases departed from."""

    deviations: Sequence[Mapping[str, Any]]
    departure_code: str
    departure_words: str


def make_snapshot(
    *,
    authority: Authority,
    scheme: Scheme,
    applicant: Applicant,
    outcome: Outcome,
    funding: Sequence[Funding],
    verdict: Mapping[str, Any],
    move: Move | None = None,
    follow_up: FollowUp | None = None,
    weighing: Weighing | None = None,
    change: Change | None = None,
    board: Board | None = None,
    final: Final | None = None,
    letter: Mapping[str, Any] | None = None,
) -> Snapshot:
    """All of it as plain data. `move` is there only for a case that has been moved, `follow_up` when something is,
    `weighing` when something was gone past or departed from, `change` when it rests on or replaces something,
    `board` when a body decided, and `final` when it carries out the appeal body's word.

    `letter` is the room for letters' own part: its kind, language, template and what was changed in it.
    """
    parts: dict[str, Any] = {
        "authority": authority,
        "scheme": scheme,
        "applicant": applicant,
        "outcome": outcome,
    }
    parts |= {"move": move} if move else {}
    parts |= {"follow_up": follow_up} if follow_up else {}
    parts |= {"weighing": weighing} if weighing else {}
    parts |= {"change": change} if change else {}
    parts |= {"board": board} if board else {}
    parts |= {"final": final} if final else {}
    plain = {
        name: {key: _plain(value) for key, value in _fields(part).items()} for name, part in parts.items()
    }
    shares = [{key: _plain(value) for key, value in asdict(one).items()} for one in funding]
    own_words = {"letter": dict(letter)} if letter else {}
    return {**plain, **own_words, "funding": shares, "verdict": dict(verdict)}


def seal_over(snapshot: Mapping[str, Any]) -> str:
    """The seal as 64 hexadecimal digits."""
    text = canonical_json(snapshot)
    return hashlib.sha256(FORMAT + text.encode()).hexdigest()


def _fields(part: Any) -> dict[str, Any]:
    return {name: getattr(part, name) for name in part.__slots__}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
