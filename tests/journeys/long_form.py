"""A call with a long form: every kind of question, conditions, and a budget with rows and a sum."""

from __future__ import annotations

from typing import Any

from runde.grants.schemes.api import Call
from runde.grants.schemes.examples import load_scheme
from tests.web.public.many_calls import add_call

from .region import Region

SLUG = "lang"


def add_long_call(region: Region) -> Call:
    return add_call(region.moss, SLUG, at=region.at, form=long_form())


def long_form() -> dict[str, Any]:
    """The example's questions with parts of our own between them."""
    form = load_scheme("smittevern")["form"]
    return {"sections": [project(), budget(), *form["sections"]], "checks": [], "known": {}}


def texts(nb: str) -> dict[str, str]:
    return {"nb": nb, "nn": nb, "en": nb}


def question(slug: str, kind: str, label: str, **settings: Any) -> dict[str, Any]:
    return {"slug": slug, "type": kind, "label": texts(label), **settings}


def project() -> dict[str, Any]:
    options = [
        {"value": "music", "label": texts("Konserter")},
        {"value": "food", "label": texts("Matkurs")},
        {"value": "other", "label": texts("Noe annet")},
    ]
    return {
        "slug": "project",
        "title": texts("Prosjektet"),
        "why": texts("Vi vil vite hva dere skal gjøre, og hvor."),
        "questions": [
            question("about", "information", "Slik leser vi søknaden", help=texts("Skriv kort og konkret.")),
            question("kinds", "several_choices", "Hva skal dere gjøre?", options=options),
            question(
                "other_kind",
                "text",
                "Hva er det andre?",
                shown_if="HAS_ANY(kinds, 'other')",
                required_from="draft",
            ),
            question("days", "period", "Når skal det være?"),
            question("place", "municipality", "Hvor skal det være?"),
            question("trade", "industry", "Hvilken næring er det i?", required=False),
            question("paper", "file", "Legg ved planen", required=False),
        ],
    }


def budget() -> dict[str, Any]:
    columns = [
        question("what", "text", "Kostnad"),
        question("amount", "money", "Beløp", sum=True),
    ]
    return {
        "slug": "budget",
        "title": texts("Budsjett"),
        "why": texts("Tilskuddet dekker en del av kostnadene."),
        "questions": [
            question("costs", "table", "Hva koster det?", columns=columns, most_rows=5),
            question(
                "why_much",
                "long_text",
                "Hvorfor koster det så mye?",
                shown_if="costs > 100000",
                required=False,
            ),
        ],
    }
