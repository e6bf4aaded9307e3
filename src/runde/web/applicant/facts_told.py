"""Register facts in words: what each is called, its value, and what has changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from runde.engine.reference.api import Language, date_text
from runde.grants.applications.api import Application, known_facts
from runde.grants.schemes.api import register_facts
from runde.web.components.facts import Fact


def fact_names(language: Language) -> dict[str, str]:
    """Every register fact by the name rules know it by, as people say it."""
    return {one.name: one.label[language] for one in register_facts()}


def fact_text(value: Any, language: Language) -> str:
    if value is None or value == "":
        return _("ikke i registeret")
    if isinstance(value, bool):
        return _("Ja") if value else _("Nei")
    if isinstance(value, date):
        return date_text(value, language)
    if isinstance(value, (list, tuple, set, frozenset)):
        return ", ".join(str(one) for one in value)
    return str(value)


def change_lines(changes: Iterable[Mapping[str, Any]], language: Language) -> Iterator[str]:
    names = {"name": _("Navn"), **fact_names(language)}
    for one in changes:
        was, now = fact_text(one.get("was"), language), fact_text(one.get("now"), language)
        name = names.get(str(one.get("fact")), str(one.get("fact")))
        yield _("%(name)s: før %(was)s, nå %(now)s") % {"name": name, "was": was, "now": now}


SHOWN = (
    "municipality", "nace_code", "legal_form", "employees", "registered_date", "vat_registered", "bankrupt",
    "under_liquidation", "in_group",
)  # fmt: skip
"""What is shown of all the register holds, in this order: what rules for support most often rest on."""


def register_rows(
    plain: Mapping[str, Mapping[str, Any]], language: Language
) -> list[tuple[str, str, Any, str, date | None]]:
    """(name in rules, name in words, value in words, source, day) of the facts that are shown, from what is stored."""
    known, rows = known_facts(plain), []
    facts = {one.name: one for one in register_facts()}
    for name in SHOWN:
        if name in known:
            fact, value, kept = facts[name], known[name], plain[name]
            codes = fact.codes.get(str(value))
            said = (codes.get(language) or codes.get("nb")) if codes else value
            source, as_of = str(kept["source"]), kept["as_of"]
            day = date.fromisoformat(as_of) if as_of else None
            rows.append((name, fact.label[language], said, source[:1].upper() + source[1:], day))
    return rows


def register_facts_shown(found: Application, language: Language) -> list[Fact]:
    """The same as rows on a page, each with its source and day, and what the applicant has said of it."""
    return [
        Fact(
            name, fact_text(value, language), source=_origin(source, day, found.disputes.get(slug), language)
        )
        for slug, name, value, source, day in register_rows(found.facts_seen, language)
    ]


def _origin(source: str, day: date | None, dispute: Mapping[str, Any] | None, language: Language) -> str:
    said = f"{source}, {date_text(day, language)}" if day else source
    return said + (". " + _("Du har sagt at dette ikke stemmer.") if dispute else "")
