"""The form, one part a page: saved on the way, checked live, and never losing what was typed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from runde.engine.reference.api import time_text
from runde.foundation.forms.api import Raw, Reading, Stage, read_answers
from runde.grants.applications.api import Application, Saved, save_answers
from runde.web.applicant.access import own_application, with_register
from runde.web.applicant.differing import theirs_of
from runde.web.applicant.file_answers import files_taken, has_files, with_files
from runde.web.applicant.handed_in import BLANK_ROW, HandedIn, handed_in, new_page, row_address
from runde.web.applicant.live_check import live_check
from runde.web.applicant.notices import notices_of
from runde.web.applicant.paper import Paper, Part
from runde.web.applicant.papers import paper_of
from runde.web.applicant.sheet import Asked, Theirs, Typed, as_stored, questions_on, with_blank_row
from runde.web.components.fields import ErrorLine, Field
from runde.web.components.tags.norwegian import page_language
from runde.web.entrance import SIGNED_IN, Request, entrance

SAVED_COOKIE = "runde_saved"
SAVED_SECONDS = 600


@entrance(SIGNED_IN)
def fill(request: Request, application: UUID, section: str) -> HttpResponse:
    found = own_application(application, request.actor)
    if found.state != Application.State.DRAFT:
        return redirect("application", request.tenant.slug, found.id)
    found = with_register(request, found)
    paper = paper_of(found)
    part = _part(paper, section)
    if request.method == "POST":
        return _receive(request, found, part)
    if not part.shown:
        return redirect("review", request.tenant.slug, found.id)
    typed = as_stored(paper, found.unread, found.prefill, part, page_language())
    typed = with_blank_row(typed, request.GET.get(BLANK_ROW, ""), part)
    return _show(request, found, paper, part, questions_on(paper, part, typed, page_language()))


def _part(paper: Paper, section: str) -> Part:
    part = paper.find(section)
    if part is None:
        raise Http404
    return part


def _receive(request: Request, found: Application, part: Part) -> HttpResponse:
    given = handed_in(request.POST, part)
    saved = _save(request, found, given)
    files = files_taken(request, found.id, part)
    if files is not None:
        return _with_taken(request, saved, given, part, files)
    paper = paper_of(saved.application)
    part = _part(paper, part.slug)
    theirs = theirs_of(saved, page_language(), paper)
    here = _here(request, found, part)
    if given.row:
        return _acknowledge(redirect(row_address(here, given.row)), given)
    if given.is_choice and not saved.conflicts:
        return _acknowledge(redirect(here), given)
    wrong = _wrong(paper, part, given, saved)
    appeared = [one for one in part.shown_slugs if one not in given.seen]
    is_held = wrong.errors or saved.conflicts or (appeared and not given.goes_later)
    if not is_held or (given.goes_later and not saved.conflicts):
        return _acknowledge(_onward(request, saved.application, paper, part, later=given.goes_later), given)
    typed = as_stored(paper, saved.application.unread, {}, part, page_language())
    values = {**typed.values, **{slug: raw for slug, raw in given.raw.items() if slug not in _taken(saved)}}
    asked = questions_on(
        paper, part, Typed(values, wrong.errors, wrong.parts), page_language(), theirs=theirs
    )
    return _show(request, saved.application, paper, part, asked, errors=wrong, conflict=bool(saved.conflicts))


def _with_taken(
    request: Request, saved: Saved, given: HandedIn, part: Part, files: dict[str, Raw]
) -> HttpResponse:
    """The files that came with the page are its answers now; the same page is shown again with them."""
    revision = saved.page_revision
    _save(request, saved.application, replace(given, raw=files, seen=frozenset(files), revision=revision))
    return _acknowledge(redirect(_here(request, saved.application, part)), given)


def _taken(saved: Saved) -> set[str]:
    """Where somebody else's answer stands now, and nobody disagrees."""
    return {one.slug for one in saved.theirs}


def _wrong(paper: Paper, part: Part, given: HandedIn, saved: Saved) -> Reading:
    """What is to be mended before one goes on: what cannot be read, and what a draft cannot do without."""
    return read_answers(
        paper.form,
        {slug: raw for slug, raw in given.raw.items() if slug not in _taken(saved)},
        require=None if given.goes_later else Stage.DRAFT,
        language=page_language(),
        asked=[slug for slug in part.shown_slugs if slug in given.seen and slug not in _taken(saved)],
        known=paper.known,
        stored=paper.answers,
    )


def _save(request: Request, found: Application, given: HandedIn) -> Saved:
    return save_answers(
        application=found,
        raw=given.raw,
        asked=given.seen - given.theirs,
        expected_revision=given.revision,
        page=given.page,
        turn=given.turn,
        mine=given.mine,
        by=request.actor,
        at=request.at,
    )


def _acknowledge(response: HttpResponse, given: HandedIn) -> HttpResponse:
    """Tell the browser that what it has kept of the page is saved; see frontend/js/keeping.js."""
    if given.page:
        response.set_cookie(SAVED_COOKIE, given.page, max_age=SAVED_SECONDS, samesite="Lax")
    return response


