"""A form with one question of each type."""

from __future__ import annotations

from typing import Any


def texts(text: str) -> dict[str, str]:
    return {"nb": text, "nn": f"{text} (nn)", "en": f"{text} (en)"}


def question(slug: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"slug": slug, "type": kind, "label": texts(slug.capitalize()), **more}


def form_of(*questions: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"sections": [{"slug": "all", "title": texts("Alt"), "questions": list(questions)}], **more}


OPTIONS = [{"value": "a", "label": texts("Alfa")}, {"value": "b", "label": texts("Beta")}]

EVERY_TYPE = form_of(
    question("name", "text"),
    question("story", "long_text"),
    question("people", "integer", least=0),
    question("part", "share"),
    question("years", "decimal", unit=texts("årsverk")),
    question("costs", "money", least="0"),
    question("loss", "money"),
    question("kind", "choice", options=OPTIONS),
    question("kinds", "choice", options=OPTIONS, several=True),
    question("staff", "yes_no"),
    question("started", "date"),
    question("account", "account_number", personal=True),
    question("true", "declaration"),
)
