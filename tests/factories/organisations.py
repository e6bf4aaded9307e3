from __future__ import annotations

from datetime import date

import factory
from factory.django import DjangoModelFactory

from runde.engine.reference.api import list_municipalities, sort_key
from runde.foundation.organisations.api import Kind, Organisation

_MUNICIPALITIES = [place for place in list_municipalities(date(2026, 11, 23)) if place.number[:2] == "34"]


class TenantFactory(DjangoModelFactory[Organisation]):
    """A municipality with cases of its own; each one a different real place in Innlandet."""

    class Meta:
        model = Organisation

    class Params:
        place = factory.Sequence(lambda number: _MUNICIPALITIES[number % len(_MUNICIPALITIES)])

    kind = Kind.MUNICIPALITY
    name = factory.LazyAttribute(lambda one: f"{one.place.name} kommune")
    sort_key = factory.LazyAttribute(lambda one: sort_key(one.name))
    slug = factory.Sequence(lambda number: f"kommune-{number}")
    municipality_number = factory.LazyAttribute(lambda one: one.place.number)
    is_tenant = True
    contact_name = "Næringsavdelingen"
    contact_phone = "61 00 00 00"
    contact_email = "naering@kommune.example"
