"""A competitive call: a panel is set up, scores blind on the phone, disagrees, and the line becomes a proposal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from runde.foundation.people.api import (
    Actor,
    Mandate,
    Person,
    get_actor,
    get_applicant,
    give_mandate,
    register_person,
)
from runde.foundation.trust.api import fence
from runde.grants.applications.api import NewApplication, start_many, submit_many
from runde.grants.casework.api import ProposalLine
from runde.grants.panels.api import Assignment, Panel, Score, criteria_of, declare, hand_in, word_of
from runde.grants.schemes.api import attach_funding, get_call, open_call, publish_call, register_source

from .region import CALL, CASES, Region, hashed
from .visitors import DESKTOP, PHONE, Visitor, VisitorFactory

JURY = (("berit@fag.example", "Berit Faglig"), ("odd@fag.example", "Odd Kyndig"))
MONEY = Decimal(400_000)
POINTS = {
    "1": ((6, 5), (5, 5)),
    "2": ((5, 5), (5, 4)),
    "3": ((6, 6), (2, 2)),
    "4": ((3, 3), (3, 4)),
    "5": ((2, 2), (2, 2)),
}
"""By the last part of the case number: what each of the two gives for the two criteria."""


def close_a_call(region: Region) -> None:
    """Five applications to a call whose deadline went out an hour ago."""
    now, town = timezone.now(), region.moss
    then = now - timedelta(hours=2)
    sender = register_person(email="regnskap@bilag.example", name="Bilag Regnskap", hashed_password=hashed())
    wanted = {number: raw for number, raw in CASES.items() if number not in ("310100013", "310000043")}
    for number in wanted:
        give_mandate(
            person=sender,
            organisation_number=number,
            source=Mandate.Source.REGISTER_ROLE,
            evidence="Du er regnskapsfører.",
            valid_from=timezone.localdate(now) - timedelta(days=1),
        )
    with fence(town.tenant.id):
        manager = town.actor("manager", now)
        call = open_call(
            scheme_version=get_call(CALL).scheme_version,
            slug="omstilling-2026",
            opens_at=then - timedelta(days=7),
            closes_at=now - timedelta(hours=1),
            answer_by_date=timezone.localdate(now) + timedelta(days=42),
            euro_rate=Decimal("11.7200"),
            euro_rate_date=timezone.localdate(now),
            euro_rate_source="Norges Bank (eksempel)",
            by=manager,
            at=then,
        )
        source = register_source(
            name="Omstillingsmidler",
            giver="Fylkeskommunen",
            amount_nok=MONEY,
            decision_document="Fylkestinget sak 80/26",
            by=manager,
            at=then,
        )
        attach_funding(call=call, source=source, rank=1, by=manager, at=then)
        call = publish_call(call=call, by=manager, at=then)
        actor = get_applicant(sender, on=timezone.localdate(now))
        new = [NewApplication(number, raw, "nb") for number, raw in wanted.items()]
        submit_many(applications=start_many(call=call, new=new, by=actor, at=then), by=actor, at=then)
    for email, name in JURY:
        register_person(email=email, name=name, hashed_password=hashed())


def set_up(ida: Visitor, region: Region) -> None:
    ida.go("/moss/paneler/")
    ida.sign_in(region.moss.email("officer"))
    ida.look("none")
    ida.press("Sett opp et panel")
    ida.look("set-up")
    ida.page.locator("input[name=call]").last.check()
    ida.page.get_by_label("Kriterium 1", exact=True).fill("Nytte")
    ida.page.get_by_label("Teller, kriterium 1").fill("60")
    ida.page.get_by_label("Kriterium 2", exact=True).fill("Gjennomføring")
    ida.page.get_by_label("Teller, kriterium 2").fill("30")
    ida.page.get_by_label("Frist for å vurdere").fill(f"{timezone.localdate() + timedelta(days=9):%d.%m.%Y}")
    ida.press("Lag panelet")
    assert "Vektene skal bli 100 prosent til sammen. Nå er de 90." in ida.text()
    ida.look("set-up-error")
    ida.page.get_by_label("Teller, kriterium 2").fill("40")
    ida.press("Lag panelet")
    assert ida.heading().startswith("Panel for ")
    assert "Inviter minst 2 til å vurdere." in ida.text()
    for email, _ in JURY:
        ida.page.get_by_label("E-postadresse").fill(email)
        ida.press("Inviter")
    ida.look("panel-ready")
    ida.press("Start vurderingen")
    ida.look("start")
    ida.press("Start vurderingen")
    assert "0 av 5" in ida.text()


def score_one(visitor: Visitor, points: Sequence[int], words: str) -> None:
    for place, point in enumerate(points):
        visitor.page.locator("fieldset", has=visitor.page.locator("input[name^=points_]")).nth(
            place
        ).get_by_label(str(point), exact=True).check()
        visitor.page.locator("textarea[name^=words_]").nth(place).fill(words)


def score_on_the_phone(berit: Visitor) -> None:
    berit.go("/moss/paneler/")
    berit.sign_in(JURY[0][0])
    assert berit.heading() == "Du har 5 søknader å vurdere"
    berit.look("my-panels")
    berit.page.get_by_role("table", name="Dine vurderinger").get_by_role("link").first.click()
    berit.look("my-cases")
    berit.page.get_by_role("link", name="KAFÉ KANALEN AS").click()
    assert berit.heading() == "Kan du vurdere denne søknaden?"
    assert "prosent" not in berit.text()
    berit.look("impartial")
    berit.page.get_by_label("Ja, jeg kan vurdere søknaden").check()
    berit.press("Lagre svaret")
    assert berit.heading() == "Vurder KAFÉ KANALEN AS"
    berit.press("Lever poengene")
    assert "Velg hvor mange poeng du gir for «Nytte»." in berit.text()
    berit.look("sheet-error")
    score_one(berit, (6, 5), "Varig nytte for mange i sentrum.")
    berit.press("Lagre kladd")
    assert "Kladden er lagret." in berit.text()
    berit.look("sheet")
    berit.press("Lever poengene")
    assert berit.heading() == "Kan du vurdere denne søknaden?"


def score_the_rest(region: Region) -> None:
    """Everything that is not handed in yet, as the pages would send it."""
    at = timezone.now()
    with fence(region.moss.tenant.id):
        for assignment in Assignment.objects.filter(sheets__isnull=True).select_related(
            "assessor", "panel_case__case", "panel_case__panel"
        ):
            number = assignment.panel_case.case.number.rsplit("/", 1)[-1]
            actor = _assessor(assignment)
            points = POINTS[number][_place(actor)]
            if word_of(actor.person_id, assignment.panel_case.case_id) is None:
                declare(assignment_id=assignment.id, is_impartial=True, by=actor, at=at)
            given = [
                Score(one.key, point, f"Slik vurderer jeg {one.label.lower()}.")
                for one, point in zip(criteria_of(assignment.panel_case.panel), points, strict=True)
            ]
            hand_in(assignment_id=assignment.id, scores=given, by=actor, at=at)


def _assessor(assignment: Assignment) -> Actor:
    person = Person.objects.get(id=assignment.assessor.person_id)
    return get_actor(person, on=timezone.localdate())


def _place(actor: Actor) -> int:
    return next(place for place, (_, name) in enumerate(JURY) if name == actor.name)


@pytest.mark.parametrize("size", [pytest.param(DESKTOP, id="desk"), pytest.param(PHONE, id="phone")])
def test_from_panel_to_proposal(region: Region, visitor: VisitorFactory, size: tuple[int, int]) -> None:
    close_a_call(region)
    ida = visitor(size)
    set_up(ida, region)
    ida.look("panel-scoring")

    berit = visitor(PHONE)
    score_on_the_phone(berit)
    with fence(region.moss.tenant.id):
        panel = Panel.objects.get()
    for blind in (berit, ida):
        blind.go(f"/moss/paneler/{panel.id}/rangering/")
        assert blind.heading() == "Poengene er ikke åpnet ennå"
    berit.look("blind")

    score_the_rest(region)
    ida.go(f"/moss/paneler/{panel.id}/rangering/")
    assert ida.heading() == "Drøft 1 søknad før linja trekkes"
    ida.look("ranking-discuss")
    ida.page.get_by_role("link", name="ØRE FRISØR ENK").first.click()
    assert "Skiller seg ut" in ida.text()
    ida.page.get_by_label("Hva kom panelet fram til?").fill(
        "Odd hadde oversett vedlegget. Vi står ved snittet."
    )
    ida.press("Lagre drøftingen")
    ida.look("case-scores")
    ida.press("Rangeringen")

    assert ida.heading() == "5 søknader er rangert"
    ida.press("Trekk linja")
    assert ida.heading() == "Hvor skal linja gå?"
    ida.look("line-money")
    ida.page.get_by_label("Alle med minst så mange poeng", exact=True).check()
    ida.page.locator("input[name=value_points]").fill("1,5")
    ida.press("Vis virkningen")
    assert "Linja kan ikke gå her" in ida.text()
    ida.look("line-points")
    ida.page.get_by_label("Så langt pengene rekker", exact=True).check()
    ida.press("Vis virkningen")
    ida.page.locator("form[method=post] button[type=submit]", has_text="Trekk linja etter nummer").click()
    assert ida.heading().startswith("Linja går etter nummer ")
    ida.look("ranking-line")

    ida.press("Lag forslag til vedtak")
    assert ida.heading() == "Forslag til 5 vedtak fra rangeringen"
    ida.press("Send 5 til godkjenning")
    assert "Kryss av for at du kan behandle sakene." in ida.text()
    ida.look("propose")
    ida.page.get_by_label("Jeg kan behandle alle sakene.").check()
    ida.press("Send 5 til godkjenning")
    assert "Rangeringen er sendt til godkjenning." in ida.page.locator("body").inner_text()
    ida.look("proposed")
    with fence(region.moss.tenant.id):
        lines = list(ProposalLine.objects.all())
        assert sum((one.amount_nok for one in lines), Decimal(0)) <= MONEY
        assert {one.reason_code for one in lines} == {"ranked_above_line", "ranked_below_line"}
