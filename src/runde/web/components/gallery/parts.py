"""Content for the page that shows every part in all its states."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Paginator

from runde.web.components.facts import Answer, Criterion, Fact, SumRow, Task, TrackStep
from runde.web.components.fields import Choice, Field, Grid, GridColumn, GridRow
from runde.web.components.navigation import Crumb, FilterChip, Lane, Step
from runde.web.components.words import STATUS_TAGS

from . import drawings
from .people import OFFICER, OFFICER_MENU, TENANT
from .tables import cases

FACTS = (
    Fact("Hvem", "Virksomheter i Moss som er rammet av smitteverntiltak"),
    Fact("Hvor mye", "Inntil 500 000 kroner", source="Satsen gjelder fra 1. november 2026"),
    Fact("Frist", "mandag 30. november 2026 kl. 23.59"),
    Fact("Når får jeg svar", "Åtte av ti får svar innen 9. desember"),
)
ANSWERS = (
    Answer("Omsetning i november 2026", "308 000 kroner", "#endre", "omsetning"),
    Answer("Omsetning i november 2025", "560 000 kroner", "#endre", "omsetning året før"),
    Answer("Kommentar", "", "#endre", "kommentar"),
)
RULES = (
    Criterion("Virksomheten driver servering i Moss", "met", source="Enhetsregisteret, 20. november 2026"),
    Criterion(
        "Omsetningen har falt med minst 30 prosent",
        "unmet",
        detail="Fallet er 26,4 prosent. Det mangler 3,6 prosentpoeng.",
        source="Søknaden, 14. november 2026",
    ),
    Criterion("Virksomheten er ikke konkurs", "unknown", detail="Vi venter på svar fra registeret."),
)
SUM = (
    SumRow("Faste kostnader dere oppga", "320 000 kroner", note="Søknaden, 12. november 2026"),
    SumRow("Fall i omsetning, november 2026 mot november 2025", "45,0 prosent"),
    SumRow("Vi dekker 85 prosent av kostnadene for fallet", "122 400 kroner", note="320 000 × 45,0 % × 85 %"),
    SumRow("Trekk for egenandel", "−5 000 kroner"),
    SumRow("Tilskudd", "117 400 kroner", result=True),
)
TRACK = (
    TrackStep(
        "Søknaden er sendt", "done", date="12. november 2026", url="#kvittering", link_text="Les kvitteringen"
    ),
    TrackStep(
        "Vedtaket er sendt", "done", date="23. november 2026", url="#vedtak", link_text="Les vedtaksbrevet"
    ),
    TrackStep("Kommunen gjør klar utbetalingen", "now", note="Du trenger ikke gjøre noe."),
    TrackStep("Pengene kommer på konto", "later", date="Etter planen fredag 4. desember 2026"),
)
TASKS = (
    Task("Virksomheten", "#virksomheten", "done"),
    Task("Omsetning", "#omsetning", "started", note="Ett svar mangler"),
    Task("Vedlegg", "#vedlegg", "waiting"),
)
LANES = (
    Lane("Klare", "#klare", 250, current=True),
    Lane("Må vurderes", "#vurderes", 38),
    Lane("Oppfyller ikke", "#oppfyller-ikke", 12),
)
CHIPS = (FilterChip("Servering", "#uten-servering"), FilterChip("Over 100 000 kroner", "#uten-belop"))
STEPS = (
    Step("Klargjort", "done", "Ida Lunde, 23. november"),
    Step("Godkjent", "done", "Per Strand, 24. november"),
    Step("Fil laget", "now"),
    Step("Sendt"),
    Step("Kvittert"),
)
COLOURS = ("accent", "neutral", "brand1", "info", "success", "warning", "danger")


class SampleForm(forms.Form):
    """A Django form as a page would have it, with words of our own for what is wrong."""

    company = forms.CharField(
        label="Organisasjonsnummer",
        help_text="9 siffer. Mellomrom er i orden.",
        error_messages={"required": "Skriv organisasjonsnummeret, 9 siffer."},
    )
    contact = forms.EmailField(
        label="E-post",
        error_messages={"invalid": "E-postadressen mangler noe. Skriv den som navn@eksempel.no."},
    )
    note = forms.CharField(label="Er det noe vi bør vite?", widget=forms.Textarea, required=False)


def fields() -> tuple[Field, ...]:
    staff = (
        Choice("none", "Ingen ansatte"),
        Choice("few", "1 til 9 ansatte", "Regn med deg selv hvis du får lønn"),
    )
    papers = (Choice("accounts", "Regnskap"), Choice("lease", "Leieavtale"))
    return (
        Field("name", "Navn på virksomheten", value="Kafé Kanalen AS"),
        Field(
            "revenue",
            "Omsetning i november 2026",
            kind="money",
            value="308 000",
            description="Uten merverdiavgift",
        ),
        Field("share", "Andel av kostnadene", kind="percent", value="85"),
        Field("day", "Første dag med stengte lokaler", kind="date", description="For eksempel 15.11.2026"),
        Field(
            "account",
            "Kontonummer",
            kind="account",
            description="11 siffer",
            value="1234 56 7890",
            error=WRONG_ACCOUNT,
        ),
        Field(
            "industry",
            "Næring",
            kind="select",
            choices=(Choice("", "Velg næring"), Choice("56", "Servering")),
        ),
        Field(
            "staff",
            "Hvor mange ansatte har dere?",
            kind="radios",
            choices=staff,
            error="Velg hvor mange ansatte dere har.",
        ),
        Field("closed", "Var lokalet stengt i november?", kind="yesno", value="yes"),
        Field(
            "papers",
            "Hva legger dere ved?",
            kind="checkboxes",
            choices=papers,
            value=["accounts"],
            optional=True,
        ),
        Field("reason", "Hvorfor falt omsetningen?", kind="textarea", audience="applicant", rows=3),
        Field("note", "Notat om saken", kind="textarea", audience="internal", rows=3, optional=True),
        *newer_kinds(),
        Field("file", "Regnskap for november", kind="file", accept=".pdf", description="PDF, høyst 20 MB"),
        Field("declaration", "Jeg har lest vilkårene, og opplysningene er riktige", kind="checkbox"),
        Field("locked", "Saksnummer", value="26/1200", readonly=True),
    )


def newer_kinds() -> tuple[Field, ...]:
    """Periods, tables, long lists and information."""
    return (
        period(),
        budget(),
        Field(
            "municipality",
            "Hvor skal tiltaket være?",
            kind="select",
            choices=(
                Choice("", "Velg kommune"),
                Choice("3103", "Moss", group="Østfold"),
                Choice("3901", "Horten", group="Vestfold"),
            ),
        ),
        Field(
            "trade",
            "Hvilken næring er tiltaket i?",
            kind="lookup",
            value="56.110",
            description="Skriv koden eller noe av navnet.",
            choices=(Choice("56.110", "56.110 Drift av restauranter og kafeer"),),
        ),
        Field(
            "told",
            "Slik regner vi støtten",
            kind="information",
            description="Vi legger sammen det dere har fått de siste tre årene.",
        ),
    )


def period() -> Field:
    parts = (
        Field("closed-from", "Fra og med", kind="date", html_id="id_closed-from", value="12.11.2026"),
        Field("closed-to", "Til og med", kind="date", html_id="id_closed-to", value="1.11.2026"),
    )
    wrong = "Sluttdatoen må være etter startdatoen."
    return Field("closed-days", "Når var lokalet stengt?", kind="period", parts=parts, error=wrong)


def budget() -> Field:
    columns = (
        GridColumn("what", "Kostnad"),
        GridColumn("amount", "Beløp", "kr", is_number=True, total="480 000 kroner"),
    )
    rows = tuple(
        GridRow(place + 1, cost_row(str(place), what, amount, error), "budget")
        for place, (what, amount, error) in enumerate(
            (
                ("Husleie", "320 000", ""),
                ("Forsikring", "160 000", ""),
                ("Strøm", "mye", "Vi kan ikke lese beløpet. Skriv det med tall."),
            )
        )
    )
    return Field(
        "budget",
        "Hvilke kostnader søker dere om å få dekket?",
        kind="table",
        description="En rad for hver kostnad.",
        grid=Grid(columns, rows, GridRow(0, cost_row("__", "", "", ""), "budget")),
    )


def cost_row(place: str, what: str, amount: str, error: str) -> tuple[Field, ...]:
    return (
        Field(f"budget-{place}-what", "Kostnad", value=what),
        Field(f"budget-{place}-amount", "Beløp", kind="money", value=amount, error=error),
    )


WRONG_ACCOUNT = "Kontonummeret stemmer ikke. Sjekk at alle 11 sifrene er riktige."


@cache
def icon_names() -> tuple[str, ...]:
    """The icons in the built sprite, by their names."""
    sprite = Path(settings.STATICFILES_DIRS[0]) / "icons.svg"
    if not sprite.is_file():
        return ()
    pieces = sprite.read_text(encoding="utf-8").split('<symbol id="')[1:]
    return tuple(piece.split('"', 1)[0] for piece in pieces)


def everything() -> dict[str, Any]:
    form = SampleForm({"company": "", "contact": "kari.dahl"})
    return {
        "h1": "Deler som sidene er bygget av",
        "lead": "Alle deler i alle tilstander. Personer og virksomheter er oppdiktede.",
        "tenant": TENANT,
        "user": OFFICER,
        "menu": OFFICER_MENU,
        "crumbs": (Crumb("Forsiden", "/"), Crumb("Komponenter", "#main")),
        "sample_form": form,
        "fields": fields(),
        "facts": FACTS,
        "answers": ANSWERS,
        "rules": RULES,
        "sum": SUM,
        "track": TRACK,
        "tasks": TASKS,
        "lanes": LANES,
        "chips": CHIPS,
        "steps": STEPS,
        "table": cases(),
        "page": Paginator(range(250), 25).page(3),
        "statuses": list(STATUS_TAGS),
        "colours": COLOURS,
        "figures": drawings.all_figures(),
        "icons": icon_names(),
    }
