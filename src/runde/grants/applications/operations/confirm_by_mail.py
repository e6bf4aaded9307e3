from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils import timezone

from runde.engine.reference.api import Language, moment_text, weekday_date_text
from runde.foundation.notices.api import Outgoing, queue_notices
from runde.foundation.organisations.api import get_tenant
from runde.foundation.trust.api import current_tenant
from runde.grants.schemes.api import scheme_name

from ..models import Application

SUBJECT: Mapping[str, str] = {
    "nb": "Søknaden er sendt, sak {number}",
    "nn": "Søknaden er send, sak {number}",
    "en": "The application has been sent, case {number}",
}
BODY: Mapping[str, str] = {
    "nb": (
        "Vi har fått søknaden fra {company} om «{scheme}».\n\n"
        "Saksnummer: {number}\nSendt: {sent}\n\n"
        "Du får svar innen {answer}. Du trenger ikke gjøre noe nå. "
        "Logg inn for å følge saken og laste ned kvitteringen.\n\n"
        "Hilsen {tenant}"
    ),
    "nn": (
        "Vi har fått søknaden frå {company} om «{scheme}».\n\n"
        "Saksnummer: {number}\nSend: {sent}\n\n"
        "Du får svar innan {answer}. Du treng ikkje gjere noko no. "
        "Logg inn for å følgje saka og laste ned kvitteringa.\n\n"
        "Helsing {tenant}"
    ),
    "en": (
        "We have received the application from {company} for “{scheme}”.\n\n"
        "Case number: {number}\nSent: {sent}\n\n"
        "You will have an answer by {answer}. You do not need to do anything now. "
        "Sign in to follow the case and download the receipt.\n\n"
        "Best regards, {tenant}"
    ),
}


def confirm_by_mail(applications: Sequence[Application], *, at: datetime) -> None:
    """Queue the receipt to each applicant, with case number and time, in the application's language."""
    tenant = get_tenant(current_tenant()).name
    queue_notices([_receipt(one, tenant, at) for one in applications], at=at)


def _receipt(application: Application, tenant: str, at: datetime) -> Outgoing:
    language: Language = application.language  # type: ignore[assignment]
    call = application.call
    fill = {
        "number": application.number,
        "company": application.company_name,
        "scheme": scheme_name(application.scheme_version, language),
        "sent": moment_text(timezone.localtime(at), language),
        "answer": weekday_date_text(call.answer_by_date, language),
        "tenant": tenant,
    }
    return Outgoing(
        key=f"application_received:{application.id}",
        language=language,
        subject=SUBJECT[language].format_map(fill),
        body=BODY[language].format_map(fill),
        subject_kind="application",
        subject_id=application.id,
        to_person=application.applicant_id,
    )
