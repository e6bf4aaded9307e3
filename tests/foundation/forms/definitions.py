"""A form with one question of each type."""

from __future__ import annotations

from typing import Any


def texts(text: str) -> dict[str, str]:
    return {"nb": text, "nn": f"{text} (nn)", "en": f"{text} (en)"}


def question(slug: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"slug": slug, "type": kind, "label": texts(slug.capitalize()), **more}


def section(slug: str, *questions: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"slug": slug, "title": texts(slug.capitalize()), "questions": list(questions), **more}


def form_of(*questions: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"sections": [{"slug": "all", "title": texts("Alt"), "questions": list(questions)}], **more}


def check(slug: str, expression: str, at: str, message: str = "Feil.") -> dict[str, Any]:
    return {"slug": slug, "check": expression, "at": at, "message": texts(message)}


OPTIONS = [{"value": "a", "label": texts("Alfa")}, {"value": "b", "label": texts("Beta")}]
COLUMNS = [
    {"slug": "what", "type": "text", "label": texts("Hva")},
    {"slug": "hours", "type": "integer", "label": texts("Timer"), "required": False, "least": 0, "sum": True},
    {"slug": "amount", "type": "money", "label": texts("Beløp"), "least": "0", "sum": True},
    {"slug": "part", "type": "share", "label": texts("Andel"), "required": False},
    {"slug": "kind", "type": "choice", "label": texts("Slag"), "options": OPTIONS, "required": False},
    {"slug": "day", "type": "date", "label": texts("Dag"), "required": False},
    {"slug": "years", "type": "decimal", "label": texts("Årsverk"), "required": False},
]

EVERY_TYPE = form_of(
    question("name", "text"),
    question("story", "long_text"),
    question("people", "integer", least=0),
    question("part", "share"),
    question("years", "decimal", unit=texts("årsverk")),
    question("costs", "money", least="0"),
    question("loss", "money"),
    question("kind", "choice", options=OPTIONS),
    question("kinds", "several_choices", options=OPTIONS),
    question("staff", "yes_no"),
    question("started", "date"),
    question("project", "period"),
    question("papers", "file", most=3),
    question("budget", "table", columns=COLUMNS, most_rows=20),
    question("account", "account_number", personal=True, keep_months=6),
    question("place", "municipality"),
    question("trade", "industry"),
    question("true", "declaration"),
    question("read_this", "information"),
)
