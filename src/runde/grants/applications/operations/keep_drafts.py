"""Every day: warn those whose draft is about to be deleted, delete what has had its time, tell of new register facts.

Each is safe to run twice: a warning has a key of its own, and what is gone is gone.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from runde.engine.reference.api import Language, date_text
from runde.foundation.notices.api import Outgoing, queue_notices
from runde.foundation.organisations.api import get_tenant
from runde.foundation.trust.api import current_tenant
from runde.grants.schemes.api import scheme_name

from ..domain.drafts import day_told, delete_now, deletion_date, warn_now
from ..models import Application, Beginning, DraftRemnant
from .forget_draft import forget
from .refresh_register import refresh_many

State = Application.State
BATCH = 200
Words = Mapping[str, str]
WARNING_SUBJECT: Words = {
    "nb": "Kladden din blir slettet {day}",
    "nn": "Kladden din blir sletta {day}",
    "en": "Your draft will be deleted on {day}",
}
WARNING_BODY: Words = {
    "nb": (
        "Du begynte på en søknad om «{scheme}» for {company}, men sendte den ikke.\n\n"
        "Vi sletter kladden {day}. Vil du ta vare på svarene, kan du logge inn og laste dem ned før det.\n\n"
        "Hilsen {tenant}"
    ),
    "nn": (
        "Du begynte på ein søknad om «{scheme}» for {company}, men sende han ikkje.\n\n"
        "Vi slettar kladden {day}. Vil du ta vare på svara, kan du logge inn og laste dei ned før det.\n\n"
        "Helsing {tenant}"
    ),
    "en": (
        "You began an application for “{scheme}” for {company}, but did not send it.\n\n"
        "We will delete the draft on {day}. To keep the answers, sign in and download them before then.\n\n"
        "Best regards, {tenant}"
    ),
}
NEWS_SUBJECT: Words = {
    "nb": "Nye opplysninger om {company} fra Enhetsregisteret",
    "nn": "Nye opplysningar om {company} frå Einingsregisteret",
    "en": "New facts about {company} from the business register",
}
NEWS_BODY: Words = {
    "nb": (
        "Vi har hentet opplysninger om {company} på nytt, og de er endret siden du så på dem.\n\n"
        "Logg inn og se at de stemmer før du sender søknaden om «{scheme}».\n\nHilsen {tenant}"
    ),
    "nn": (
        "Vi har henta opplysningar om {company} på nytt, og dei er endra sidan du såg på dei.\n\n"
        "Logg inn og sjå at dei stemmer før du sender søknaden om «{scheme}».\n\nHelsing {tenant}"
    ),
    "en": (
        "We have looked up {company} again, and what the register says has changed since you saw it.\n\n"
        "Sign in and check it before you send the application for “{scheme}”.\n\nBest regards, {tenant}"
    ),
}


@transaction.atomic
def warn_drafts(*, at: datetime) -> int:
    """Mail each applicant whose draft is deleted within 14 days, once for each day named; gives how many."""
    today = timezone.localdate(at)
    due = [one for one in held_drafts() if warn_now(today, _deleted_on(one), one.warned_for_date)]
    for one in due:
        one.warned_for_date = day_told(today, _deleted_on(one))
    queue_notices([_warning(one) for one in due], at=at)
    Application.objects.bulk_update(due, ["warned_for_date"], batch_size=BATCH)
    return len(due)


@transaction.atomic
def delete_old_drafts(*, at: datetime) -> int:
    """Delete the drafts whose day has come, and beginnings nobody came back to; gives how many drafts."""
    today = timezone.localdate(at)
    warned = held_drafts().filter(warned_for_date__lte=today)
    due = [one for one in warned if delete_now(today, _deleted_on(one), one.warned_for_date)]
    forget(due, end=DraftRemnant.End.EXPIRED, by=None, at=at)
    Beginning.objects.filter(claimed_at=None, expires_at__lte=at).delete()
    return len(due)


@transaction.atomic
def refresh_drafts(*, at: datetime) -> int:
    """Look up again the companies with a draft to a call that can still be sent to, and tell those with news."""
    open_ones = list(held_drafts().filter(call__closes_at__gt=at))
    found = refresh_many(applications=open_ones, at=at)
    news = [one.application for one in found if one.is_news]
    today = timezone.localdate(at)
    queue_notices([_news(one, today) for one in news], at=at)
    return len(news)


def held_drafts() -> QuerySet[Application]:
    rows = Application.objects.select_for_update(of=("self",)).filter(state=State.DRAFT)
    return rows.select_related("call", "scheme_version__form").order_by("id")


def _deleted_on(draft: Application) -> date:
    return deletion_date(timezone.localdate(draft.call.closes_at), draft.call.keep_drafts_days)


def _warning(draft: Application) -> Outgoing:
    language: Language = draft.language  # type: ignore[assignment]
    assert draft.warned_for_date is not None  # noqa: S101 - set by the caller
    day = date_text(draft.warned_for_date, language)
    key = f"draft_deleted_soon:{draft.id}:{draft.warned_for_date}"
    return mail_of(draft, key, WARNING_SUBJECT, WARNING_BODY, day=day)


def _news(draft: Application, today: date) -> Outgoing:
    return mail_of(draft, f"register_news:{draft.id}:{today}", NEWS_SUBJECT, NEWS_BODY)


def mail_of(draft: Application, key: str, subject: Words, body: Words, **more: str) -> Outgoing:
    language: Language = draft.language  # type: ignore[assignment]
    fill = {
        "scheme": scheme_name(draft.scheme_version, language),
        "company": draft.company_name,
        "tenant": get_tenant(current_tenant()).name,
        **more,
    }
    return Outgoing(
        key=key,
        language=language,
        subject=subject[language].format_map(fill),
        body=body[language].format_map(fill),
        subject_kind="application",
        subject_id=draft.id,
        to_person=draft.applicant_id,
    )
