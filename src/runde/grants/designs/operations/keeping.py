"""What every act on a draft does: take the draft as it was read, write it, keep the act."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from runde.engine.reference.api import moment_text
from runde.foundation.journal.api import record
from runde.foundation.people.api import Actor, names_of
from runde.foundation.trust.api import Conflict, NotFound

from ..domain.content import Content, digest_of, title_of
from ..domain.history import Act
from ..domain.refusals import ChangedMeanwhile
from ..models import Draft, DraftRevision
from .referring import keep_references

LONGEST_WHAT = 300
MOST_TOLD = 3


def taken(draft_id: UUID, revision: int) -> Draft:
    """The draft, held until the transaction ends, if it stands as it was read.

    Raises NotFound; Conflict when it is published or discarded; ChangedMeanwhile telling who did what and when.
    """
    draft = Draft.objects.select_for_update(of=("self",)).filter(id=draft_id).first()
    if draft is None:
        raise NotFound("Vi finner ikke denne kladden. Den kan høre til en annen kommune.")
    if draft.state == Draft.State.PUBLISHED:
        raise Conflict("Kladden er publisert og kan ikke endres. Lag en ny kladd fra versjonen.")
    if draft.state == Draft.State.DISCARDED:
        raise Conflict("Kladden er forkastet og kan ikke endres.")
    if draft.revision != revision:
        raise changed_meanwhile(draft, revision)
    return draft


def changed_meanwhile(draft: Draft, revision: int) -> ChangedMeanwhile:
    since = DraftRevision.objects.filter(draft=draft, number__gt=revision).order_by("number").defer("content")
    acts = list(since)
    if not acts:
        return ChangedMeanwhile(
            "Kladden er ikke slik siden din viser den. Last siden på nytt.",
            revision=draft.revision,
            by=None,
            at=None,
            what=(),
        )
    last, names = acts[-1], names_of({act.made_by for act in acts})
    told = "; ".join(_told(act, names) for act in acts[-MOST_TOLD:])
    return ChangedMeanwhile(
        f"Kladden er endret siden du åpnet den: {told}. "
        "Endringen din er ikke lagret. Se på det som er gjort, og prøv igjen.",
        revision=draft.revision,
        by=last.made_by,
        at=last.made_at,
        what=tuple(act.what for act in acts),
    )


def _told(act: DraftRevision, names: dict[UUID, str]) -> str:
    when = moment_text(timezone.localtime(act.made_at), "nb")
    return f"{names.get(act.made_by, 'noen')} {_DONE[act.kind]} «{act.what}» {when}"


_DONE = {"start": "begynte", "change": "lagret", "undo": "angret", "redo": "gjorde om igjen"}


def acts_of(draft: Draft) -> list[Act]:
    rows = DraftRevision.objects.filter(draft=draft).order_by("number")
    return [Act(*row) for row in rows.values_list("number", "kind", "shows", "parent")]


def let_stand(draft: Draft, content: Content, *, by: Actor, at: datetime) -> None:
    """The draft says this from now on, its revision one higher and its references as the content has them."""
    draft.content, draft.digest = content, digest_of(content)
    draft.slug, draft.title = content["slug"], title_of(content)
    draft.revision += 1
    draft.changed_at, draft.changed_by = at, by.person_id
    draft.save(update_fields=["content", "digest", "slug", "title", "revision", "changed_at", "changed_by"])
    keep_references(draft)


def keep_act(
    draft: Draft,
    kind: DraftRevision.Kind,
    *,
    what: str,
    by: Actor,
    at: datetime,
    parent: int | None = None,
    shows: int | None = None,
    changes: Sequence[str] = (),
) -> DraftRevision:
    """Write the act's row and its event in the journal."""
    act = DraftRevision.objects.create(
        draft=draft,
        number=draft.revision,
        kind=kind,
        shows=draft.revision if shows is None else shows,
        parent=parent,
        what=" ".join(what.splitlines()).strip()[:LONGEST_WHAT],
        changes=list(changes),
        content=draft.content if shows is None else None,
        made_at=at,
        made_by=by.person_id,
    )
    record(
        action=f"designs.{_PAST[kind]}",
        subject_kind="draft",
        subject_id=draft.id,
        by=by.person_id,
        at=at,
        revision=draft.revision,
        what=act.what,
        digest=draft.digest,
    )
    return act


_PAST = {
    DraftRevision.Kind.START: "started",
    DraftRevision.Kind.CHANGE: "changed",
    DraftRevision.Kind.UNDO: "undone",
    DraftRevision.Kind.REDO: "redone",
}


def last_act(draft: Draft) -> DraftRevision:
    """The newest act; `shows` is the number of the change whose content stands now. Its content is not read."""
    return DraftRevision.objects.defer("content").get(draft=draft, number=draft.revision)
