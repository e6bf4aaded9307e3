"""What people write in the aid ledger: aid had elsewhere, and who is one undertaking whatever the register says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from runde.engine.reference.api import aid_instruments, is_valid_orgnr
from runde.foundation.journal.api import record
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import Refused, current_tenant

from .domain.entries import euros
from .errors import NoSuchAid, OddRuling
from .linking import hold_units
from .models import DeclaredAid, UndertakingRuling

LONGEST_REASON = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One award a company has told of. `amount_nok` is the gross grant equivalent; `euro_rate` kroner for a euro.

    `rule` is empty for aid that is not de minimis. `same_costs`: it pays for the same costs as the case is about.
    """

    organisation_number: str
    giver: str
    rule: str
    instrument: str
    right_arose_date: date
    amount_nok: Decimal
    same_costs: bool
    euro_rate: Decimal
    euro_rate_date: date
    euro_rate_source: str


def write_down_aid(*, case_id: UUID, told: Told, by: Actor, at: datetime) -> UUID:
    """Write down aid from elsewhere, so that it counts for every municipality. Raises Refused, NotAllowed."""
    authorise(by, "aid.write")
    _refuse_odd(told, at.date())
    with transaction.atomic():
        hold_units([told.organisation_number])
        made = DeclaredAid.objects.create(
            tenant_id=current_tenant(),
            case_id=case_id,
            organisation_number=told.organisation_number,
            giver=told.giver.strip()[:200],
            instrument=told.instrument,
            basis=told.rule,
            right_arose_date=told.right_arose_date,
            amount_nok=told.amount_nok,
            amount_eur=euros(told.amount_nok, told.euro_rate),
            euro_rate=told.euro_rate,
            euro_rate_date=told.euro_rate_date,
            euro_rate_source=told.euro_rate_source,
            same_costs=told.same_costs,
            recorded_at=at,
        )
        _journal("aid.written_down", case_id, by, at, aid=made.id, amount_nok=told.amount_nok)
    return made.id


def withdraw_aid(*, aid_id: UUID, why: str, by: Actor, at: datetime) -> None:
    """Say that aid written down here was wrong. It stays as a trace. Raises NoSuchAid, Refused, NotAllowed."""
    authorise(by, "aid.write")
    reason = _said(why, "Skriv hvorfor støtten ikke skal telle med.")
    with transaction.atomic():
        own = DeclaredAid.objects.filter(tenant_id=current_tenant(), withdrawn_at__isnull=True)
        found = own.filter(id=aid_id).first()
        if found is None:
            raise NoSuchAid(
                "Fant ikke støtten. Den kan være tatt bort allerede, eller ført av en annen kommune."
            )
        hold_units([found.organisation_number])
        if not own.filter(id=aid_id).update(withdrawn_at=at, withdrawn_why=reason):
            raise NoSuchAid("Støtten er tatt bort allerede.")
        _journal("aid.withdrawn", found.case_id, by, at, aid=aid_id, why=reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Somebody's finding on two units. `to_date` is the last day it holds, None until further."""

    number: str
    other: str
    is_linked: bool
    from_date: date
    to_date: date | None
    reason: str


def rule_on_undertaking(*, case_id: UUID, said: Said, by: Actor, at: datetime) -> UUID:
    """Say that two units are one undertaking, or are not; for every municipality, until somebody says otherwise.

    Both are held, so that nobody reckons with the old undertaking meanwhile. Raises OddRuling, Refused, NotAllowed.
    """
    authorise(by, "aid.write")
    reason = _said(
        said.reason, "Skriv hvordan dere vet det, for eksempel «Aksjonærregisteret viser 60 prosent»."
    )
    _refuse_odd_ruling(said)
    number, other = sorted((said.number, said.other))
    with transaction.atomic():
        hold_units([number, other])
        made = UndertakingRuling.objects.create(
            tenant_id=current_tenant(),
            number=number,
            other=other,
            is_linked=said.is_linked,
            from_date=said.from_date,
            to_date=said.to_date,
            reason=reason,
            ruled_at=at,
        )
        _journal(
            "aid.undertaking_ruled", case_id, by, at, ruling=made.id, is_linked=said.is_linked, why=reason
        )
    return made.id


def _refuse_odd(told: Told, today: date) -> None:
    if not told.giver.strip():
        raise Refused("Skriv hvem som ga støtten.", about="giver")
    if told.amount_nok <= 0:
        raise Refused("Skriv et beløp over 0 kroner.", about="amount")
    if told.right_arose_date > today:
        raise Refused("Datoen er frem i tid. Skriv dagen virksomheten fikk vedtaket.", about="date")
    if told.instrument not in aid_instruments():
        raise Refused("Velg hva slags støtte det er.", about="instrument")


def _refuse_odd_ruling(said: Said) -> None:
    for number in (said.number, said.other):
        if not is_valid_orgnr(number):
            raise OddRuling(f"«{number}» er ikke et organisasjonsnummer. Sjekk de ni sifrene.", about="other")
    if said.number == said.other:
        raise OddRuling("Skriv nummeret til en annen virksomhet enn søkeren.", about="other")
    if said.to_date is not None and said.to_date < said.from_date:
        raise OddRuling("Den siste dagen er før den første. Rett datoene.", about="to")


def _said(text: str, if_empty: str) -> str:
    if not text.strip():
        raise Refused(if_empty, about="reason")
    return text.strip()[:LONGEST_REASON]


def _journal(action: str, case_id: UUID, by: Actor, at: datetime, **facts: object) -> None:
    record(action=action, subject_kind="case", subject_id=case_id, by=by.person_id, at=at, **facts)
