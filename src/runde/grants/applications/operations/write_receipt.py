from __future__ import annotations

from datetime import datetime
from typing import cast

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from runde.engine.reference.api import Language, format_orgnr
from runde.engine.typeset.api import (
    AnswerGroup,
    Contact,
    Fact,
    Letter,
    ReceiptFacts,
    Recipient,
    Sender,
    receipt_letter,
    render_letter,
)
from runde.foundation.documents.api import Document, Version, find_document, seal_document
from runde.foundation.forms.api import ShownSection, shown_answers
from runde.foundation.organisations.api import get_tenant
from runde.foundation.people.api import Actor, authorise, get_person
from runde.foundation.trust.api import Refused
from runde.grants.schemes.api import scheme_name_in_sentence

from ..models import Application

TITLES = {
    "nb": "Kvittering for søknaden",
    "nn": "Kvittering for søknaden",
    "en": "Receipt for the application",
}
DEMO_MARK = {"nb": "Demodata", "nn": "Demodata", "en": "Demonstration data"}


@transaction.atomic
def get_receipt(*, application: Application, by: Actor, at: datetime) -> Version:
    """The receipt as PDF, with every question and answer; made and sealed the first time somebody asks for it."""
    authorise(by, "applications.read", application)
    if application.submitted_at is None:
        raise Refused("Søknaden er ikke sendt ennå. Kvitteringen kommer når du har sendt den.")
    key = f"application_receipt:{application.id}"
    standing = find_document(key)
    if standing is not None:
        return standing
    return seal_document(
        kind=Document.Kind.RECEIPT,
        title=TITLES[application.language],
        subject_kind="application",
        subject_id=application.id,
        content=render_letter(_letter(application), settings.FONT_DIRECTORY),
        media_type="application/pdf",
        file_name=f"kvittering-{application.number.replace('/', '-')}.pdf",
        data={"seal": application.seal},
        key=key,
        by=None,
        at=at,
    )


def _letter(application: Application) -> Letter:
    """From what is under the seal, so that it reads the same whenever it is made."""
    language, call = cast(Language, application.language), application.call
    tenant = get_tenant(application.tenant_id)
    received_at = timezone.localtime(application.submitted_at)
    lines = (*application.facts["address"], f"Org.nr. {format_orgnr(application.organisation_number)}")
    sections = shown_answers(application.scheme_version.form, application.answers, language)
    return receipt_letter(
        ReceiptFacts(
            language=language,
            sender=Sender(tenant.name),
            recipient=Recipient(application.company_name, lines),
            contact=Contact(tenant.contact_name, tenant.contact_phone),
            case_number=application.number,
            scheme=scheme_name_in_sentence(application.scheme_version, language),
            submitted_by=get_person(application.applicant_id).name,
            received_at=received_at,
            made_at=received_at,
            groups=tuple(_group(section) for section in sections),
            answer_by_date=call.answer_by_date,
            mark=DEMO_MARK[language] if settings.DEMO else None,
        )
    )


def _group(section: ShownSection) -> AnswerGroup:
    answers = (Fact(one.label, one.text if one.is_answered else "") for one in section.answers)
    return AnswerGroup(section.title, tuple(answers))