def _onward(request: Request, found: Application, paper: Paper, part: Part, *, later: bool) -> HttpResponse:
    tenant = request.tenant.slug
    if later:
        messages.success(request, _("Kladden er lagret. Du kan fortsette når du vil."))
        return redirect("my_page")
    onward = paper.after(part.slug)
    if request.GET.get("fra") == "oversikt" or (onward is None and paper.is_short):
        return redirect("review", tenant, found.id)
    if not paper.is_short and (onward is None or request.GET.get("fra") == "deler"):
        return redirect("tasks", tenant, found.id)
    return redirect("fill", tenant, found.id, onward.slug if onward else part.slug)


@entrance(SIGNED_IN)
@require_POST
def autosave(request: Request, application: UUID, section: str) -> HttpResponse:
    """Save while the person writes. Answers with the parts of the page that are different now."""
    found = own_application(application, request.actor)
    given = handed_in(request.POST, _part(paper_of(found), section))
    saved = _save(request, found, given)
    paper = paper_of(saved.application)
    part = _part(paper, section)
    language = page_language()
    typed = as_stored(paper, saved.application.unread, {}, part, language)
    values = {**typed.values, **{slug: raw for slug, raw in given.raw.items() if slug not in _taken(saved)}}
    theirs = theirs_of(saved, language, paper) | dict.fromkeys(given.theirs, NOW_THEIRS)
    asked = questions_on(paper, part, Typed(values), language, theirs=theirs, seen=given.seen)
    new = with_files(request, found.id, [one for one in asked if one.is_new])
    fresh = {one.slug: one for one in new} | {
        one.slug: _unmarked(one) for one in new if one.slug in given.theirs
    }
    facts = {
        "clock": time_text(timezone.localtime(request.at), language),
        "check": live_check(saved.application, at=request.at),
        "asked": [fresh.get(one.slug, one) for one in asked],
        **_page_facts(request, saved.application, part, revision=saved.page_revision, given=given),
    }
    return render(request, "applicant/_autosaved.html", facts)


NOW_THEIRS = Theirs("", "", "", is_taken=True)


def _unmarked(one: Asked) -> Asked:
    """The other's answer was chosen: it takes the place of mine, and nothing more is said."""
    return Asked(one.slug, one.field, None, is_new=True)


CAME_FROM = ("oversikt", "deler")


def _here(request: Request, found: Application, part: Part) -> str:
    """This page again, remembering where one came from and goes back to."""
    address = reverse("fill", args=[request.tenant.slug, found.id, part.slug])
    came_from = request.GET.get("fra", "")
    return f"{address}?fra={came_from}" if came_from in CAME_FROM else address


def _page_facts(
    request: Request, found: Application, part: Part, *, revision: int, given: HandedIn | None = None
) -> dict[str, Any]:
    here = _here(request, found, part)
    return {
        "revision": revision,
        "page_token": (given and given.page) or new_page(),
        "turn": (given and given.turn) or 0,
        "seen": " ".join(part.shown_slugs),
        "here_url": here,
        "sign_in_url": f"{reverse('account_login')}?{urlencode({'next': here})}",
    }


def _show(
    request: Request,
    found: Application,
    paper: Paper,
    part: Part,
    asked: list[Asked],
    *,
    errors: Reading | None = None,
    conflict: bool = False,
) -> HttpResponse:
    language, tenant = page_language(), request.tenant.slug
    asked = with_files(request, found.id, asked)
    lines = _lines(asked) if errors or conflict else []
    place = {"place": paper.place(part.slug) + 1, "total": paper.steps}
    facts: dict[str, Any] = {
        "h1": part.title(language),
        "lead": part.why(language),
        "step": _("Del %(place)s av %(total)s") % place,
        "application": found,
        "acting_for": found.company_name,
        "switch_url": reverse("my_page"),
        "asked": asked,
        "has_files": has_files(part),
        "errors": lines,
        "has_errors": bool(lines),
        "saved_clock": time_text(timezone.localtime(found.saved_at), language) if found.revision else "",
        "check": live_check(found, at=request.at),
        "autosave_url": reverse("autosave", args=[tenant, found.id, part.slug]),
        "keep_as": f"{found.id}:{str(request.actor.person_id)[-8:]}",
        "participants_url": reverse("participants", args=[tenant, found.id]),
        "notices": notices_of(found, paper, tenant, at=request.at, language=language),
        **_page_facts(request, found, part, revision=found.revision),
        **_way_back(tenant, found, paper, part),
    }
    status = 409 if conflict else 422 if lines else 200
    return render(request, "applicant/fill.html", facts, status=status)


def _lines(asked: list[Asked]) -> list[Field | ErrorLine]:
    """What is to be mended, and where somebody must choose between two answers."""
    lines: list[Field | ErrorLine] = []
    for one in asked:
        if one.field and one.field.error:
            lines.append(one.field)
        if one.field and one.theirs and not one.theirs.is_taken:
            words = _("Velg hvilket svar som skal gjelde: %(question)s") % {"question": one.field.label}
            lines.append(ErrorLine(words, one.field.target_id))
    return lines


def _way_back(tenant: str, found: Application, paper: Paper, part: Part) -> dict[str, str]:
    if not paper.is_short:
        return {"back_url": reverse("tasks", args=[tenant, found.id]), "back_text": _("Alle delene")}
    if before := paper.before(part.slug):
        return {
            "back_url": reverse("fill", args=[tenant, found.id, before.slug]),
            "back_text": _("Forrige steg"),
        }
    return {"back_url": reverse("apply", args=[tenant, found.call.slug]), "back_text": _("Forrige steg")}
