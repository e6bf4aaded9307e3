"""The draft's form page, where the form is built: each part and question with the ways to change it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from runde.grants.designs.api import Draft
from runde.web.designer.asking.overview import ShownPart, ShownQuestion, shown_parts
from runde.web.entrance import Request


def builder_facts(request: Request, draft: Draft) -> Mapping[str, Any]:
    def at(name: str, *parts: str) -> str:
        return reverse(name, args=[request.tenant.slug, draft.id, *parts])

    def question(one: ShownQuestion) -> dict[str, Any]:
        return {**_named(one), "url": at("form_question", one.slug)}

    def part(one: ShownPart) -> dict[str, Any]:
        return {
            **_named(one),
            "questions": [question(inner) for inner in one.questions],
            "url": at("form_section", one.slug),
            "new_url": at("form_new", one.slug),
            "bank_url": f"{at('form_bank')}?{urlencode({'del': one.slug})}",
        }

    return {
        "parts": [part(one) for one in shown_parts(draft.content)],
        "new_section_url": at("form_new_section"),
        "preview_url": at("form_preview"),
        "move_url": at("form_move"),
    }


def _named(one: ShownPart | ShownQuestion) -> dict[str, Any]:
    return {name: getattr(one, name) for name in one.__slots__}
