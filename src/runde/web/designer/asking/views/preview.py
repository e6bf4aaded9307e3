"""Trying the form as the applicant meets it: page by page, in each language, with conditions and checks at work."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import override

from runde.engine.reference.api import LANGUAGES, Language
from runde.foundation.forms.api import FormVersion, Json, Section, Stage, form_of
from runde.grants.designs.api import Draft, get_draft
from runde.web.components.navigation import Lane
from runde.web.designer.access import READERS
from runde.web.designer.asking.preview import (
    Tried,
    answers_kept,
    carried,
    language_in,
    questions_shown,
    read_page,
    sections_shown,
    stage_in,
    stages_in,
    title_of,
)
from runde.web.designer.asking.words import STAGE_PAGES
from runde.web.designer.texts_shown import LANGUAGE_NAMES
from runde.web.entrance import Request, entrance, staff
from runde.web.staff import work_page


@entrance(staff(*READERS))
def show(request: Request, draft: UUID) -> HttpResponse:
    found = get_draft(draft, request.actor)
    stages = stages_in(found.content)
    if not stages:
        return _nothing_yet(request, found)
    asked = request.POST if request.method == "POST" else request.GET
    stage, language, form = stage_in(asked, stages), language_in(asked), form_of(found.content["form"])
    before = answers_kept(form, carried(asked))
    sections = sections_shown(form, stage, before)
    section = _section(sections, asked.get("del", ""))
    if request.method != "POST":
        tried = Tried(form, stage, language, section, before)
        return _page(request, found, tried, stages, sections)
    return _receive(request, found, stages, form, stage, language, section, before)


def _section(sections: Sequence[Section], slug: str) -> Section:
    return next((one for one in sections if one.slug == slug), sections[0])


def _receive(
    request: Request,
    draft: Draft,
    stages: list[Stage],
    form: FormVersion,
    stage: Stage,
    language: Language,
    section: Section,
    before: dict[str, Json],
) -> HttpResponse:
    """A press on the page: go on, go to another page or language, add a row, or see what the answers change."""
    go = request.POST.get("go", "")
    require = {"next": Stage.DRAFT if stage is Stage.SUBMIT else stage, "check": stage}.get(go)
    raw, reading = read_page(form, section, request.POST, before, language, require)
    on_page = {one.slug for one in section.questions}
    answers = {slug: one for slug, one in before.items() if slug not in on_page} | reading.values
    sections = sections_shown(form, stage, answers)
    if go == "next" and not reading.errors:
        onward = _after(sections, section)
        return _page(request, draft, Tried(form, stage, language, onward, answers), stages, sections)
    if go.startswith("del:"):
        there = _section(sections, go.removeprefix("del:"))
        return _page(request, draft, Tried(form, stage, language, there, answers), stages, sections)
    tried = Tried(form, stage, language, section, answers, raw, reading)
    return _page(request, draft, tried, stages, sections)


def _after(sections: Sequence[Section], section: Section) -> Section:
    """The next page; from the last one round to the first."""
    slugs = [one.slug for one in sections]
    place = slugs.index(section.slug) + 1 if section.slug in slugs else 0
    return sections[place % len(sections)]


def _page(
    request: Request, draft: Draft, tried: Tried, stages: list[Stage], sections: Sequence[Section]
) -> HttpResponse:
    with override(tried.language):
        asked = questions_shown(tried)
    title, why = title_of(tried.section, tried.language)
    errors = [one.field for one in asked if one.field and one.field.error]
    here = reverse("form_preview", args=[request.tenant.slug, draft.id])
    place = [one.slug for one in sections].index(tried.section.slug) + 1 if tried.section in sections else 1
    facts: dict[str, Any] = {
        "h1": f"Slik møter søkeren «{draft.title}»",
        "lead": "Prøv å svare. Ingenting blir lagret.",
        "back_url": reverse("draft_form", args=[request.tenant.slug, draft.id]),
        "back_text": "Skjema",
        "here": here,
        "title": title,
        "why": why,
        "place": f"Side {place} av {len(sections)}",
        "asked": asked,
        "errors": errors,
        "has_errors": bool(errors),
        "language": tried.language,
        "stage": tried.stage,
        "section": tried.section.slug,
        "carried": json.dumps(tried.answers, ensure_ascii=False),
        "pages": [
            (one.slug, title_of(one, tried.language)[0], one.slug == tried.section.slug) for one in sections
        ],
        "languages": [(one, LANGUAGE_NAMES[one], one == tried.language) for one in LANGUAGES],
        "stages": [
            Lane(STAGE_PAGES[one], f"{here}?{urlencode({'steg': one})}", current=one == tried.stage)
            for one in stages
        ],
    }
    return work_page(
        request, "designer/asking/preview.html", facts, room="schemes", status=422 if errors else 200
    )


def _nothing_yet(request: Request, draft: Draft) -> HttpResponse:
    facts = {
        "h1": f"Slik møter søkeren «{draft.title}»",
        "back_url": reverse("draft_form", args=[request.tenant.slug, draft.id]),
        "back_text": "Skjema",
    }
    return work_page(request, "designer/asking/preview.html", facts, room="schemes")
