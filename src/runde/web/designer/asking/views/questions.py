"""One question: its kind, its page, and how it leaves."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from runde.foundation.forms.api import add_question, change_question
from runde.grants.designs.api import (
    Content,
    Draft,
    checks_at,
    condition_shown,
    digest_of,
    fact_type_of,
    register_types,
    removal_of,
    ruleset_of,
    take_out_question,
    with_form,
)
from runde.web.components.facts import Fact
from runde.web.components.fields import ErrorLine
from runde.web.designer.access import WRITERS
from runde.web.designer.acts import Refusal
from runde.web.designer.asking.frame import (
    address,
    back_to_form,
    draft_to_write,
    frame,
    question_in,
    save_edit,
    section_in,
    section_of,
)
from runde.web.designer.asking.moving import moved_question, moved_section
from runde.web.designer.asking.overview import lines_about
from runde.web.designer.asking.question_form import answers_of, new_question, question_from
from runde.web.designer.asking.question_page import (
    Posted,
    as_posted,
    field_groups,
    posted_question,
    wrong_fields,
)
from runde.web.designer.asking.words import GROUPS, KINDS
from runde.web.designer.naming import name_for_question
from runde.web.entrance import Request, entrance, staff
from runde.web.staff import work_page

CHANGED = (
    "Noen har endret spørsmålet mens du skrev. Det du skrev, står her. Lagre en gang til for å bruke det."
)


@entrance(staff(*WRITERS))
def new(request: Request, draft: UUID, section: str) -> HttpResponse:
    """First the kind of question, then its page."""
    found = draft_to_write(request, draft)
    part = section_in(found, section)
    kind = (request.POST if request.method == "POST" else request.GET).get("slag", "")
    if kind not in KINDS:
        return _choose(request, found, section, f"Nytt spørsmål i «{part['title']['nb']}»")
    if request.method != "POST":
        posted = as_posted(kind, answers_of(new_question(kind)))
        return _page(request, found, kind, posted, new_question(kind), section=section)
    posted = posted_question(kind, request.POST)
    if posted.is_row_act or posted.errors:
        return _page(request, found, kind, posted, new_question(kind), section=section)
    return _add(request, found, section, kind, posted)


def _choose(request: Request, draft: Draft, section: str, h1: str, slug: str = "") -> HttpResponse:
    here = (
        address(request, draft, "form_question", slug)
        if slug
        else address(request, draft, "form_new", section)
    )
    groups = [
        (title, [(one, f"{here}?{urlencode({'slag': one.code})}") for one in kinds])
        for title, kinds in GROUPS
    ]
    bank = f"{address(request, draft, 'form_bank')}?{urlencode({'del': section})}"
    facts = frame(request, draft, h1, groups=groups, bank_url=bank)
    return work_page(request, "designer/asking/kinds.html", facts, room="schemes")


def _add(request: Request, draft: Draft, section: str, kind: str, posted: Posted) -> HttpResponse:
    made = question_from(kind, posted.answers, new_question(kind))
    made["slug"] = name_for_question(draft.content, made["label"]["nb"])
    try:
        save_edit(request, draft, lambda content: _with_added(content, section, made), place="label_nb")
    except Refusal as refusal:
        return _page(request, draft, kind, posted, made, section=section, refusal=refusal)
    return back_to_form(request, draft, f"q-{made['slug']}")


def _with_added(content: Content, section: str, question: dict[str, Any]) -> Content:
    known = register_types()
    return with_form(content, lambda form: add_question(form, question, section=section, known_types=known))


@entrance(staff(*WRITERS))
def change(request: Request, draft: UUID, question: str) -> HttpResponse:
    found = draft_to_write(request, draft)
    standing = question_in(found, question)
    asked = request.POST if request.method == "POST" else request.GET
    if asked.get("slag") == "velg":
        h1 = f"Nytt svar på «{standing['label']['nb']}»"
        return _choose(request, found, section_of(found, question), h1, question)
    kind = asked.get("slag", "") if asked.get("slag") in KINDS else standing["type"]
    if request.method != "POST":
        return _page(request, found, kind, as_posted(kind, _answers(kind, standing)), standing)
    posted = posted_question(kind, request.POST)
    if posted.is_row_act or posted.errors:
        return _page(request, found, kind, posted, standing)
    if request.POST.get("was") != digest_of(standing):
        refusal = Refusal({"": [CHANGED]})
        return _page(request, found, kind, posted, standing, refusal=refusal, status=409)
    return _change(request, found, kind, posted, standing)


def _answers(kind: str, standing: dict[str, Any]) -> dict[str, Any]:
    """What stands, as far as the kind asked for has room for it."""
    return answers_of(
        standing if kind == standing["type"] else question_from(kind, answers_of(standing), standing)
    )


def _change(
    request: Request, draft: Draft, kind: str, posted: Posted, standing: dict[str, Any]
) -> HttpResponse:
    made = question_from(kind, posted.answers, standing)
    changes = {name: made.get(name) for name in {*made, *standing} if name != "slug"}

    def edit(content: Content) -> Content:
        known = register_types()
        return with_form(
            content, lambda form: change_question(form, standing["slug"], changes, known_types=known)
        )

    try:
        save_edit(request, draft, edit, place="label_nb")
    except Refusal as refusal:
        return _page(request, draft, kind, posted, standing, refusal=refusal)
    return back_to_form(request, draft, f"q-{standing['slug']}")


def _page(
    request: Request,
    draft: Draft,
    kind: str,
    posted: Posted,
    standing: dict[str, Any],
    *,
    section: str = "",
    refusal: Refusal | None = None,
    status: int = 422,
) -> HttpResponse:
    groups = field_groups(kind, posted)
    told = [ErrorLine(line, "id_label_nb") for line in refusal.sentences] if refusal else []
    wrong = [*told, *wrong_fields(groups)]
    is_new = not standing.get("slug") or bool(section)
    facts = frame(
        request,
        draft,
        f"Nytt spørsmål: {KINDS[kind].name.lower()}" if is_new else f"«{standing['label']['nb']}»",
        kind=KINDS[kind],
        groups=groups,
        errors=wrong,
        has_errors=bool(wrong),
        section=section,
        is_new=is_new,
        has_own_errors=any(one.value for group in groups["errors"] for one in group.fields),
        was="" if is_new else digest_of(standing),
        **({} if is_new else _beside(request, draft, standing)),
    )
    return work_page(
        request, "designer/asking/question.html", facts, room="schemes", status=status if wrong else 200
    )


def _beside(request: Request, draft: Draft, question: dict[str, Any]) -> dict[str, Any]:
    """What is decided on pages of their own: conditions, checks, the rules' use, the bank, the end."""
    form, slug = draft.content["form"], question["slug"]
    here = address(request, draft, "form_question", slug)
    conditions = [
        (words, condition_shown(form, question[name]).words if question.get(name) else "", standing,
         address(request, draft, "form_condition", kind, slug))
        for name, kind, words, standing in CONDITIONS
    ]  # fmt: skip
    checks = [
        (f"Svaret stemmer når {condition_shown(form, one['check']).words}.", one["message"]["nb"],
         address(request, draft, "form_check", slug, one["slug"]))
        for one in checks_at(form, slug)
    ]  # fmt: skip
    rules_know = ruleset_of(draft.content).fact(slug) is not None
    return {
        "conditions": conditions if question["type"] != "information" else conditions[:1],
        "checks": checks,
        "new_check_url": ""
        if question["type"] == "information"
        else address(request, draft, "form_new_check", slug),
        "kind_url": f"{here}?slag=velg",
        "remove_url": address(request, draft, "form_remove", slug),
        "bank_url": address(request, draft, "form_to_bank", slug),
        "rules_url": ""
        if rules_know or not fact_type_of(draft.content, slug)
        else address(request, draft, "form_rules", slug),
        "used_for": ""
        if not rules_know
        else [*lines_about(question, draft.content, ruleset_of(draft.content))][-1],
    }


