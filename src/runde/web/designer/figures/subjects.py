"""What can be compared: a draft as it stands, a draft as it began, a published version."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from runde.foundation.people.api import Actor
from runde.foundation.trust.api import NotFound
from runde.grants.designs.api import (
    Content,
    Draft,
    content_of,
    get_draft,
    get_revision,
    get_version,
    list_drafts,
    list_versions,
    newest_version,
)
from runde.grants.schemes.api import SchemeVersion
from runde.web.components.fields import Choice

DRAFT, START, VERSION = "kladd", "start", "versjon"


@dataclass(frozen=True)
class Subject:
    """`ref` names it in an address: "kladd:<id>". `short` stands inside a sentence: "versjon 2"."""

    ref: str
    short: str
    content: Content

    @property
    def head(self) -> str:
        """The same over a column."""
        return self.short[:1].upper() + self.short[1:]


def of_draft(draft: Draft) -> Subject:
    return Subject(f"{DRAFT}:{draft.id}", "kladden", draft.content)


def of_other(draft: Draft) -> Subject:
    return Subject(f"{DRAFT}:{draft.id}", f"kladden «{draft.title}»", draft.content)


def of_start(draft: Draft) -> Subject:
    content = get_revision(draft, 1).content or {}
    return Subject(f"{START}:{draft.id}", "slik kladden begynte", content)


def of_version(version: SchemeVersion) -> Subject:
    return Subject(f"{VERSION}:{version.id}", f"versjon {version.number}", content_of(version))


def find_subject(ref: str, actor: Actor) -> Subject:
    """Raises NotFound for what is not there, is another tenant's, or is no reference at all."""
    kind, _, text = ref.partition(":")
    with suppress(ValueError):
        found = UUID(text)
        if kind == DRAFT:
            return of_other(get_draft(found, actor))
        if kind == START:
            return of_start(get_draft(found, actor))
        if kind == VERSION:
            return of_version(get_version(found))
    raise NotFound("Vi finner ikke det du vil sammenligne med.")


def standard_base(draft: Draft) -> Subject | None:
    """What a draft is held against when nobody has chosen: the last version published, else how it began."""
    if draft.scheme is not None:
        newest = newest_version(draft.scheme)
        return of_version(newest) if newest else None
    return of_start(draft) if draft.revision > 1 else None


def subject_choices(actor: Actor, draft: Draft) -> tuple[Choice, ...]:
    """Everything this draft can be compared with."""
    versions = list_versions(draft.scheme) if draft.scheme else []
    others = [one for one in list_drafts(actor) if one.id != draft.id]
    return (
        *(Choice(f"{VERSION}:{one.id}", f"Versjon {one.number}") for one in versions),
        Choice(f"{START}:{draft.id}", "Slik kladden begynte"),
        *(Choice(f"{DRAFT}:{one.id}", f"{one.title} (kladd)") for one in others),
    )
