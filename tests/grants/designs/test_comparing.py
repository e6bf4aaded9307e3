"""What differs between two contents, in sentences."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from decimal import Decimal
from typing import Any

import pytest

from runde.engine.whatif import PlannedSource, TakeUp
from runde.grants.designs import api as designs
from runde.grants.designs.api import Content, compare_contents
from runde.grants.designs.domain.places import Place, placed
from runde.grants.designs.queries.examples import example_content
from tests.factories import with_figure

OLD = placed(example_content("smittevern"), Place("3407", "Gjøvik"))
FUND = PlannedSource("Fondet", Decimal(5_000_000))


def told(new: Content, old: Content = OLD) -> list[str]:
    return [change.sentence.replace("\u00a0", " ") for change in compare_contents(old, new)]


def asked_last(content: Content) -> Content:
    form = deepcopy(content["form"])
    form["sections"][0]["questions"].reverse()
    return {**content, "form": form}


def with_question(content: Content, slug: str, **changes: Any) -> Content:
    form = deepcopy(content["form"])
    for section in form["sections"]:
        for question in section["questions"]:
            question.update(changes if question["slug"] == slug else {})
    return {**content, "form": form}


CHANGES: list[tuple[Callable[[Content], Content], list[str]]] = [
    (lambda content: content, []),
    (
        lambda content: designs.set_text(content, ("texts", "how_much"), "nb", "Inntil 300 000 kroner"),
        ["Hvor mye det kan gis er endret fra «Fra 5 000 til 500 000 kroner» til «Inntil 300 000 kroner»."],
    ),
    (
        lambda content: designs.set_text(content, ("texts", "name"), "nn", "Nytt namn"),
        [
            "Navnet på nynorsk er endret fra «Tilskot til verksemder ramma av smitteverntiltak» til «Nytt namn»."
        ],
    ),
    (
        lambda content: designs.set_text(content, ("texts", "summary"), "nb", "Kort. " * 30),
        ["Sammendraget er endret."],
    ),
    (
        lambda content: designs.set_texts(content, ("texts", "conditions", 3), {"nb": "Rapporter i mai."}),
        ["«Rapporter i mai.» er lagt til i lista «Vilkår»."],
    ),
    (
        lambda content: designs.set_texts(content, ("texts", "needed", 2), {}),
        ["«Kontonummeret til virksomheten» er tatt bort fra lista «Hva søkeren trenger»."],
    ),
    (
        lambda content: designs.remove_part(content, "question", "exceptional_text"),
        ["Spørsmålet «Fortell kort om de særlige forholdene» er tatt bort fra skjemaet."],
    ),
    (
        lambda content: designs.set_question(
            content, "costs", {"slug": "why", "type": "text", "label": {"nb": "Hvorfor?"}}
        ),
        ["Spørsmålet «Hvorfor?» er lagt til i skjemaet."],
    ),
    (
        lambda content: with_question(content, "fixed_costs", label={"nb": "Kostnader"}),
        [
            "Spørsmålet «Faste kostnader i mars, april og mai 2026» er endret til «Kostnader».",
            "Hjelp, oversettelser eller feiltekster er endret i spørsmålet «Kostnader».",
        ],
    ),
    (asked_last, ["Rekkefølgen på spørsmålene er endret."]),
    (
        lambda content: designs.set_legal_references(content, ["reasons", "appeal", "access", "reversal"]),
        ["Lovhenvisningen «de_minimis» er tatt bort.", "Lovhenvisningen «reversal» er lagt til."],
    ),
    (
        lambda content: designs.set_take_up(content, TakeUp(Decimal("0.1"), Decimal("0.2"), Decimal("0.3"))),
        ["Anslaget for hvor mange som søker er endret fra {before} til 10–20–30 prosent."],
    ),
    (
        lambda content: designs.remove_assumption(content, "revenue_drop"),
        ["Antakelsen om «Fall i omsetning» er tatt bort."],
    ),
    (
        lambda content: designs.set_sources(content, [FUND]),
        ["«Fondet» er lagt til med 5 000 000 kroner."],
    ),
    (lambda content: designs.set_slug(content, "ny"), ["Adressen er endret fra «smittevern» til «ny»."]),
]


@pytest.mark.parametrize(("edit", "sentences"), CHANGES)
def test_each_difference_has_its_sentence(edit: Callable[[Content], Content], sentences: list[str]) -> None:
    shares = [Decimal(OLD["take_up"][one]) * 100 for one in ("low", "middle", "high")]
    before = "–".join(f"{share:f}".rstrip("0").rstrip(".") for share in shares) + " prosent"
    assert told(edit(OLD)) == [sentence.replace("{before}", before) for sentence in sentences]


def test_money_that_changes_is_told_with_both_sums() -> None:
    one = designs.set_sources(OLD, [FUND])
    less = designs.set_sources(OLD, [PlannedSource("Fondet", Decimal(3_000_000))])
    earmarked = designs.set_sources(OLD, [PlannedSource("Fondet", Decimal(5_000_000), "bankrupt")])
    assert told(less, one) == ["«Fondet» er endret fra 5 000 000 kroner til 3 000 000 kroner."]
    assert told(earmarked, one) == ["Øremerkingen av «Fondet» er endret."]
    assert told(OLD, one) == ["«Fondet» (5 000 000 kroner) er tatt bort."]


def test_rules_come_first_with_their_kind_and_direction() -> None:
    new = designs.set_slug(with_figure(OLD, "required_drop", "0.25"), "ny")
    first, last = compare_contents(OLD, new)
    assert (first.part, first.detail, first.direction) == ("rules", "parameter", "lowered")
    assert (last.part, last.kind) == ("texts", "changed")
