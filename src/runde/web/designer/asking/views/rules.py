"""Letting the rules use an answer: the answer gets a name that stands in requirements and letters."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from runde.engine.reference.api import LANGUAGES
from runde.grants.designs.api import fact_type_of, let_rules_use
from runde.web.components.fields import ErrorLine, Field
from runde.web.designer.access import WRITERS
from runde.web.designer.acts import Refusal
from runde.web.designer.asking.frame import address, draft_to_write, frame, question_in, save_edit
from runde.web.designer.asking.words import LANGUAGE_WORDS
from runde.web.entrance import Request, entrance, staff
from runde.web.staff import missing_or_too_long, work_page

LONGEST_NAME = 120


@entrance(staff(*WRITERS))
def use(request: Request, draft: UUID, question: str) -> HttpResponse:
    found = draft_to_write(request, draft)
    standing = question_in(found, question)
    if not fact_type_of(found.content, question):
        return redirect(address(request, found, "form_question", question))
    errors: dict[str, str] = {}
    if request.method == "POST":
        names = {str(one): " ".join(request.POST.get(f"name_{one}", "").split()) for one in LANGUAGES}
        errors = _errors(names)
        if not errors:
            try:
                save_edit(request, found, lambda content: let_rules_use(content, standing, names))
            except Refusal as refusal:
                errors = {"": " ".join(refusal.sentences)}
            else:
                where = reverse("new_criterion", args=[request.tenant.slug, found.id])
                return redirect(f"{where}?{urlencode({'opplysning': question})}")
    fields = [
        Field(
            f"name_{one}",
            f"Navn, {LANGUAGE_WORDS[one]}",
            value=request.POST.get(f"name_{one}", ""),
            error=errors.get(f"name_{one}", ""),
        )
        for one in LANGUAGES
    ]
    facts = frame(
        request,
        found,
        f"La reglene bruke «{standing['label']['nb']}»",
        lead="Gi svaret et kort navn, for eksempel «Antall årsverk». Det står i kravene og i brevet.",
        fields=fields,
        errors=[ErrorLine(errors[""])] if "" in errors else fields if errors else [],
        has_errors=bool(errors),
        back_url=address(request, found, "form_question", question),
        back_text=standing["label"]["nb"],
    )
    return work_page(
        request, "designer/asking/rules.html", facts, room="schemes", status=422 if errors else 200
    )


def _errors(names: dict[str, str]) -> dict[str, str]:
    found = {
        f"name_{one}": missing_or_too_long(
            text, if_empty=f"Skriv navnet på {LANGUAGE_WORDS[one]}.", longest=LONGEST_NAME
        )
        for one, text in names.items()
    }
    return {name: told for name, told in found.items() if told}
