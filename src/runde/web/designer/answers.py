"""What a press in the draft is answered with: parts of the page for script, a whole page without it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override

from runde.foundation.people.api import names_of
from runde.grants.designs.api import ChangedMeanwhile, Content, Draft
from runde.web.designer.acts import Refusal
from runde.web.designer.figures.panel import panel_facts
from runde.web.designer.framing import state_facts
from runde.web.designer.pages import PAGES, draft_page
from runde.web.designer.sentences import Typed
from runde.web.designer.words import clock_text, owners
from runde.web.entrance import Request

WITH_FIGURES = ("draft", "draft_money")
NOT_SENT_AGAIN = ("csrfmiddlewaretoken", "revision", "read")


def saved(request: Request, draft: Draft) -> HttpResponse:
    return _parts(request, draft, {"state": "saved"})


def tried(request: Request, draft: Draft, content: Content) -> HttpResponse:
    """The figures as they would be. Nothing is saved."""
    draft.content = content
    return _parts(request, draft, {"state": "tried"})


def refused(request: Request, draft: Draft, refusal: Refusal) -> HttpResponse:
    if request.htmx:
        facts = {"state": "refused", "problems": refusal.problems, "sentences": refusal.sentences}
        return _parts(request, draft, facts, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    typed = typed_in(request, refusal)
    return draft_page(request, draft, _page_of(request), typed=typed, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def typed_in(request: Request, refusal: Refusal) -> Typed:
    """Everything that was sent, so that nothing typed is lost."""
    form = request.POST
    part = form.get("part", "")
    formulas = {part: form["formula"]} if "formula" in form else {}
    lists = {name: form.getlist(name) for name in form.getlist("lists")}
    return Typed(
        {name: str(value) for name, value in form.items()},
        lists,
        formulas,
        by_part(refusal.problems),
        refusal.problems,
    )


def by_part(problems: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Sentences by the part they belong to: v:revenue_drop:threshold -> revenue_drop."""
    found: dict[str, list[str]] = {}
    for place, sentences in problems.items():
        part = place[2:].rpartition(":")[0] if place.startswith(("v:", "t:")) else place
        found.setdefault(part, []).extend(sentences)
    return found


def conflicting(request: Request, draft: Draft, conflict: ChangedMeanwhile) -> HttpResponse:
    """Somebody else was first: their words, the writer's own, and a press for each."""
    name = names_of({conflict.by}).get(conflict.by, "Noen andre") if conflict.by else "Noen andre"
    when = f" {clock_text(conflict.at)}" if conflict.at else ""
    facts = {
        "conflict": {
            "heading": f"{name} endret kladden{when}",
            "what": conflict.what,
            "theirs": f"Bruk {owners(name)}",
            "url": reverse(_page_of(request), args=[request.tenant.slug, draft.id]),
            "revision": conflict.revision,
            "fields": _sent_again(request),
            "mine": _own_values(request),
        },
        "state": "conflict",
    }
    if request.htmx:
        told = f"{name} endret kladden{when}. Velg øverst på siden hva som skal gjelde."
        facts["problems"] = {part: [told] for part in _parts_sent(request)}
        return _parts(request, draft, facts, status=HTTPStatus.CONFLICT)
    return draft_page(request, draft, _page_of(request), extra=facts, status=HTTPStatus.CONFLICT)


def _sent_again(request: Request) -> list[tuple[str, str]]:
    form = request.POST
    kept = [(name, value) for name in form for value in form.getlist(name) if name not in NOT_SENT_AGAIN]
    return [*kept, ("read", form.get("read") or form.get("revision", ""))]


def _own_values(request: Request) -> list[str]:
    sent = request.POST.items()
    return [str(value) for name, value in sent if name.startswith(("v:", "t:")) and value]


def _parts(
    request: Request, draft: Draft, facts: Mapping[str, Any], status: int = HTTPStatus.OK
) -> HttpResponse:
    context: dict[str, Any] = {**state_facts(request, draft), **facts, "out_of_band": True}
    problems = by_part(facts.get("problems", {}))
    parts = dict.fromkeys([*_parts_sent(request), *problems])
    context["part_lines"] = [
        (html_id(part), problems.get(part, []), " ".join(_fields_of(part, facts.get("problems", {}))))
        for part in parts
    ]
    context["change_url"] = reverse("change_draft", args=[request.tenant.slug, draft.id])
    context["page"] = _page_of(request)
    if _page_of(request) in WITH_FIGURES and facts["state"] in ("saved", "tried"):
        context |= panel_facts(draft, request) | {"panel_oob": True}
    with override("nb"):
        return render(request, "designer/answer.html", context, status=status)


def html_id(place: str) -> str:
    return place.replace(":", "-").replace(".", "-")


def _fields_of(part: str, problems: Mapping[str, Sequence[str]]) -> list[str]:
    """The fields of a part that are wrong, by their id on the page."""
    return [html_id(place) for place in problems if place[2:].rpartition(":")[0] == part]


def _page_of(request: Request) -> str:
    page = request.POST.get("page", "")
    return page if page in PAGES else "draft"


def _parts_sent(request: Request) -> list[str]:
    """The sentences and texts whose earlier complaints are over now."""
    named = {name[2:].rpartition(":")[0] for name in request.POST if name.startswith(("v:", "t:"))}
    return sorted({*named, request.POST.get("part", "")} - {""})
