"""A municipality that has decided: decisions with their awards, money committed, companies in the register."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.models import Model

from runde.engine.reference.api import synthetic_account, synthetic_orgnr
from runde.foundation.companies.models import Company, Import
from runde.foundation.forms.models import FormVersion
from runde.foundation.ledger import api as ledger
from runde.foundation.organisations.api import Kind, register_organisation
from runde.foundation.people.api import Actor, Role, register_person
from runde.foundation.trust.api import fence
from runde.grants.applications.models import Application
from runde.grants.casework.models import Award, Case, Check, Decision, Proposal
from runde.grants.payments import api as payments
from runde.grants.payments.models import Batch
from runde.grants.schemes.models import Call, Scheme, SchemeVersion

PAYER = "99999900018"
AN_HOUR = timedelta(hours=1)


@dataclass
class Town:
    """A tenant with two sources and people; `decide` makes granted decisions the way casework leaves them."""

    tenant_id: UUID
    at: datetime
    actors: dict[str, Actor] = field(default_factory=dict)
    sources: list[UUID] = field(default_factory=list)
    call: Call | None = None
    decided: int = 0

    def decide(
        self, *amounts: int, account: str | None = None, company: str = "", paid: bool = True
    ) -> list[UUID]:
        """Granted decisions, one for each amount, each split over two sources when larger than 100."""
        made = [self._decide_one(Decimal(amount), account, company) for amount in amounts]
        if paid:
            payments.make_payments(decision_ids=made, at=self.at)
        return made

    def _decide_one(self, amount: Decimal, account: str | None, company: str) -> UUID:
        self.decided += 1
        n = self.decided
        number = company or synthetic_orgnr(n)
        put_in_register(number, f"Bedrift {n} AS")
        sealed = {
            "organisation_number": number,
            "company_name": f"Bedrift {n} AS",
            "account_number": synthetic_account(n) if account is None else account,
        }
        application = Application.objects.create(
            call=self.call,
            scheme_version=self.call.scheme_version,
            organisation_number=number,
            company_name=f"Bedrift {n} AS",
            applicant_id=self.actors["applicant"].person_id,
            state="submitted",
            started_at=self.at,
            saved_at=self.at,
            submitted_at=self.at,
            number=f"26/{n}",
            seal="0" * 64,
        )
        case = Case.objects.create(
            application=application,
            call_id=application.call_id,
            number=f"26/{n}",
            ordinal=n,
            company_name=application.company_name,
            organisation_number=number,
            state="decided",
            lane="green",
            opened_at=self.at,
            answer_by_date=date(2026, 12, 31),
        )
        check = Check.objects.create(case=case, number=1, rules_digest="0" * 64, verdict={}, ran_at=self.at)
        proposal = Proposal.objects.create(
            call_id=case.call_id, prepared_by=uuid4(), prepared_at=self.at, state="approved"
        )
        decision = Decision.objects.create(
            case=case,
            number=1,
            proposal=proposal,
            check_run=check,
            outcome="granted",
            amount_nok=amount,
            reason_code="ok",
            prepared_by=proposal.prepared_by,
            decided_by=self.actors["approver"].person_id,
            decided_at=self.at,
            appeal_by_date=date(2026, 12, 14),
            snapshot={"applicant": sealed},
            seal="0" * 64,
        )
        self._award(decision)
        return decision.id

    def _award(self, decision: Decision) -> None:
        first = min(decision.amount_nok, Decimal(100))
        split = [(self.sources[0], first), (self.sources[1], decision.amount_nok - first)]
        shares = [(source_id, amount) for source_id, amount in split if amount]
        Award.objects.bulk_create(
            [Award(decision=decision, source_id=source_id, amount_nok=amount) for source_id, amount in shares]
        )
        ledger.commit_many(
            [ledger.Share(f"decision:{decision.id}", decision.case_id, *share) for share in shares],
            by=None,
            at=self.at,
        )

    def prepare(self, **choice: Any) -> Batch:
        return payments.prepare_batch(
            execution_date=choice.pop("execution_date", date(2026, 11, 24)),
            by=choice.pop("by", self.actors["kari"]),
            at=self.at,
            **choice,
        )

    def approve(self, batch: Batch, *, by: str = "ola", key: str = "") -> payments.BankFile:
        return payments.approve_batch(
            batch_id=batch.id, key=key or uuid4().hex, by=self.actors[by], at=self.at + AN_HOUR
        )

    def bytes_of(self, batch: Batch) -> bytes:
        return payments.bank_file_bytes(batch_id=batch.id, by=self.actors["kari"], at=self.at).content


def put_in_register(number: str, name: str, **facts: Any) -> None:
    """A healthy company in the register, unless told otherwise."""
    imported = Import.objects.first() or Import.objects.create(**filled(Import))
    row = {**filled(Company), "name": name, "last_import": imported, **facts}
    Company.objects.update_or_create(orgnr=number, defaults=row)


PLAIN = {
    "CharField": "",
    "TextField": "",
    "PositiveIntegerField": 0,
    "DateField": date(2026, 11, 1),
    "DateTimeField": datetime(2026, 11, 1, tzinfo=UTC),
}


def filled(model: type[Model]) -> dict[str, Any]:
    """Something plain in every column that demands it: what the register holds is another room's matter."""
    columns = [f for f in model._meta.concrete_fields if not (f.null or f.primary_key or f.has_default())]
    return {f.name: PLAIN[f.get_internal_type()] for f in columns if f.get_internal_type() in PLAIN}


