"""The cut line: what it would mean is shown before it is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from runde.engine.reference.api import amount_text, number_text
from runde.foundation.people.api import authorise
from runde.grants.panels.api import (
    CutLine,
    LinePreview,
    Standings,
    choose_line,
    points_text,
    preview_line,
    standings,
)
from runde.web.components.facts import Fact
from runde.web.components.fields import Choice, ErrorLine, Field
from runde.web.entrance import Request, entrance, staff
from runde.web.officer.proposed import funding_table
from runde.web.panels.access import LEADERS, readable_panel
from runde.web.panels.words import WAYS, name_of, number_of, ranking_table
from runde.web.staff import attempt, count_text, read_amount, work_page

HELP = {
    "money": "Fra toppen og ned til den første pengene ikke rekker til. Ingen går forbi noen over seg.",
    "points": "Alle med et snitt på minst dette.",
    "count": "De øverste i rangeringen.",
}


@entrance(staff(*LEADERS))
def choose(request: Request, panel: UUID) -> HttpResponse:
    """GET tries a line, POST draws the one that was shown."""
    authorise(request.actor, "panels.lead")
    found = standings(readable_panel(panel, request.actor), by=request.actor)
    given = request.POST if request.method == "POST" else request.GET
    way = given.get("way", CutLine.Way.MONEY)
    typed = _typed(given, way)
    free = preview_line(found, CutLine.Way.COUNT, Decimal(0), by=request.actor, at=request.at)
    money = free.effect.money_nok if free.effect else Decimal(0)
    value, wrong = _value(typed, way, money)
    if value is None:
        return _page(request, found, way, typed, money, None, errors={f"value_{way}": wrong})
    if request.method != "POST":
        shown = preview_line(found, way, value, by=request.actor, at=request.at)
        return _page(request, found, way, typed, money, shown)
    refusal = attempt(
        lambda: choose_line(
            panel_id=panel,
            way=way,
            value=value,
            digest=request.POST.get("digest", ""),
            reason=request.POST.get("reason", ""),
            by=request.actor,
            at=request.at,
        )
    )
    if refusal is not None:
        shown = preview_line(found, way, value, by=request.actor, at=request.at)
        return _page(request, found, way, typed, money, shown, errors={"": refusal.sentence})
    messages.success(request, "Linja er trukket.")
    return redirect("panel_ranking", request.tenant.slug, panel)


def _typed(given: Mapping[str, str], way: str) -> str:
    return given.get(f"value_{way}", given.get("value", "")).strip()


def _value(typed: str, way: str, money: Decimal) -> tuple[Decimal | None, str]:
    """What was typed as a number; nothing typed for money means all there is."""
    if way == CutLine.Way.MONEY:
        amount, wrong = read_amount(typed)
        if wrong or (typed and not amount):
            return None, wrong or "Skriv et beløp over 0 kroner."
        return (money if amount is None else amount) or Decimal(1), ""
    sentence = "Skriv et tall over 0." if way == CutLine.Way.POINTS else "Skriv et helt tall over 0."
    try:
        value = Decimal(typed.replace(",", "."))
    except InvalidOperation:
        return None, sentence
    whole = way == CutLine.Way.POINTS or value == value.to_integral_value()
    fits = value.is_finite() and whole and 0 < value < 10_000
    return (value, "") if fits else (None, sentence)


def _page(
    request: Request,
    found: Standings,
    way: str,
    typed: str,
    money: Decimal,
    shown: LinePreview | None,
    *,
    errors: dict[str, str] | None = None,
) -> HttpResponse:
    slug, wrong = request.tenant.slug, errors or {}
    fields = _fields(way, typed, money, wrong)
    problem = _problem(found, shown) if shown else ""
    facts = {
        "h1": "Hvor skal linja gå?",
        "lead": f"{name_of(found.panel)}. {amount_text(money)} er ledig.",
        "back_url": reverse("panel_ranking", args=[slug, found.panel.id]),
        "back_text": "Rangeringen",
        "fields": fields,
        "shown": shown,
        "effect": _effect_facts(found, shown) if shown else [],
        "problem": problem,
        "funding": funding_table(shown.funding) if shown and shown.funding else None,
        "ranking": ranking_table(found, slug, above=shown.above) if shown else None,
        "parts_equals": bool(shown and shown.effect and shown.effect.parts_equals),
        "tie_rule": found.panel.get_tie_rule_display().lower(),
        "way": way,
        "value": typed,
        "digest": found.digest,
        "reason": Field(
            "reason",
            "Hvorfor går linja her?",
            kind="textarea",
            rows=2,
            value=request.POST.get("reason", ""),
            audience="internal",
            optional=True,
        ),
        "act": f"Trekk linja etter nummer {shown.above}" if shown and shown.above and not problem else "",
        "above_text": count_text(shown.above, "søknad", "søknader") if shown else "",
        "below_text": count_text(shown.effect.below, "søknad", "søknader") if shown and shown.effect else "",
        "errors": [*([ErrorLine(wrong[""])] if "" in wrong else []), *fields] if wrong else [],
        "has_errors": bool(wrong),
    }
    return work_page(request, "panels/line.html", facts, room="panels", status=422 if wrong else 200)


def _fields(way: str, typed: str, money: Decimal, wrong: dict[str, str]) -> list[Field]:
    choices = tuple(Choice(code, text, HELP[code]) for code, text in WAYS.items())
    names = {
        "money": ("Penger å bruke", "money"),
        "points": ("Minste snitt", "decimal"),
        "count": ("Antall", "number"),
    }
    values = {"money": number_text(money), "points": "", "count": ""} | {
        way: typed or (number_text(money) if way == "money" else "")
    }
    fields = [Field("way", "Hvordan skal linja trekkes?", kind="radios", choices=choices, value=way)]
    for code, (label, kind) in names.items():
        name = f"value_{code}"
        fields.append(
            Field(
                name,
                f"{label} ({WAYS[code].lower()})",
                kind=kind,  # type: ignore[arg-type]
                value=values.get(code, ""),
                error=wrong.get(name, ""),
            )
        )
    return fields


def _problem(found: Standings, shown: LinePreview) -> str:
    """Why the line cannot be drawn here, and what to do about it."""
    if found.to_discuss:
        count = count_text(len(found.to_discuss), "søknad", "søknader")
        return f"Panelet er uenig om {count}. Drøft dem først."
    if shown.missing:
        return f"Sett beløp på sak {', '.join(shown.missing)} først."
    if not shown.above:
        return "Ingen søknader kommer over denne linja."
    if not shown.can_be_drawn:
        short = shown.effect.short_nok if shown.effect else Decimal(0)
        lacks = f" Det mangler {amount_text(short)}." if short else ""
        return f"Pengene rekker ikke så langt ned.{lacks} De rekker til de {shown.carried} første."
    return ""


def _effect_facts(found: Standings, shown: LinePreview) -> list[Fact]:
    effect = shown.effect
    if effect is None:
        return []
    facts = [
        Fact("Over linja", count_text(effect.above, "søknad", "søknader")),
        Fact("Under linja", count_text(effect.below, "søknad", "søknader")),
        Fact("Sum over linja", amount_text(effect.sum_nok)),
        Fact("Igjen av pengene", amount_text(effect.left_nok) if effect.left_nok >= 0 else "Ingenting"),
    ]
    if effect.lowest_above is not None:
        facts.append(Fact("Laveste snitt over linja", points_text(effect.lowest_above)))
    if effect.highest_below is not None:
        facts.append(Fact("Høyeste snitt under linja", points_text(effect.highest_below)))
    if effect.next_nok is not None and effect.left_nok > 0:
        facts.append(Fact("Den første under linja trenger", amount_text(effect.next_nok)))
    if found.ranking.unscored:
        facts.append(Fact("Ikke rangert", number_of(Decimal(len(found.ranking.unscored)))))
    return facts
