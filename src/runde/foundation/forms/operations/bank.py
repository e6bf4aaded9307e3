from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from runde.foundation.journal.api import record
from runde.foundation.organisations.api import get_tenant
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import NotFound, current_tenant, hold

from ..domain.definition import digest_of
from ..domain.definition_checks import problems_in
from ..models import BankQuestion
from .publish_form import FormRefused

OF_ITS_FORM = ("shown_if", "required_if")
"""What rests on the other questions of a form, and so stays with the form."""


@transaction.atomic
def put_in_bank(*, question: Mapping[str, Any], by: Actor, at: datetime) -> BankQuestion:
    """Put a question on the region's shelf; one of the same slug from the same tenant gives way to it.

    Put there again unchanged, it stays as it lies. Conditions are left out. Raises FormRefused listing its mistakes.
    """
    authorise(by, "forms.publish")
    alone = {name: value for name, value in question.items() if name not in OF_ITS_FORM}
    _require_sound(alone)
    hold("question_bank", [alone["slug"]])
    standing = BankQuestion.objects.filter(tenant_id=current_tenant(), slug=alone["slug"]).first()
    if standing is not None and standing.question == alone:
        return standing
    if standing is not None:
        standing.delete()
    tenant = get_tenant(current_tenant())
    put = BankQuestion.objects.create(
        tenant_id=tenant.id, tenant_name=tenant.name, slug=alone["slug"], question=alone, put_at=at
    )
    _journal("forms.put_in_bank", put, by=by, at=at)
    return put


@transaction.atomic
def retire_from_bank(*, bank_id: UUID, by: Actor, at: datetime) -> None:
    """Take one's own question off the shelf. Forms that have taken it keep it. Raises NotFound."""
    authorise(by, "forms.publish")
    own = BankQuestion.objects.filter(id=bank_id, tenant_id=current_tenant())
    hold("question_bank", own.values_list("slug", flat=True))
    question = own.first()
    if question is None:
        raise NotFound("Spørsmålet ligger ikke i spørsmålsbanken, eller det er lagt der av en annen kommune.")
    _journal("forms.retired_from_bank", question, by=by, at=at)
    question.delete()


def _require_sound(question: Mapping[str, Any]) -> None:
    title = {"nb": "Spørsmålsbanken"}
    problems = problems_in({"sections": [{"slug": "bank", "title": title, "questions": [question]}]})
    if problems:
        raise FormRefused("Spørsmålet kan ikke brukes. " + " ".join(problems), problems=problems)


def _journal(action: str, question: BankQuestion, *, by: Actor, at: datetime) -> None:
    record(
        action=action,
        subject_kind="bank_question",
        subject_id=question.id,
        by=by.person_id,
        at=at,
        slug=question.slug,
        digest=digest_of(question.question),
    )
