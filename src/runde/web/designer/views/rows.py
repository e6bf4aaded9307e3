"""A new row of the calculation: what kind, and with which figure."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from runde.grants.designs.api import Draft, get_draft
from runde.web.components.fields import Choice, Field
from runde.web.designer.access import WRITERS
from runde.web.designer.acts import Refusal
from runde.web.designer.amount_rows import SHAPES, RowShape, bases, offered, with_row
from runde.web.designer.typed import read_percent
from runde.web.designer.views.saving import save_addition
from runde.web.entrance import Request, entrance, staff
from runde.web.staff import read_amount, work_page


@entrance(staff(*WRITERS))
def new(request: Request, draft: UUID) -> HttpResponse:
    found = get_draft(draft, request.actor)
    if found.state != Draft.State.DRAFT:
        return redirect("draft", request.tenant.slug, draft)
    asked = request.POST if request.method == "POST" else request.GET
    kind = asked.get("slag", "")
    if kind not in offered(found.content):
        return _choose(request, found)
    if request.method != "POST":
        return _page(request, found, kind, {})
    return _add(request, found, kind)


def _choose(request: Request, draft: Draft) -> HttpResponse:
    address = reverse("new_row", args=[request.tenant.slug, draft.id])
    facts = {
        "h1": "Hva skal raden gjøre?",
        "step": "Steg 1 av 2",
        "back_url": reverse("draft", args=[request.tenant.slug, draft.id]),
        "back_text": "Kladden",
        "links": [(one.words, f"{address}?slag={name}") for name, one in offered(draft.content).items()],
    }
    return work_page(request, "designer/row_kind.html", facts, room="schemes")


def _add(request: Request, draft: Draft, kind: str) -> HttpResponse:
    shape, base = SHAPES[kind], request.POST.get("base", "")
    figure, wrong = _read(shape, request.POST.get("figure", "").strip())
    errors = {"figure": wrong} if wrong else {}
    if kind == "share" and base not in bases(draft.content):
        errors["base"] = "Velg hva dere dekker en andel av."
    if errors or figure is None:
        return _page(request, draft, kind, errors)
    try:
        save_addition(request, draft, "figure", lambda content: with_row(content, kind, figure, base))
    except Refusal as refusal:
        return _page(request, draft, kind, {"figure": " ".join(refusal.sentences)})
    return redirect(f"{reverse('draft', args=[request.tenant.slug, draft.id])}#belop")


def _read(shape: RowShape, typed: str) -> tuple[Decimal | None, str]:
    figure, wrong = read_percent(typed) if shape.asks == "share" else read_amount(typed)
    if wrong:
        return None, wrong
    return (figure, "") if figure else (None, "Skriv et tall som er større enn 0.")


def _page(request: Request, draft: Draft, kind: str, errors: dict[str, str]) -> HttpResponse:
    shape, choices = SHAPES[kind], bases(draft.content)
    fields = []
    if kind == "share":
        base = Field(
            "base",
            "Hva dekker dere en andel av?",
            kind="select",
            value=request.POST.get("base", ""),
            choices=tuple(Choice(name, label) for name, label in choices.items()),
            error=errors.get("base", ""),
        )
        fields.append(base)
    fields.append(
        Field(
            "figure",
            shape.figure,
            kind="percent" if shape.asks == "share" else "money",
            value=request.POST.get("figure", ""),
            error=errors.get("figure", ""),
        )
    )
    facts = {
        "h1": shape.words,
        "step": "Steg 2 av 2",
        "back_url": reverse("new_row", args=[request.tenant.slug, draft.id]),
        "back_text": "Hva raden skal gjøre",
        "fields": fields,
        "kind": kind,
        "no_base": kind == "share" and not choices,
        "new_question_url": reverse("new_question", args=[request.tenant.slug, draft.id]),
        "errors": fields if errors else [],
        "has_errors": bool(errors),
    }
    return work_page(request, "designer/row.html", facts, room="schemes", status=422 if errors else 200)