CONDITIONS = (
    ("shown_if", "vises", "Vises bare når", "Vises alltid."),
    ("required_if", "kreves", "Må besvares når", "Ingen egen regel for når det må besvares."),
)


@entrance(staff(*WRITERS))
def remove(request: Request, draft: UUID, question: str) -> HttpResponse:
    found = draft_to_write(request, draft)
    standing, sentences = question_in(found, question), tuple[str, ...]()
    if request.method == "POST":
        try:
            save_edit(request, found, lambda content: take_out_question(content, question))
        except Refusal as refusal:
            sentences = refusal.sentences
        else:
            return back_to_form(request, found, f"del-{section_of(found, question)}")
    return _remove_page(request, found, standing, sentences)


def _remove_page(
    request: Request, draft: Draft, question: dict[str, Any], sentences: tuple[str, ...]
) -> HttpResponse:
    what = removal_of(draft.content, question["slug"])
    facts = frame(
        request,
        draft,
        f"Slett spørsmålet «{question['label']['nb']}»",
        what=what,
        facts=[
            Fact("Slags svar", KINDS[question["type"]].name),
            Fact("Del av skjemaet", _title_of(draft, question)),
        ],
        errors=[ErrorLine(line) for line in sentences],
        has_errors=bool(sentences),
    )
    return work_page(
        request, "designer/asking/remove.html", facts, room="schemes", status=422 if sentences else 200
    )


def _title_of(draft: Draft, question: dict[str, Any]) -> str:
    return str(section_in(draft, section_of(draft, question["slug"]))["title"]["nb"])


@entrance(staff(*WRITERS))
@require_POST
def move(request: Request, draft: UUID) -> HttpResponse:
    """A question or a section one step up or down; at the edge of its part a question goes into the next."""
    found = draft_to_write(request, draft)
    what, slug = request.POST.get("what", ""), request.POST.get("slug", "")[:60]
    ways = {"up": -1, "down": 1}.get(request.POST.get("way", ""))
    if ways is None or what not in ("question", "section"):
        raise Http404
    step = moved_question if what == "question" else moved_section
    try:
        save_edit(request, found, lambda content: with_form(content, lambda form: step(form, slug, ways)))
    except Refusal:
        return back_to_form(request, found)
    return redirect(f"{address(request, found, 'draft_form')}#{'q' if what == 'question' else 'del'}-{slug}")
