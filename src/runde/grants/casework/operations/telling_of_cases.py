"""The one mail that goes out when something after sending concerns the applicant.

Its sentence is the page's own: both come from `words`, by the same key and slots. A task the mail asks for has a
signed link that opens that task alone; whoever has lost it signs in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from runde.foundation.notices.api import Outgoing, queue_notices
from runde.foundation.organisations.api import Organisation, get_tenant
from runde.foundation.people.api import link_address, make_link
from runde.foundation.trust.api import current_tenant

from ..domain.words import as_language, words
from ..models import Case

LINK_OUTLIVES = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What a link opens: its purpose, on what, and the last day of the task."""

    purpose: str
    subject_id: UUID
    last_date: date
    version: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One thing to tell. `key` is what is told, once for ever; `sentence` the key of its words.

    `has_letter` when a letter in the case says the same.
    """

    key: str
    sentence: str
    slots: dict[str, str] = field(default_factory=dict)
    task: Task | None = None
    has_letter: bool = False


def tell_applicant(case: Case, news: News, *, at: datetime) -> None:
    """Queue one mail to the person who applied, in the application's language."""
    tell_applicants([(case, news)], at=at)


def tell_applicants(told: Sequence[tuple[Case, News]], *, at: datetime) -> None:
    """Queue one mail for each, to the person who applied in that case. The applications are at hand."""
    tenant = get_tenant(current_tenant())
    queue_notices([_notice(case, news, tenant, at) for case, news in told], at=at)


def _notice(case: Case, news: News, tenant: Organisation, at: datetime) -> Outgoing:
    application = case.application
    language = as_language(application.language)
    address = f"{settings.SITE}/{tenant.slug}/soknader/{application.id}/"
    if news.task:
        token = make_link(
            purpose=news.task.purpose,
            subject_id=news.task.subject_id,
            tenant_id=tenant.id,
            person_id=application.applicant_id,
            version=news.task.version,
            language=language,
            expires_at=timezone.make_aware(datetime.combine(news.task.last_date, time.max)) + LINK_OUTLIVES,
            at=at,
        )
        address = link_address(token)
    body = words(
        "told_body",
        language,
        sentence=_sentence(news, language),
        company=application.company_name,
        number=case.number,
        address=address,
        authority=tenant.name,
    )
    return Outgoing(
        key=news.key,
        language=language,
        subject=words(f"subject_{news.sentence}", language, number=case.number),
        body=body,
        subject_kind="case",
        subject_id=case.id,
        to_person=application.applicant_id,
    )


def _sentence(news: News, language: str) -> str:
    told = words(f"told_{news.sentence}", language, **news.slots)
    return f"{told} {words('told_letter', language)}" if news.has_letter else told
