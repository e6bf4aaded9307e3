"""A part of the form: its title, why we ask, and how it leaves."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse

from runde.engine.reference.api import LANGUAGES
from runde.foundation.forms.api import add_section, change_section
from runde.grants.designs.api import Content, Draft, condition_shown, removal_of, take_out_section, with_form
from runde.web.components.facts import Fact
from runde.web.components.fields import ErrorLine, Field
from runde.web.designer.access import WRITERS
from runde.web.designer.acts import Refusal
from runde.web.designer.asking.frame import (
    address,
    back_to_form,
    draft_to_write,
    frame,
    save_edit,
    section_in,
)
from runde.web.designer.asking.words import LANGUAGE_WORDS
from runde.web.designer.naming import plain_name, unused_name
from runde.web.entrance import Request, entrance, staff
from runde.web.staff import missing_or_too_long, work_page

LONGEST_TITLE, LONGEST_WHY = 200, 2000


@entrance(staff(*WRITERS))
def new(request: Request, draft: UUID) -> HttpResponse:
    found = draft_to_write(request, draft)
    if request.method != "POST":
        return _page(request, found, {})
    errors = _errors(request)
    if errors:
        return _page(request, found, {}, errors)
    taken = {one["slug"] for one in found.content["form"]["sections"]}
    made = {"slug": unused_name(plain_name(request.POST["title_nb"], "del"), taken), **_texts(request)}
    try:
        save_edit(request, found, lambda content: _added(content, made), place="title_nb")
    except Refusal as refusal:
        return _page(request, found, {}, {"title_nb": " ".join(refusal.sentences)})
    return back_to_form(request, found, f"del-{made['slug']}")


def _added(content: Content, section: dict[str, Any]) -> Content:
    """Before the last part, where people confirm and send, when that is what it holds."""
    sections = content["form"]["sections"]
    place = len(sections)
    while place and _is_ending(sections[place - 1]):
        place -= 1
    return with_form(content, lambda form: add_section(form, section, place=place))


def _is_ending(section: dict[str, Any]) -> bool:
    kinds = {one["type"] for one in section["questions"]}
    return bool(kinds) and kinds <= {"declaration", "account_number"}


@entrance(staff(*WRITERS))
def change(request: Request, draft: UUID, section: str) -> HttpResponse:
    found = draft_to_write(request, draft)
    standing = section_in(found, section)
    if request.method != "POST":
        return _page(request, found, standing)
    errors = _errors(request)
    if errors:
        return _page(request, found, standing, errors)
    changes = {"why": None, **_texts(request)}
    try:
        save_edit(
            request,
            found,
            lambda content: with_form(content, lambda form: change_section(form, section, changes)),
            place="title_nb",
        )
    except Refusal as refusal:
        return _page(request, found, standing, {"title_nb": " ".join(refusal.sentences)})
    return back_to_form(request, found, f"del-{section}")


def _errors(request: Request) -> dict[str, str]:
    errors = {}
    for language in LANGUAGES:
        words = LANGUAGE_WORDS[language]
        typed = _typed(request, f"title_{language}")
        needed = f"Skriv tittelen på {words}." if language == "nb" else ""
        errors[f"title_{language}"] = missing_or_too_long(typed, if_empty=needed, longest=LONGEST_TITLE)
        why = _typed(request, f"why_{language}") or "-"
        errors[f"why_{language}"] = missing_or_too_long(why, if_empty="", longest=LONGEST_WHY)
    if not _typed(request, "why_nb") and any(_typed(request, f"why_{one}") for one in LANGUAGES):
        errors["why_nb"] = "Skriv forklaringen på bokmål også."
    return {name: told for name, told in errors.items() if told}


def _typed(request: Request, name: str) -> str:
    return request.POST.get(name, "").strip()


def _texts(request: Request) -> dict[str, dict[str, str]]:
    given: dict[str, dict[str, str]] = {
        name: {
            str(one): _typed(request, f"{name}_{one}")
            for one in LANGUAGES
            if _typed(request, f"{name}_{one}")
        }
        for name in ("title", "why")
    }
    return {name: texts for name, texts in given.items() if texts}


def _page(
    request: Request, draft: Draft, standing: dict[str, Any], errors: dict[str, str] | None = None
) -> HttpResponse:
    titles = _fields(request, standing, "title", "Tittel", errors or {})
    reasons = _fields(request, standing, "why", "Forklaring", errors or {})
    condition = standing.get("shown_if", "")
    facts = frame(
        request,
        draft,
        f"Delen «{standing['title']['nb']}»" if standing else "Ny del av skjemaet",
        titles=titles,
        reasons=reasons,
        errors=[*titles, *reasons] if errors else [],
        has_errors=bool(errors),
        is_new=not standing,
        condition=condition_shown(draft.content["form"], condition).words if condition else "",
        condition_url=address(request, draft, "form_condition", "del", standing["slug"]) if standing else "",
        remove_url=address(request, draft, "form_remove_section", standing["slug"]) if standing else "",
    )
    return work_page(
        request, "designer/asking/section.html", facts, room="schemes", status=422 if errors else 200
    )


def _fields(
    request: Request, standing: dict[str, Any], name: str, word: str, errors: dict[str, str]
) -> list[Field]:
    is_sent = request.method == "POST"
    return [
        Field(
            f"{name}_{one}",
            f"{word}, {LANGUAGE_WORDS[one]}",
            kind="text" if name == "title" else "textarea",
            rows=3,
            value=request.POST.get(f"{name}_{one}", "") if is_sent else standing.get(name, {}).get(one, ""),
            error=errors.get(f"{name}_{one}", ""),
            optional=name == "why" or one != "nb",
        )
        for one in LANGUAGES
    ]


@entrance(staff(*WRITERS))
def remove(request: Request, draft: UUID, section: str) -> HttpResponse:
    found = draft_to_write(request, draft)
    standing, sentences = section_in(found, section), tuple[str, ...]()
    if request.method == "POST":
        try:
            save_edit(request, found, lambda content: take_out_section(content, section))
        except Refusal as refusal:
            sentences = refusal.sentences
        else:
            return back_to_form(request, found)
    questions = standing["questions"]
    removals = [(one["label"]["nb"], removal_of(found.content, one["slug"])) for one in questions]
    facts = frame(
        request,
        found,
        f"Slett delen «{standing['title']['nb']}»",
        removals=removals,
        facts=[Fact("Spørsmål", str(len(questions)))],
        errors=[ErrorLine(line) for line in sentences],
        has_errors=bool(sentences),
    )
    return work_page(
        request,
        "designer/asking/remove_section.html",
        facts,
        room="schemes",
        status=422 if sentences else 200,
    )
