"""Where a case is, in one sentence: every stage, each with who, when and what to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from django.utils.translation import override

from runde.engine.reference.api import Language
from runde.grants.casework.api import (
    AccountState,
    Expected,
    InLine,
    MoneyState,
    ShownReport,
    Stage,
    ToldChange,
)
from runde.web.applicant.situation import Story, situation
from runde.web.applicant.track import Places, steps

TODAY = date(2026, 11, 24)
PROMISED = date(2027, 1, 4)
SENT = Story("Moss kommune", Stage.RECEIVED, datetime(2026, 11, 23, 9, 0, tzinfo=UTC), PROMISED)
USUAL = replace(SENT, expected=Expected(date(2026, 12, 9), "throughput", 40, PROMISED, 0, False))
ASKED = replace(SENT, stage=Stage.WAITING_FOR_APPLICANT, asked=(date(2026, 11, 30),))
DECIDED = replace(SENT, decided_at=datetime(2026, 11, 24, 12, 0, tzinfo=UTC))
ANSWERED = replace(DECIDED, stage=Stage.ANSWERED, appeal_by_date=date(2026, 12, 15))
REFUSED = replace(ANSWERED, stage=Stage.REFUSED)
OWED = replace(ANSWERED, amount_nok=Decimal(117400))
TO_ACCEPT = replace(OWED, stage=Stage.TO_ACCEPT, accept_by_date=date(2026, 11, 30))
ACCOUNT = AccountState("1506 •• •••34", None, "", None, True)
MONEY = MoneyState("waiting", Decimal(117400), date(2026, 12, 4), None, None, ACCOUNT)
GRANTED = replace(OWED, stage=Stage.GRANTED, money=MONEY)
CHANGING = replace(
    GRANTED,
    money=replace(
        MONEY,
        account=AccountState("1506 •• •••34", UUID(int=1), "1506 •• •••99", date(2026, 12, 10), True),
    ),
)
IN_FILE = replace(
    OWED, stage=Stage.PAYING, money=replace(MONEY, state="sealed", execution_date=date(2026, 12, 4))
)
PAID = replace(
    OWED,
    stage=Stage.PAID,
    money=replace(
        MONEY,
        state="sent",
        execution_date=date(2026, 12, 4),
        sent_at=datetime(2026, 12, 3, 8, 0, tzinfo=UTC),
    ),
)
REPORTS = replace(PAID, report=ShownReport(date(2027, 6, 1), None, is_overdue=False))


def said(story: Story, today: date = TODAY) -> tuple[str, str, str, str]:
    now = situation(story, "nb", today=today)
    heading, who, must = (text.replace("\u00a0", " ") for text in (now.heading, now.who, now.must))
    return heading, who, must, now.status


NOTHING = "Du trenger ikke gjøre noe nå."
APPEAL = "Er dere uenige, kan dere klage innen tirsdag 15. desember 2026."


@pytest.mark.parametrize(
    ("story", "heading", "who", "must", "status"),
    [
        (
            SENT,
            "Du får svar innen mandag 4. januar 2027",
            "Moss kommune vurderer søknaden.",
            NOTHING,
            "submitted",
        ),
        (
            USUAL,
            "Du får trolig svar innen onsdag 9. desember 2026",
            "Moss kommune vurderer søknaden.",
            NOTHING,
            "submitted",
        ),
        (
            ASKED,
            "Vi trenger et svar fra deg innen mandag 30. november 2026",
            "Søknaden ligger hos deg. Moss kommune venter.",
            "Når du har svart, behandler vi søknaden videre.",
            "question",
        ),
        (
            ANSWERED,
            "Svaret på søknaden kom tirsdag 24. november 2026",
            "Moss kommune har fattet vedtak.",
            "Les svaret, og bekreft at du har lest det.",
            "decided",
        ),
        (
            REFUSED,
            "Dere får ikke tilskudd",
            "Moss kommune har fattet vedtak. Brevet sier hvorfor.",
            APPEAL,
            "refused",
        ),
        (
            TO_ACCEPT,
            "Dere får 117 400 kroner. Godta vilkårene innen mandag 30. november 2026",
            "Pengene venter på at dere godtar vilkårene.",
            "Les vilkårene, og godta dem eller takk nei.",
            "granted",
        ),
        (
            GRANTED,
            "Pengene kommer etter planen fredag 4. desember 2026",
            "Dere får 117 400 kroner. Moss kommune gjør utbetalingen klar.",
            NOTHING,
            "granted",
        ),
        (
            replace(OWED, stage=Stage.GRANTED),
            "Dere får 117 400 kroner",
            "Moss kommune gjør utbetalingen klar.",
            NOTHING,
            "granted",
        ),
        (
            IN_FILE,
            "Pengene kommer etter planen fredag 4. desember 2026",
            "117 400 kroner er godkjent og ligger klar til å sendes til banken.",
            NOTHING,
            "paying",
        ),
        (
            PAID,
            "117 400 kroner er på vei til kontoen",
            "Pengene er sendt til banken 3. desember 2026. Banken betaler fredag 4. desember 2026.",
            NOTHING,
            "paying",
        ),
        (
            REPORTS,
            "117 400 kroner er på vei til kontoen",
            "Pengene er sendt til banken 3. desember 2026. Banken betaler fredag 4. desember 2026.",
            "Send rapporten innen tirsdag 1. juni 2027.",
            "paying",
        ),
        (
            replace(OWED, stage=Stage.DECLINED),
            "Dere har takket nei til tilskuddet",
            "Moss kommune betaler ikke noe i denne saken.",
            NOTHING,
            "closed",
        ),
        (
            replace(OWED, stage=Stage.LAPSED),
            "Tilskuddet er falt bort",
            "Vilkårene ble ikke godtatt i tide.",
            "Ta kontakt hvis dere mener det er feil.",
            "closed",
        ),
        (
            replace(SENT, stage=Stage.WITHDRAWN),
            "Søknaden er trukket",
            "Moss kommune behandler den ikke.",
            "Du kan sende en ny søknad så lenge ordningen er åpen.",
            "withdrawn",
        ),
    ],
)
def test_each_stage_says_what_who_and_what_to_do(
    story: Story, heading: str, who: str, must: str, status: str
) -> None:
    assert said(story) == (heading, who, must, status)


@pytest.mark.parametrize("stage", list(Stage))
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_no_stage_is_without_words(stage: Stage, language: str) -> None:
    now = situation(replace(GRANTED, stage=stage), language, today=TODAY)  # type: ignore[arg-type]
    assert all((now.heading, now.who, now.must, now.status))


def test_the_usual_time_says_what_it_rests_on() -> None:
    note = situation(USUAL, "nb", today=TODAY).note.replace("\u00a0", " ")
    assert note == "Åtte av ti får svar innen 9. desember 2026. Vi har regnet med de siste 40 sakene."


def test_the_deadline_is_said_to_be_the_deadline() -> None:
    assert situation(SENT, "nb", today=TODAY).note == "Det er datoen kommunen har satt i utlysningen."


def test_days_that_stood_still_are_told() -> None:
    moved = replace(USUAL, expected=Expected(date(2026, 12, 12), "throughput", 40, PROMISED, 3, False))
    note = situation(moved, "nb", today=TODAY).note
    assert "Datoen er flyttet 3 dager fordi vi ventet på svar fra deg." in note


def test_later_than_usual_gives_the_new_date() -> None:
    late = replace(USUAL, expected=Expected(date(2026, 12, 9), "throughput", 40, PROMISED, 0, True))
    heading, who, must, _ = said(late, date(2026, 12, 10))
    assert heading == "Dette tar lengre tid enn vi sa"
    assert who == "Ny forventet dato er mandag 4. januar 2027. Det er siste dag etter utlysningen."
    assert must == NOTHING


def test_later_than_promised_is_admitted() -> None:
    heading, who, must, _ = said(SENT, date(2027, 1, 5))
    assert heading == "Dette tar lengre tid enn vi sa"
    assert who == "Moss kommune skulle ha svart innen mandag 4. januar 2027."
    assert must == "Ta kontakt hvis du vil vite hvorfor."


def test_the_last_day_is_not_late() -> None:
    assert said(SENT, PROMISED)[0].startswith("Du får svar innen")


def test_several_questions_are_counted() -> None:
    two = replace(ASKED, asked=(date(2026, 12, 2), date(2026, 11, 30)))
    assert said(two)[0] == "Vi trenger 2 svar fra deg. Det første innen mandag 30. november 2026"


def test_an_answer_that_is_late_is_still_wanted() -> None:
    heading, _, must, _ = said(ASKED, date(2026, 12, 1))
    assert heading == "Vi venter fortsatt på svar fra deg"
    assert must == "Fristen var mandag 30. november 2026. Svar så snart du kan."


def test_money_that_has_not_come_is_admitted() -> None:
    heading, who, must, _ = said(GRANTED, date(2026, 12, 7))
    assert heading == "Utbetalingen er forsinket"
    assert "Pengene skulle ha kommet fredag 4. desember 2026, men er ikke sendt ennå." in who
    assert must == "Ta kontakt hvis du vil vite hvorfor."


def test_a_new_account_moves_the_day_and_says_so() -> None:
    now = situation(CHANGING, "nb", today=TODAY)
    assert now.heading.replace("\u00a0", " ") == "Pengene kommer etter planen torsdag 10. desember 2026"
    assert "bruker vi det nye kontonummeret fra torsdag" in now.note


def test_after_the_bank_day_the_money_should_be_there() -> None:
    heading, _, _, status = said(PAID, date(2026, 12, 5))
    assert (heading, status) == ("117 400 kroner skal være på kontoen", "paid")


def test_a_passed_appeal_period_is_not_offered() -> None:
    assert said(REFUSED, date(2026, 12, 16))[2] == NOTHING


@pytest.mark.parametrize(
    ("story", "whens"),
    [
        (SENT, ["done", "now", "later", "later"]),
        (ASKED, ["done", "now", "later", "later"]),
        (ANSWERED, ["done", "done", "done", "now"]),
        (TO_ACCEPT, ["done", "done", "done", "now", "later"]),
        (GRANTED, ["done", "done", "done", "now"]),
        (IN_FILE, ["done", "done", "done", "now"]),
        (PAID, ["done", "done", "done", "done"]),
        (REPORTS, ["done", "done", "done", "done", "now"]),
        (REFUSED, ["done", "done", "done"]),
        (replace(OWED, stage=Stage.DECLINED), ["done", "done", "done", "done"]),
        (replace(SENT, stage=Stage.WITHDRAWN), ["done", "done"]),
    ],
)
def test_the_track_has_one_present_step_at_most(story: Story, whens: list[str]) -> None:
    assert [step.when for step in steps(story, "nb", Places(), today=TODAY)] == whens


def test_steps_lead_to_where_they_can_be_read() -> None:
    places = Places(receipt="/kvittering/", letter="/brev/", accepting="/godta/")
    found = {step.url: step.link_text for step in steps(TO_ACCEPT, "nb", places, today=TODAY) if step.url}
    assert found == {
        "/kvittering/": "Les kvitteringen",
        "/brev/": "Les vedtaksbrevet",
        "/godta/": "Les vilkårene og svar",
    }


TOPPED = ToldChange(told="topped_up", before_nok=Decimal(50000))
RAISED_SINCE = replace(
    GRANTED, change=TOPPED, money=replace(MONEY, amount_nok=Decimal(67400), earlier_nok=Decimal(50000))
)
PROMISE = ToldChange(told="conditional", waits_for="Statlig kompensasjon", expected_date=date(2026, 12, 10))
CONDITIONAL = replace(OWED, stage=Stage.GRANTED, change=PROMISE)
LISTED = replace(REFUSED, change=ToldChange(told="listed", in_line=InLine(3, Decimal(86800), is_up=False)))
ENDED = replace(
    REFUSED, appeal_by_date=None, change=ToldChange(is_final=True, body_reference="KN 12/26", told="replaced")
)


def whole(story: Story, language: Language = "nb", today: date = TODAY) -> str:
    with override(language):
        now = situation(story, language, today=today)
    return " ".join((now.heading, now.who, now.must, now.note)).replace("\u00a0", " ")


def test_a_topped_up_grant_tells_the_total_what_came_before_and_what_comes_now() -> None:
    told = whole(RAISED_SINCE)
    assert "Pengene kommer etter planen fredag 4. desember 2026" in told
    assert "Dere får 67 400 kroner nå, og 117 400 kroner til sammen." in told
    assert "Dere fikk først 50 000 kroner." in told
    sent = replace(RAISED_SINCE, stage=Stage.PAID)
    assert whole(sent).startswith("67 400 kroner er på vei til kontoen")


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("raised", "Nå får dere 67 400 kroner mer, altså 117 400 kroner til sammen."),
        ("effective", "Derfor får dere hele beløpet i det betingede vedtaket."),
        ("scaled", "Derfor får dere 117 400 kroner i stedet for 50 000 kroner."),
        ("reserve", "Dere sto på reservelista."),
    ],
)
def test_each_change_is_told_in_plain_words(told: str, words: str) -> None:
    assert words in whole(replace(GRANTED, change=replace(TOPPED, told=told)))


@pytest.mark.parametrize(
    ("told", "words"), [("lapsed", "Pengene ble ikke vedtatt."), ("below_lowest", "Deres del ble for liten")]
)
def test_a_conditional_grant_that_came_to_nothing_says_why(told: str, words: str) -> None:
    text = whole(replace(REFUSED, change=replace(TOPPED, told=told)))
    assert words in text
    assert "vedtaket på 50 000 kroner bort" in text


def test_a_conditional_grant_says_what_it_waits_for_and_promises_no_day() -> None:
    told = whole(CONDITIONAL)
    assert told.startswith(
        "Dere kan få 117 400 kroner, hvis pengene blir vedtatt Pengene skal komme fra Statlig"
    )
    assert "Vi regner med at det blir bestemt torsdag 10. desember 2026." in told
    assert "Pengene kommer etter planen" not in told
    late = whole(CONDITIONAL, today=date(2026, 12, 11))
    assert "Vi regnet med at det ble bestemt torsdag 10. desember 2026, men" in late
    unknown = replace(CONDITIONAL, change=replace(PROMISE, expected_date=None))
    assert "Vi vet ikke ennå når det blir bestemt." in whole(unknown)
    found = steps(CONDITIONAL, "nb", Places(), today=TODAY)
    assert [one.what for one in found if one.when == "now"] == ["Pengene blir vedtatt"]


def test_a_place_on_the_reserve_list_is_told_with_what_it_means() -> None:
    told = whole(LISTED)
    assert told.startswith("Dere står på reservelista")
    assert "Dere er nummer 3 på reservelista, for 86 800 kroner." in told
    assert "går de til den som står øverst" in told
    up = ToldChange(told="listed", in_line=InLine(1, Decimal(86800), is_up=True))
    assert "vi lager et nytt vedtak" in whole(replace(LISTED, change=up))


def test_what_the_appeal_body_decided_is_final_and_no_appeal_is_offered() -> None:
    told = whole(ENDED)
    assert "Klageinstansen har avgjort klagen i sak KN 12/26, og vedtaket er endelig." in told
    assert "kan dere klage" not in told
    assert "kan dere klage" not in " ".join(one.note for one in steps(ENDED, "nb", Places(), today=TODAY))


@pytest.mark.parametrize(
    ("story", "nn", "en"),
    [
        (
            RAISED_SINCE,
            "67 400 kroner no, og 117 400 kroner til saman",
            "NOK 67,400 now, and NOK 117,400 in all",
        ),
        (CONDITIONAL, "De kan få 117 400 kroner, viss pengane blir vedtekne", "You may get NOK 117,400, if"),
        (LISTED, "De er nummer 3 på reservelista", "You are number 3 on the reserve list"),
        (ENDED, "vedtaket er endeleg", "the decision is final"),
    ],
)
def test_the_same_is_said_in_nynorsk_and_english(story: Story, nn: str, en: str) -> None:
    assert nn in whole(story, "nn")
    assert en in whole(story, "en")
