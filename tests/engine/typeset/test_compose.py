"""What the composed letters say, checked against the model letters."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runde.engine.reference.api import LANGUAGES, UnknownFigure
from runde.engine.typeset.api import (
    LONGEST_HEADING,
    Criteria,
    Criterion,
    Letter,
    Recipient,
    Section,
    Signatures,
    Steps,
    Summary,
    Table,
    grant_letter,
    receipt_letter,
    refusal_letter,
)
from tests.engine.typeset.letters import CRITERIA, GRANT, RECEIPT, REFUSAL, in_language


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def only(letter: Letter, kind: type[Any]) -> Any:
    found = [block for block in letter.blocks if isinstance(block, kind)]
    assert len(found) == 1
    return found[0]


def section(letter: Letter, name: str) -> Section:
    return next(b for b in letter.blocks if isinstance(b, Section) and b.name == name)


def box(letter: Letter) -> list[tuple[str, str]]:
    return [(fact.label, plain(fact.value)) for fact in only(letter, Summary).facts]


def test_the_grant_says_the_result_first() -> None:
    letter = grant_letter(GRANT)
    assert plain(letter.heading) == "Kafé Kanalen AS får 117 400 kroner i tilskudd"
    assert plain(letter.blocks[0].text) == (  # type: ignore[union-attr]
        "Dere søkte 12. november 2026 om tilskudd til virksomheter rammet av smitteverntiltak. "
        "Vi har innvilget søknaden."
    )
    assert box(letter) == [
        ("Beløp", "117 400 kroner"),
        ("Pengene kommer", "etter planen fredag 4. desember 2026"),
        ("Dere må", "godta vilkårene innen mandag 30. november 2026"),
        ("Siste dag å klage", "mandag 14. desember 2026"),
    ]
    assert [plain(item) for item in only(letter, Steps).items] == [
        "Logg inn og godta vilkårene innen mandag 30. november 2026.",
        "Sjekk at kontonummeret som slutter på 34, er riktig.",
        "Send oss en kort rapport innen 1. juni 2027. Vi minner dere om det.",
    ]


def test_the_calculation_ends_in_the_grant() -> None:
    table = only(grant_letter(GRANT), Table)
    assert [fact.is_total for fact in table.facts] == [False, False, False, False, True]
    assert plain(table.facts[-1].value) == "117 400 kroner"


def test_the_aid_paragraph_takes_its_figures_from_the_reference_data() -> None:
    (text,) = section(grant_letter(GRANT), "aid").paragraphs
    assert "høyst 300 000 euro i slik støtte i løpet av tre år" in plain(text)
    assert "tilsvarer 10 017 euro med kursen 11,72 fra 20. november 2026" in plain(text)
    early = replace(GRANT, decided_date=date(2024, 5, 9), notified_date=date(2024, 5, 9))
    (old,) = section(grant_letter(early), "aid").paragraphs
    assert "høyst 200 000 euro i slik støtte i løpet av tre regnskapsår" in plain(old)
    assert "1407/2013" in section(grant_letter(early), "rules").paragraphs[0]
    with pytest.raises(UnknownFigure):
        grant_letter(replace(GRANT, decided_date=date(2031, 1, 2), notified_date=date(2031, 1, 2)))


def test_a_grant_without_aid_conditions_or_dates_leaves_them_out() -> None:
    letter = grant_letter(
        replace(GRANT, aid=None, payment_date=None, accept_by_date=None, report_by_date=None)
    )
    assert [label for label, _ in box(letter)] == ["Beløp", "Siste dag å klage"]
    assert len(only(letter, Steps).items) == 1
    assert "aid" not in [block.name for block in letter.blocks if isinstance(block, Section)]
    assert "2023/2831" not in section(letter, "rules").paragraphs[0]


def test_a_part_says_both_amounts() -> None:
    part = grant_letter(replace(GRANT, applied_nok=Decimal(150_000)))
    assert plain(part.heading) == "Kafé Kanalen AS får 117 400 av 150 000 kroner"
    assert "en del av søknaden" in part.blocks[0].text  # type: ignore[union-attr]
    whole = grant_letter(replace(GRANT, applied_nok=GRANT.amount_nok))
    assert whole.heading == grant_letter(GRANT).heading


def test_the_refusal_tells_how_much_was_missing_and_what_to_do() -> None:
    letter = refusal_letter(REFUSAL)
    assert letter.heading == "Bakgården Pizza AS får ikke tilskudd"
    assert box(letter) == [
        ("Fall i omsetning", "26,4 prosent. Kravet er minst 30 prosent. Dere mangler 3,6 prosentpoeng."),
        ("Siste dag å klage", "mandag 14. desember 2026"),
    ]
    assert [plain(item) for item in only(letter, Steps).items][:2] == [
        "Sjekk tallene vi brukte. Er de feil, send oss de riktige.",
        "Klag hvis dere er uenige. Siste dag er mandag 14. desember 2026.",
    ]
    rows = only(letter, Criteria).rows
    assert [(row.verdict, row.is_met) for row in rows] == [("Nei", False)] + [("Ja", True)] * 4
    assert rows[0].found == "26,4 prosent. Mangler 3,6 prosentpoeng"
    assert len(rows) == len(CRITERIA)


def test_a_criterion_weighed_by_discretion_is_neither_yes_nor_no() -> None:
    weighed = Criterion("Særlige forhold", "vesentlig rammet", "stengt i tre uker", None)
    rows = only(refusal_letter(replace(REFUSAL, criteria=(*CRITERIA, weighed))), Criteria).rows
    assert [row.verdict for row in rows][:2] == ["Nei", "Vurdert særskilt"]


def test_the_nynorsk_letter_is_nynorsk_throughout() -> None:
    letter = grant_letter(in_language(GRANT, "nn"))
    assert plain(letter.heading) == "Kafé Kanalen AS får 117 400 kroner i tilskot"
    assert box(letter)[1:] == [
        ("Pengane kjem", "etter planen fredag 4. desember 2026"),
        ("De må", "godta vilkåra innan måndag 30. november 2026"),
        ("Siste dag å klage", "måndag 14. desember 2026"),
    ]
    assert "Forvaltningslova" in section(letter, "rules").paragraphs[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_decision_has_what_the_law_demands_in_every_language(language: Any) -> None:
    for letter in (
        grant_letter(in_language(GRANT, language)),
        refusal_letter(in_language(REFUSAL, language)),
    ):
        rules = plain(section(letter, "rules").paragraphs[0])
        for number in ("18", "24", "25", "28", "29", "36", "42"):
            assert number in rules
        assert GRANT.appeal_body in " ".join(section(letter, "appeal").paragraphs)
        assert letter.case_number in section(letter, "contact").paragraphs[0]
        assert "Per Strand" in " ".join(only(letter, Signatures).lines)
        assert all(f".{language}." in text_id for text_id in letter.text_ids)
        assert any(text_id.startswith("shared.appeal.how") for text_id in letter.text_ids)


NAMES = st.text(st.characters(min_codepoint=32, max_codepoint=0x17F), min_size=1, max_size=175)


@settings(deadline=None)
@given(NAMES, st.decimals(1, Decimal("99999999.99"), places=2), st.sampled_from(LANGUAGES))
def test_the_result_is_always_said_within_sixty_characters(name: str, amount: Decimal, language: Any) -> None:
    facts = replace(in_language(GRANT, language), amount_nok=amount, recipient=Recipient(name))
    for letter in (
        grant_letter(facts),
        grant_letter(replace(facts, applied_nok=amount + 1)),
        refusal_letter(replace(in_language(REFUSAL, language), recipient=Recipient(name))),
    ):
        assert 0 < len(letter.heading) <= LONGEST_HEADING


def test_the_receipt_has_every_question_and_says_what_was_left_empty() -> None:
    letter = receipt_letter(RECEIPT)
    tables = [block for block in letter.blocks if isinstance(block, Table)]
    assert [(fact.label, fact.value) for table in tables for fact in table.facts] == [
        ("Hva heter virksomheten?", "Kafé Kanalen AS"),
        ("Hvor mange ansatte har dere?", "12"),
        ("Hvor mye omsatte dere for i november 2026?", "308 000 kroner"),
        ("Hvordan merker dere tiltakene?", "Færre bord.\nKortere åpningstid."),
        ("Er det noe mer vi bør vite?", "Ikke svart"),
    ]
    assert box(letter)[:2] == [
        ("Saksnummer", "26/1200"),
        ("Sendt inn", "torsdag 12. november 2026 kl. 14.15"),
    ]
    assert section(letter, "attachments").items == ("resultat-november.pdf",)
    assert len(receipt_letter(replace(RECEIPT, attachments=())).blocks) == len(letter.blocks) - 1
