"""Which of the register's columns we keep, under which headings they come, and how each is read.

Headings are compared without regard to capitals. The bulk CSV and the JSON spell some of them differently, and
main units and sub-units too, so a field may have several. JSON is addressed by the same dotted names.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .register_values import (
    Reader,
    Remembered,
    read_boolean,
    read_count,
    read_country,
    read_current_municipality,
    read_date,
    read_industry,
    read_language_form,
    read_legal_form,
    read_lines,
    read_municipality,
    read_name,
    read_orgnr,
    read_parent_orgnr,
    read_postcode,
    read_sector,
    read_text,
    read_year,
)


class Content(StrEnum):
    UNITS = "units"
    SUB_UNITS = "sub_units"


@dataclass(frozen=True, slots=True)
class RegisterField:
    """One column of ours: the headings it may come under (small letters) and how to read it."""

    column: str
    reader: Reader
    headings: tuple[str, ...]
    repeats: bool = True

    def make_reader(self) -> Reader:
        return Remembered(self.reader).__getitem__ if self.repeats else self.reader


ORGNR_HEADING = "organisasjonsnummer"

_IDENTITY = (
    RegisterField("orgnr", read_orgnr, (ORGNR_HEADING,), repeats=False),
    RegisterField("name", read_name, ("navn",), repeats=False),
    RegisterField("legal_form", read_legal_form, ("organisasjonsform.kode",)),
    RegisterField("industry_1", read_industry, ("naeringskode1.kode",)),
    RegisterField("industry_2", read_industry, ("naeringskode2.kode",)),
    RegisterField("industry_3", read_industry, ("naeringskode3.kode",)),
    RegisterField("has_registered_employees", read_boolean, ("harregistrertantallansatte",)),
    RegisterField("employees", read_count, ("antallansatte",)),
    RegisterField("parent_orgnr", read_parent_orgnr, ("overordnetenhet",), repeats=False),
    RegisterField("deleted_date", read_date, ("slettedato",)),
)


def _address(prefix: str, heading: str) -> tuple[RegisterField, ...]:
    return (
        RegisterField(f"{prefix}street", read_lines, (f"{heading}.adresse",), repeats=False),
        RegisterField(f"{prefix}postcode", read_postcode, (f"{heading}.postnummer",)),
        RegisterField(f"{prefix}place", read_text, (f"{heading}.poststed",)),
        RegisterField(f"{prefix}municipality", read_current_municipality, (f"{heading}.kommunenummer",)),
        RegisterField(f"{prefix}country", read_country, (f"{heading}.landkode",)),
    )


def _location(heading: str) -> tuple[RegisterField, ...]:
    written = RegisterField("municipality_as_written", read_municipality, (f"{heading}.kommunenummer",))
    return (*_address("", heading), written, *_address("postal_", "postadresse"))


UNIT_FIELDS: tuple[RegisterField, ...] = (
    *_IDENTITY,
    *_location("forretningsadresse"),
    RegisterField("registered_date", read_date, ("registreringsdatoenhetsregisteret",)),
    RegisterField("vat_registered", read_boolean, ("registrertimvaregisteret",)),
    RegisterField("founded_date", read_date, ("stiftelsesdato",)),
    RegisterField("sector", read_sector, ("institusjonellsektorkode.kode",)),
    RegisterField("accounts_year", read_year, ("sisteinnsendteaarsregnskap",)),
    RegisterField("in_business_register", read_boolean, ("registrertiforetaksregisteret",)),
    RegisterField("in_voluntary_register", read_boolean, ("registrertifrivillighetsregisteret",)),
    RegisterField("in_foundation_register", read_boolean, ("registrertistiftelsesregisteret",)),
    RegisterField("in_group", read_boolean, ("erikonsern",)),
    RegisterField("bankrupt", read_boolean, ("konkurs",)),
    RegisterField("bankrupt_date", read_date, ("konkursdato",)),
    RegisterField("under_liquidation", read_boolean, ("underavvikling",)),
    RegisterField("under_liquidation_date", read_date, ("underavviklingdato",)),
    RegisterField("forced_dissolution", read_boolean, ("undertvangsavviklingellertvangsopplosning",)),
    RegisterField("reconstruction_date", read_date, ("underrekonstruksjonsforhandlingdato",)),
    RegisterField("language_form", read_language_form, ("maalform",)),
)

SUB_UNIT_FIELDS: tuple[RegisterField, ...] = (
    *_IDENTITY,
    *_location("beliggenhetsadresse"),
    RegisterField(
        "registered_date",
        read_date,
        ("registreringsdatoienhetsregisteret", "registreringsdatoenhetsregisteret"),
    ),
    RegisterField("vat_registered", read_boolean, ("registrertimvaregisteret",)),
    RegisterField("started_date", read_date, ("oppstartsdato",)),
    RegisterField("taken_over_date", read_date, ("datoeierskifte",)),
    RegisterField("closed_date", read_date, ("nedleggelsesdato",)),
)

FIELDS: dict[Content, tuple[RegisterField, ...]] = {
    Content.UNITS: UNIT_FIELDS,
    Content.SUB_UNITS: SUB_UNIT_FIELDS,
}
