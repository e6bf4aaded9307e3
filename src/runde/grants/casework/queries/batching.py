"""What takes a case out of a batch by itself: somebody should look at it before it is decided together with others."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from runde.engine.reference.api import date_text, number_text
from runde.grants.aid.api import NoCeiling, Reckoned, Wanted, reckon
from runde.grants.schemes.api import Call

from ..domain.lines import as_checked
from ..models import Case, Check, InformationRequest, Message
from .cases import latest_checks
from .features import departures, features_of_checks, standing_of

LIMITS = Path(__file__).resolve().parents[1] / "domain" / "batching.json"
WAITS = "Venter på svar fra søkeren."
UNREAD = "Ny melding fra søkeren som ingen har lest."
RECHECKED = "Kontrollert på nytt etter at du valgte sakene. Se på saken først."


def reasons_apart(
    cases: Sequence[Case], call: Call, *, since: datetime | None, at: datetime
) -> dict[UUID, str]:
    """By case, why it should be decided for itself; the rest may go together. A fixed number of SQL statements.

    `since` is when the cases were chosen: those that have been checked anew after it are taken out. `call` has its
    scheme version.
    """
    ids = [case.id for case in cases]
    why = near_ceiling(cases, call, at)
    why |= _unlike(cases, at)
    why |= dict.fromkeys(_rechecked(ids, since), RECHECKED) if since else {}
    why |= dict.fromkeys(_with_unread(ids), UNREAD)
    why |= dict.fromkeys(_waiting(ids), WAITS)
    on = timezone.localdate(at)
    return why | {
        case.id: _held(case) for case in cases if case.hold_until_date and case.hold_until_date > on
    }


def _held(case: Case) -> str:
    until = date_text(case.hold_until_date) if case.hold_until_date else ""
    return f"På vent til {until}: {case.hold_reason}"


def _waiting(ids: Sequence[UUID]) -> set[UUID]:
    open_ones = InformationRequest.objects.filter(case_id__in=ids, answered_at=None, closed_at=None)
    return set(open_ones.values_list("case_id", flat=True))


def _with_unread(ids: Sequence[UUID]) -> set[UUID]:
    unread = Message.objects.filter(
        case_id__in=ids, from_applicant=True, sent_at__isnull=False, read_at__isnull=True
    )
    return set(unread.values_list("case_id", flat=True))


def _rechecked(ids: Sequence[UUID], since: datetime) -> set[UUID]:
    newest = Check.objects.filter(case_id__in=ids).values("case_id").annotate(newest=Max("ran_at"))
    return {row["case_id"] for row in newest if row["newest"] > since}


def _unlike(cases: Sequence[Case], at: datetime) -> dict[UUID, str]:
    """Refusals where like cases have been granted. What the rules grant as calculated is the same for all."""
    lines = {case.id: as_checked(case.id, standing_of(case)) for case in cases}
    refused = [case for case in cases if (line := lines[case.id]) and line.outcome == "refused"]
    if not refused:
        return {}
    checks = latest_checks([case.id for case in refused])
    features = features_of_checks(checks, at)
    asked = [(line, standing_of(case)) for case in refused if (line := lines[case.id])]
    return {case_id: away.sentence for case_id, away in departures(asked, features).items()}


def near_ceiling(cases: Sequence[Case], call: Call, at: datetime) -> dict[UUID, str]:
    """Grants that, with earlier aid to the same undertaking, come near the ceiling or above it.

    The same few SQL statements however many. Nothing for a scheme that names no aid rule, or one whose ceiling is
    not held and confirmed for the day.
    """
    amounts = {
        case.id: case.recommended_nok for case in cases if case.lane == "green" and case.recommended_nok
    }
    return near_ceiling_with([case for case in cases if case.id in amounts], amounts, call, at)


def near_ceiling_with(
    cases: Sequence[Case], amounts: Mapping[UUID, Decimal | None], call: Call, at: datetime
) -> dict[UUID, str]:
    """The same for other amounts than the rules have calculated."""
    rule, on = str(call.scheme_version.legal_basis.get("aid_rule", "")), timezone.localdate(at)
    wanted = [
        Wanted(
            key=case.id,
            organisation_number=case.organisation_number,
            rule=rule,
            amount_nok=amount,
            euro_rate=call.euro_rate,
        )
        for case in cases
        if (amount := amounts.get(case.id))
    ]
    try:
        reckoned = reckon(wanted, on=on, holds=False)
    except NoCeiling:
        return {}
    return {one.wanted.key: _near_text(one) for one in reckoned if _is_near(one)}


def _is_near(one: Reckoned) -> bool:
    return one.room.used_eur + one.wanted.amount_eur >= one.room.most_eur * _share()


def _near_text(one: Reckoned) -> str:
    total, most = one.room.used_eur + one.wanted.amount_eur, one.room.most_eur
    word = "over" if total > most else "nær"
    return f"Kommer {word} taket for støtte: {number_text(total)} av {number_text(most)} euro."


@cache
def _share() -> Decimal:
    return Decimal(json.loads(LIMITS.read_text(encoding="utf-8"))["near_ceiling_share"])
