"""A manager builds on the form: a conditional question, a check in own words, a budget; an applicant meets it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from runde.foundation.trust.api import fence
from runde.grants.applications.api import Application
from runde.grants.designs.api import Draft, start_draft_from_example
from runde.grants.schemes.api import SchemeVersion, attach_funding, open_call, publish_call, register_source

from .region import CAFE, Region, sources
from .visitors import DESKTOP, PHONE, Visitor, VisitorFactory

SIZES = [pytest.param(DESKTOP, id="desk"), pytest.param(PHONE, id="phone")]
SLUG = "prosjekt"
TOO_SMALL = "Budsjettet må være minst 10 000 kroner. Ta med alle kostnadene."


def begin(nina: Visitor, region: Region) -> Draft:
    with fence(region.moss.tenant.id):
        manager = region.moss.actor("manager", region.at)
        draft = start_draft_from_example(name="smittevern", by=manager, at=region.at)
    nina.go(f"/moss/ordninger/kladd/{draft.id}/skjema/")
    nina.sign_in(region.moss.email("manager"))
    return draft


def write(visitor: Visitor, name: str, nb: str, nn: str, en: str) -> None:
    for language, text in (("nb", nb), ("nn", nn), ("en", en)):
        visitor.page.locator(f"#id_{name}_{language}").fill(text)


def choose_kind(nina: Visitor, kind: str, *, part: str = "project") -> None:
    nina.page.locator(f"#del-{part}").get_by_role("link", name="Nytt spørsmål").click()
    nina.page.get_by_role("link", name=kind, exact=True).click()
    nina.page.wait_for_load_state()


def build(nina: Visitor) -> None:
    """A part with a yes-or-no, a table shown only for yes, and a check of the table's sum."""
    nina.look("form")
    nina.press("Ny del")
    nina.press("Legg til delen")
    assert "Skriv tittelen på bokmål." in nina.text()
    nina.look("section-error")
    write(nina, "title", "Prosjektet", "Prosjektet", "The project")
    nina.press("Legg til delen")

    nina.page.locator("#del-prosjektet").get_by_role("link", name="Nytt spørsmål").click()
    nina.look("kinds")
    nina.page.get_by_role("link", name="Ja eller nei", exact=True).click()
    nina.look("question-new")
    write(nina, "label", "Skal dere bygge om?", "Skal de byggje om?", "Will you rebuild?")
    nina.press("Legg til spørsmålet")

    choose_kind(nina, "Tabell med rader og sum", part="prosjektet")
    nina.press("Legg til spørsmålet")
    assert "Skriv spørsmålet på bokmål." in nina.text()
    assert "Skriv minst én kolonne." in nina.text()
    nina.look("table-error")
    write(nina, "label", "Hva koster ombyggingen?", "Kva kostar ombygginga?", "What will it cost?")
    add_column(nina, 0, "Kostnad", "Kostnad", "Cost", "Kort tekst", "Nei")
    nina.press("Legg til rad")
    add_column(nina, 1, "Beløp", "Beløp", "Amount", "Kroner", "Ja")
    nina.look("table")
    nina.press("Legg til spørsmålet")

    open_question(nina, "Hva koster ombyggingen?")
    nina.look("question")
    nina.page.get_by_role("link", name="Sett et vilkår").first.click()
    nina.look("condition")
    nina.press("Skal dere bygge om?")
    nina.look("comparison")
    nina.page.get_by_label("er ja").check()
    nina.press("Bruk vilkåret")
    assert "Vises bare når «Skal dere bygge om?» er ja." in nina.text()
    nina.look("condition-set")
    nina.page.locator(".rd-back, a").get_by_text("Hva koster ombyggingen?").first.click()

    nina.press("Ny kontroll")
    nina.look("check")
    nina.press("Lagre kontrollen")
    assert "Skriv eller velg en verdi å sammenligne med." in nina.text()
    nina.page.get_by_label("«Hva koster ombyggingen?: sum av Beløp»").select_option("at_least")
    nina.page.locator("#id_value_0").fill("10 000")
    message = (
        TOO_SMALL,
        "Budsjettet må vere minst 10 000 kroner.",
        "The budget must be at least NOK 10,000.",
    )
    write(nina, "message", *message)
    nina.press("Lagre kontrollen")
    assert f"Ellers leser søkeren: «{TOO_SMALL}»" in nina.text()


def add_column(nina: Visitor, row: int, nb: str, nn: str, en: str, kind: str, summed: str) -> None:
    for column, text in (("nb", nb), ("nn", nn), ("en", en)):
        nina.page.locator(f"[name=columns-{row}-{column}]").fill(text)
    nina.page.locator(f"[name=columns-{row}-kind]").select_option(label=kind)
    nina.page.locator(f"[name=columns-{row}-sum]").select_option(label=summed)


def open_question(nina: Visitor, label: str) -> None:
    nina.press("Skjema") if "/skjema/" not in nina.page.url else None
    nina.page.get_by_role("link", name=f"Endre spørsmålet {label}").click()
    nina.page.wait_for_load_state()


