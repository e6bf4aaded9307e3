"""Content for the sample pages, one for each layout and audience."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator

from runde.web.components.facts import Answer, Fact
from runde.web.components.fields import Field
from runde.web.components.navigation import Lane

from . import parts
from .drawings import funds
from .people import APPLICANT, APPROVER, OFFICER, OFFICER_MENU, TENANT
from .tables import cases

APPLYING = {"tenant": TENANT, "user": APPLICANT, "acting_for": "Kafé Kanalen AS", "switch_url": "#bytt"}
DECIDING = {"tenant": TENANT, "user": OFFICER, "menu": OFFICER_MENU}


def question() -> dict[str, Any]:
    fields = (
        Field(
            "now",
            "Omsetning i november 2026",
            kind="money",
            value="308 000",
            description="Uten merverdiavgift",
        ),
        Field(
            "before",
            "Omsetning i november 2025",
            kind="money",
            value="560 000",
            description="Uten merverdiavgift",
        ),
        Field("closed", "Var lokalet stengt i deler av november?", kind="yesno", value="no"),
    )
    return APPLYING | {
        "h1": "Hvor mye omsatte dere for?",
        "lead": "Vi bruker tallene til å regne ut hvor mye omsetningen har falt.",
        "step": "Del 3 av 6",
        "back_url": "#forrige",
        "back_text": "Forrige steg",
        "fields": fields,
        "checked": True,
    }


def question_with_errors() -> dict[str, Any]:
    fields = (
        Field(
            "now", "Omsetning i november 2026", kind="money", error=EMPTY, description="Uten merverdiavgift"
        ),
        Field(
            "before",
            "Omsetning i november 2025",
            kind="money",
            value="56o 000",
            error=LETTERS,
            description="Uten merverdiavgift",
        ),
        Field(
            "closed",
            "Var lokalet stengt i deler av november?",
            kind="yesno",
            error="Velg om lokalet var stengt.",
        ),
    )
    return question() | {"fields": fields, "errors": fields, "has_errors": True, "checked": False}


EMPTY = "Skriv hvor mye virksomheten omsatte for i november 2026."
LETTERS = "Skriv beløpet for november 2025 med bare tall, for eksempel 560 000."


def review() -> dict[str, Any]:
    company = (
        Answer("Navn", "Kafé Kanalen AS", "#endre", "navn"),
        Answer("Organisasjonsnummer", "312 345 678", "#endre", "organisasjonsnummer"),
    )
    return APPLYING | {
        "h1": "Se over og send inn",
        "step": "Del 6 av 6",
        "back_url": "#forrige",
        "back_text": "Forrige steg",
        "company": company,
        "answers": parts.ANSWERS,
        "declaration": Field(
            "declaration", "Jeg har lest vilkårene, og opplysningene er riktige", kind="checkbox"
        ),
    }


def status() -> dict[str, Any]:
    money = (
        Fact("Innvilget", "117 400 kroner"),
        Fact("Utbetalt", "0 kroner"),
        Fact("Konto", "1506 •• •••34", source="Fra søknaden, 12. november 2026"),
    )
    return APPLYING | {
        "h1": "Pengene kommer etter planen 4. desember",
        "lead": "Kommunen gjør klar utbetalingen. Du trenger ikke gjøre noe nå.",
        "case_number": "26/1200",
        "track": parts.TRACK,
        "money": money,
        "sum": parts.SUM,
    }


def worklist() -> dict[str, Any]:
    return DECIDING | {
        "h1": "Smittevern høst 2026: 300 saker",
        "lead": "Søkt 41,2 · beregnet 27,9 · ramme 30,0 millioner kroner",
        "lanes": parts.LANES,
        "chips": parts.CHIPS,
        "table": cases(tight=True),
        "page": Paginator(range(250), 25).page(1),
    }


def case() -> dict[str, Any]:
    return DECIDING | {
        "h1": "Bakgården Pizza AS mangler 3,6 prosentpoeng",
        "case_number": "26/1201",
        "back_url": "?prove=saker",
        "back_text": "Alle saker",
        "rules": parts.RULES,
        "sum": parts.SUM,
        "note": Field("note", "Vurdering", kind="textarea", audience="applicant", rows=4),
        "internal": Field(
            "internal", "Notat til kolleger", kind="textarea", audience="internal", rows=3, optional=True
        ),
    }


def approval() -> dict[str, Any]:
    facts = (
        Fact("Ordning", "Smittevern høst 2026"),
        Fact("Antall", "247 vedtak: 235 får tilskudd, 12 får avslag"),
        Fact("Sum", "24 103 600 kroner"),
        Fact("Forberedt av", "Ida Lunde, mandag 23. november 2026 kl. 10.42"),
    )
    return DECIDING | {
        "user": APPROVER,
        "h1": "Godkjenn 247 vedtak",
        "lead": "Til sammen 24 103 600 kroner fra tre kilder.",
        "facts": facts,
        "figure": funds(),
    }


def finished() -> dict[str, Any]:
    lanes = (Lane("Klare", "#klare", 0, current=True), *parts.LANES[1:])
    return DECIDING | {"h1": "Ferdig med de klare sakene", "lanes": lanes}
