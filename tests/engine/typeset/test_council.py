"""The council's paper: the proposal first, the figures with their tables, and what they rest on."""

from __future__ import annotations

import io
from dataclasses import replace

import pypdf
import pytest

from runde.engine.typeset.api import (
    AssumptionFacts,
    Chart,
    CouncilFacts,
    Fact,
    Grid,
    IncompleteLetter,
    Letter,
    Sender,
    UnsafeLogo,
    council_paper,
    render_letter,
)
from tests.engine.typeset.fonts import font_directory
from tests.engine.typeset.letters import MADE_AT
from tests.engine.typeset.test_render import tags_of, text_of

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 40" width="640" height="40" font-family="Inter">'
    '<rect x="0" y="0" width="320" height="20" fill="#14506B"/>'
    '<text x="0" y="36" font-size="14">Servering 1 284</text></svg>'
)
CHART = Chart(
    "naring",
    "Servering får mest",
    "Virksomheter i Moss",
    SVG,
    "Servering 1 284 virksomheter",
    ("Næring", "Kan få støtte"),
    (("Servering", "1 284"), ("Overnatting", "ikke vist")),
    "Kilde: Enhetsregisteret 20. november 2026.",
)
FACTS = CouncilFacts(
    language="nb",
    sender=Sender("Moss kommune", lines=("Saksvedlegg",)),
    made_at=MADE_AT,
    made_date=MADE_AT.date(),
    heading="Forslag til ordning: 1 284 virksomheter kan få støtte",
    proposal="Vi foreslår ordningen «Tilskudd til servering».",
    money_items=("Næringsfondet: 30 000 000 kroner",),
    summary=(Fact("Hvem", "1 284 virksomheter i Moss"),),
    charts=(CHART,),
    criteria=("Omsetningen må ha falt med minst 30 prosent.",),
    amount=("Faste kostnader", "Trekk for egenandel (5 000 kroner)"),
    near=(Grid("Nesten innenfor krav 1", ("Mangler", "Virksomheter"), (("høyst 1 prosentpoeng", "31"),)),),
    sources=(Grid("Penger", ("Kilde", "Beløp", "Lavt"), (("Næringsfondet", "30 000", "21 000"),)),),
    assumptions=(AssumptionFacts("Fall i omsetning", (Fact("Servering", "20 % har 35 prosent"),), "SSB."),),
    take_up="30 prosent (lavt), 50 prosent (middels) eller 80 prosent (høyt).",
    missing=("Vi vet ikke faste kostnader.",),
    sentences=("1 284 virksomheter i Moss kan få støtte.",),
    register="Kilde: Enhetsregisteret 20. november 2026.",
    withheld="«Ikke vist» er tall under 5.",
)


def rendered(letter: Letter | None = None) -> bytes:
    return render_letter(letter or council_paper(FACTS), font_directory())


def test_the_proposal_comes_first_and_the_method_after_the_figures() -> None:
    text = text_of(rendered())
    places = [
        text.index(words)
        for words in (
            "Forslag til ordning: 1 284 virksomheter",
            "Forslag til vedtak",
            "Kort fortalt",
            "Servering får mest",
            "Hvem kan få støtte",
            "Slik blir beløpet regnet ut",
            "Nesten innenfor krav 1",
            "Antakelser",
            "Slik har vi regnet",
            "Tekst du kan bruke i saken",
        )
    ]
    assert places == sorted(places)
    assert "Kilde: SSB." in text
    assert "Vi vet ikke faste kostnader." in text


def test_a_chart_has_words_for_those_who_do_not_see_it_and_a_table_right_after() -> None:
    content = rendered()
    assert tags_of(content).count("/Figure") == 1
    assert "Overnatting ikke vist" in text_of(content)
    alts = [node["/Alt"] for node in nodes_of(content) if "/Alt" in node]
    assert "Servering 1 284 virksomheter" in [str(alt).replace("\u00a0", " ") for alt in alts]


def nodes_of(content: bytes) -> list[dict[str, object]]:
    reader = pypdf.PdfReader(io.BytesIO(content))
    objects = (
        reader.get_object(number) for number in range(1, len(reader.xref[0]) + len(reader.xref_objStm) + 2)
    )
    return [one for one in objects if isinstance(one, dict)]


def test_the_same_facts_give_the_same_bytes() -> None:
    assert rendered() == rendered()


@pytest.mark.parametrize("language", ["nn", "en"])
def test_the_fixed_words_follow_the_language(language: str) -> None:
    text = text_of(rendered(council_paper(replace(FACTS, language=language))))  # type: ignore[arg-type]
    assert {"nn": "Framlegg til vedtak", "en": "Proposal"}[language] in text


def test_a_paper_without_charts_or_with_a_drawing_that_fetches_is_refused() -> None:
    with pytest.raises(IncompleteLetter, match="chart"):
        rendered(council_paper(replace(FACTS, charts=())))
    fetching = SVG.replace("<rect", '<image href="https://example.org/x.png"/><rect')
    with pytest.raises(UnsafeLogo):
        rendered(council_paper(replace(FACTS, charts=(replace(CHART, svg=fetching),))))


def test_signs_no_letter_has_are_written_out_in_a_drawing_too() -> None:
    strange = replace(CHART, svg=SVG.replace("Servering 1", "Bar \U0001f37a 1"), alt="Bar \U0001f37a")
    assert "[U+1F37A]" in text_of(rendered(council_paper(replace(FACTS, charts=(strange,)))))
