"""The PDF itself: standards, language, structure, same bytes, and nothing typed ever becoming markup."""

import io
import re
import threading
import unicodedata
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runde.engine.reference.api import LANGUAGES, Language
from runde.engine.typeset.api import (
    Fact,
    FontsMissing,
    HeadingTooLong,
    IncompleteLetter,
    Letter,
    Paragraph,
    Recipient,
    Section,
    Sender,
    Table,
    UnknownLetterKind,
    UnprintableText,
    UnsafeLogo,
    check_logo,
    grant_letter,
    list_kinds,
    receipt_letter,
    refusal_letter,
    render_letter,
    render_letters,
)
from runde.engine.typeset.compiling import has_glyph
from runde.engine.typeset.printable import unusual_signs
from tests.engine.typeset.fonts import font_directory
from tests.engine.typeset.letters import GRANT, MADE_AT, RECEIPT, REFUSAL, in_language

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><path d="M0 0h4v4z" fill="#14506B"/></svg>'


def document(*blocks: Paragraph | Section | Table, heading: str = "Brev", **changes: object) -> Letter:
    letter = Letter(
        kind="document",
        language="nb",
        sender=Sender("Moss kommune"),
        recipient=Recipient("Kafé Kanalen AS"),
        letter_date=MADE_AT.date(),
        made_at=MADE_AT,
        heading=heading,
        blocks=blocks,
        case_number="26/1200",
    )
    return replace(letter, **changes)  # type: ignore[arg-type]


def read(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(content))


def text_of(content: bytes) -> str:
    text = "\n".join(page.extract_text() for page in read(content).pages)
    return " ".join(text.replace("\u00a0", " ").split())


def tags_of(content: bytes) -> list[str]:
    """The structure tags in reading order."""
    found: list[str] = []

    def walk(node: object) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, dict):
            if "/S" in node:
                found.append(str(node["/S"]))
            walk(node.get("/K"))

    walk(read(content).trailer["/Root"]["/StructTreeRoot"])
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_model_letters_are_two_tagged_pages_in_their_language(language: Language) -> None:
    for letter in (
        grant_letter(in_language(GRANT, language)),
        refusal_letter(in_language(REFUSAL, language)),
        receipt_letter(in_language(RECEIPT, language)),
    ):
        pdf = read(render_letter(letter, font_directory()))
        root = pdf.trailer["/Root"]
        assert root["/Lang"] == {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}[language]
        assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 - a PDF boolean
        assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
        assert pdf.metadata is not None
        assert str(pdf.metadata.title).startswith(letter.heading)
        assert len(pdf.pages) <= 2


def test_the_file_claims_both_standards_and_the_time_handed_in() -> None:
    content = render_letter(grant_letter(GRANT), font_directory())
    metadata = read(content).trailer["/Root"]["/Metadata"].get_object().get_data().decode()
    assert re.search(r"<pdfaid:part>2</pdfaid:part>", metadata)
    assert re.search(r"<pdfaid:conformance>A</pdfaid:conformance>", metadata)
    assert re.search(r"<pdfuaid:part>1</pdfuaid:part>", metadata)
    assert "2026-11-23T10:30:00" in metadata


def test_the_structure_is_one_title_headings_lists_and_tables_with_headers() -> None:
    tags = tags_of(render_letter(grant_letter(GRANT), font_directory()))
    assert tags.count("/H1") == 1
    assert tags.count("/H2") == 11
    assert {"/L", "/LI", "/Table", "/THead", "/TH", "/TD", "/P"} <= set(tags)


def test_page_numbers_are_words_in_the_letters_language() -> None:
    assert "Side 1 av 2" in text_of(render_letter(grant_letter(GRANT), font_directory()))
    assert "Page 2 of 2" in text_of(render_letter(grant_letter(in_language(GRANT, "en")), font_directory()))


def test_the_first_page_carries_result_box_duties_and_calculation() -> None:
    first = read(render_letter(grant_letter(GRANT), font_directory())).pages[0].extract_text()
    first = " ".join(first.replace("\u00a0", " ").split())
    places = [
        first.index(part)
        for part in (
            "Kafé Kanalen AS får 117 400 kroner i tilskudd",
            "Kort fortalt",
            "Siste dag å klage mandag 14. desember 2026",
            "Det må dere gjøre",
            "Slik har vi regnet",
        )
    ]
    assert places == sorted(places)


