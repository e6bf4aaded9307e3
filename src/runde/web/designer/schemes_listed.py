"""Own schemes, drafts and the region's shelf as rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from runde.grants.designs.api import Draft, SharedScheme, origin_sentence
from runde.grants.schemes.api import Scheme, SchemeVersion, scheme_name
from runde.web.components.tables import Cell, Column, Row, Table
from runde.web.designer.words import day_text, names_by_id, place_name, when_text


@dataclass(frozen=True, slots=True)
class Shelved:
    """A scheme on the shelf, with the press that copies it."""

    name: str
    summary: str
    from_whom: str
    url: str
    copy_url: str
    copy_text: str


def drafts_table(drafts: Sequence[Draft], slug: str, now: datetime) -> Table:
    names = names_by_id(draft.changed_by for draft in drafts)
    columns = (Column("Kladd"), Column("Kommer fra"), Column("Sist endret"))
    rows = tuple(
        Row(
            (
                Cell(draft.title, url=reverse("draft", args=[slug, draft.id])),
                Cell(origin_sentence(draft.origin)),
                Cell(when_text(draft.changed_at, now), note=names.get(draft.changed_by, "")),
            )
        )
        for draft in drafts
    )
    return Table("Kladder", columns, rows, hide_caption=True)


def schemes_table(schemes: Sequence[Scheme], shelf: Sequence[SharedScheme], slug: str) -> Table:
    """The newest version of each scheme; earlier ones lie on its page."""
    shared = {one.version_id for one in shelf}
    newest = [version for scheme in schemes if (version := newest_of(scheme))]
    columns = (Column("Ordning"), Column("Versjon", "number"), Column("Publisert"), Column("Hylla"))
    rows = tuple(_scheme_row(version, slug, is_shared=version.id in shared) for version in newest)
    return Table("Ordninger", columns, rows, hide_caption=True)


def newest_of(scheme: Scheme) -> SchemeVersion | None:
    return max(scheme.versions.all(), key=lambda version: version.number, default=None)


def _scheme_row(version: SchemeVersion, slug: str, *, is_shared: bool) -> Row:
    return Row(
        (
            Cell(scheme_name(version, "nb"), url=reverse("scheme_version", args=[slug, version.id])),
            Cell(str(version.number)),
            Cell(day_text(version.made_at)),
            Cell("Delt" if is_shared else "Ikke delt"),
        )
    )


def shelved(shelf: Sequence[SharedScheme], slug: str, own: UUID) -> list[Shelved]:
    """What others in the region share; one's own stands on its own page."""
    return [
        Shelved(
            name=one.texts["name"]["nb"],
            summary=one.texts.get("summary", {}).get("nb", ""),
            from_whom=f"{one.tenant_name}, versjon {one.number}, publisert {day_text(one.published_at)}",
            url=reverse("shared_scheme", args=[slug, one.id]),
            copy_url=reverse("copy_scheme", args=[slug, one.id]),
            copy_text=f"Kopier ordningen fra {place_name(one.tenant_name)}",
        )
        for one in shelf
        if one.tenant_id != own
    ]
