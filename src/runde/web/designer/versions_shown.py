"""Published versions as rows, and what differs between two."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.urls import reverse

from runde.engine.reference.api import amount_text, number_text
from runde.grants.casework.api import Judged, Totals
from runde.grants.designs.api import Change, SharedScheme
from runde.grants.schemes.api import SchemeVersion
from runde.web.components.facts import Fact
from runde.web.components.tables import Cell, Column, Row, Table
from runde.web.designer.words import day_text
from runde.web.staff import count_text

PARTS = {
    "rules": "Krav og beløp",
    "texts": "Tekster",
    "form": "Skjema",
    "legal_basis": "Hjemmel",
    "assumptions": "Antakelser",
    "take_up": "Hvor mange som søker",
    "sources": "Penger",
}
LANES = {"green": "Klar", "yellow": "Må vurderes", "red": "Oppfyller ikke"}


def versions_table(
    versions: Sequence[SchemeVersion], current: SchemeVersion, shared: Iterable[SharedScheme], slug: str
) -> Table:
    on_shelf = {one.version_id for one in shared}
    columns = (Column("Versjon"), Column("Publisert"), Column("Hylla"), Column("Sammenlign"))
    rows = []
    for one in versions:
        here = one.id == current.id
        differences = reverse("version_differences", args=[slug, current.id])
        rows.append(
            Row(
                (
                    Cell(
                        f"Versjon {one.number}",
                        url="" if here else reverse("scheme_version", args=[slug, one.id]),
                        note="denne" if here else "",
                    ),
                    Cell(day_text(one.made_at)),
                    Cell("Delt" if one.id in on_shelf else "Ikke delt"),
                    Cell("–")
                    if here
                    else Cell(f"Forskjeller fra versjon {one.number}", url=f"{differences}?mot={one.id}"),
                )
            )
        )
    return Table("Versjoner", columns, tuple(rows), hide_caption=True)


def grouped(changes: Sequence[Change]) -> list[tuple[str, list[str]]]:
    """Differences by part of the scheme, each as a sentence."""
    found: dict[str, list[str]] = {}
    for change in changes:
        found.setdefault(PARTS.get(change.part, change.part), []).append(change.sentence)
    return list(found.items())


def lane_facts(before: Totals, after: Totals) -> list[Fact]:
    """Each lane, before and after: "4 saker" from "5 saker"."""
    facts = [
        Fact(
            words,
            count_text(after.lanes[lane].count, "sak", "saker"),
            source=f"Før: {number_text(before.lanes[lane].count)}",
        )
        for lane, words in LANES.items()
    ]
    facts.append(
        Fact(
            "Reglene gir i alt",
            amount_text(after.amount_nok),
            source=f"Før: {amount_text(before.amount_nok)}",
        )
    )
    return facts


def judged_text(one: Judged) -> str:
    """ "Klar, 117 400 kroner" """
    amount = f", {amount_text(one.amount_nok)}" if one.amount_nok is not None else ""
    return f"{LANES.get(one.lane, one.lane)}{amount}"


def is_own(shared: SharedScheme, tenant_id: UUID) -> bool:
    return shared.tenant_id == tenant_id