def test_the_same_letter_gives_the_same_bytes_and_another_gives_others() -> None:
    letter = refusal_letter(REFUSAL)
    once = render_letter(letter, font_directory())
    render_letter(grant_letter(GRANT), font_directory())
    assert render_letter(letter, font_directory()) == once
    assert render_letter(replace(letter, case_number="26/1202"), font_directory()) != once


def test_letters_made_in_several_threads_are_the_same_letters() -> None:
    folder, letter = font_directory(), receipt_letter(RECEIPT)
    expected = render_letter(letter, folder)
    made: list[bytes] = []
    threads = [threading.Thread(target=lambda: made.append(render_letter(letter, folder))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [expected] * 4


def test_many_letters_come_in_the_order_given_and_a_refusal_in_its_turn() -> None:
    letters = [replace(refusal_letter(REFUSAL), case_number=f"26/{number}") for number in (1, 2, 3)]
    expected = [render_letter(letter, font_directory()) for letter in letters]
    assert list(render_letters(letters, font_directory())) == expected
    assert list(render_letters([], font_directory())) == []
    broken = replace(letters[1], case_number=None)
    made = render_letters([letters[0], broken, letters[2]], font_directory())
    assert next(made) == expected[0]
    with pytest.raises(IncompleteLetter):
        next(made)


@pytest.mark.parametrize(
    "hostile",
    [
        '#import "/etc/passwd" #panic("x")',
        "$x^2$ @ref <label> \\ `raw` *bold* _it_ = head - item + item / term: x // no /* no */",
        '"quoted" {braces} {amount} %s $HOME ~ [x](y) #{1+1}',
        "</script><b>&amp;</b>",
        "Кафе Ελλάδα Đorđević Łódź",
    ],
)
def test_hostile_text_survives_as_text_everywhere(hostile: str) -> None:
    letter = document(
        Paragraph(hostile),
        Section("s", hostile, (hostile,), (hostile,)),
        Table(hostile, (hostile, hostile), (Fact(hostile, hostile),), values_are_figures=False),
        recipient=Recipient(hostile, (hostile,)),
        sender=Sender(hostile),
        mark=hostile,
    )
    found = re.sub(r"\s", "", text_of(render_letter(letter, font_directory())))
    assert found.count(re.sub(r"\s", "", hostile)) >= 8


def test_text_written_from_right_to_left_is_set_in_a_font_that_has_it() -> None:
    found = text_of(render_letter(document(Paragraph("Firma שלום مرحبا AS")), font_directory()))
    assert set("שלוםمرحبا") <= set(unicodedata.normalize("NFKC", found))
    assert "[U+" not in found


def test_line_breaks_in_answers_are_kept() -> None:
    content = render_letter(document(Paragraph("en\nto\r\ntre\rfire")), font_directory())
    assert "en to tre fire" in text_of(content)


def test_signs_without_a_glyph_are_shown_by_their_code_and_nothing_is_lost() -> None:
    content = render_letter(document(Paragraph("Fin 😀 dag 日本")), font_directory())
    assert "Fin [U+1F600] dag [U+65E5][U+672C]" in text_of(content)
    again = render_letter(document(Paragraph("".join(chr(0x4E00 + n) for n in range(60)))), font_directory())
    assert "[U+4E00][U+4E01]" in text_of(again)


def test_a_hidden_turn_of_reading_direction_is_made_visible() -> None:
    content = render_letter(document(Paragraph("Beløp \u202e000 001\u202c kroner")), font_directory())
    assert "[U+202E]000 001[U+202C]" in text_of(content)


@pytest.mark.parametrize("text", ["a\x00b", "a\x07b", "a\x1bb", "a\x9fb"])
def test_control_characters_are_refused(text: str) -> None:
    with pytest.raises(UnprintableText, match=r"U\+00"):
        render_letter(document(Paragraph(text)), font_directory())
    with pytest.raises(UnprintableText):
        render_letter(document(Paragraph("a"), recipient=Recipient(text)), font_directory())


def test_a_mark_stands_on_every_page() -> None:
    marked = replace(grant_letter(GRANT), mark="Eksempel. Ingen virkelig sak.")
    pages = read(render_letter(marked, font_directory())).pages
    assert [("Eksempel. Ingen virkelig sak." in page.extract_text()) for page in pages] == [True, True]


def test_a_logo_is_set_with_the_name_as_its_alternative_text() -> None:
    content = render_letter(document(Paragraph("a"), sender=Sender("Moss kommune", LOGO)), font_directory())
    assert "/Figure" in tags_of(content)


@pytest.mark.parametrize(
    "svg",
    [
        "not svg",
        "<html/>",
        LOGO.replace("<path", "<script>x</script><path"),
        LOGO.replace("<path", '<image href="file:///etc/passwd"/><path'),
        LOGO.replace("<path", '<use href="http://example.org/x#a"/><path'),
        LOGO.replace('fill="#14506B"', 'fill="url(http://example.org/x)"'),
        '<!DOCTYPE svg [<!ENTITY x "y">]>' + LOGO,
        LOGO.replace("<path", "<path " + 'd="' + "M0 0" * 60_000 + '"/><path'),
    ],
)
def test_a_logo_that_reaches_outside_itself_is_refused(svg: str) -> None:
    with pytest.raises(UnsafeLogo):
        check_logo(svg)
    with pytest.raises(UnsafeLogo):
        render_letter(document(Paragraph("a"), sender=Sender("Moss", svg)), font_directory())


def test_missing_fonts_are_refused_with_the_cure(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(FontsMissing, match="Inter Regular, SemiBold, Bold.*make setup"):
            render_letter(document(Paragraph("a")), folder)


def test_a_heading_that_is_too_long_or_empty_is_refused() -> None:
    render_letter(document(Paragraph("a"), heading="x" * 60), font_directory())
    with pytest.raises(HeadingTooLong, match="61"):
        render_letter(document(Paragraph("a"), heading="x" * 61), font_directory())
    with pytest.raises(IncompleteLetter, match="overskrift"):
        render_letter(document(Paragraph("a"), heading="  "), font_directory())


@pytest.mark.parametrize("name", ["summary", "steps", "reasons", "appeal", "access", "contact", "signatures"])
def test_a_decision_without_what_the_law_demands_is_refused(name: str) -> None:
    letter = refusal_letter(REFUSAL)
    fewer = tuple(
        block for block in letter.blocks if (block.name if isinstance(block, Section) else block.type) != name
    )
    with pytest.raises(IncompleteLetter, match=name):
        render_letter(replace(letter, blocks=fewer), font_directory())


def test_the_rules_come_last_and_the_case_number_is_needed() -> None:
    letter = refusal_letter(REFUSAL)
    with pytest.raises(IncompleteLetter, match="sist"):
        render_letter(replace(letter, blocks=letter.blocks[::-1]), font_directory())
    with pytest.raises(IncompleteLetter, match="saksnummer"):
        render_letter(replace(letter, case_number=None), font_directory())


def test_an_unknown_kind_and_a_time_without_zone_are_refused() -> None:
    assert list_kinds() == ("case_letter", "council", "document", "grant", "receipt", "refusal")
    with pytest.raises(UnknownLetterKind, match="document, grant, receipt, refusal"):
        render_letter(document(Paragraph("a"), kind="../templates"), font_directory())
    naive = document(Paragraph("a"), made_at=datetime(2026, 1, 1))  # noqa: DTZ001 - the point of the test
    with pytest.raises(IncompleteLetter, match="tidssone"):
        render_letter(naive, font_directory())


def test_every_sign_taken_for_granted_has_a_glyph() -> None:
    plain = "".join(chr(n) for n in (*range(0xA0, 0xAD), *range(0xAE, 0x180), *range(0x2010, 0x2028)))
    plain += "".join(chr(n) for n in range(0x2030, 0x203B)) + "\u20ac\u2212"
    assert unusual_signs(plain) == set()
    assert all(has_glyph(sign, font_directory()) for sign in plain)


def test_whether_a_sign_is_shown_never_depends_on_earlier_letters() -> None:
    arrow = document(Paragraph("a → b ✓ 5 ≤ 7"))
    before = render_letter(arrow, font_directory())
    render_letter(document(Paragraph("→" + "".join(chr(0x6000 + n) for n in range(40)))), font_directory())
    assert render_letter(arrow, font_directory()) == before
    assert "a → b" in text_of(before)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=30))
def test_any_text_is_set_or_refused_by_name(text: str) -> None:
    letter = document(Paragraph("a" + text), recipient=Recipient("b" + text))
    try:
        content = render_letter(letter, font_directory())
    except UnprintableText:
        assert any(unicodedata.category(sign) == "Cc" for sign in text)
        return
    assert read(content).pages
