"""A question carries its words, its answer and what is wrong, complete from the server."""

from __future__ import annotations

from datetime import date

import pytest
from django import forms
from django.template import Context, Template
from lxml import html

from runde.web.components.fields import (
    Choice,
    ErrorLine,
    Field,
    Grid,
    GridColumn,
    GridRow,
    error_lines,
    field_from_form,
)


class Application(forms.Form):
    revenue = forms.DecimalField(
        label="Omsetning", error_messages={"invalid": "Skriv omsetningen med bare tall."}
    )
    started = forms.DateField(label="Startet", required=False, initial=date(2026, 11, 15))
    staff = forms.ChoiceField(
        label="Har dere ansatte?",
        choices=[("yes", "Ja"), ("no", "Nei")],
        widget=forms.RadioSelect,
        error_messages={"required": "Velg om virksomheten har ansatte."},
    )
    papers = forms.MultipleChoiceField(
        label="Vedlegg", choices=[("a", "Regnskap"), ("b", "Avtale")], required=False
    )
    upload = forms.FileField(label="Fil", required=False)
    note = forms.CharField(label="Notat", widget=forms.Textarea, required=False)


def shown(template: str, **context: object) -> html.HtmlElement:
    return html.fromstring(
        Template("{% load components %}<div>" + template + "</div>").render(Context(context))
    )


def test_what_was_typed_is_kept_and_explained() -> None:
    form = Application({"revenue": "3o8 000"})
    page = shown("{% field form.revenue kind='money' description='Uten mva.' %}", form=form)
    (control,) = page.xpath("//input")
    assert control.get("value") == "3o8 000"
    assert control.get("aria-invalid") == "true"
    assert control.get("aria-describedby") == "id_revenue_description id_revenue_error"
    assert page.get_element_by_id("id_revenue_description").text == "Uten mva."
    assert page.get_element_by_id("id_revenue_error").text == "Skriv omsetningen med bare tall."
    assert page.xpath("//label/@for") == ["id_revenue"]


def test_the_unit_is_in_the_label_for_those_who_listen() -> None:
    page = shown("{% question 'x' 'Kostnad' kind='money' %}")
    assert " ".join(page.xpath("string(//label)").split()) == "Kostnad, i kroner"
    assert page.xpath("//span[@aria-hidden='true']/text()") == ["kr"]


def test_the_summary_says_the_same_words_and_leads_to_the_control() -> None:
    form = Application({"revenue": "x"})
    assert error_lines(form) == [
        ErrorLine("Skriv omsetningen med bare tall.", "id_revenue"),
        ErrorLine("Velg om virksomheten har ansatte.", "id_staff_0"),
    ]
    page = shown(
        "{% error_summary form %}{% for question in form %}{% field question %}{% endfor %}", form=form
    )
    for link in page.xpath("//section//a"):
        target = page.get_element_by_id(link.get("href").removeprefix("#"))
        assert target.tag == "input"
        assert link.text in page.text_content().replace(link.text, "", 1)


def test_a_form_without_errors_has_no_summary() -> None:
    page = shown("{% error_summary form %}", form=Application())
    assert page.xpath("//section") == []


def test_an_error_of_the_whole_form_has_no_link() -> None:
    form = Application({"revenue": "1", "staff": "yes"})
    form.add_error(None, "Summen av kostnadene er ikke lik finansieringen. Det mangler 30 000 kroner.")
    (line,) = error_lines(form)
    assert line.target_id == ""
    assert shown("{% error_summary form %}", form=form).xpath("//section//a") == []


def test_optional_questions_say_so_in_words() -> None:
    assert "(valgfritt)" in shown("{% field form.note %}", form=Application()).text_content()
    assert "(valgfritt)" not in shown("{% field form.revenue %}", form=Application()).text_content()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("started", "date"),
        ("staff", "radios"),
        ("papers", "checkboxes"),
        ("upload", "file"),
        ("note", "textarea"),
        ("revenue", "number"),
    ],
)
def test_the_kind_follows_from_the_form_field(name: str, kind: str) -> None:
    assert field_from_form(Application()[name]).kind == kind


def test_a_first_visit_shows_the_initial_answer() -> None:
    assert field_from_form(Application()["started"]).value == "15.11.2026"


def test_chosen_answers_stay_chosen() -> None:
    form = Application({"papers": ["b"], "staff": "no"})
    page = shown("{% field form.papers %}{% field form.staff %}", form=form)
    assert page.xpath("//input[@checked]/@value") == ["b", "no"]


def test_the_page_may_change_words_and_add_attributes() -> None:
    page = shown("{% field form.note rows=8 label='Melding' hx_post='/lagre/' %}", form=Application())
    (control,) = page.xpath("//textarea")
    assert (control.get("rows"), control.get("hx-post")) == ("8", "/lagre/")
    assert page.xpath("string(//label)").startswith("Melding")


