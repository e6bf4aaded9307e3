"""A check of an answer, with words of its own for when it does not hold."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect

from runde.engine.reference.api import LANGUAGES
from runde.grants.designs.api import (
    Draft,
    checks_at,
    condition_names,
    condition_problem,
    condition_shown,
    drop_check,
    put_check,
    register_types,
    with_form,
)
from runde.web.components.fields import Choice, ErrorLine, Field
from runde.web.designer.access import WRITERS
from runde.web.designer.acts import Refusal, problem_sentence
from runde.web.designer.asking.comparing import Comparing, compared, comparing
from runde.web.designer.asking.frame import address, draft_to_write, frame, question_in, save_edit
from runde.web.designer.asking.words import LANGUAGE_WORDS
from runde.web.designer.naming import unused_name
from runde.web.entrance import Request, entrance, staff
from runde.web.staff import missing_or_too_long, work_page

LONGEST_MESSAGE, LONGEST_FORMULA = 300, 1000


@entrance(staff(*WRITERS))
def new(request: Request, draft: UUID, question: str) -> HttpResponse:
    found = draft_to_write(request, draft)
    standing = question_in(found, question)
    return _answer(request, found, standing, {})


@entrance(staff(*WRITERS))
def change(request: Request, draft: UUID, question: str, check: str) -> HttpResponse:
    found = draft_to_write(request, draft)
    standing = question_in(found, question)
    known = next((one for one in checks_at(found.content["form"], question) if one["slug"] == check), None)
    if known is None:
        raise Http404
    return _answer(request, found, standing, known)


def _answer(request: Request, draft: Draft, question: dict[str, Any], check: dict[str, Any]) -> HttpResponse:
    if request.method != "POST":
        return _page(request, draft, question, check, {})
    if request.POST.get("go") == "drop" and check:
        save_edit(
            request, draft, lambda content: with_form(content, lambda form: drop_check(form, check["slug"]))
        )
        return _back(request, draft, question)
    errors = _message_errors(request)
    expression = ""
    try:
        expression = _expression(request, draft, question)
    except Refusal as refusal:
        errors |= {place: " ".join(told) for place, told in refusal.problems.items()}
    if errors:
        return _page(request, draft, question, check, errors)
    try:
        _keep(request, draft, question, check, expression)
    except Refusal as refusal:
        return _page(request, draft, question, check, {"formula": " ".join(refusal.sentences)})
    return _back(request, draft, question)


def _keep(
    request: Request, draft: Draft, question: dict[str, Any], check: dict[str, Any], expression: str
) -> None:
    taken = {one["slug"] for one in draft.content["form"].get("checks", ())}
    slug = check.get("slug") or unused_name(f"{question['slug'][:50]}_check", taken)
    message = {one: _typed(request, one) for one in LANGUAGES if _typed(request, one)}
    made = {"slug": slug, "check": expression, "at": question["slug"], "message": message}
    known = register_types()
    save_edit(
        request,
        draft,
        lambda content: with_form(content, lambda form: put_check(form, made, known)),
        place="formula",
    )


def _expression(request: Request, draft: Draft, question: dict[str, Any]) -> str:
    """What was written as a formula, else what was chosen and typed."""
    formula = " ".join(request.POST.get("formula", "").split())
    if not formula:
        name = request.POST.get("om", "")
        if name not in _names(draft, question):
            raise Refusal({"formula": ["Skriv hva som skal stemme."]})
        return compared(draft.content, name, request.POST)
    if len(formula) > LONGEST_FORMULA:
        raise Refusal({"formula": [f"Skriv høyst {LONGEST_FORMULA} tegn. Nå er det {len(formula)}."]})
    problem = condition_problem(draft.content["form"], formula)
    if problem is not None:
        raise Refusal({"formula": [problem_sentence(problem)]})
    return formula


def _names(draft: Draft, question: dict[str, Any]) -> dict[str, str]:
    """The names the question gives: one for most, two for a period, each sum of a table."""
    found: dict[str, str] = {}
    for name, one in condition_names(draft.content["form"]).items():
        if one.question == question["slug"] and one.label not in found.values():
            found[name] = one.label
    return found


def _message_errors(request: Request) -> dict[str, str]:
    errors = {}
    for one in LANGUAGES:
        empty = "Skriv hva søkeren skal lese når det ikke stemmer." if one == "nb" else ""
        told = missing_or_too_long(_typed(request, one), if_empty=empty, longest=LONGEST_MESSAGE)
        if told:
            errors[f"message_{one}"] = told
    return errors


def _typed(request: Request, language: str) -> str:
    return " ".join(request.POST.get(f"message_{language}", "").split())


def _back(request: Request, draft: Draft, question: dict[str, Any]) -> HttpResponse:
    return redirect(f"{address(request, draft, 'form_question', question['slug'])}#kontroller")


def _page(
    request: Request,
    draft: Draft,
    question: dict[str, Any],
    check: dict[str, Any],
    errors: dict[str, str],
) -> HttpResponse:
    names = _names(draft, question)
    asked = request.POST if request.method == "POST" else request.GET
    name = asked.get("om", "") if asked.get("om") in names else next(iter(names), "")
    made = _comparing(draft, name, asked, errors) if name and not check else None
    messages = _messages(request, check, errors)
    formula = Field(
        "formula",
        "Formelen for det som skal stemme"
        if check or not made
        else "Eller skriv en formel for det som skal stemme",
        kind="textarea",
        rows=2,
        value=request.POST.get("formula", check.get("check", "")),
        error=errors.get("formula", ""),
        optional=bool(made),
    )
    every = [*(made.fields if made else []), formula, *messages]
    label = question["label"]["nb"]
    facts = frame(
        request,
        draft,
        f"{'Kontroll' if check else 'Ny kontroll'} av «{label}»",
        check=check,
        words=condition_shown(draft.content["form"], check["check"]).words if check else "",
        name=name,
        about=_about(name, names) if len(names) > 1 and not check else None,
        comparing=made,
        formula=formula,
        told=messages,
        names=[
            (one, found.label)
            for one, found in condition_names(draft.content["form"]).items()
            if found.question
        ],
        errors=[one for one in every if one.error] or [ErrorLine(told) for told in errors.values()],
        has_errors=bool(errors),
        back_url=address(request, draft, "form_question", question["slug"]),
        back_text=label,
    )
    return work_page(
        request, "designer/asking/check.html", facts, room="schemes", status=422 if errors else 200
    )


def _comparing(draft: Draft, name: str, asked: QueryDict, errors: dict[str, str]) -> Comparing:
    return comparing(draft.content, name, asked, errors=errors, with_other=True)


def _about(name: str, names: dict[str, str]) -> Field:
    choices = tuple(Choice(one, label) for one, label in names.items())
    return Field("om", "Hvilken del av svaret?", kind="select", value=name, choices=choices)


def _messages(request: Request, check: dict[str, Any], errors: dict[str, str]) -> list[Field]:
    return [
        Field(
            f"message_{one}",
            f"Teksten, {LANGUAGE_WORDS[one]}",
            kind="textarea",
            rows=2,
            value=request.POST.get(f"message_{one}", check.get("message", {}).get(one, "")),
            error=errors.get(f"message_{one}", ""),
            optional=one != "nb",
        )
        for one in LANGUAGES
    ]
