"""The ways companies are counted: municipality, industry, size and age, each with names for its codes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from runde.engine.whatif import Group, Reach

from .amounts import section_name
from .scope import name_of

SIZES = {"0": "Ingen registrerte ansatte", "100-": "100 ansatte eller flere"}
AGES = {"": "Ukjent alder", "0": "Under 1 år", "21-": "21 år eller mer"}


@dataclass(frozen=True)
class Dimension:
    """`slug` stands in addresses, `head` over the names; `ranked` ones are sorted by how many can get support."""

    slug: str
    head: str
    split: str
    groups_of: Callable[[Reach], tuple[Group, ...]]
    name_of: Callable[[str], str]
    most_said: Callable[[str], str]
    in_sentence: Callable[[str], str] = str
    ranked: bool = True

    def groups(self, reach: Reach) -> tuple[Group, ...]:
        """As they are shown: the largest first, or in the order of the classes."""
        found = self.groups_of(reach)
        return tuple(sorted(found, key=_largest_first)) if self.ranked else found


def _largest_first(group: Group) -> tuple[int, str]:
    """Withheld groups stand last: their place may not tell what they hold."""
    return (1, group.code) if group.eligible is None else (-group.eligible, group.code)


def size_name(code: str) -> str:
    return SIZES.get(code) or f"{code.replace('-', '–')} ansatte"


def age_name(code: str) -> str:
    return AGES[code] if code in AGES else f"{code.replace('-', '–')} år"


def municipality_name(code: str) -> str:
    return name_of(code) if code else "Ukjent kommune"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


MUNICIPALITY = Dimension(
    "kommune",
    "Kommune",
    "etter kommune",
    lambda reach: reach.by_municipality,
    municipality_name,
    lambda name: f"Flest holder til i {name}",
)
INDUSTRY = Dimension(
    "naring",
    "Næring",
    "etter næring",
    lambda reach: reach.by_industry,
    section_name,
    lambda name: f"Flest driver med {_lower(name)}",
    in_sentence=lambda name: _lower(name),
)
SIZE = Dimension(
    "storrelse",
    "Størrelse",
    "etter antall ansatte",
    lambda reach: reach.by_size,
    size_name,
    lambda name: f"Flest har {_lower(name)}",
    ranked=False,
)
AGE = Dimension(
    "alder",
    "Alder",
    "etter alder",
    lambda reach: reach.by_age,
    age_name,
    lambda name: f"Flest er {_lower(name)} gamle",
    ranked=False,
)
DIMENSIONS = (MUNICIPALITY, INDUSTRY, SIZE, AGE)
BY_SLUG = {one.slug: one for one in DIMENSIONS}
