"""To whom the chosen cases go: one officer, evenly among several, or by the company's municipality."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.http import QueryDict

from runde.foundation.people.api import Person
from runde.grants.casework.api import list_municipalities_of
from runde.web.components.fields import Choice, Field
from runde.web.officer.frozen import ids_of
from runde.web.officer.listing import place_words
from runde.web.staff import count_text

ONE, EVENLY, BY_PLACE = "en", "likt", "kommune"
WAYS = (ONE, EVENLY, BY_PLACE)
UNKNOWN = "ukjent"


@dataclass(frozen=True, slots=True)
class Given:
    """What the form says. `places` maps municipality numbers ("" unknown) to people."""

    way: str = ""
    person: UUID | None = None
    people: tuple[UUID, ...] = ()
    places: Mapping[str, UUID] = field(default_factory=dict)

    @classmethod
    def of(cls, posted: QueryDict) -> Given:
        person = ids_of(posted.getlist("person"))
        places = {
            name.removeprefix("place_").replace(UNKNOWN, ""): found[0]
            for name in posted
            if name.startswith("place_") and (found := ids_of(posted.getlist(name)))
        }
        way = posted.get("go", "")
        return cls(way, person[0] if person else None, tuple(ids_of(posted.getlist("people"))), places)

    @property
    def is_asked(self) -> bool:
        return self.way in WAYS

    def problems(self) -> dict[str, str]:
        """Field name to sentence."""
        if self.way == ONE and self.person is None:
            return {"person": "Velg hvem som skal ha sakene."}
        if self.way == EVENLY and not self.people:
            return {"people": "Velg hvem sakene skal fordeles mellom."}
        if self.way == BY_PLACE and not self.places:
            return {"places": "Velg hvem som skal ha sakene fra minst én kommune."}
        return {}


def giving_fields(
    given: Given,
    officers: Sequence[Person],
    case_ids: Collection[UUID],
    usual: Mapping[str, UUID],
    wrong: Mapping[str, str],
) -> dict[str, list[Field]]:
    """The questions of each way. `usual` is who has had each municipality before."""
    everybody = tuple(Choice(str(one.id), one.name) for one in officers)
    person = Field(
        "person",
        "Saksbehandler",
        kind="select",
        value=str(given.person or ""),
        choices=(Choice("", "Velg"), *everybody),
        error=wrong.get("person", ""),
    )
    people = Field(
        "people",
        "Saksbehandlere",
        kind="checkboxes",
        value=[str(one) for one in given.people],
        choices=everybody,
        description="De som har færrest åpne saker fra før, får flest.",
        error=wrong.get("people", ""),
    )
    return {
        ONE: [person],
        EVENLY: [people],
        BY_PLACE: _place_fields(given, everybody, case_ids, usual, wrong),
    }


def _place_fields(
    given: Given,
    everybody: tuple[Choice, ...],
    case_ids: Collection[UUID],
    usual: Mapping[str, UUID],
    wrong: Mapping[str, str],
) -> list[Field]:
    fields: list[Field] = []
    for number, count in list_municipalities_of(case_ids).items():
        person = given.places.get(number, usual.get(number))
        fields.append(
            Field(
                f"place_{number or UNKNOWN}",
                f"{place_words(number)}, {count_text(count, 'sak', 'saker')}",
                kind="select",
                value=str(person or ""),
                choices=(Choice("", "Ingen"), *everybody),
                error=wrong.get("places", "") if not fields else "",
            )
        )
    return fields
