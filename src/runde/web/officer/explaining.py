"""The questions about going another way: past a criterion, or other than like cases went."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from django.http import QueryDict

from runde.engine.reference.api import number_text
from runde.engine.rules import CriterionResult, Verdict
from runde.grants.casework.api import (
    Deviation,
    Why,
    get_why,
    list_departure_reasons,
    list_deviation_reasons,
)
from runde.grants.precedents.api import first_sentence
from runde.web.components.facts import Fact
from runde.web.components.fields import Choice, Field

CODE, WORDS = "why_", "past_"
LONGEST = 2000
ASK_CODE = "Hvorfor går dere forbi kravet «{}»?"
ASK_WORDS = "Begrunn det med egne ord"


@dataclass(frozen=True, slots=True)
class Explained:
    """What was answered: by criterion a code and words, and the same for departing from like cases."""

    past: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    departure_code: str = ""
    departure_words: str = ""

    @classmethod
    def of(cls, posted: QueryDict) -> Explained:
        slugs = [name.removeprefix(CODE) for name in posted if name.startswith(CODE)]
        past = {slug: (posted.get(CODE + slug, ""), posted.get(WORDS + slug, "")) for slug in slugs}
        return cls(past, posted.get("departure", ""), posted.get("departure_words", ""))

    def deviations(self) -> tuple[Deviation, ...]:
        return tuple(Deviation(slug, code, words) for slug, (code, words) in self.past.items())

    def too_long(self) -> dict[str, str]:
        texts = {WORDS + slug: words for slug, (_, words) in self.past.items()}
        texts["departure_words"] = self.departure_words
        return {
            name: f"Skriv høyst {number_text(LONGEST)} tegn. Nå er det {number_text(len(text))}."
            for name, text in texts.items()
            if len(text) > LONGEST
        }


def errors_of(unexplained: Mapping[str, str]) -> dict[str, str]:
    """What casework misses, by the field it is asked in."""
    found = {}
    for about, sentence in unexplained.items():
        in_words = "egne ord" in sentence
        if about == "departure":
            found["departure_words" if in_words else "departure"] = sentence
        else:
            found[(WORDS if in_words else CODE) + about.removeprefix("deviation:")] = sentence
    return found


def past_fields(
    criteria: Sequence[CriterionResult], said: Explained, errors: Mapping[str, str]
) -> list[Field]:
    """Two questions for each criterion a grant would go past."""
    return [one for criterion in criteria for one in _about(criterion, said, errors)]


def _about(criterion: CriterionResult, said: Explained, errors: Mapping[str, str]) -> tuple[Field, Field]:
    slug, asked = criterion.slug, first_sentence(criterion.texts["nb"]["requirement"])
    code, words = said.past.get(slug, ("", ""))
    return (
        Field(
            CODE + slug,
            ASK_CODE.format(asked),
            kind="select",
            choices=_choices(list_deviation_reasons()),
            value=code,
            description="Bare hvis du foreslår tilskudd.",
            error=errors.get(CODE + slug, ""),
            optional=True,
        ),
        Field(
            WORDS + slug,
            ASK_WORDS,
            kind="textarea",
            rows=3,
            value=words,
            description=f"Om kravet «{asked}». Står i brevet.",
            audience="applicant",
            error=errors.get(WORDS + slug, ""),
            optional=True,
        ),
    )


def departure_fields(said: Explained, errors: Mapping[str, str]) -> list[Field]:
    """Asked only when the proposal goes another way than like cases, and kept while it is mended."""
    asked = {"departure", "departure_words"} & errors.keys()
    if not asked and not said.departure_code:
        return []
    return [
        Field(
            "departure",
            "Forslaget ditt avviker fra lignende saker. Hvorfor?",
            kind="select",
            choices=_choices(list_departure_reasons()),
            value=said.departure_code,
            error=errors.get("departure", ""),
            audience="internal",
        ),
        Field(
            "departure_words",
            "Begrunn avviket med egne ord",
            kind="textarea",
            rows=3,
            value=said.departure_words,
            description="Den som godkjenner, leser dette. Det står ikke i brevet.",
            error=errors.get("departure_words", ""),
            audience="internal",
        ),
    ]


def _choices(reasons: Sequence[Why]) -> tuple[Choice, ...]:
    return (Choice("", "Velg en grunn"), *(Choice(one.code, one.label["nb"]) for one in reasons))


class Weighed(Protocol):
    """A proposal or a decision: what its officer gave as reasons for going another way."""

    deviations: list[dict[str, str]]
    departure_code: str
    departure_words: str


def explained_facts(weighed: Weighed, verdict: Verdict) -> list[Fact]:
    """Each criterion gone past and the departure from like cases, with coded reason and words."""
    asked = {one.slug: first_sentence(one.texts["nb"]["requirement"]) for one in verdict.criteria}
    facts = [
        Fact(
            f"Går forbi kravet «{asked.get(one['criterion'], one['criterion'])}»",
            get_why(one["code"]).label["nb"],
            source=one["words"],
        )
        for one in weighed.deviations
    ]
    if weighed.departure_code:
        label = get_why(weighed.departure_code).label["nb"]
        facts.append(Fact("Avviker fra lignende saker", label, source=weighed.departure_words))
    return facts
