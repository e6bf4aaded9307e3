"""Fictitious units in the register's columns, in the proportions of the real register.

The same seed and options give the same units with the same version of this program.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from runde.engine.reference.api import (
    Edition,
    Municipality,
    UnknownIndustry,
    UnknownLegalForm,
    UnknownSector,
    industry,
    legal_form,
    list_industries,
    list_municipalities,
    sector,
    successors,
    synthetic_orgnr,
)
from runde.foundation.companies.domain.bulk_columns import BULK_COLUMNS

from .business_names import BusinessNames
from .shape import Draw, Often, load_shape

SMALLEST_SHARE = 0.0001  # for a municipality too small to stand in the extracts
FOREIGN = (("SE", "Sverige"), ("DK", "Danmark"), ("DE", "Tyskland"), ("GB", "Storbritannia"), ("PL", "Polen"))
EMPLOYEE_STEPS = {"5": 9, "10": 19, "20": 49, "50": 99, "100": 249, "250": 900}
UNSTATED = "00.000"
_AT = {column: place for place, column in enumerate(BULK_COLUMNS)}
_YES_NO = ("false", "true")


@dataclass(frozen=True, slots=True)
class SynthesisOrder:
    """What to make: how many units, from which seed, as the register would stand on `as_of`.

    `municipalities` gives weights by number, to make units only there; empty means the whole country in
    measured proportions.
    """

    count: int
    seed: int
    as_of: date
    edition: Edition = "SN2025"
    municipalities: Mapping[str, float] = field(default_factory=dict)
    first_sequence: int = 0


def make_units(order: SynthesisOrder) -> Iterator[list[str]]:
    """One row of texts in the order of `BULK_COLUMNS` for each unit."""
    chance = Random(order.seed)  # noqa: S311 - made-up data, no secrets
    shape = load_shape()
    places = _Places(chance, shape["municipalities"], order)
    forms = Draw(chance, shape["forms"])
    makers = {group: _Maker(chance, group, shape, order, places) for group in shape["groups"]}
    for sequence in range(order.first_sequence, order.first_sequence + order.count):
        form = forms()
        yield makers.get(form, makers["other"]).make(synthetic_orgnr(sequence), form)


class _Places:
    """Municipalities by share, with the address columns that follow from each."""

    def __init__(self, chance: Random, measured: Mapping[str, float], order: SynthesisOrder) -> None:
        self._by_number = {place.number: place for place in list_municipalities(order.as_of)}
        self.draw = Draw(chance, self._weights(measured, order.municipalities))
        self.names = {number: _plain_name(place) for number, place in self._by_number.items()}
        self.is_nynorsk = {number: place.language_form == "nn" for number, place in self._by_number.items()}
        self._last_digits = Draw.evenly(chance, [str(digit) for digit in range(10)])

    def _weights(self, measured: Mapping[str, float], wanted: Mapping[str, float]) -> dict[str, float]:
        shares = {number: max(measured.get(number, 0.0), SMALLEST_SHARE) for number in self._by_number}
        if not wanted:
            return shares
        return {number: shares[number] * weight for number, weight in wanted.items()}

    def address(self, number: str, street: str) -> list[str]:
        """The seven address columns; the postcode is made up, one row of ten for each municipality."""
        name = self.names[number].upper()
        postcode = f"{(int(number) * 7919) % 899 + 100:03d}{self._last_digits()}"
        return [street, name, postcode, name, number, "Norge", "NO"]


class _Maker:
    """Makes the units of one group of forms, each with its own proportions."""

    def __init__(
        self, chance: Random, group: str, shape: dict[str, Any], order: SynthesisOrder, places: _Places
    ) -> None:
        told = shape["groups"][group]
        self._chance, self._group, self._order, self._places = chance, group, order, places
        self._names = BusinessNames(chance)
        self._section = Draw(chance, told["sections"])
        self._sector = Draw(chance, told["sectors"])
        self._year = Draw(chance, told["registered_year"])
        self._often = {name: Often(chance, share) for name, share in told.items() if isinstance(share, float)}
        self._industries = _industries(chance, shape["industries"], order.edition)
        self._employees = _employees(chance, shape["employees"], "AS" if group == "AS" else "other")
        self._foreign = Draw.evenly(chance, [code for code, _ in FOREIGN])

    def make(self, orgnr: str, form: str) -> list[str]:
        row = [""] * len(BULK_COLUMNS)
        section = self._section()
        row[0], row[2], row[3] = orgnr, form, _form_name(form)
        number = self._place(row)
        row[1] = self._names.name(form, section, self._places.names[number])
        self._add_industry(row, section)
        self._add_employees(row, section)
        self._add_dates(row)
        self._add_registers(row)
        self._add_distress(row)
        code = self._sector()
        row[_AT["institusjonellSektorkode.kode"]] = code
        row[_AT["institusjonellSektorkode.beskrivelse"]] = _sector_name(code)
        nynorsk = self._places.is_nynorsk[number] and self._chance.random() < 0.8
        row[_AT["maalform"]] = "Nynorsk" if nynorsk else "Bokmål"
        return row

    def _place(self, row: list[str]) -> str:
        """Fill the addresses and give the municipality the unit belongs to, also when it has none on paper."""
        number = self._places.draw()
        if self._group == "UTLA":
            code = self._foreign()
            at = _AT["forretningsadresse.adresse"]
            row[at], row[at + 5], row[at + 6] = self._names.street(), dict(FOREIGN)[code], code
            return number
        if self._often["business_address"]():
            at = _AT["forretningsadresse.adresse"]
            row[at : at + 7] = self._places.address(number, self._names.street())
        if self._often["postal_address"]():
            at = _AT["postadresse.adresse"]
            row[at : at + 7] = self._places.address(number, f"Postboks {self._chance.randint(1, 999)}")
        return number

    def _add_industry(self, row: list[str], section: str) -> None:
        if not section:
            row[4] = UNSTATED if self._group == "AS" else ""
            row[5] = "Uoppgitt" if row[4] else ""
            return
        row[4] = self._industries[section]()
        row[5] = _industry_name(row[4], self._order.edition)
        if self._often["second_industry"]():
            row[6] = self._industries[section]()
            row[7] = _industry_name(row[6], self._order.edition)

    def _add_employees(self, row: list[str], section: str) -> None:
        step = self._employees.get(section, self._employees[""])()
        row[_AT["harRegistrertAntallAnsatte"]] = _YES_NO[step != "none"]
        if step in EMPLOYEE_STEPS:
            row[_AT["antallAnsatte"]] = str(self._chance.randint(int(step), EMPLOYEE_STEPS[step]))

    def _add_dates(self, row: list[str]) -> None:
        registered = date(int(self._year()), 1, 1) + timedelta(days=int(self._chance.random() * 365))
        registered = min(registered, self._order.as_of)
        row[_AT["registreringsdatoenhetsregisteret"]] = registered.isoformat()
        if self._often["founded"]():
            before = timedelta(days=int(self._chance.random() * 60))
            row[_AT["stiftelsesdato"]] = (registered - before).isoformat()
        if self._often["accounts"]():
            row[_AT["sisteInnsendteAarsregnskap"]] = str(self._order.as_of.year - 2)

    def _add_registers(self, row: list[str]) -> None:
        for column, name in (
            ("registrertIMvaRegisteret", "vat"),
            ("registrertIForetaksregisteret", "business_register"),
            ("registrertIFrivillighetsregisteret", "voluntary_register"),
            ("registrertIStiftelsesregisteret", "foundation_register"),
        ):
            row[_AT[column]] = _YES_NO[self._often[name]()]
        row[_AT["registrertIPartiregisteret"]] = row[_AT["erIKonsern"]] = "false"

    def _add_distress(self, row: list[str]) -> None:
        for column, dated, name in (
            ("konkurs", "konkursdato", "bankrupt"),
            ("underAvvikling", "underAvviklingDato", "under_liquidation"),
            ("underTvangsavviklingEllerTvangsopplosning", "", "forced_dissolution"),
        ):
            happens = self._often[name]()
            row[_AT[column]] = _YES_NO[happens]
            if happens and dated:
                since = timedelta(days=self._chance.randint(1, 700))
                row[_AT[dated]] = (self._order.as_of - since).isoformat()


def _industries(
    chance: Random, measured: Mapping[str, Mapping[str, float]], edition: Edition
) -> dict[str, Draw]:
    """By SN2007 section a draw of codes in the wanted edition; the rest share spread over the section."""
    by_section: dict[str, list[str]] = {}
    for found in list_industries("SN2007"):
        by_section.setdefault(found.section, []).append(found.code)
    draws = {}
    for section, told in measured.items():
        weights: dict[str, float] = {}
        for code, share in told.items():
            spread = [code] if code else by_section[section]
            for each in spread:
                for now in _in_edition(each, edition):
                    weights[now[0]] = weights.get(now[0], 0.0) + share * now[1] / len(spread)
        draws[section] = Draw(chance, weights)
    return draws


def _in_edition(code: str, edition: Edition) -> list[tuple[str, float]]:
    """The code, or its successors with an equal part each."""
    if edition == "SN2007":
        return [(code, 1.0)]
    found = successors(code)
    return [(each, 1 / len(found)) for each in found]


def _employees(chance: Random, measured: Mapping[str, Mapping[str, float]], kind: str) -> dict[str, Draw]:
    draws = {
        key.partition(" ")[2]: Draw(chance, told)
        for key, told in measured.items()
        if key.startswith(f"{kind} ")
    }
    return {**draws, "": draws.get("") or Draw(chance, measured[kind])}


def _plain_name(place: Municipality) -> str:
    return place.name.partition(" - ")[0].partition(" (")[0]


def _form_name(code: str) -> str:
    try:
        return legal_form(code).name
    except UnknownLegalForm:
        return ""


def _industry_name(code: str, edition: Edition) -> str:
    try:
        return industry(code, edition).name
    except UnknownIndustry:
        return ""


def _sector_name(code: str) -> str:
    try:
        return sector(code).name
    except UnknownSector:
        return ""
