"""Moving an open call to another version of its scheme: what differs, who is affected, and the press that does it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from runde.engine.reference.api import format_orgnr
from runde.foundation.people.api import authorise
from runde.foundation.trust.api import NotFound, Refused
from runde.grants.applications.api import RebasePreview, preview_rebase
from runde.grants.designs.api import compare_versions, list_versions
from runde.grants.schemes.api import Call, SchemeVersion, call_phase, get_call_by_id, move_call
from runde.web.components.facts import Fact
from runde.web.components.fields import ErrorLine
from runde.web.components.tables import Cell, Column, Row, Table
from runde.web.designer.access import WRITERS
from runde.web.designer.calls.views.act import LONGEST_REASON, reason_field
from runde.web.designer.calls.views.listing import MOVABLE, ROOM, crumbs
from runde.web.designer.calls.words import call_name
from runde.web.designer.words import day_text
from runde.web.entrance import Request, entrance, staff
from runde.web.staff import attempt, count_text, key_of, missing_or_too_long, new_key, pressed_once, work_page


@entrance(staff(*WRITERS))
def choose(request: Request, call: UUID) -> HttpResponse:
    found = get_call_by_id(call)
    if call_phase(found, request.at) not in MOVABLE:
        return redirect("staff_call", request.tenant.slug, call)
    others = _others(found)
    facts = {
        "h1": "Hvilken versjon skal utlysningen flyttes til?",
        "lead": f"Nå bruker den versjon {found.scheme_version.number}.",
        "crumbs": crumbs(request.tenant.slug, found),
        "table": _versions(request, found, others),
        "version_url": reverse("scheme_version", args=[request.tenant.slug, found.scheme_version_id]),
    }
    return work_page(request, "designer/calls/choose_version.html", facts, room=ROOM)


def _others(call: Call) -> list[SchemeVersion]:
    versions = list_versions(call.scheme_version.scheme)
    return [one for one in versions if one.id != call.scheme_version_id]


def _versions(request: Request, call: Call, others: list[SchemeVersion]) -> Table:
    rows = tuple(
        Row(
            (
                Cell(
                    f"Versjon {one.number}",
                    url=reverse("move_call_to", args=[request.tenant.slug, call.id, one.id]),
                ),
                Cell(day_text(one.made_at)),
                Cell(count_text(len(_changes(call, one)), "forskjell", "forskjeller")),
            )
        )
        for one in others
    )
    columns = (Column("Versjon"), Column("Publisert"), Column("Mot den som brukes nå"))
    return Table("Versjoner", columns, rows, hide_caption=True)


def _changes(call: Call, version: SchemeVersion) -> list[str]:
    """From the version in use to the other, in words."""
    return [one.sentence for one in compare_versions(call.scheme_version, version)]


@entrance(staff(*WRITERS))
def move(request: Request, call: UUID, version: UUID) -> HttpResponse:
    authorise(request.actor, "schemes.manage")
    found = get_call_by_id(call)
    to_version = next((one for one in _others(found) if one.id == version), None)
    if to_version is None:
        if found.scheme_version_id == version:
            messages.info(request, "Utlysningen bruker allerede denne versjonen.")
            return redirect("staff_call", request.tenant.slug, call)
        raise NotFound("Velg en annen versjon av samme ordning.")
    if request.method != "POST":
        return _page(request, found, to_version, key=new_key())
    reason = request.POST.get("reason", "").strip()
    wrong = missing_or_too_long(reason, if_empty="Skriv hvorfor utlysningen flyttes.", longest=LONGEST_REASON)
    if wrong:
        return _page(request, found, to_version, key=key_of(request), wrong=wrong)
    refusal = attempt(lambda: _moved(request, found, to_version, reason))
    if refusal is not None:
        return _page(request, found, to_version, key=key_of(request), refusal=refusal)
    messages.success(request, f"Utlysningen bruker nå versjon {to_version.number}.")
    return redirect("staff_call", request.tenant.slug, call)


def _moved(request: Request, call: Call, to_version: SchemeVersion, reason: str) -> str:
    """The call and its drafts together, or neither: the drafts follow by what the move announces."""

    def work() -> str:
        change = move_call(call=call, to_version=to_version, reason=reason, by=request.actor, at=request.at)
        return str(change.id)

    body = {"call": str(call.id), "version": str(to_version.id), "reason": reason}
    return pressed_once(request, "move_call", body, work)


def _page(
    request: Request,
    call: Call,
    to_version: SchemeVersion,
    *,
    key: str,
    wrong: str = "",
    refusal: Refused | None = None,
) -> HttpResponse:
    preview = preview_rebase(call, to_version, by=request.actor)
    reason = reason_field("Hvorfor flyttes utlysningen?", request.POST.get("reason", ""), wrong, "internal")
    loose = [ErrorLine(refusal.sentence)] if refusal else []
    facts: dict[str, Any] = {
        "h1": f"Flytt utlysningen til versjon {to_version.number}",
        "lead": call_name(call),
        "crumbs": crumbs(request.tenant.slug, call),
        "facts": [
            Fact("Versjon nå", str(call.scheme_version.number)),
            Fact("Kladder som følger med", count_text(preview.drafts, "søknad", "søknader")),
            Fact("Må se over noe", count_text(len(preview.affected), "søker", "søkere")),
            Fact("Sendt inn, blir der de er", count_text(preview.sent, "søknad", "søknader")),
        ],
        "changes": _changes(call, to_version),
        "questions": _questions(preview),
        "affected": _affected(preview) if preview.affected else None,
        "told": count_text(len(preview.affected), "søker", "søkere") if preview.affected else "",
        "fields": [reason],
        "act": "Flytt utlysningen",
        "key": key,
        "errors": [*loose, reason] if wrong or refusal else [],
        "has_errors": bool(wrong or refusal),
    }
    status = 422 if wrong or refusal else 200
    return work_page(request, "designer/calls/move.html", facts, room=ROOM, status=status)


def _questions(preview: RebasePreview) -> list[tuple[str, tuple[str, ...]]]:
    """What is new in the form, what is gone and what is asked otherwise; only what there is."""
    kinds = (
        ("Nye spørsmål", preview.added),
        ("Spørsmål som blir borte", preview.removed),
        ("Spørsmål som er endret", preview.changed),
    )
    return [(title, labels) for title, labels in kinds if labels]


def _affected(preview: RebasePreview) -> Table:
    """Whose draft has something to look at; never what they answered."""
    rows = tuple(
        Row(
            (
                Cell(one.company_name, note=format_orgnr(one.organisation_number)),
                Cell(", ".join(one.set_aside) or "Ingen"),
                Cell(", ".join(one.to_see) or "Ingen"),
            )
        )
        for one in preview.affected
    )
    columns = (Column("Virksomhet"), Column("Svar som legges til side"), Column("Må se på"))
    return Table("Disse må se over kladden", columns, rows, hide_caption=True)
