"""Each part says what it must, to those who see it and those who listen."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from lxml import html

from runde.web.components.facts import Answer, Criterion, Fact, SumRow, Task, TrackStep
from runde.web.components.navigation import Crumb, FilterChip, Lane
from runde.web.components.tables import Cell, Column, Row, Table


def shown(template: str, **context: Any) -> html.HtmlElement:
    return html.fromstring(
        Template("{% load components %}<div>" + template + "</div>").render(Context(context))
    )


def words(page: html.HtmlElement, path: str = ".") -> list[str]:
    return [" ".join(part.text_content().split()) for part in page.xpath(path)]


def test_a_button_submits_unless_told_otherwise() -> None:
    page = shown(
        "{% button 'Send svar' name='go' value='send' %}{% button 'Vis' type='button' variant='tertiary' %}"
    )
    send, show = page.xpath("//button")
    assert (send.get("type"), send.get("name"), send.get("value")) == ("submit", "go", "send")
    assert (show.get("type"), show.get("data-variant")) == ("button", "tertiary")


def test_attributes_left_empty_are_left_out() -> None:
    (button,) = shown("{% button 'Vis' hx_get='' disabled=False aria_busy='true' %}").xpath("//button")
    assert dict(button.attrib) == {"class": "ds-button", "type": "submit", "aria-busy": "true"}


def test_attribute_values_are_escaped() -> None:
    (link,) = shown("{% link_button 'Vis' url %}", url='/"><script>').xpath("//a")
    assert link.get("href") == '/"><script>'


def test_icons_are_silent() -> None:
    (icon,) = shown("{% icon 'Gavel' %}").xpath("//*[local-name()='svg']")
    assert icon.get("aria-hidden") == "true"


def test_a_block_keeps_its_markup_and_escapes_its_values() -> None:
    page = shown(
        "{% alert color='warning' heading=title %}<p>{{ text }}</p>{% endalert %}", title="<b>", text="<i>"
    )
    assert words(page, "//h2") == ["<b>"]
    assert words(page, "//p") == ["<i>"]


@pytest.mark.parametrize(
    ("code", "word"),
    [("draft", "Kladd"), ("question", "Vi trenger svar fra deg"), ("partly_granted", "Delvis innvilget")],
)
def test_the_applicants_status_words(code: str, word: str) -> None:
    assert words(shown("{% status code %}", code=code)) == [word]


def test_an_unknown_status_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        shown("{% status 'nonsense' %}")


def test_rules_have_words_and_those_not_met_come_first() -> None:
    rules = [
        Criterion("Registrert i Moss", "met"),
        Criterion("Falt 30 prosent", "unmet", detail="Mangler 3,6"),
    ]
    page = shown("{% criteria rules unmet_first=True %}", rules=rules)
    assert words(page, "//li") == ["Ikke oppfylt: Falt 30 prosentMangler 3,6", "Oppfylt: Registrert i Moss"]


def test_the_review_says_what_is_not_answered_and_what_each_link_changes() -> None:
    page = shown("{% summary_list a %}", a=[Answer("Ansatte", "", "/endre", "antall ansatte")])
    assert words(page, "//dd") == ["Ikke besvart", "Endre antall ansatte"]


def test_facts_have_their_source() -> None:
    page = shown("{% key_facts f %}", f=[Fact("Beløp", "117 400 kroner", source="Beregnet 23. november")])
    assert words(page, "//dt") == ["Beløp"]
    assert words(page, "//*[@class='rd-source']") == ["Beregnet 23. november"]


def test_a_sum_opens_into_its_rows() -> None:
    rows = [SumRow("Kostnader", "320 000"), SumRow("Tilskudd", "117 400", result=True)]
    page = shown("{% behind_the_figure rows '117 400 kroner' 'Slik har vi regnet' %}", rows=rows)
    assert words(page, "//details/summary") == ["Bak tallet"]
    assert words(page, "//details//tr[@class='rd-result']") == ["Tilskudd117 400"]


def test_the_track_says_now_in_words() -> None:
    steps = [TrackStep("Sendt", "done"), TrackStep("Vurderes", "now"), TrackStep("Svar", "later")]
    page = shown("{% track steps %}", steps=steps)
    assert words(page, "//li") == ["Ferdig: Sendt", "Nå: Vurderes", "Senere: Svar"]
    assert words(page, "//li[@aria-current='step']") == ["Nå: Vurderes"]


def test_a_finished_task_carries_no_colour() -> None:
    page = shown("{% task_list t %}", t=[Task("Virksomheten", "/1", "done"), Task("Tall", "/2", "started")])
    assert page.xpath("//li[1]//*[@data-color]") == []
    assert words(page, "//li[2]//*[@data-color]") == ["Påbegynt"]


COLUMNS = (Column("Virksomhet"), Column("Beløp (kr)", "number", sort_url="?s=b", sorted="descending"))


def table_of(count: int, **options: Any) -> Table:
    rows = tuple(
        Row((Cell(f"Virksomhet {n}"), Cell("1 000")), mark_value=str(n), mark_label=f"sak {n}")
        for n in range(count)
    )
    return Table("Saker", COLUMNS, rows, **options)


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_table_has_caption_heads_and_named_rows(count: int) -> None:
    page = shown("{% table t %}", t=table_of(count))
    assert words(page, "//caption") == ["Saker"]
    assert page.xpath("//thead//th/@scope") == ["col", "col"]
    assert len(page.xpath("//tbody/tr/th[@scope='row']")) == count
    assert page.xpath("//td/@data-label") == ["Beløp (kr)"] * count


def test_the_sorted_column_says_so() -> None:
    page = shown("{% table t %}", t=table_of(1))
    assert page.xpath("//th/@aria-sort") == ["descending"]
    assert page.xpath("//th/a/@href") == ["?s=b"]


def test_each_box_is_named_by_its_case() -> None:
    page = shown("{% table t %}", t=table_of(1, mark_name="case"))
    assert words(page, "//label") == ["Marker alle på siden", "Marker sak 0"]
    assert page.xpath("//tbody//input/@value") == ["0"]


def test_a_row_with_a_missing_cell_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="shorter"):
        shown("{% table t %}", t=Table("Saker", COLUMNS, (Row((Cell("Bare navn"),)),)))


def test_lanes_are_links_with_counts() -> None:
    page = shown("{% lanes l 'Køer' %}", l=[Lane("Klare", "/k", 250, current=True), Lane("Alle", "/a")])
    assert words(page, "//a") == ["Klare 250", "Alle"]
    assert words(page, "//a[@aria-current='page']") == ["Klare 250"]


def test_chips_say_what_pressing_does() -> None:
    page = shown("{% filter_chips c clear_url='/alle' %}", c=[FilterChip("Servering", "/uten")])
    assert words(page, "//a") == ["Ta bort filteret Servering×", "Nullstill filteret"]
    assert words(shown("{% filter_chips c %}", c=[])) == [""]


def test_pages_keep_the_rest_of_the_address() -> None:
    request = RequestFactory().get("/saker/", {"ko": "klare", "side": "2"})
    page = shown("{% pagination p 'saker' %}", p=Paginator(range(250), 25).page(2), request=request)
    assert words(page, "//p") == ["Viser 26–50 av 250 saker"]
    assert page.xpath("//a[@rel='next']/@href") == ["?ko=klare&side=3"]
    assert page.xpath("//a[@aria-current='page']/@href") == ["?ko=klare&side=2"]


def test_one_page_needs_no_page_numbers() -> None:
    page = shown("{% pagination p 'saker' %}", p=Paginator(range(3), 25).page(1))
    assert page.xpath("//nav") == []
    assert words(page, "//p") == ["Viser 1–3 av 3 saker"]


@pytest.mark.parametrize("kind", ["not_yet", "no_match", "done", "unavailable"])
def test_four_kinds_of_nothing(kind: str) -> None:
    page = shown("{% empty kind text='Ingen saker' %}<a href='/'>Alle saker</a>{% endempty %}", kind=kind)
    assert page.xpath("//div[@class='rd-empty']/@data-kind") == [kind]
    assert words(page, "//a") == ["Alle saker"]


def test_an_act_says_what_happens_and_how_long_it_can_be_undone() -> None:
    page = shown(
        "{% consequences undo='Du kan angre til kl. 14.15.' %}<li>247 brev sendes.</li>{% endconsequences %}"
    )
    assert words(page, "//h2") == ["Dette skjer når du trykker"]
    assert words(page, "//li") == ["247 brev sendes."]
    assert words(page, "//p") == ["Du kan angre til kl. 14.15."]


def test_the_audience_is_said_in_words() -> None:
    page = shown("{% audience 'exempt' ground='offl. § 13' %}{% audience 'internal' %}")
    assert words(page, "//span") == ["Unntatt offentlighet, offl. § 13", "Bare internt"]


def test_progress_is_counted() -> None:
    assert words(shown("{% progress 140 250 'brev' %}")) == ["140 av 250 brev"]
    assert words(shown("{% progress 0 0 'brev' %}")) == ["0 av 0 brev"]


def test_crumbs_are_an_ordered_list() -> None:
    page = shown("{% breadcrumbs c %}", c=[Crumb("Forsiden", "/"), Crumb("Saker", "/saker")])
    assert words(page, "//nav/ol/li") == ["Forsiden", "Saker"]
