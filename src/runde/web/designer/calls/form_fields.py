"""The fields of a call's form under their headings, explained in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from runde.grants.schemes.api import LANGUAGE_LABELS, SchemeVersion, scheme_name
from runde.web.components.fields import Choice, Field, Kind
from runde.web.designer.calls.form import CallForm

DAY = "Skriv datoen slik: 15.11.2026"
CLOCK = "Norsk tid, for eksempel 23.59"


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """`rows` are fields that stand beside each other where there is room."""

    title: str
    why: str
    rows: tuple[tuple[Field, ...], ...]

    @property
    def fields(self) -> list[Field]:
        return [field for row in self.rows for field in row]


class FieldMaker:
    """Makes fields with what was typed and what is wrong with it."""

    def __init__(self, form: CallForm) -> None:
        self._form = form

    def __call__(
        self, name: str, label: str, kind: Kind = "text", description: str = "", **more: Any
    ) -> Field:
        return Field(
            name,
            label,
            kind=kind,
            value=self._form.typed.get(name, ""),
            description=description,
            error=self._form.errors.get(name, ""),
            **more,
        )


def groups_of(form: CallForm) -> tuple[FieldGroup, ...]:
    make = FieldMaker(form)
    return (
        _scheme(make, form.versions),
        _clock(make),
        _late(make),
        _contact(make),
        _afterwards(make),
        _euro(make),
    )


def _scheme(make: FieldMaker, versions: Sequence[SchemeVersion]) -> FieldGroup:
    choices = tuple(
        Choice(str(one.id), f"{scheme_name(one, 'nb')}, versjon {one.number}") for one in versions
    )
    version = make(
        "version",
        "Hvilken ordning lyser dere ut?",
        "select",
        "Søknadene blir vurdert etter reglene i denne versjonen.",
        choices=(Choice("", "Velg"), *choices),
        answer="l",
    )
    slug = make(
        "slug",
        "Adresse på nettsiden",
        "text",
        "Siste del av adressen, for eksempel sommer-2027. Den kan ikke endres etter publisering.",
        answer="m",
    )
    kind = make(
        "kind",
        "Hvordan går utlysningen?",
        "radios",
        choices=(
            Choice("deadline", "Med frist", "Alle som søker innen fristen, blir vurdert sammen."),
            Choice("running", "Løpende", "Søknadene blir vurdert etter hvert, så lenge det er penger."),
        ),
    )
    return FieldGroup("Ordning", "", ((version,), (slug,), (kind,)))


def _clock(make: FieldMaker) -> FieldGroup:
    opens = (
        make("opens_date", "Åpner", "date", DAY),
        make("opens_clock", "Klokka", "text", CLOCK, answer="xs"),
    )
    closes = (
        make("closes_date", "Frist", "date", DAY),
        make("closes_clock", "Fristen går ut klokka", "text", CLOCK, answer="xs"),
    )
    why = "Alle tider er norsk tid. En løpende utlysning har også en frist: siste dag det går an å søke."
    answer = make(
        "answer_by_date",
        "Når får alle svar senest?",
        "date",
        "Søkerne ser datoen før de søker. Skriv slik: 15.11.2026",
    )
    return FieldGroup(
        "Når",
        why,
        (opens, closes, (answer,)),
    )


def _late(make: FieldMaker) -> FieldGroup:
    grace = make(
        "grace_minutes",
        "Hvor mange minutter etter fristen kan de som har begynt, sende inn?",
        "number",
        "Til hjelp for dem som holder på når fristen går ut. Tomt betyr ingen ekstra tid.",
        optional=True,
        unit="minutter",
    )
    texts = tuple(
        make(
            f"late_rule_{language}",
            f"Hva skjer med dem som kommer for sent? ({label})",
            "textarea",
            "For eksempel: Søknader etter fristen blir ikke vurdert." if language == "nb" else "",
            optional=True,
            rows=2,
            audience="applicant",
        )
        for language, label in LANGUAGE_LABELS.items()
    )
    return FieldGroup("Etter fristen", "", ((grace,), *((one,) for one in texts)))


def _contact(make: FieldMaker) -> FieldGroup:
    fields = (
        make("contact_name", "Navn", optional=True, answer="l", audience="applicant"),
        make("contact_email", "E-post", "email", optional=True, answer="l"),
        make("contact_phone", "Telefon", "tel", optional=True),
    )
    why = "Den som svarer på spørsmål om utlysningen. Tomt betyr kommunens vanlige kontakt."
    return FieldGroup("Kontakt", why, tuple((one,) for one in fields))


def _afterwards(make: FieldMaker) -> FieldGroup:
    accepts = make(
        "needs_acceptance",
        "Må den som får penger, godta vilkårene før dere betaler?",
        "yesno",
    )
    days = make(
        "acceptance_days",
        "Hvor mange dager har de på å svare?",
        "number",
        "Regnes fra vedtaket. Bare når vilkårene må godtas.",
        optional=True,
        unit="dager",
    )
    report = make(
        "report_due_days",
        "Når må de rapportere?",
        "number",
        "Antall dager etter at pengene er betalt. Tomt betyr at dere ikke ber om rapport.",
        optional=True,
        unit="dager",
    )
    drafts = make(
        "keep_drafts_days",
        "Hvor lenge skal kladder lagres etter fristen?",
        "number",
        "Søkeren får beskjed før kladden slettes.",
        unit="dager",
    )
    return FieldGroup("Etter vedtaket", "", ((accepts,), (days,), (report,), (drafts,)))


def _euro(make: FieldMaker) -> FieldGroup:
    rate = make("euro_rate", "Kroner for en euro", "decimal", "For eksempel 11,7190", unit="kr")
    day = make("euro_rate_date", "Kursen gjaldt", "date", DAY)
    source = make(
        "euro_rate_source", "Hvor er kursen hentet?", "text", "For eksempel Norges Bank", answer="l"
    )
    why = "Grensene for offentlig støtte er i euro. Vi regner dem om med denne kursen i hele utlysningen."
    return FieldGroup("Eurokurs", why, ((rate, day), (source,)))
