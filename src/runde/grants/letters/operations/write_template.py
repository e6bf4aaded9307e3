from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from runde.engine.reference.api import Language
from runde.foundation.journal.api import record
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import hold, new_id
from runde.grants.schemes.api import Scheme

from ..domain.content import Content, digest_of, empty_content, with_paragraph, with_text, without_paragraph
from ..domain.kinds import LetterKind, get_kind
from ..domain.refusals import ChangedMeanwhile, TextRefused, WrongState
from ..models import LetterTemplate, LetterTemplateVersion, TemplateChange
from ..queries.bank import get_bank_text
from ..queries.templates import BEING_MADE, lock_version

State = LetterTemplateVersion.State


@transaction.atomic
def start_template(*, kind: str, scheme: Scheme | None, by: Actor, at: datetime) -> LetterTemplateVersion:
    """A draft of the municipality's own wording of a kind of letter, beginning with what is in use.

    Gives the draft that stands when one is being made already. Raises NotAllowed, UnknownKind.
    """
    authorise(by, "letters.write")
    get_kind(kind)
    hold("letter_template", [f"{scheme.id if scheme else 'all'}:{kind}"])
    template = LetterTemplate.objects.filter(kind=kind, scheme=scheme).first()
    if template is None:
        template = LetterTemplate.objects.create(kind=kind, scheme=scheme, made_at=at, made_by=by.person_id)
    versions = LetterTemplateVersion.objects.filter(template=template)
    standing = versions.filter(state__in=BEING_MADE).first()
    if standing is not None:
        return standing
    in_use = versions.filter(state=State.IN_USE).first()
    content = in_use.content if in_use else empty_content()
    version = LetterTemplateVersion.objects.create(
        template=template,
        number=versions.count() + 1,
        content=content,
        digest=digest_of(content),
        made_at=at,
        made_by=by.person_id,
        changed_at=at,
        changed_by=by.person_id,
        writers=[str(by.person_id)],
    )
    record(
        action="letters.template_started",
        subject_kind="letter_template",
        subject_id=template.id,
        by=by.person_id,
        at=at,
        version=version.id,
        number=version.number,
        kind=kind,
        scheme=scheme.id if scheme else None,
    )
    return version


@transaction.atomic
def write_text(
    *,
    version_id: UUID,
    key: str,
    language: Language,
    typed: str,
    revision: int | None = None,
    by: Actor,
    at: datetime,
) -> LetterTemplateVersion:
    """One text of a draft in one language, as typed: fields in guillemets. The standard text takes the own one away.

    Raises NotAllowed, NotFound, WrongState, ChangedMeanwhile (another has changed this text since `revision`),
    LockedText, TextRefused.
    """

    def change(content: Content, kind: LetterKind) -> Content:
        return with_text(content, kind, key, language, typed, timezone.localdate(at))

    return _changed(version_id, f"{key}.{language}", change, revision, by, at)


@transaction.atomic
def write_paragraph(
    *,
    version_id: UUID,
    block: str,
    texts: Mapping[str, str],
    paragraph_id: str | None = None,
    bank_id: UUID | None = None,
    revision: int | None = None,
    by: Actor,
    at: datetime,
) -> LetterTemplateVersion:
    """Add a paragraph to a block of a draft, or give one that stands other words. `texts` by language, as typed.

    Raises as `write_text`.
    """
    name = paragraph_id or str(new_id())
    bank = str(bank_id) if bank_id else None
    return _changed(
        version_id,
        f"{block}:{name}",
        lambda content, kind: with_paragraph(content, kind, block, name, texts, bank),
        revision,
        by,
        at,
    )


@transaction.atomic
def take_from_bank(
    *, version_id: UUID, block: str, bank_id: UUID, by: Actor, at: datetime
) -> LetterTemplateVersion:
    """A copy of a text in the bank as a paragraph of a block. Raises as `write_text`."""
    from ..domain.fields import to_typed

    found = get_bank_text(bank_id, by=by)
    texts = {language: to_typed(text, language) for language, text in found.texts.items()}  # type: ignore[arg-type]
    return write_paragraph(version_id=version_id, block=block, texts=texts, bank_id=bank_id, by=by, at=at)


@transaction.atomic
def remove_paragraph(
    *, version_id: UUID, block: str, paragraph_id: str, by: Actor, at: datetime
) -> LetterTemplateVersion:
    """Take a paragraph out of a draft. Raises as `write_text`."""
    return _changed(
        version_id,
        f"{block}:{paragraph_id}",
        lambda content, kind: without_paragraph(content, block, paragraph_id),
        None,
        by,
        at,
    )


@transaction.atomic
def discard_template(*, version_id: UUID, by: Actor, at: datetime) -> None:
    """Throw a draft away; what is in use stays. Raises NotAllowed, NotFound, WrongState."""
    authorise(by, "letters.write")
    version = lock_version(version_id)
    if version.state not in (State.DRAFT, State.APPROVED):
        raise WrongState("Bare en kladd kan forkastes. Last siden på nytt og se hvor malen er.")
    version.state = State.DISCARDED
    version.save(update_fields=["state"])
    record(
        action="letters.template_discarded",
        subject_kind="letter_template",
        subject_id=version.template_id,
        by=by.person_id,
        at=at,
        version=version.id,
        number=version.number,
    )


def _changed(
    version_id: UUID,
    place: str,
    change: Callable[[Content, LetterKind], Content],
    revision: int | None,
    by: Actor,
    at: datetime,
) -> LetterTemplateVersion:
    authorise(by, "letters.write")
    version = lock_version(version_id)
    if version.state != State.DRAFT:
        raise WrongState("Malen kan bare endres mens den er en kladd. Lag en ny versjon for å endre den.")
    _refuse_unread(version, place, revision, by)
    before = version.content
    content = change(before, get_kind(version.template.kind))
    if content == before:
        return version
    version.content, version.digest = content, digest_of(content)
    version.revision += 1
    version.changed_at, version.changed_by = at, by.person_id
    version.writers = list(dict.fromkeys([*version.writers, str(by.person_id)]))
    version.save(update_fields=["content", "digest", "revision", "changed_at", "changed_by", "writers"])
    TemplateChange.objects.create(
        version=version,
        revision=version.revision,
        place=place[:80],
        was=_at(before, place),
        now=_at(content, place),
        made_at=at,
        made_by=by.person_id,
    )
    return version


def _refuse_unread(version: LetterTemplateVersion, place: str, revision: int | None, by: Actor) -> None:
    """Two may write at once, in different places; one's own changes are known to oneself."""
    if revision is None or revision >= version.revision:
        return
    later = TemplateChange.objects.filter(version=version, place=place[:80], revision__gt=revision)
    if later.exclude(made_by=by.person_id).exists():
        raise ChangedMeanwhile("En annen har endret denne teksten. Last siden på nytt, så ser du begge.")


def _at(content: Content, place: str) -> Any:
    block, colon, paragraph_id = place.partition(":")
    if colon:
        rows = content["added"].get(block, ())
        return next((row["texts"] for row in rows if row["id"] == paragraph_id), None)
    key, _, language = place.rpartition(".")
    return content["texts"].get(key, {}).get(language)


__all__ = [
    "TextRefused",
    "discard_template",
    "remove_paragraph",
    "start_template",
    "take_from_bank",
    "write_paragraph",
    "write_text",
]
