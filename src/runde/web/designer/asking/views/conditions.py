"""When a question or a part is shown, and when it must be answered: comparison by comparison, or as a formula."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode

from runde.foundation.forms.api import change_question, change_section
from runde.grants.designs.api import (
    Content,
    Draft,
    condition_names,
    condition_problem,
    condition_shown,
    joined_condition,
    register_types,
    with_form,
    without_part,
)
from runde.web.components.fields import Choice, ErrorLine, Field
from runde.web.designer.access import WRITERS
from runde.web.designer.acts import Refusal, problem_sentence
from runde.web.designer.asking.comparing import compared, comparing, names_to_choose
from runde.web.designer.asking.frame import (
    address,
    draft_to_write,
    frame,
    question_in,
    save_edit,
    section_in,
)
from runde.web.entrance import Request, entrance, staff
from runde.web.staff import work_page

LONGEST_FORMULA = 1000


@dataclass(frozen=True, slots=True)
class Place:
    """Where a condition stands: `kind` "vises", "kreves" or "del", and the slug of the question or part."""

    kind: str
    slug: str
    label: str
    expression: str

    @property
    def field(self) -> str:
        return "required_if" if self.kind == "kreves" else "shown_if"

    @property
    def question(self) -> str:
        return "" if self.kind == "del" else self.slug

    @property
    def h1(self) -> str:
        what = f"delen «{self.label}»" if self.kind == "del" else f"«{self.label}»"
        return f"Når må {what} besvares?" if self.kind == "kreves" else f"Når vises {what}?"

    @property
    def lead(self) -> str:
        return "Må besvares når" if self.kind == "kreves" else "Vises bare når"

    def with_expression(self, content: Content, expression: str) -> Content:
        changes: dict[str, Any] = {self.field: expression or None}
        if self.kind == "kreves" and expression:
            changes["required"] = None
        known = register_types()
        if self.kind == "del":
            return with_form(
                content, lambda form: change_section(form, self.slug, changes, known_types=known)
            )
        return with_form(content, lambda form: change_question(form, self.slug, changes, known_types=known))


def _place(draft: Draft, kind: str, slug: str) -> Place:
    if kind not in ("vises", "kreves", "del"):
        raise Http404
    standing = section_in(draft, slug) if kind == "del" else question_in(draft, slug)
    label = (standing.get("label") or standing.get("title", {}))["nb"]
    field = "required_if" if kind == "kreves" else "shown_if"
    return Place(kind, slug, label, standing.get(field, ""))


@entrance(staff(*WRITERS))
def show(request: Request, draft: UUID, kind: str, slug: str) -> HttpResponse:
    found = draft_to_write(request, draft)
    place = _place(found, kind, slug)
    if request.method != "POST":
        return _page(request, found, place)
    act = request.POST.get("act", "")
    if act == "formula":
        return _formula(request, found, place)
    shown = condition_shown(found.content["form"], place.expression)
    number = request.POST.get("place", "")
    expression = ""
    if act == "drop" and number.isdecimal() and len(number) < 4:
        expression = without_part(shown, int(number))
    return _keep(request, found, place, expression)


def _formula(request: Request, draft: Draft, place: Place) -> HttpResponse:
    typed = " ".join(request.POST.get("formula", "").split())
    if len(typed) > LONGEST_FORMULA:
        return _page(
            request, draft, place, error=f"Skriv høyst {LONGEST_FORMULA} tegn. Nå er det {len(typed)}."
        )
    problem = condition_problem(draft.content["form"], typed) if typed else None
    if problem is not None:
        return _page(request, draft, place, error=problem_sentence(problem))
    return _keep(request, draft, place, typed)


def _keep(request: Request, draft: Draft, place: Place, expression: str) -> HttpResponse:
    try:
        save_edit(request, draft, lambda content: place.with_expression(content, expression))
    except Refusal as refusal:
        return _page(request, draft, place, error=" ".join(refusal.sentences))
    return redirect(address(request, draft, "form_condition", place.kind, place.slug))


def _page(request: Request, draft: Draft, place: Place, *, error: str = "") -> HttpResponse:
    here = address(request, draft, "form_condition_part", place.kind, place.slug)
    formula = Field(
        "formula",
        "Formelen",
        kind="textarea",
        rows=3,
        value=request.POST.get("formula", place.expression),
        error=error,
        optional=True,
    )
    groups = [
        (title, [(label, f"{here}?{urlencode({'om': name})}") for name, label in named])
        for title, named in names_to_choose(draft.content, without=place.question)
        if named
    ]
    shown = condition_shown(draft.content["form"], place.expression) if place.expression else None
    names = condition_names(draft.content["form"])
    facts = frame(
        request,
        draft,
        place.h1,
        place=place,
        shown=shown,
        groups=groups,
        formula=formula,
        names=[(name, one.label) for name, one in names.items() if one.question],
        errors=[formula] if error else [],
        has_errors=bool(error),
        **_way_back(request, draft, place),
    )
    return work_page(
        request, "designer/asking/condition.html", facts, room="schemes", status=422 if error else 200
    )


def _way_back(request: Request, draft: Draft, place: Place) -> dict[str, str]:
    name = "form_section" if place.kind == "del" else "form_question"
    return {"back_url": address(request, draft, name, place.slug), "back_text": place.label}


@entrance(staff(*WRITERS))
def add_part(request: Request, draft: UUID, kind: str, slug: str) -> HttpResponse:
    found = draft_to_write(request, draft)
    place = _place(found, kind, slug)
    asked = request.POST if request.method == "POST" else request.GET
    name = asked.get("om", "")
    if name not in condition_names(found.content["form"]):
        return redirect(address(request, found, "form_condition", kind, slug))
    if request.method != "POST":
        return _part_page(request, found, place, name, {})
    try:
        added = compared(found.content, name, request.POST)
        expression = joined_condition(place.expression, added, request.POST.get("joined", "and"))
        save_edit(request, found, lambda content: place.with_expression(content, expression), place="value")
    except Refusal as refusal:
        return _part_page(
            request, found, place, name, {at: " ".join(told) for at, told in refusal.problems.items()}
        )
    return redirect(address(request, found, "form_condition", kind, slug))


def _part_page(
    request: Request, draft: Draft, place: Place, name: str, errors: dict[str, str]
) -> HttpResponse:
    asked = request.POST if request.method == "POST" else request.GET
    made = comparing(draft.content, name, asked, errors=errors, with_other=False)
    joined = Field(
        "joined",
        "Sammen med det som står fra før",
        kind="radios",
        value=request.POST.get("joined", "and"),
        choices=(Choice("and", "Begge deler må stemme"), Choice("or", "Det holder at én av delene stemmer")),
    )
    known = [one for one in made.fields if one.error]
    facts = frame(
        request,
        draft,
        f"{place.lead} «{condition_names(draft.content['form'])[name].label}» …",
        name=name,
        comparing=made,
        joined=joined if place.expression else None,
        errors=known or [ErrorLine(told) for told in errors.values()],
        has_errors=bool(errors),
        back_url=address(request, draft, "form_condition", place.kind, place.slug),
        back_text=place.h1,
    )
    return work_page(
        request, "designer/asking/comparison.html", facts, room="schemes", status=422 if errors else 200
    )
