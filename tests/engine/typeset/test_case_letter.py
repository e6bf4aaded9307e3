"""Letters in a case that are no decision: whole in every language, the municipality's words first, the same bytes."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from runde.engine.reference.api import LANGUAGES, Language
from runde.engine.typeset.api import (
    CaseLetterFacts,
    Contact,
    IncompleteLetter,
    Letter,
    MissingSlot,
    Paragraph,
    Recipient,
    Section,
    Sender,
    Signatures,
    Summary,
    UnknownText,
    Wording,
    block_name,
    case_letter,
    list_texts,
    render_letter,
)
from tests.engine.typeset.fonts import font_directory

ON = date(2026, 11, 30)
VARIANTS = sorted(
    key.removeprefix("heading.") for key in list_texts("case_letter", "nb", ON) if key.startswith("heading.")
)
FACTS = CaseLetterFacts(
    variant="provisional",
    language="nb",
    sender=Sender("Moss kommune"),
    recipient=Recipient("Kafé Kanalen AS", ("Kanalgata 1", "1530 MOSS")),
    contact=Contact("Næringsavdelingen", "00 00 00 00"),
    case_number="26/1200",
    scheme="Tilskudd til kafeer",
    applied_day="12. november 2026",
    letter_date=ON,
    made_at=datetime(2026, 11, 30, 10, tzinfo=UTC),
    rule_keys=("access",),
    values={
        "answer_day": "fredag 18. desember 2026",
        "due_day": "mandag 14. desember 2026",
        "came_day": "fredag 27. november 2026",
        "last_day": "mandag 7. desember 2026",
        "decided_day": "23. november 2026",
        "body_day": "25. november 2026",
        "appeal_body": "klagenemnda i kommunen",
        "reference": "14/27",
        "appellant": "Kafé Kanalen AS",
    },
    said=("Første avsnitt.",),
)


def paragraphs(letter: Letter) -> list[str]:
    return [block.text for block in letter.blocks if isinstance(block, Paragraph)]


def section(letter: Letter, name: str) -> Section:
    return next(block for block in letter.blocks if isinstance(block, Section) and block.name == name)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", VARIANTS)
def test_every_variant_is_whole_in_every_language(variant: str, language: Language) -> None:
    letter = case_letter(replace(FACTS, variant=variant, language=language))
    said = [letter.heading, *paragraphs(letter), *section(letter, "next").paragraphs]
    assert all(said)
    assert not re.search(r"[{}]", " ".join(said))
    assert section(letter, "reasons").paragraphs == ("Første avsnitt.",)
    assert len(letter.heading) <= 60
    assert [block_name(block) for block in letter.blocks][-4:] == ["next", "contact", "signatures", "rules"]
    assert f"case_letter.heading.{variant}.{language}.1" in letter.text_ids


@pytest.mark.parametrize("variant", ["provisional", "statement"])
def test_the_same_facts_give_the_same_bytes_and_others_give_others(variant: str) -> None:
    facts = replace(FACTS, variant=variant)
    first, second = (render_letter(case_letter(facts), font_directory()) for _ in range(2))
    other = render_letter(case_letter(replace(facts, said=("Et annet.",))), font_directory())
    assert first == second
    assert first.startswith(b"%PDF")
    assert first != other


def test_the_box_says_what_the_reader_must_do_and_by_when() -> None:
    letter = case_letter(replace(FACTS, variant="correct", rows=(("row.due", "mandag 14. desember 2026"),)))
    [box] = [block for block in letter.blocks if isinstance(block, Summary)]
    assert [(fact.label, fact.value) for fact in box.facts] == [
        ("Siste dag", "mandag 14. desember 2026"),
        ("Dere må", "sende oss det som mangler"),
    ]


def test_a_letter_of_the_systems_own_names_nobody() -> None:
    own, signed = (case_letter(replace(FACTS, signed_by=name)) for name in ("", "Eli Foss"))
    [first], [second] = ([b for b in one.blocks if isinstance(b, Signatures)] for one in (own, signed))
    assert first.lines == ("Moss kommune",)
    assert "Systemet" in first.statement
    assert second.lines == ("Eli Foss, Moss kommune",)
    assert "godkjent elektronisk" in second.statement


def test_what_the_appellant_wrote_and_what_comes_with_it_stand_in_sections_of_their_own() -> None:
    letter = case_letter(
        replace(FACTS, variant="statement", quoted=("Vi er uenige.",), papers=("Vedtak", "Søknad"))
    )
    assert section(letter, "quoted").paragraphs == ("Vi er uenige.",)
    assert section(letter, "papers").items == ("Vedtak", "Søknad")
    assert "Svar på e-posten" not in section(letter, "contact").paragraphs[0]


def test_the_municipalitys_own_words_come_first_and_may_name_the_values() -> None:
    wording = Wording(
        texts={"lead": "Svar til {company} kommer {answer_day}.", "heading": "Vent litt"},
        added={"next": ("Spør {department}.",)},
        source="template:7",
    )
    letter = case_letter(replace(FACTS, wording=wording))
    assert letter.heading == "Vent litt"
    assert paragraphs(letter)[1] == "Svar til Kafé Kanalen AS kommer fredag 18. desember 2026."
    assert section(letter, "next").paragraphs[-1] == "Spør Næringsavdelingen."
    assert {"template:7.lead.nb", "template:7.heading.nb", "template:7.next.nb"} <= set(letter.text_ids)


def test_a_heading_that_is_too_long_gives_way_to_the_fixed_one() -> None:
    letter = case_letter(replace(FACTS, wording=Wording(texts={"heading": "Vent " * 20})))
    assert letter.heading == "Vi har ikke avgjort søknaden ennå"


def test_what_is_not_known_is_refused_and_never_guessed() -> None:
    with pytest.raises(UnknownText, match="nonsense"):
        case_letter(replace(FACTS, variant="nonsense"))
    with pytest.raises(MissingSlot, match="answer_day"):
        case_letter(replace(FACTS, values={}))
    with pytest.raises(IncompleteLetter, match="saksnummer"):
        render_letter(case_letter(replace(FACTS, case_number="")), font_directory())
