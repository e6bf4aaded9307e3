"""Charts as text: the same drawing every time, nothing inline, and always a table beside."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from runde.web.components.charts import (
    Bar,
    BarGroup,
    DotRanges,
    Figure,
    GroupedBars,
    HorizontalBars,
    Level,
    LimitBar,
    LimitBars,
    Pair,
    PairedDots,
    Part,
    Range,
    Series,
    StackedBar,
    StackedBars,
    StepLines,
    TwoToneBar,
    TwoToneBars,
    Words,
    figure_csv,
)
from runde.web.components.charts.drawing import wrapped
from runde.web.components.gallery.drawings import all_figures, funds, industries

SNAPSHOTS = Path(__file__).parent / "snapshots"
SVG = "{http://www.w3.org/2000/svg}"
WORDS = Words("Servering får mest", "Kroner per næring", "Kilde: saker")


def drawn(figure: Figure, width: int = 640) -> etree._Element:
    return etree.fromstring(figure.svg(width))


@pytest.mark.parametrize("figure", all_figures(), ids=lambda figure: figure.identity)
@pytest.mark.parametrize("width", [640, 328])
def test_the_drawing_is_as_last_seen(figure: Figure, width: int) -> None:
    """After a change on purpose: look at the gallery, then write the file anew."""
    text = figure.svg(width).replace("><", ">\n<") + "\n"
    assert text == (SNAPSHOTS / f"{figure.identity}-{width}.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize("figure", all_figures(), ids=lambda figure: figure.identity)
def test_the_drawing_can_be_read_aloud_and_breaks_no_policy(figure: Figure) -> None:
    root = drawn(figure)
    title, description = root.findtext(f"{SVG}title"), root.findtext(f"{SVG}desc")
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{figure.identity}-title {figure.identity}-desc"
    assert title == figure.words.finding
    assert all(row[0] in (description or "") for row in figure.rows)
    assert root.xpath("//@style | //@onload") == []
    assert root.xpath("//*[local-name()='style' or local-name()='script']") == []


@pytest.mark.parametrize("figure", all_figures(), ids=lambda figure: figure.identity)
@pytest.mark.parametrize("width", [640, 328])
def test_everything_is_drawn_inside_the_sheet(figure: Figure, width: int) -> None:
    root = drawn(figure, width)
    height = Decimal(root.get("height"))
    for box in root.iter(f"{SVG}rect"):
        assert Decimal(box.get("x")) + Decimal(box.get("width")) <= width
        assert Decimal(box.get("y")) + Decimal(box.get("height")) <= height
    for text in root.iter(f"{SVG}text"):
        assert 0 <= Decimal(text.get("x")) <= width
        assert 0 < Decimal(text.get("y")) <= height


@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=15))
def test_bars_start_at_zero_and_keep_their_proportions(values: list[int]) -> None:
    bars = tuple(Bar(f"Gruppe {n}", value, str(value)) for n, value in enumerate(values))
    figure = HorizontalBars("p", WORDS, "Gruppe", "Kroner", bars)
    shares = [figure.share(bar) for bar in bars]
    assert max(shares) == (1 if any(values) else 0)
    assert [share * max(values) for share in shares] == pytest.approx(values)


def test_nothing_to_show_is_still_a_drawing() -> None:
    for figure in (
        HorizontalBars("a", WORDS, "Næring", "Kroner", ()),
        StackedBars("b", WORDS, "Kilde", ()),
        DotRanges("c", WORDS, "Ordning", "Moss", ()),
        HorizontalBars("d", WORDS, "Næring", "Kroner", (Bar("Servering", 0, "0"),)),
        StackedBars("e", WORDS, "Kilde", (StackedBar("Fond", "0", (Part("Ledig", 0, "0"),)),)),
        TwoToneBars("f", WORDS, "Krav", ("Alene", "Sammen"), ()),
        TwoToneBars("g", WORDS, "Krav", ("Alene", "Sammen"), (TwoToneBar("A", 0, 0, ("0", "0", "0")),)),
        LimitBars("h", WORDS, ("Anslag", "Kroner"), (), "Rammen"),
        LimitBars("i", WORDS, ("Anslag", "Kroner"), (LimitBar("Lavt", 0, "0", ("0",), 0, 0, 0),)),
        PairedDots("j", WORDS, "Kommune", ("Før", "Nå"), (Pair("Moss", None, None, ("", "", "")),)),
        GroupedBars("k", WORDS, ("Krav", "Mangler", "Antall"), (BarGroup("A", ()),)),
    ):
        assert drawn(figure).tag == f"{SVG}svg"


def test_what_is_not_decided_is_said_in_words_too() -> None:
    assert funds().rows[2] == ("Nytt næringsfond", "0", "0", "0,2", "1,0 (ikke vedtatt)", "1,2")
    assert "Ledig 1,0 (ikke vedtatt)" in funds().svg()


def test_names_are_escaped() -> None:
    bars = (Bar("Bar & <grill>", 1, "1"),)
    figure = HorizontalBars("x", WORDS, "Næring", "Kroner", bars)
    assert "Bar & <grill>" in [text.text for text in drawn(figure).iter(f"{SVG}text")]


def test_a_step_holds_until_the_next() -> None:
    day = date(2026, 9, 1)
    figure = StepLines(
        "s",
        WORDS,
        day,
        date(2026, 9, 11),
        ("1. september", "11. september"),
        (
            Series("Bundet", (Level(day, 0, "0"), Level(date(2026, 9, 6), 10, "10"))),
            Series("Utbetalt", (Level(date(2026, 9, 6), 5, "5"),)),
        ),
    )
    assert figure.rows == (("01.09.2026", "0", ""), ("06.09.2026", "10", "5"))


def test_own_value_may_lie_outside_the_others() -> None:
    figure = DotRanges("r", WORDS, "Ordning", "Moss", (Range("A", 1, 2, 3, 9, ("1", "2", "3", "9")),))
    (dot,) = drawn(figure).iter(f"{SVG}circle")
    assert Decimal(dot.get("cx")) == 632


@pytest.mark.parametrize("width", [640, 328])
def test_dots_stand_in_proportion_and_the_filled_one_is_now(width: int) -> None:
    figure = PairedDots("p", WORDS, "Kommune", ("Før", "Nå"), (Pair("A", 10, 40, ("10", "40", "▲ 30")),))
    now, before = drawn(figure, width).iter(f"{SVG}circle")
    assert (now.get("class"), before.get("fill")) == ("c-focus", "none")
    room = Decimal(now.get("cx")) - 9
    assert Decimal(before.get("cx")) - 9 == pytest.approx(room / 4, abs=Decimal("0.1"))


def test_only_what_goes_over_the_limit_is_lit() -> None:
    bars = (LimitBar("Lavt", 20, "20", ("20",), 30), LimitBar("Høyt", 40, "40", ("40",), 30))
    boxes = list(drawn(LimitBars("l", WORDS, ("Anslag", "Kroner"), bars)).iter(f"{SVG}rect"))
    lit = [Decimal(box.get("width")) for box in boxes if box.get("class") == "c-focus"]
    plain = [Decimal(box.get("width")) for box in boxes if box.get("class") == "c-main"]
    assert (plain, lit) == ([318, 477], [159])


def test_two_tones_share_one_scale() -> None:
    bars = (TwoToneBar("A", 100, 220, ("100", "220", "320")), TwoToneBar("B", 40, 0, ("40", "0", "40")))
    figure = TwoToneBars("t", WORDS, "Krav", ("Alene", "Sammen"), bars)
    tones = [box for box in drawn(figure).iter(f"{SVG}rect") if box.get("height") == "18"]
    assert [(box.get("class"), Decimal(box.get("width"))) for box in tones] == [
        ("c-main", 198),
        ("c-part-3", 438),
        ("c-main", 78),
    ]
    assert figure.rows == (("A", "100", "220", "320"), ("B", "40", "0", "40"))


def test_groups_are_rows_in_one_table() -> None:
    groups = (BarGroup("Krav A", (Bar("høyst 1", 2, "2"), Bar("1 til 5", 7, "7"))),)
    figure = GroupedBars("k", WORDS, ("Krav", "Mangler", "Antall"), groups)
    assert figure.rows == (("Krav A", "høyst 1", "2"), ("Krav A", "1 til 5", "7"))
    assert "Krav A: høyst 1 2, 1 til 5 7." in figure.description


def test_more_columns_are_in_the_table_but_not_in_the_drawing() -> None:
    bars = (Bar("Servering", 5, "5", more=("900",)),)
    figure = HorizontalBars("m", WORDS, "Næring", "Antall", bars, more_heads=("Kroner",))
    assert figure.columns == ("Næring", "Antall", "Kroner")
    assert figure.rows == (("Servering", "5", "900"),)
    assert "900" not in [text.text for text in drawn(figure).iter(f"{SVG}text")]


def test_csv_opens_in_a_norwegian_spreadsheet() -> None:
    assert figure_csv(industries()).decode().splitlines()[:2] == [
        "\ufeffNæring;Innvilget (1 000 kr)",
        "Servering;12 840",
    ]


@pytest.mark.parametrize(
    ("text", "written"),
    [("=1+1", "'=1+1"), ("@sum", "'@sum"), ("\u22125\u00a0000", "-5 000"), ("Moss;Horten", '"Moss;Horten"')],
)
def test_csv_starts_no_formula(text: str, written: str) -> None:
    figure = HorizontalBars("c", WORDS, "Næring", "Kroner", (Bar(text, 1, "1"),))
    assert figure_csv(figure).decode().splitlines()[1] == f"{written};1"


@given(st.text(alphabet="abcdefgh ", max_size=80), st.integers(20, 300))
def test_wrapping_loses_no_word(text: str, width: int) -> None:
    assert " ".join(wrapped(text, width)) == " ".join(text.split())
