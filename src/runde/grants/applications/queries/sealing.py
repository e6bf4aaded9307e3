from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from runde.foundation.companies.api import CompanyFacts
from runde.foundation.documents.api import Attachment

from ..domain.seal import moment, seal_over
from ..domain.values import register_values, to_plain
from ..models import Application


def facts_to_seal(
    application: Application, company: CompanyFacts | None, attachments: Sequence[Attachment]
) -> dict[str, Any]:
    """What the application is judged by besides its answers: register facts and what the applicant says is wrong
    with them, rules and form by digest, and each file by its content."""
    version = application.scheme_version
    return {
        "register_state": application.register_state,
        "disputes": application.disputes,
        "attachments": [_file(one) for one in attachments],
        "register": to_plain(register_values(company)),
        "address": address_lines(company),
        "rules_digest": version.rules_digest,
        "form_digest": version.form.digest,
        "scheme_version": str(version.id),
    }


def _file(attachment: Attachment) -> dict[str, Any]:
    return {
        "id": str(attachment.id),
        "question": attachment.question,
        "name": attachment.name,
        "sha256": attachment.sha256,
        "size": attachment.size,
    }


def address_lines(company: CompanyFacts | None) -> list[str]:
    """Where a letter goes: the postal address, else the business address."""
    if company is None:
        return []
    postal = [company.postal_street, f"{company.postal_postcode} {company.postal_place}".strip()]
    business = [company.street, f"{company.postcode} {company.place}".strip()]
    return [line for line in (postal if any(postal) else business) if line]


def sealed_content(application: Application) -> dict[str, Any]:
    """Everything the seal is over."""
    if application.submitted_at is None:
        raise ValueError("An application that has not been sent has no seal")
    return {
        "tenant": str(application.tenant_id),
        "application": str(application.id),
        "number": application.number,
        "call": str(application.call_id),
        "organisation_number": application.organisation_number,
        "company_name": application.company_name,
        "applicant": str(application.applicant_id),
        "language": application.language,
        "revision": application.revision,
        "submitted_at": moment(application.submitted_at),
        "answers": application.answers,
        "facts": application.facts,
    }


def is_seal_whole(application: Application) -> bool:
    """Whether what is stored is what was sealed. False for an application that was never sent."""
    return bool(application.seal) and seal_over(sealed_content(application)) == application.seal
