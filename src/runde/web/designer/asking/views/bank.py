"""The question bank: take a question others have written, put one's own there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from runde.foundation.forms.api import (
    BankQuestion,
    FormRefused,
    add_question,
    get_from_bank,
    list_bank,
    put_in_bank,
    retire_from_bank,
)
from runde.foundation.trust.api import NotFound, Refused
from runde.grants.designs.api import Content, Draft, register_types, with_form
from runde.web.components.fields import Choice, Field
from runde.web.designer.access import WRITERS
from runde.web.designer.acts import Refusal
from runde.web.designer.asking.frame import (
    address,
    back_to_form,
    draft_to_write,
    frame,
    question_in,
    save_edit,
)
from runde.web.designer.asking.words import KINDS, LANGUAGE_WORDS
from runde.web.designer.naming import slugs_in, unused_name
from runde.web.entrance import Request, entrance, staff
from runde.web.staff import attempt, count_text, given_ids, work_page

LONGEST_SEARCH = 100


@dataclass(frozen=True, slots=True)
class Shelved:
    """A question in the bank, as it is chosen among others. `retire` when it is one's own."""

    id: UUID
    label: str
    help: str
    kind: str
    whose: str
    languages: str
    is_own: bool


@entrance(staff(*WRITERS))
def choose(request: Request, draft: UUID) -> HttpResponse:
    found = draft_to_write(request, draft)
    if request.method == "POST":
        return _take(request, found)
    search = " ".join(request.GET.get("sok", "").split())[:LONGEST_SEARCH]
    shelved = [_shelved(one, request) for one in list_bank(search)]
    facts = frame(
        request,
        found,
        "Hent fra spørsmålsbanken",
        lead="Spørsmål som kommunene i regionen deler. Du får en kopi, og kan endre den.",
        search=search,
        shelved=shelved,
        count=count_text(len(shelved), "spørsmål", "spørsmål"),
        section=_section_field(found, request.GET.get("del", "")),
        here=address(request, found, "form_bank"),
        part=request.GET.get("del", ""),
        retire_url=address(request, found, "form_bank_retire"),
    )
    return work_page(request, "designer/asking/bank.html", facts, room="schemes")


def _shelved(one: BankQuestion, request: Request) -> Shelved:
    question = one.question
    spoken = [words for code, words in LANGUAGE_WORDS.items() if question["label"].get(code)]
    return Shelved(
        one.id,
        question["label"]["nb"],
        question.get("help", {}).get("nb", ""),
        KINDS[question["type"]].name,
        one.tenant_name,
        ", ".join(spoken),
        one.tenant_id == request.tenant.id,
    )


def _section_field(draft: Draft, chosen: str) -> Field:
    sections = draft.content["form"]["sections"]
    return Field(
        "del",
        "Legg det i delen",
        kind="select",
        value=chosen,
        choices=tuple(Choice(one["slug"], one["title"]["nb"]) for one in sections),
    )


def _take(request: Request, draft: Draft) -> HttpResponse:
    section = request.POST.get("del", "")
    ids = given_ids(request.POST.getlist("sporsmal"))[:1]
    try:
        question = dict(get_from_bank(ids[0]).question) if ids else {}
    except NotFound as refusal:
        messages.warning(request, refusal.sentence)
        return _again(request, draft, section)
    if not question:
        return _again(request, draft, section)
    question["slug"] = unused_name(question["slug"], slugs_in(draft.content))
    try:
        save_edit(request, draft, lambda content: _with_copy(content, question, section))
    except Refusal as refusal:
        messages.warning(request, " ".join(refusal.sentences))
        return _again(request, draft, section)
    messages.success(request, f"«{question['label']['nb']}» er lagt i skjemaet.")
    return back_to_form(request, draft, f"q-{question['slug']}")


def _with_copy(content: Content, question: dict[str, Any], section: str) -> Content:
    known = register_types()
    return with_form(content, lambda form: add_question(form, question, section=section, known_types=known))


def _again(request: Request, draft: Draft, section: str) -> HttpResponse:
    return redirect(f"{address(request, draft, 'form_bank')}?{urlencode({'del': section})}")


@entrance(staff(*WRITERS))
@require_POST
def put(request: Request, draft: UUID, question: str) -> HttpResponse:
    found = draft_to_write(request, draft)
    standing = question_in(found, question)
    refusal = attempt(lambda: put_in_bank(question=standing, by=request.actor, at=request.at))
    if isinstance(refusal, FormRefused):
        messages.warning(request, refusal.sentence)
    elif refusal is not None:
        raise refusal
    else:
        messages.success(
            request, f"«{standing['label']['nb']}» ligger i spørsmålsbanken. Alle i regionen kan bruke det."
        )
    return redirect(address(request, found, "form_question", question))


@entrance(staff(*WRITERS))
@require_POST
def retire(request: Request, draft: UUID) -> HttpResponse:
    found = draft_to_write(request, draft)
    ids = given_ids(request.POST.getlist("sporsmal"))[:1]
    refusal: Refused | None = None
    if ids:
        refusal = attempt(lambda: retire_from_bank(bank_id=ids[0], by=request.actor, at=request.at))
    if refusal is not None:
        messages.warning(request, refusal.sentence)
    elif ids:
        messages.success(request, "Spørsmålet er tatt ut av banken. Skjemaer som har det, beholder det.")
    return _again(request, found, request.POST.get("del", ""))
