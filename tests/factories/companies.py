from __future__ import annotations

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from runde.engine.reference.api import sort_key, synthetic_orgnr
from runde.foundation.companies.models import Company, Confirmation, Import

REGISTER_DATE = date(2026, 11, 20)
_READ_AT = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)


class ImportFactory(DjangoModelFactory[Import]):
    class Meta:
        model = Import

    file_name = "enheter.csv.gz"
    sha256 = "0" * 64
    register_date = REGISTER_DATE
    content = "units"
    started_at = _READ_AT
    rows = imported = 1
    rejected = 0


class CompanyFactory(DjangoModelFactory[Company]):
    """A healthy restaurant in Gjøvik with a synthetic organisation number; override what matters."""

    class Meta:
        model = Company
        skip_postgeneration_save = True

    orgnr = factory.Sequence(synthetic_orgnr)
    name = factory.Sequence(lambda number: f"Kafé Fjellheim {number} AS")
    sort_key = factory.LazyAttribute(lambda one: sort_key(one.name))
    legal_form = "AS"
    industry_1 = "56.110"
    industry_2 = industry_3 = ""
    industry_standard = "SN2025"
    nace_section = "I"
    municipality = municipality_as_written = "3407"
    street = "Storgata 1"
    postcode = "2815"
    place = "GJØVIK"
    country = "NO"
    postal_municipality = postal_street = postal_postcode = postal_place = postal_country = ""
    parent_orgnr = ""
    has_registered_employees = True
    employees = 7
    registered_date = date(2015, 5, 4)
    founded_date = date(2015, 4, 1)
    sector = "2100"
    bankrupt = under_liquidation = forced_dissolution = False
    vat_registered = in_business_register = True
    language_form = ""
    known_from = date(2026, 1, 1)
    last_import = factory.SubFactory(ImportFactory)

    @factory.post_generation
    def confirmed(self: Company, create: bool, extracted: object, **kwargs: object) -> None:
        """The register still said so on the register date."""
        if not create:
            return
        Confirmation.objects.get_or_create(orgnr=self.orgnr, defaults={"as_of_date": REGISTER_DATE})