@pytest.mark.parametrize("size", SIZES)
def test_a_form_is_built_tried_published_and_met(
    region: Region, visitor: VisitorFactory, size: tuple[int, int]
) -> None:
    nina = visitor(size)
    draft = begin(nina, region)
    build(nina)

    nina.go(f"/moss/ordninger/kladd/{draft.id}/skjema/")
    assert "Vises bare når «Skal dere bygge om?» er ja." in nina.text()
    nina.look("form-built")
    try_it(nina)
    nina.go(f"/moss/ordninger/kladd/{draft.id}/publiser/")
    nina.press("Publiser versjon 2") if "versjon 2" in nina.heading() else nina.press("Publiser versjon 1")
    assert "er publisert." in nina.text()
    announce(region, draft)

    kari = visitor(size)
    meet_it(kari)
    with fence(region.moss.tenant.id):
        answers = Application.objects.get(organisation_number=CAFE).answers
    assert answers["skal_dere_bygge_om"] is True
    assert answers["hva_koster_ombyggingen"] == [{"kostnad": "Snekker", "belop": "45000"}]


def try_it(nina: Visitor) -> None:
    nina.press("Se skjemaet som søkeren")
    nina.page.get_by_role("button", name="Prosjektet", exact=True).click()
    assert nina.page.get_by_text("Hva koster ombyggingen?").count() == 0
    nina.page.get_by_label("Ja", exact=True).check()
    nina.page.get_by_text("Hva koster ombyggingen?").wait_for()
    nina.page.get_by_label("Kostnad").fill("Snekker")
    nina.page.get_by_label("Beløp").fill("500")
    nina.press("Kontroller siden som ved innsending")
    assert TOO_SMALL in nina.text()
    nina.look("preview-error")
    nina.page.locator("#preview").get_by_role("button", name="English").click()
    nina.page.get_by_text("Will you rebuild?").wait_for()
    nina.look("preview-english")


def announce(region: Region, draft: Draft) -> None:
    with fence(region.moss.tenant.id):
        manager = region.moss.actor("manager", region.at)
        version = SchemeVersion.objects.order_by("-made_at").first()
        assert version is not None
        call = open_call(
            scheme_version=version,
            slug=SLUG,
            opens_at=region.at - timedelta(days=1),
            closes_at=region.at + timedelta(days=20),
            answer_by_date=timezone.localdate(region.at) + timedelta(days=42),
            euro_rate=Decimal("11.7200"),
            euro_rate_date=timezone.localdate(region.at),
            euro_rate_source="Norges Bank (eksempel)",
            by=manager,
            at=region.at,
        )
        money = sources(False, region.at)[0] | {"name": "Prosjektpenger"}
        source = register_source(**money, by=manager, at=region.at)
        attach_funding(call=call, source=source, rank=1, by=manager, at=region.at)
        publish_call(call=call, by=manager, at=region.at)


def meet_it(kari: Visitor) -> None:
    kari.go(f"/moss/utlysninger/{SLUG}/sok/")
    kari.sign_in("kari@kanalen.example")
    kari.press("Start søknaden")
    kari.go(kari.page.url.rsplit("/", 2)[0] + "/prosjektet/")
    assert kari.page.get_by_text("Hva koster ombyggingen?").count() == 0
    kari.page.get_by_label("Ja", exact=True).check()
    kari.page.get_by_text("Hva koster ombyggingen?").wait_for()
    kari.page.get_by_label("Kostnad").fill("Snekker")
    kari.page.get_by_label("Beløp").fill("45 000")
    kari.page.get_by_text("Sum: 45 000 kroner").wait_for()
    kari.look("applicant")
    kari.press("Neste steg")


def test_without_script(region: Region, visitor: VisitorFactory) -> None:
    """Rows of options are added and moved by the server; nothing typed is lost on the way."""
    nina = visitor(PHONE, script=False)
    begin(nina, region)
    nina.page.get_by_role("link", name="Nytt spørsmål").first.click()
    nina.page.get_by_role("link", name="Ett av flere valg", exact=True).click()
    write(nina, "label", "Hva slags tiltak er det?", "Kva slags tiltak er det?", "What kind of project?")
    nina.page.locator("[name=options-0-nb]").fill("Kurs")
    nina.press("Legg til rad")
    nina.page.locator("[name=options-1-nb]").fill("Konsert")
    assert nina.page.locator("#id_label_nb").input_value() == "Hva slags tiltak er det?"
    nina.page.get_by_role("button", name="Flytt opp rad 2").click()
    assert nina.page.locator("[name=options-0-nb]").input_value() == "Konsert"
    nina.look("options")
    nina.press("Legg til spørsmålet")
    assert "Hva slags tiltak er det?" in nina.text()
    nina.page.locator("#opp-question-hva_slags_tiltak_er_det").click()
    assert "Hva slags tiltak er det?" in nina.text()
    nina.page.get_by_role("link", name="Endre spørsmålet Hva slags tiltak er det?").click()
    nina.press("Slett spørsmålet …")
    nina.look("remove")
    nina.press("Slett spørsmålet")
    assert nina.page.locator("#q-hva_slags_tiltak_er_det").count() == 0
    nina.page.get_by_role("button", name="Angre").click()
    assert nina.page.locator("#q-hva_slags_tiltak_er_det").count() == 1
