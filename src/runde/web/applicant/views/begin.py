"""Answering before one signs in: the same form, kept for two weeks for this browser alone."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from runde.engine.reference.api import time_text
from runde.foundation.forms.api import Reading, Stage, read_answers
from runde.foundation.trust.api import take
from runde.grants.applications.api import Beginning, find_beginning, save_beginning
from runde.grants.applications.api import begin as begin_answering
from runde.grants.schemes.api import Call, Phase, call_phase, get_call
from runde.web.applicant.beginnings import begun, remember_begun
from runde.web.applicant.file_answers import without_files
from runde.web.applicant.handed_in import BLANK_ROW, HandedIn, handed_in, new_page, row_address
from runde.web.applicant.paper import Paper, Part
from runde.web.applicant.sheet import Asked, Typed, as_stored, questions_on, with_blank_row
from runde.web.components.tags.norwegian import page_language
from runde.web.entrance import PUBLIC, Request, entrance
from runde.web.texts import chosen
from runde.web.visitors import address_of


@entrance(PUBLIC)
def begin(request: Request, call: str) -> HttpResponse:
    """What happens with the answers, and the button that begins. A GET begins nothing."""
    found = _open_call(request, call)
    if isinstance(found, HttpResponse):
        return found
    paper = Paper(found.scheme_version.form, {})
    first = redirect("begin_part", request.tenant.slug, found.slug, paper.parts[0].slug)
    if request.method == "POST":
        return _begin(request, found, first)
    language = page_language()
    facts = {
        "h1": _("Begynn uten å logge inn"),
        "lead": chosen(found.scheme_version.texts, "name", language),
        "call": found,
        "parts": [one.title(language) for one in paper.parts],
        "onward_url": first["Location"] if begun(request, found) else "",
        "apply_url": reverse("apply", args=[request.tenant.slug, found.slug]),
        "back_url": reverse("call", args=[request.tenant.slug, found.slug]),
        "back_text": _("Om ordningen"),
    }
    return render(request, "applicant/begin.html", facts)


def _begin(request: Request, call: Call, first: HttpResponse) -> HttpResponse:
    take("begin_application", address_of(request))
    started = begin_answering(call=call, language=page_language(), at=request.at)
    remember_begun(first, call, started.secret, is_secure=not settings.DEBUG and request.is_secure())
    return first


def _open_call(request: Request, slug: str) -> Call | HttpResponse:
    found = get_call(slug)
    if call_phase(found, request.at) != Phase.OPEN:
        return redirect("call", request.tenant.slug, found.slug)
    if request.user.is_authenticated:
        return redirect("apply", request.tenant.slug, found.slug)
    return found


@entrance(PUBLIC)
def part(request: Request, call: str, section: str) -> HttpResponse:
    found = _open_call(request, call)
    if isinstance(found, HttpResponse):
        return found
    beginning = _mine(request, found)
    if beginning is None:
        return redirect("begin", request.tenant.slug, found.slug)
    paper = _paper(beginning)
    here = paper.find(section)
    if here is None:
        raise Http404
    if request.method == "POST":
        return _receive(request, found, beginning, here)
    if not here.shown:
        return redirect("apply", request.tenant.slug, found.slug)
    typed = as_stored(paper, beginning.unread, {}, here, page_language())
    typed = with_blank_row(typed, request.GET.get(BLANK_ROW, ""), here)
    return _show(request, found, beginning, here, questions_on(paper, here, typed, page_language()))


def _mine(request: Request, call: Call) -> Beginning | None:
    secret = begun(request, call)
    found = find_beginning(secret, request.at) if secret else None
    return found if found is not None and found.call_id == call.id else None


def _paper(beginning: Beginning) -> Paper:
    return Paper(beginning.scheme_version.form, beginning.answers)


def _receive(request: Request, call: Call, beginning: Beginning, here: Part) -> HttpResponse:
    given = handed_in(request.POST, here)
    saved = save_beginning(secret=begun(request, call), raw=given.raw, asked=given.seen, at=request.at)
    paper = _paper(saved.beginning)
    now = paper.find(here.slug) or here
    if request.htmx:
        return _autosaved(request, call, saved.beginning, paper, now, given)
    reading = _wrong(paper, now, given)
    appeared = [one for one in now.shown_slugs if one not in given.seen]
    if given.row:
        return redirect(row_address(request.path, given.row))
    if reading.errors or appeared:
        typed = as_stored(paper, saved.beginning.unread, {}, now, page_language())
        values = {**typed.values, **given.raw}
        asked = questions_on(paper, now, Typed(values, reading.errors, reading.parts), page_language())
        return _show(request, call, saved.beginning, now, asked, errors=reading)
    onward = paper.after(now.slug)
    if onward is None:
        return redirect("apply", request.tenant.slug, call.slug)
    return redirect("begin_part", request.tenant.slug, call.slug, onward.slug)


def _wrong(paper: Paper, here: Part, given: HandedIn) -> Reading:
    return read_answers(
        paper.form,
        given.raw,
        require=Stage.DRAFT,
        language=page_language(),
        asked=[slug for slug in here.shown_slugs if slug in given.seen],
        stored=paper.answers,
    )


def _autosaved(
    request: Request, call: Call, beginning: Beginning, paper: Paper, here: Part, given: HandedIn
) -> HttpResponse:
    typed = as_stored(paper, beginning.unread, {}, here, page_language())
    values = {**typed.values, **given.raw}
    asked = questions_on(paper, here, Typed(values), page_language(), seen=given.seen)
    facts = {"asked": asked, "clock": _clock(request, request.at), **_page_facts(request, here, given)}
    return render(request, "applicant/_autosaved.html", facts)


def _clock(request: Request, at: Any) -> str:
    return time_text(timezone.localtime(at), page_language())


def _page_facts(request: Request, here: Part, given: HandedIn | None = None) -> dict[str, Any]:
    return {
        "revision": 0,
        "page_token": (given and given.page) or new_page(),
        "turn": (given and given.turn) or 0,
        "seen": " ".join(here.shown_slugs),
        "here_url": request.path,
    }


def _show(
    request: Request,
    call: Call,
    beginning: Beginning,
    here: Part,
    asked: list[Asked],
    *,
    errors: Reading | None = None,
) -> HttpResponse:
    language, tenant = page_language(), request.tenant.slug
    paper = _paper(beginning)
    asked = without_files(asked, _("Vedlegg legger du ved når du har logget inn."))
    wrong = [one.field for one in asked if one.field and one.field.error] if errors else []
    before = paper.before(here.slug)
    back = reverse("begin_part", args=[tenant, call.slug, before.slug]) if before else ""
    facts: dict[str, Any] = {
        "h1": here.title(language),
        "lead": here.why(language),
        "step": _("Del %(place)s av %(total)s") % {"place": paper.place(here.slug) + 1, "total": paper.steps},
        "asked": asked,
        "errors": wrong,
        "has_errors": bool(wrong),
        "saved_clock": _clock(request, beginning.saved_at) if beginning.answers else "",
        "autosave_url": request.path,
        "keep_as": f"{call.id}:begun",
        "back_url": back or reverse("begin", args=[tenant, call.slug]),
        "back_text": _("Forrige steg"),
        **_page_facts(request, here),
    }
    return render(request, "applicant/fill.html", facts, status=422 if wrong else 200)
