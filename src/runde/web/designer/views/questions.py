"""A new question to the applicant, with the fact it gives the rules."""

from __future__ import annotations

import re
import unicodedata
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from runde.engine.reference.api import LANGUAGES
from runde.engine.rules import Fact, RuleSet
from runde.grants.designs.api import Content, Draft, ask_for, get_draft
from runde.web.components.fields import Choice, Field
from runde.web.designer.access import WRITERS
from runde.web.designer.acts import Refusal
from runde.web.designer.views.saving import save_addition
from runde.web.entrance import Request, entrance, staff
from runde.web.staff import missing_or_too_long, work_page

TYPES = {
    "money": ("Kroner", "money"),
    "integer": ("Et helt tall", "integer"),
    "yes_no": ("Ja eller nei", "boolean"),
    "date": ("En dato", "date"),
}
IN_SENTENCE = {"nb": "bokmål", "nn": "nynorsk", "en": "engelsk"}
LONGEST = 300
LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a"})
UNIT = {"money": {"nb": "kroner", "nn": "kroner", "en": "NOK"}}


@entrance(staff(*WRITERS))
def new(request: Request, draft: UUID) -> HttpResponse:
    found = get_draft(draft, request.actor)
    if found.state != Draft.State.DRAFT:
        return redirect("draft_form", request.tenant.slug, draft)
    if request.method != "POST":
        return _page(request, found, {})
    errors = _errors(request)
    if errors:
        return _page(request, found, errors)
    name = fact_name(found.content, request.POST.get("label-nb", ""))
    try:
        save_addition(request, found, "question-nb", lambda content: _asked(request, content, name))
    except Refusal as refusal:
        return _page(request, found, {"question-nb": " ".join(refusal.sentences)})
    address = reverse("new_criterion", args=[request.tenant.slug, draft])
    return redirect(f"{address}?{urlencode({'opplysning': name})}")


def _errors(request: Request) -> dict[str, str]:
    errors = {}
    for field, what in (("label", "hva opplysningen heter"), ("question", "spørsmålet")):
        for language in LANGUAGES:
            typed = request.POST.get(f"{field}-{language}", "").strip()
            empty = f"Skriv {what} på {IN_SENTENCE[language]}."
            wrong = missing_or_too_long(typed, if_empty=empty, longest=LONGEST)
            if wrong:
                errors[f"{field}-{language}"] = wrong
    for language in LANGUAGES:
        wrong = missing_or_too_long(request.POST.get(f"help-{language}", "").strip() or "-", if_empty="")
        if wrong:
            errors[f"help-{language}"] = wrong
    if request.POST.get("type") not in TYPES:
        errors["type"] = "Velg hva slags svar søkeren skal gi."
    return errors


def _asked(request: Request, content: Content, name: str) -> Content:
    kind = request.POST["type"]
    label, question, help_text = (_texts(request, field) for field in ("label", "question", "help"))
    private = request.POST.get("private") == "on"
    fact = Fact(name, TYPES[kind][1], "answer", label, private=private, question=question)
    asked: dict[str, Any] = {"slug": name, "type": kind, "label": question, "personal": private}
    if any(help_text.values()):
        asked["help"] = help_text
    if kind in UNIT:
        asked |= {"unit": UNIT[kind], "least": "0"}
    return ask_for(content, fact, request.POST.get("section", ""), asked)


def _texts(request: Request, field: str) -> dict[str, str]:
    return {language: request.POST.get(f"{field}-{language}", "").strip() for language in LANGUAGES}


def fact_name(content: Content, label: str) -> str:
    """ "Antall årsverk" -> "antall_arsverk", and another number when that is taken"""
    plain = unicodedata.normalize("NFKD", label.lower().translate(LETTERS))
    base = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:40].strip("_")
    base = base if base[:1].isalpha() else f"svar_{base}".rstrip("_")
    ruleset = RuleSet.from_dict(content["rules"])
    parts: tuple[Any, ...] = (*ruleset.facts, *ruleset.derived, *ruleset.amount, *ruleset.parameters)
    taken = {one.name for one in parts}
    taken |= {one["slug"] for section in content["form"]["sections"] for one in section["questions"]}
    names = (base if number == 1 else f"{base}_{number}" for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


def _page(request: Request, draft: Draft, errors: dict[str, str]) -> HttpResponse:
    sent = request.POST
    groups = [
        ("Opplysningen", "Et kort navn, for eksempel «Antall årsverk». Det står i reglene og i brevet.",
         _language_fields(request, "label", "Navn", errors)),
        ("Spørsmålet", "Slik søkeren leser det i skjemaet.",
         _language_fields(request, "question", "Spørsmål", errors)),
        ("Hjelp til å svare", "Hva som skal være med, og hvor søkeren finner det.",
         _language_fields(request, "help", "Hjelpetekst", errors, optional=True)),
    ]  # fmt: skip
    kind = Field(
        "type",
        "Hva slags svar skal søkeren gi?",
        kind="radios",
        value=sent.get("type", ""),
        choices=tuple(Choice(code, words) for code, (words, _) in TYPES.items()),
        error=errors.get("type", ""),
    )
    sections = draft.content["form"]["sections"]
    section = Field(
        "section",
        "Hvor i skjemaet?",
        kind="select",
        value=sent.get("section", ""),
        choices=tuple(Choice(one["slug"], one["title"]["nb"]) for one in sections),
    )
    private = Field(
        "private",
        "Svaret skal ikke være offentlig",
        kind="checkbox",
        value=sent.get("private", ""),
        description="For eksempel regnskapstall og forhold om en person.",
        optional=True,
    )
    every = [field for _, _, fields in groups for field in fields] + [kind]
    facts = {
        "h1": "Nytt spørsmål til søkeren",
        "back_url": reverse("draft_form", args=[request.tenant.slug, draft.id]),
        "back_text": "Skjema",
        "groups": groups,
        "kind": kind,
        "section": section,
        "private": private,
        "errors": every if errors else [],
        "has_errors": bool(errors),
    }
    return work_page(request, "designer/question.html", facts, room="schemes", status=422 if errors else 200)


def _language_fields(
    request: Request, name: str, label: str, errors: dict[str, str], *, optional: bool = False
) -> list[Field]:
    return [
        Field(
            f"{name}-{language}",
            f"{label}, {IN_SENTENCE[language]}",
            kind="textarea" if name == "help" else "text",
            rows=2,
            value=request.POST.get(f"{name}-{language}", ""),
            error=errors.get(f"{name}-{language}", ""),
            optional=optional,
        )
        for language in LANGUAGES
    ]