def build_town(at: datetime) -> Town:
    """Inside an open fence: call, form, money, people."""
    from runde.foundation.trust.api import current_tenant

    town = Town(current_tenant(), at)
    form = FormVersion.objects.create(slug="soknad", number=1, definition={}, made_at=at)
    scheme = Scheme.objects.create(slug="smittevern", made_at=at)
    version = SchemeVersion.objects.create(
        scheme=scheme, number=1, texts={}, rules={}, rules_digest="0" * 64, form=form, made_at=at
    )
    town.call = Call.objects.create(
        scheme_version=version,
        slug="runde-1",
        state="published",
        opens_at=at - timedelta(days=30),
        closes_at=at - timedelta(days=1),
        answer_by_date=date(2026, 12, 31),
        euro_rate=Decimal("11.5"),
        euro_rate_date=date(2026, 11, 1),
        euro_rate_source="test",
    )
    for _ in range(2):
        source_id = uuid4()
        ledger.open_accounts(source_id)
        ledger.appropriate(
            source_id=source_id, amount_nok=Decimal(10_000_000), key=f"given:{source_id}", by=None, at=at
        )
        town.sources.append(source_id)
    people = {
        "kari": {Role.FINANCE},
        "ola": {Role.FINANCE},
        "approver": {Role.APPROVER},
        "officer": {Role.OFFICER},
    }
    for name, roles in {**people, "applicant": set()}.items():
        person = register_person(email=f"{name}-{town.tenant_id.hex[:8]}@runde.example", name=name.title())
        town.actors[name] = Actor(person.id, person.name, frozenset(roles), on=at.date())
    payments.set_payer_account(
        account_number=PAYER,
        bank_bic="TESTNOKKXXX",
        valid_from=date(2026, 1, 1),
        by=town.actors["kari"],
        at=at,
    )
    return town


def found_municipality() -> UUID:
    return register_organisation(
        kind=Kind.MUNICIPALITY,
        name="Eksempel kommune",
        slug=f"eksempel-{uuid4().hex[:8]}",
        organisation_number="310000019",
        is_tenant=True,
    ).id


@pytest.fixture(autouse=True)
def manifests(tmp_path: Path, settings: Any) -> Path:
    settings.MANIFESTS = tmp_path / "manifests"
    return tmp_path / "manifests"


@pytest.fixture
def town(db: None, at: datetime) -> Iterator[Town]:
    with fence(found_municipality()):
        yield build_town(at)


def raw(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
