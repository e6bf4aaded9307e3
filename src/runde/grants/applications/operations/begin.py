"""Answering before signing in: whoever holds the secret goes on, and the one who signs in with it takes it over."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from django.db import transaction

from runde.engine.reference.api import LANGUAGES, Language
from runde.foundation.forms.api import (
    Raw,
    Reading,
    hidden_questions,
    questions_of,
    read_answers,
    rebase_answers,
)
from runde.foundation.people.api import Actor
from runde.foundation.trust.api import NotFound
from runde.grants.schemes.api import Call

from ..domain.merging import merge
from ..domain.saving import is_blank
from ..domain.secrets import digest_of, new_secret
from ..models import Application, Beginning
from .filling_in import Brought, fill_in
from .opening import require_open
from .start_application import start_application

BEGINNING_KEPT = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Begun:
    """A beginning and its secret, which is nowhere else: put it in a cookie."""

    beginning: Beginning
    secret: str


@dataclass(frozen=True, slots=True)
class SavedBeginning:
    """As `Saved`, for one writer: nothing is in conflict."""

    beginning: Beginning
    reading: Reading


def begin(*, call: Call, at: datetime, language: Language = "nb") -> Begun:
    """Begin to answer a call's questions without signing in. Kept for 14 days. Raises NotOpen."""
    require_open(call, at)
    secret = new_secret()
    beginning = Beginning.objects.create(
        call=call,
        scheme_version=call.scheme_version,
        secret_hash=digest_of(secret),
        language=language if language in LANGUAGES else "nb",
        begun_at=at,
        saved_at=at,
        expires_at=at + BEGINNING_KEPT,
    )
    return Begun(beginning, secret)


def find_beginning(secret: str, at: datetime) -> Beginning | None:
    """What was begun with the secret, unless it is too old or taken over. With call, version and form."""
    found = Beginning.objects.filter(secret_hash=digest_of(secret), claimed_at=None, expires_at__gt=at)
    return found.select_related("call", "scheme_version__form").first()


@transaction.atomic
def save_beginning(
    *, secret: str, raw: Mapping[str, Raw], at: datetime, asked: Collection[str] | None = None
) -> SavedBeginning:
    """Store what was typed on a page, as `save_answers` does. Raises NotFound when it is too old or taken over."""
    beginning = _held(secret, at)
    form, language = beginning.scheme_version.form, cast(Language, beginning.language)
    page = set(raw if asked is None else asked) & {one.slug for one in questions_of(form)}
    reading = read_answers(form, raw, require=None, language=language, asked=page, stored=beginning.answers)
    silent = set(reading.errors) | reading.hidden | hidden_questions(form, beginning.answers)
    mine = {slug: reading.values.get(slug) for slug in page if slug in reading.values or slug not in silent}
    beginning.answers = merge(seen=beginning.answers, now=beginning.answers, mine=mine).answers
    unread = {slug: typed for slug, typed in beginning.unread.items() if slug not in page}
    unread |= {slug: raw[slug] for slug in page & set(reading.errors) if slug not in reading.values}
    beginning.unread = {slug: typed for slug, typed in unread.items() if not is_blank(typed)}
    beginning.saved_at = at
    beginning.save(update_fields=["answers", "unread", "saved_at"])
    return SavedBeginning(beginning, reading)


@transaction.atomic
def claim_beginning(
    *,
    secret: str,
    call: Call,
    organisation_number: str,
    by: Actor,
    at: datetime,
    language: Language = "nb",
    typed_name: str = "",
) -> Application:
    """Make what was begun the company's own, in a new application or in the draft it has.

    Where the draft has another answer already, that stands and the one from the beginning is set aside. A secret that
    is too old, or for another call, is as none. Raises as `start_application`.
    """
    draft = start_application(
        call=call,
        organisation_number=organisation_number,
        by=by,
        at=at,
        language=language,
        typed_name=typed_name,
    )
    beginning = _find_held(secret, at)
    if beginning is None or beginning.call_id != call.id:
        return draft
    moved = rebase_answers(
        beginning.scheme_version.form,
        draft.scheme_version.form,
        beginning.answers,
        cast(Language, draft.language),
    )
    brought = Brought(moved.kept, moved.set_aside, moved.to_see, beginning.unread)
    draft = fill_in(draft, brought, by=by, at=at)
    beginning.claimed_at, beginning.application = at, draft
    beginning.answers, beginning.unread = {}, {}
    beginning.save(update_fields=["claimed_at", "application", "answers", "unread"])
    return draft


def _held(secret: str, at: datetime) -> Beginning:
    found = _find_held(secret, at)
    if found is None:
        raise NotFound("Vi finner ikke det du begynte på. Det blir slettet etter 14 dager. Begynn på nytt.")
    return found


def _find_held(secret: str, at: datetime) -> Beginning | None:
    rows = Beginning.objects.select_for_update(of=("self",)).filter(
        secret_hash=digest_of(secret), claimed_at=None, expires_at__gt=at
    )
    return rows.select_related("scheme_version__form").first()
