from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from string import Template

from django.db import transaction
from django.utils import timezone

from runde.engine.reference.api import LANGUAGES, Language, moment_text
from runde.foundation.journal.api import record
from runde.foundation.notices.api import queue_notice
from runde.foundation.organisations.api import Organisation, get_tenant
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import Conflict

from ..domain.phases import Phase
from ..domain.refusals import CallRefused
from ..models import Call
from ..queries.calls import call_phase, contact_of
from ..queries.words import scheme_name

LONGEST_MESSAGE = 2_000
SUBJECTS: Mapping[Language, str] = {
    "nb": "$tenant: $company kan søke støtte",
    "nn": "$tenant: $company kan søkje støtte",
    "en": "$tenant: $company can apply for support",
}
BODIES: Mapping[Language, str] = {
    "nb": """Hei!

$tenant tror at $company kan søke om dette: $scheme.

$message
$when

Les om ordningen og søk her:
$link

Spørsmål? $contact

Du får denne e-posten fordi en saksbehandler i kommunen har skrevet inn adressen din.
Du trenger ikke gjøre noe hvis virksomheten ikke vil søke.
""",
    "nn": """Hei!

$tenant trur at $company kan søkje om dette: $scheme.

$message
$when

Les om ordninga og søk her:
$link

Spørsmål? $contact

Du får denne e-posten fordi ein saksbehandlar i kommunen har skrive inn adressa di.
Du treng ikkje gjere noko dersom verksemda ikkje vil søkje.
""",
    "en": """Hello,

$tenant believes that $company may apply for this: $scheme.

$message
$when

Read about the scheme and apply here:
$link

Questions? $contact

You receive this e-mail because a case officer in the municipality has entered your address.
You need not do anything if the company does not wish to apply.
""",
}
WHEN: Mapping[Language, tuple[str, str]] = {
    "nb": ("Du kan søke fra $opens til $closes.", "Fristen er $closes."),
    "nn": ("Du kan søkje frå $opens til $closes.", "Fristen er $closes."),
    "en": ("You can apply from $opens to $closes.", "The deadline is $closes."),
}


@transaction.atomic
def invite_company(
    *,
    call: Call,
    organisation_number: str,
    company_name: str,
    email: str,
    link: str,
    message: str = "",
    by: Actor,
    at: datetime,
) -> None:
    """Ask a company by mail to apply, at `link`. The same company at the same address is asked once.

    Raises AddressRefused for what is no address.
    """
    authorise(by, "schemes.manage", call)
    phase = call_phase(call, at)
    if phase not in (Phase.NOT_OPEN, Phase.OPEN):
        raise Conflict("Ingen kan begynne på en søknad nå. Inviter når utlysningen er publisert og åpen.")
    if len(message) > LONGEST_MESSAGE:
        raise CallRefused("Hilsenen er for lang. Skriv høyst 2 000 tegn.", place="message")
    tenant = get_tenant(call.tenant_id)
    language = _language(tenant)
    words = _words(call, tenant, language, phase is Phase.OPEN)
    words |= {
        "company": company_name,
        "message": f"{message.strip()}\n" if message.strip() else "",
        "link": link,
    }
    queue_notice(
        key=_key(call, organisation_number, email),
        language=language,
        subject=Template(SUBJECTS[language]).substitute(words),
        body=Template(BODIES[language]).substitute(words),
        subject_kind="call",
        subject_id=call.id,
        email=email,
        at=at,
    )
    record(
        action="schemes.company_invited",
        subject_kind="call",
        subject_id=call.id,
        by=by.person_id,
        at=at,
        organisation_number=organisation_number,
        company=company_name,
    )


def _language(tenant: Organisation) -> Language:
    """The municipality's own: nobody knows the company's yet."""
    return next((one for one in LANGUAGES if one == tenant.language), "nb")


def _words(call: Call, tenant: Organisation, language: Language, is_open: bool) -> dict[str, str]:
    contact = contact_of(call)
    clock = {
        "opens": moment_text(timezone.localtime(call.opens_at), language),
        "closes": moment_text(timezone.localtime(call.closes_at), language),
    }
    return {
        "tenant": tenant.name,
        "scheme": scheme_name(call.scheme_version, language),
        "when": Template(WHEN[language][is_open]).substitute(clock),
        "contact": ", ".join(one for one in (contact.name, contact.email, contact.phone) if one),
    }


def _key(call: Call, organisation_number: str, email: str) -> str:
    whom = hashlib.sha256(f"{organisation_number}:{email.strip().lower()}".encode()).hexdigest()[:32]
    return f"call_invitation:{call.id}:{whom}"
