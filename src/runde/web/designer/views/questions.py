"""A new question to the applicant, with the fact it gives the rules."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from runde.engine.reference.api import LANGUAGES
from runde.engine.rules import Fact
from runde.grants.designs.api import Content, Draft, ask_for, get_draft
from runde.web.components.fields import Choice, Field
from runde.web.designer.access import WRITERS
from runde.web.designer.acts import Refusal
from runde.web.designer.naming import name_for_question, plain_name, unused_name
from runde.web.designer.views.saving import save_addition
from runde.web.entrance import Request, entrance, staff
from runde.web.staff import missing_or_too_long, work_page

TYPES = {
    "money": ("Kroner", "money"),
    "share": ("Prosent", "share"),
    "integer": ("Et helt tall", "integer"),
    "decimal": ("Et tall med komma", "decimal"),
    "yes_no": ("Ja eller nei", "boolean"),
    "choice": ("Ett av flere valg", "text"),
    "choices": ("Ett eller flere av flere valg", "codes"),
    "date": ("En dato", "date"),
}
WITH_OPTIONS = ("choice", "choices")
FEWEST_OPTIONS, MOST_OPTIONS = 2, 40
IN_SENTENCE = {"nb": "bokmål", "nn": "nynorsk", "en": "engelsk"}
LONGEST = 300
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
    name = name_for_question(found.content, request.POST.get("label-nb", ""))
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
    return errors | (_option_errors(request) if request.POST.get("type") in WITH_OPTIONS else {})


def _option_errors(request: Request) -> dict[str, str]:
    """As many options in each language, two at least, none twice."""
    errors = {}
    count = len(_lines(request, "nb"))
    for language in LANGUAGES:
        lines, words = _lines(request, language), IN_SENTENCE[language]
        longest = max((len(line) for line in lines), default=0)
        if len(lines) < FEWEST_OPTIONS:
            errors[f"options-{language}"] = f"Skriv minst to valg på {words}, ett på hver linje."
        elif len(lines) > MOST_OPTIONS or longest > LONGEST:
            most = f"Skriv høyst {MOST_OPTIONS} valg på {words}"
            errors[f"options-{language}"] = f"{most}, hvert med høyst {LONGEST} tegn."
        elif len({line.lower() for line in lines}) < len(lines):
            errors[f"options-{language}"] = f"To av valgene på {words} er like. Skriv dem ulikt."
        elif len(lines) != count:
            standing = f"Det er {len(lines)} valg på {words}, men {count} på bokmål."
            errors[f"options-{language}"] = f"{standing} Skriv like mange, i samme rekkefølge."
    return errors


def _lines(request: Request, language: str) -> list[str]:
    typed = request.POST.get(f"options-{language}", "").splitlines()
    return [" ".join(line.split()) for line in typed if line.strip()]


def _options(request: Request) -> dict[str, dict[str, str]]:
    """Each option's words by its code, made of the words in bokmål."""
    rows = zip(*(_lines(request, language) for language in LANGUAGES), strict=True)
    options: dict[str, dict[str, str]] = {}
    for row in rows:
        words = dict(zip(LANGUAGES, row, strict=True))
        options[unused_name(plain_name(words["nb"], "valg"), options)] = words
    return options


def _asked(request: Request, content: Content, name: str) -> Content:
    kind = request.POST["type"]
    options = _options(request) if kind in WITH_OPTIONS else {}
    label, question, help_text = (_texts(request, field) for field in ("label", "question", "help"))
    private = request.POST.get("private") == "on"
    fact = Fact(name, TYPES[kind][1], "answer", label, codes=options, private=private, question=question)
    asked: dict[str, Any] = {"slug": name, "type": kind, "label": question, "personal": private}
    if options:
        listed = [{"value": code, "label": words} for code, words in options.items()]
        asked |= {"type": "several_choices" if kind == "choices" else "choice", "options": listed}
    if any(help_text.values()):
        asked["help"] = help_text
    if kind in UNIT:
        asked |= {"unit": UNIT[kind], "least": "0"}
    return ask_for(content, fact, request.POST.get("section", ""), asked)


def _texts(request: Request, field: str) -> dict[str, str]:
    return {language: request.POST.get(f"{field}-{language}", "").strip() for language in LANGUAGES}


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
    options = _language_fields(request, "options", "Valg", errors)
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
    every = [field for _, _, fields in groups for field in fields] + [kind, *options]
    facts = {
        "h1": "Nytt spørsmål til søkeren",
        "back_url": reverse("draft_form", args=[request.tenant.slug, draft.id]),
        "back_text": "Skjema",
        "groups": groups,
        "kind": kind,
        "options": options,
        "shows_options": sent.get("type") in WITH_OPTIONS,
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
            kind="text" if name in ("label", "question") else "textarea",
            rows=4 if name == "options" else 2,
            value=request.POST.get(f"{name}-{language}", ""),
            error=errors.get(f"{name}-{language}", ""),
            optional=optional,
        )
        for language in LANGUAGES
    ]
