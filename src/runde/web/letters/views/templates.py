"""The list of letters, a template to read and write, its history, and new versions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from runde.foundation.people.api import authorise, names_of
from runde.grants.designs.api import list_schemes
from runde.grants.letters.api import (
    LetterKind,
    LetterTemplateVersion,
    TemplateChange,
    TemplateRow,
    get_kind,
    get_template_version,
    list_changes,
    list_kinds,
    list_template_versions,
    list_templates,
    start_template,
    uses_of_version,
)
from runde.grants.schemes.api import Scheme
from runde.web.components.fields import Choice, Field
from runde.web.components.tables import Cell, Column, Row, Table
from runde.web.entrance import Request, entrance, staff
from runde.web.letters.access import READERS, WRITERS, may_write
from runde.web.letters.editor import editor_facts, frame
from runde.web.letters.shown import place_name, plain_text
from runde.web.letters.words import ALL_SCHEMES, STANDARD, name_of, scheme_names
from runde.web.staff import count_text, day_and_clock, work_page

COLUMNS = (Column("Brev"), Column("Gjelder for"), Column("Nå i bruk"), Column("Under arbeid"))


@entrance(staff(*READERS))
def index(request: Request) -> HttpResponse:
    rows = list_templates(by=request.actor)
    names = scheme_names([row.template for row in rows])
    standing = {row.template.kind for row in rows if row.template.scheme_id is None}
    table = [_own(request, row, str(names[row.template.scheme_id])) for row in rows]
    table += [_standard(kind.slug) for kind in list_kinds() if kind.slug not in standing]
    order = {kind.name: place for place, kind in enumerate(list_kinds())}
    table.sort(
        key=lambda row: (order[row.cells[0].text], row.cells[1].text != ALL_SCHEMES, row.cells[1].text)
    )
    facts = {
        "h1": "Brev",
        "lead": "Kommunens egne ord i brevene. Der dere ikke har skrevet noe, gjelder standardbrevet.",
        "table": Table("Brev og maler", COLUMNS, tuple(table), hide_caption=True),
        "start_url": reverse("start_letter", args=[request.tenant.slug]) if may_write(request.actor) else "",
        "bank_url": reverse("letter_bank", args=[request.tenant.slug]),
        "changes_url": reverse("letter_changes", args=[request.tenant.slug]),
    }
    return work_page(request, "letters/index.html", facts, room="letters")


@entrance(staff(*WRITERS))
def start(request: Request) -> HttpResponse:
    authorise(request.actor, "letters.write")
    schemes = {str(scheme.id): scheme for scheme in list_schemes()}
    if request.method == "POST":
        kind, wanted = request.POST.get("kind", ""), request.POST.get("scheme", "")
        if kind in {one.slug for one in list_kinds()} and (not wanted or wanted in schemes):
            version = start_template(kind=kind, scheme=schemes.get(wanted), by=request.actor, at=request.at)
            return redirect("letter_template", request.tenant.slug, version.id)
    fields = _choices(request, schemes)
    facts = {
        "h1": "Hvilket brev vil du skrive?",
        "back_url": reverse("letters", args=[request.tenant.slug]),
        "back_text": "Brev",
        "fields": fields,
        "errors": [field for field in fields if field.error],
        "has_errors": any(field.error for field in fields),
    }
    return work_page(
        request, "letters/start.html", facts, room="letters", status=422 if facts["has_errors"] else 200
    )


@entrance(staff(*READERS))
def show(request: Request, version: UUID) -> HttpResponse:
    found = get_template_version(version, by=request.actor)
    return work_page(request, "letters/template.html", editor_facts(request, found), room="letters")


@entrance(staff(*READERS))
def history(request: Request, version: UUID) -> HttpResponse:
    found = get_template_version(version, by=request.actor)
    versions, changes = list_template_versions(found.template_id, by=request.actor), list_changes(found.id)
    names = names_of({change.made_by for change in changes} | {one.made_by for one in versions})
    facts = {
        **frame(request, found),
        "h1": "Versjoner og endringer",
        "back_url": reverse("letter_template", args=[request.tenant.slug, found.id]),
        "back_text": f"Versjon {found.number}",
        "versions": [_told_version(request, one, found) for one in versions],
        "changes": [_told_change(get_kind(found.template.kind), change, names) for change in changes],
    }
    return work_page(request, "letters/history.html", facts, room="letters")


@require_POST
@entrance(staff(*WRITERS))
def new_version(request: Request, version: UUID) -> HttpResponse:
    found = get_template_version(version, by=request.actor)
    made = start_template(
        kind=found.template.kind, scheme=found.template.scheme, by=request.actor, at=request.at
    )
    return redirect("letter_template", request.tenant.slug, made.id)


def _own(request: Request, row: TemplateRow, scheme: str) -> Row:
    kind = get_kind(row.template.kind)
    shown = row.being_made or row.in_use
    url = reverse("letter_template", args=[request.tenant.slug, shown.id]) if shown else ""
    used = f"Versjon {row.in_use.number}" if row.in_use else STANDARD
    made = row.being_made
    work = Cell(made.get_state_display(), note=f"Versjon {made.number}") if made else Cell("")
    return Row((Cell(kind.name, url=url), Cell(scheme), Cell(used), work))


def _standard(slug: str) -> Row:
    kind = get_kind(slug)
    return Row((Cell(kind.name), Cell(ALL_SCHEMES), Cell(STANDARD), Cell("")))


def _choices(request: Request, schemes: dict[str, Scheme]) -> list[Field]:
    sent = request.method == "POST"
    kinds = [Choice(kind.slug, kind.name) for kind in list_kinds()]
    chosen = request.POST.get("kind", request.GET.get("brev", ""))
    return [
        Field(
            name="kind",
            label="Brev",
            kind="select",
            choices=(Choice("", "Velg brev"), *kinds),
            value=chosen,
            error="Velg hvilket brev du vil skrive." if sent else "",
        ),
        Field(
            name="scheme",
            label="Gjelder for",
            kind="select",
            choices=(Choice("", ALL_SCHEMES), *(Choice(key, name_of(one)) for key, one in schemes.items())),
            value=request.POST.get("scheme", ""),
            description="En mal for én ordning går foran malen for alle.",
        ),
    ]


def _told_version(
    request: Request, one: LetterTemplateVersion, shown: LetterTemplateVersion
) -> dict[str, Any]:
    count, _cases = uses_of_version(one.id, most=0)
    return {
        "number": one.number,
        "state": one.get_state_display(),
        "url": reverse("letter_template", args=[request.tenant.slug, one.id]),
        "is_shown": one.id == shown.id,
        "uses": count_text(count, "brev", "brev") if count else "Ingen brev",
        "made": day_and_clock(one.made_at),
    }


def _told_change(kind: LetterKind, change: TemplateChange, names: dict[UUID, str]) -> dict[str, Any]:
    return {
        "place": place_name(kind, change.place),
        "was": plain_text(change.was),
        "now": plain_text(change.now),
        "who": names.get(change.made_by, ""),
        "when": day_and_clock(change.made_at),
    }
