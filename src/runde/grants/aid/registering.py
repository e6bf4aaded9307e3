"""The duty to enter aid in the national register: what is left, how long there is, and a report ready to be used."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from runde.engine.reference.api import aid_instruments, deadline, list_aid_ceilings, registration_duty
from runde.foundation.journal.api import record
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import Conflict, Refused, current_tenant

from .errors import NoSuchAid
from .models import AidAward, Registration

MARKS = ("=", "+", "-", "@", "\t", "\r")
HEADINGS = (
    "Støttegiver", "Støttegivers organisasjonsnummer", "Støttemottakers organisasjonsnummer", "Tildelingsdato",
    "Beløp i NOK", "Støtteordning", "Rettsgrunnlag", "Støtteinstrument", "Siste dag for registrering",
)  # fmt: skip


class AlreadyRegistered(Conflict):
    """Somebody has written down the register's number for this award."""

    code = "already_registered"


@dataclass(frozen=True, slots=True)
class Duty:
    """An award that must be entered, and the last day for it. `days_left` is below 0 when the day has passed."""

    award_id: UUID
    organisation_number: str
    giver: str
    giver_number: str
    scheme_name: str
    legal_basis: str
    instrument: str
    right_arose_date: date
    amount_nok: Decimal
    last_date: date
    days_left: int


def list_duties(*, by: Actor, at: datetime) -> list[Duty]:
    """The municipality's own awards that stand and are not entered, the one with least time first. Two statements."""
    authorise(by, "aid.read")
    on = timezone.localdate(at)
    entered = Registration.objects.values("award_id")
    awards = AidAward.objects.filter(
        tenant_id=current_tenant(), reversed_at__isnull=True, is_reserved=False
    ).exclude(id__in=entered)
    duties = [duty for one in awards if (duty := _duty(one, on)) is not None]
    return sorted(duties, key=lambda one: (one.last_date, one.organisation_number, one.award_id))


def _duty(award: AidAward, on: date) -> Duty | None:
    """De minimis aid from the first krone, other aid from the amount the regulation sets; None when there is none."""
    rules = {ceiling.rule: ceiling.regulation for ceiling in list_aid_ceilings()}
    group = "de_minimis" if award.basis in rules else "other"
    duty = registration_duty(group, award.right_arose_date)
    if duty is None or award.amount_eur < duty.least_eur:
        return None
    last = deadline(duty.deadline, award.right_arose_date)
    return Duty(
        award_id=award.id,
        organisation_number=award.organisation_number,
        giver=award.giver,
        giver_number=award.giver_number,
        scheme_name=award.scheme_name,
        legal_basis=_regulation(award),
        instrument=aid_instruments()[award.instrument],
        right_arose_date=award.right_arose_date,
        amount_nok=award.amount_nok,
        last_date=last,
        days_left=(last - on).days,
    )


def _regulation(award: AidAward) -> str:
    for ceiling in list_aid_ceilings():
        if ceiling.rule == award.basis and ceiling.is_valid_on(award.right_arose_date):
            return ceiling.regulation
    return ""


def duty_report(duties: Sequence[Duty]) -> bytes:
    """The report as CSV: UTF-8 with a mark, semicolons, decimal comma. What looks like a formula gets an apostrophe."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for one in duties:
        writer.writerow(
            [
                *map(_harmless, (one.giver, one.giver_number, one.organisation_number)),
                one.right_arose_date.isoformat(),
                f"{one.amount_nok:.2f}".replace(".", ","),
                *map(_harmless, (one.scheme_name, one.legal_basis, one.instrument)),
                one.last_date.isoformat(),
            ]
        )
    return text.getvalue().encode("utf-8-sig")


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(MARKS) else text


def mark_registered(
    *, award_id: UUID, number: str, registered_date: date, by: Actor, at: datetime
) -> Registration:
    """Write down the number the register gave. Once for each award. Raises NoSuchAid, AlreadyRegistered, Refused."""
    authorise(by, "aid.register")
    if not number.strip():
        raise Refused("Skriv nummeret støtteregisteret ga, for eksempel STT-000001.", about="number")
    if registered_date > timezone.localdate(at):
        raise Refused("Datoen er frem i tid. Skriv dagen støtten ble registrert.", about="date")
    with transaction.atomic():
        if not AidAward.objects.filter(id=award_id, tenant_id=current_tenant(), is_reserved=False).exists():
            raise NoSuchAid("Fant ikke støtten. Gå tilbake til listen.")
        try:
            with transaction.atomic():
                made = Registration.objects.create(
                    award_id=award_id,
                    number=number.strip()[:40],
                    registered_date=registered_date,
                    registered_by=by.person_id,
                    registered_at=at,
                )
        except IntegrityError as twice:
            raise AlreadyRegistered("Støtten er ført som registrert allerede.") from twice
        record(
            action="aid.registered",
            subject_kind="aid",
            subject_id=award_id,
            by=by.person_id,
            at=at,
            number=made.number,
        )
    return made