def test_a_password_is_never_sent_back() -> None:
    page = shown("{% question 'p' 'Passord' kind='password' value='hemmelig' %}")
    assert "hemmelig" not in html.tostring(page, encoding="unicode")


def test_what_people_write_is_escaped() -> None:
    field = Field("n", "<b>Navn</b>", value='"><script>', error="<i>feil</i>", description="<u>", kind="text")
    page = shown("{% field question %}", question=field)
    assert page.xpath("//b | //i | //u | //script") == []
    assert page.xpath("//input/@value") == ['"><script>']


def test_yes_and_no_have_one_legend() -> None:
    page = shown("{% field q %}", q=Field("closed", "Var dere stengt?", kind="yesno", value="no"))
    assert page.xpath("string(//fieldset/legend)").strip() == "Var dere stengt?"
    assert page.xpath("//input[@checked]/@value") == ["no"]
    assert page.xpath("//input/@id") == ["id_closed_0", "id_closed_1"]


def test_choices_as_pairs() -> None:
    page = shown(
        "{% question 'k' 'Kommune' kind='select' choices=pairs value='3103' %}", pairs=[("3103", "Moss")]
    )
    assert page.xpath("//option[@selected]/text()") == ["Moss"]


def budget(*amounts: str, most: int = 0) -> Field:
    def cells(place: str, amount: str) -> tuple[Field, ...]:
        error = "Skriv beløpet med tall." if amount == "mye" else ""
        return (
            Field(f"budget-{place}-what", "Kostnad", value="Husleie"),
            Field(f"budget-{place}-amount", "Beløp", kind="money", value=amount, error=error),
        )

    rows = tuple(GridRow(place + 1, cells(str(place), one), "budget") for place, one in enumerate(amounts))
    columns = (
        GridColumn("what", "Kostnad"),
        GridColumn("amount", "Beløp", "kr", is_number=True, total="3 kroner"),
    )
    grid = Grid(columns, rows, GridRow(0, cells("__", ""), "budget"), most)
    return Field("budget", "Kostnader", kind="table", grid=grid)


@pytest.mark.parametrize("count", [1, 3])
def test_a_table_has_a_named_group_of_named_fields_for_each_row(count: int) -> None:
    page = shown("{% field table %}", table=budget(*["1"] * count))
    rows = page.xpath("//fieldset/div/div[@data-row]")
    assert [row.get("aria-label") for row in rows] == [f"Rad {place + 1}" for place in range(count)]
    for place, row in enumerate(rows):
        fields = [f"budget-{place}-what", f"budget-{place}-amount"]
        assert [one.get("name") for one in row.xpath(".//input")] == fields
        assert row.xpath(".//label/@for") == [f"id_{name}" for name in fields]
        acts = [one.get("value") for one in row.xpath(".//button")]
        assert acts == [f"up:budget:{place}", f"down:budget:{place}", f"remove:budget:{place}"]
    assert " ".join(page.get_element_by_id("totals-budget").text_content().split()) == "Sum: 3 kroner"


def test_a_full_table_offers_no_more_rows() -> None:
    hidden = "//div[@hidden]/button[@value='add:budget']"
    assert not shown("{% field table %}", table=budget("1", "2")).xpath(hidden)
    assert shown("{% field table %}", table=budget("1", "2", most=2)).xpath(hidden)


def test_the_summary_leads_to_the_cell_that_is_wrong() -> None:
    assert budget("1", "mye").target_id == "id_budget-1-amount"
    assert budget("1", "2").target_id == "id_budget-0-what"


def test_a_period_is_two_days_under_one_question() -> None:
    parts = (Field("when-from", "Fra og med", kind="date"), Field("when-to", "Til og med", kind="date"))
    period = Field("when", "Når?", kind="period", parts=parts, error="Skriv begge dagene.")
    page = shown("{% field period %}", period=period)
    assert page.xpath("//input/@name") == ["when-from", "when-to"]
    assert page.xpath("//fieldset/@aria-describedby") == ["id_when_error"]
    assert error_lines([period]) == [ErrorLine("Skriv begge dagene.", "id_when-from")]


def test_a_long_list_stands_under_headings() -> None:
    choices = (Choice("", "Velg"), Choice("3103", "Moss", group="Østfold"))
    page = shown("{% field f %}", f=Field("m", "Kommune", kind="select", choices=choices, value="3103"))
    assert page.xpath("//optgroup/@label") == ["Østfold"]
    assert page.xpath("//option[@selected]/@value") == ["3103"]


def test_information_asks_nothing() -> None:
    page = shown(
        "{% field f %}", f=Field("i", "Slik regner vi", kind="information", description="En.\n\nTo.")
    )
    assert not page.xpath("//input")
    assert [one.text for one in page.xpath("//p")] == ["Slik regner vi", "En.", "To."]
