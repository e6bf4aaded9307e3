from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from runde.engine.reference.api import Language
from runde.foundation.notices.api import Outgoing, queue_notices
from runde.foundation.organisations.api import get_tenant
from runde.foundation.trust.api import current_tenant
from runde.grants.schemes.api import SchemeVersion, scheme_name

from ..models import Application

SUBJECT: Mapping[str, str] = {
    "nb": "Søknadsskjemaet er endret: {scheme}",
    "nn": "Søknadsskjemaet er endra: {scheme}",
    "en": "The application form has changed: {scheme}",
}
BODY: Mapping[str, str] = {
    "nb": (
        "{tenant} har endret skjemaet du fyller ut for {company}. Alle svarene dine er lagret.\n\n"
        "Logg inn og se på spørsmålene vi har merket, før du sender.\n\nHilsen {tenant}"
    ),
    "nn": (
        "{tenant} har endra skjemaet du fyller ut for {company}. Alle svara dine er lagra.\n\n"
        "Logg inn og sjå på spørsmåla vi har merkt, før du sender.\n\nHelsing {tenant}"
    ),
    "en": (
        "{tenant} has changed the form you are filling in for {company}. All your answers are kept.\n\n"
        "Sign in and look at the questions we have marked before you send.\n\nBest regards, {tenant}"
    ),
}


def tell_of_form(drafts: Sequence[Application], version: SchemeVersion, *, at: datetime) -> None:
    """Queue a mail to each applicant whose draft has something to look at after a change of the form."""
    tenant = get_tenant(current_tenant()).name
    queue_notices([_notice(one, version, tenant) for one in drafts], at=at)


def _notice(draft: Application, version: SchemeVersion, tenant: str) -> Outgoing:
    language: Language = draft.language  # type: ignore[assignment]
    fill = {
        "scheme": scheme_name(version, language),
        "company": draft.company_name,
        "tenant": tenant,
    }
    return Outgoing(
        key=f"form_changed:{draft.id}:{version.id}",
        language=language,
        subject=SUBJECT[language].format_map(fill),
        body=BODY[language].format_map(fill),
        subject_kind="application",
        subject_id=draft.id,
        to_person=draft.applicant_id,
    )
