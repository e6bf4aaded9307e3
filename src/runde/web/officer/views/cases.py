"""One case: should it have money, how much, and what stands in the way? Four pages with the same frame."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from runde.engine.reference.api import date_text
from runde.foundation.people.api import Role
from runde.grants.casework.api import Case, case_to_read, following, neighbour_of, read_case
from runde.web.components.navigation import MenuLink
from runde.web.entrance import Request, entrance, staff
from runde.web.officer.access import READERS, must_declare, word_in
from runde.web.officer.case_parts import errors_in, parts_in
from runde.web.officer.case_words import clock_text, heading_of, identity_facts, state_tag, word_text
from runde.web.officer.opened import Opened, Place
from runde.web.officer.typed_days import read_day
from runde.web.officer.views.impartiality import closed_page, question_page
from runde.web.officer.weighing import Typed
from runde.web.staff import work_page

__all__ = ["Typed", "case_view", "opened_case", "show"]

PAGES: tuple[tuple[Place, str, str], ...] = (
    ("main", "Sak", "case"),
    ("documents", "Dokumenter", "case_documents"),
    ("dialog", "Dialog", "case_dialog"),
    ("history", "Historikk", "case_history"),
)


@entrance(staff(*READERS))
def show(request: Request, case: UUID) -> HttpResponse:
    return case_view(request, case)


@require_GET
@entrance(staff(*READERS))
def documents(request: Request, case: UUID) -> HttpResponse:
    return case_view(request, case, place="documents")


@entrance(staff(*READERS))
def dialog(request: Request, case: UUID) -> HttpResponse:
    return case_view(request, case, place="dialog")


@require_GET
@entrance(staff(*READERS))
def history(request: Request, case: UUID) -> HttpResponse:
    return case_view(request, case, place="history")


@require_GET
@entrance(staff(Role.OFFICER))
def step(request: Request, case: UUID, way: str) -> HttpResponseBase:
    """The next or the one before among the open cases of the same call and lane; the list when there is none."""
    found = neighbour_of(case, forward=way == "neste", by=request.actor)
    slug = request.tenant.slug
    return redirect("case", slug, found) if found else redirect("worklist", slug)


def case_view(
    request: Request,
    case_id: UUID,
    *,
    place: Place = "main",
    typed: Typed | None = None,
    said: QueryDict | None = None,
) -> HttpResponse:
    """One of the case's pages; with `typed` or `said` a form is shown again with what is to be mended."""
    opened = opened_case(request, case_id, typed=typed, said=said)
    if isinstance(opened, HttpResponse):
        return opened
    status = 422 if said or (typed and typed.errors) else 200
    return work_page(request, "officer/case.html", _facts(opened, place), room="worklist", status=status)


def opened_case(
    request: Request, case_id: UUID, *, typed: Typed | None = None, said: QueryDict | None = None
) -> Opened | HttpResponse:
    """The case, opened and written down as read; or the page that stands before it, or instead of it."""
    case = case_to_read(case_id)
    word = word_in(case, request.actor)
    if word is not None and not word.is_impartial:
        return closed_page(request, case, word)
    if word is None and must_declare(request.actor):
        return question_page(request, case)
    day = _looked_back_to(request)
    as_of = timezone.make_aware(datetime.combine(day, time.max)) if day else None
    page = read_case(case_id=case, by=request.actor, at=request.at, as_of=as_of)
    found = following(case, by=request.actor, at=request.at, as_of=as_of)
    return Opened(request, page, found, f"{day:%d.%m.%Y}" if day else "", typed, said)


def _looked_back_to(request: Request) -> date | None:
    """The day an auditor has asked for; nobody else looks back, and nobody ahead."""
    if not request.actor.holds(Role.AUDITOR):
        return None
    day = read_day(request.GET.get("per", ""))
    return day if day and day < timezone.localdate(request.at) else None


def _facts(opened: Opened, place: Place) -> dict[str, Any]:
    slug, page, case = opened.slug, opened.page, opened.page.case
    main = parts_in(place, opened)
    side = parts_in("side", opened) if place == "main" else []
    errors = errors_in([*main, *side])
    is_worker = must_declare(opened.request.actor) and page.is_live
    return {
        "h1": heading_of(page),
        "lead": f"Slik saken var {opened.per}." if opened.per else "",
        "case_number": case.number,
        "back_url": reverse("worklist", args=[slug]),
        "back_text": "Saker",
        "company": page.application.company_name,
        "identity": identity_facts(page),
        "clock": _clock_words(opened, place),
        "state": state_tag(page) if page.is_live else None,
        "word": word_text(page.my_word),
        "may_propose": page.may_propose and place == "main",
        "assign_url": reverse("assign_case", args=[slug, case.id]) if page.may_propose else "",
        "assigned_to": page.assigned_to,
        "is_mine": case.assigned_to == opened.request.actor.person_id,
        "interest_url": reverse("declare_impartiality", args=[slug, case.id]) if page.my_word else "",
        "pages": pages_of(opened, place),
        "step_urls": [reverse("case_step", args=[slug, case.id, way]) for way in ("forrige", "neste")]
        if is_worker and opened.request.actor.holds(Role.OFFICER)
        else [],
        "news": news_text(opened) if place != "dialog" else "",
        "dialog_url": reverse("case_dialog", args=[slug, case.id]),
        "main": main,
        "side": side,
        "errors": errors,
        "has_errors": bool(errors),
        "looks_back": opened.request.actor.holds(Role.AUDITOR),
        "per": opened.request.GET.get("per", ""),
        "per_wrong": _per_wrong(opened),
    }


def _clock_words(opened: Opened, place: Place) -> str:
    """While the case waits for a decision: the whole clock where it is told of, beside it only the day to answer."""
    case = opened.page.case
    if not opened.page.is_live or case.state not in (Case.State.OPEN, Case.State.PROPOSED):
        return ""
    return clock_text(opened.clock) if place == "main" else f"Svarfrist {date_text(case.answer_by_date)}"


def pages_of(opened: Opened, place: Place) -> list[MenuLink]:
    """The case's own sub-navigation. An auditor keeps the day they look back to."""
    kept = f"?per={opened.per}" if opened.per else ""
    new = opened.page.unread
    return [
        MenuLink(
            f"{text} ({new} {'ny' if new == 1 else 'nye'})" if name == "dialog" and new else text,
            reverse(route, args=[opened.slug, opened.page.case.id]) + kept,
            current=name == place,
        )
        for name, text, route in PAGES
    ]


def news_text(opened: Opened) -> str:
    at = opened.page.newest_unread_at
    if at is None or not opened.page.is_live:
        return ""
    local = timezone.localtime(at)
    return f"Ny melding fra søkeren {date_text(local.date())} kl. {local:%H.%M}."


def _per_wrong(opened: Opened) -> str:
    typed = opened.request.GET.get("per", "").strip()
    if not typed or opened.per or not opened.request.actor.holds(Role.AUDITOR):
        return ""
    return "Skriv en dag før i dag, for eksempel 20.11.2026."
