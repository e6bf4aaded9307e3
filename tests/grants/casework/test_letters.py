"""The letter says what was decided, in the applicant's language, from the snapshot alone."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from runde.engine.typeset.api import Criteria, Letter, Section, Summary, Table
from runde.grants.casework.api import (
    Case,
    Decision,
    Line,
    approve_proposal,
    declare_impartiality,
    letter_pdf,
    list_cases,
    override_value,
    propose,
    write_letters,
)
from runde.grants.casework.domain.letters import letter_of
from runde.grants.casework.domain.public_letter import public_letter
from runde.grants.casework.operations.queue_letters import queue_missing_letters
from tests.factories import a_submitted

from .conftest import RED, Office
from .weighing import PAST

HARD = "\u00a0"


def decided(office: Office, case: Case, line: Line) -> Decision:
    proposal = propose(lines=[line], by=office.officer, at=office.at, declares_impartial=True)
    approve_proposal(proposal_id=proposal.id, key=str(proposal.id), by=office.approver, at=office.at)
    return Decision.objects.get(case=case)


def case_in(office: Office, language: str, **answers: str) -> Case:
    application = a_submitted(
        call=office.call, at=office.at, language=language, answers=answers, name="Brød AS"
    )  # type: ignore[arg-type]
    [case] = [one for one in list_cases(office.call.id) if one.application_id == application.id]
    return case


def granted(office: Office, language: str = "nb") -> Letter:
    case = case_in(office, language)
    return letter_of(decided(office, case, Line(case.id, "granted", "all_met")).snapshot)


def refused(office: Office, language: str = "nb") -> Letter:
    case = case_in(office, language, **RED)
    return letter_of(decided(office, case, Line(case.id, "refused", "criteria_not_met")).snapshot)


def block(letter: Letter, kind: type, name: str = "") -> object:
    return next(
        one
        for one in letter.blocks
        if isinstance(one, kind) and (not name or getattr(one, "name", "") == name)
    )


@pytest.mark.parametrize(
    ("language", "heading"),
    [
        ("nb", "Brød AS får 86 800 kroner i tilskudd"),
        ("nn", "Brød AS får 86 800 kroner i tilskot"),
        ("en", "Brød AS is granted NOK 86,800"),
    ],
)
def test_a_grant_begins_with_the_result(office: Office, language: str, heading: str) -> None:
    letter = granted(office, language)
    assert (letter.kind, letter.language) == ("grant", language)
    assert letter.heading.replace(HARD, " ") == heading


def test_a_grant_shows_the_calculation_and_the_conditions(office: Office) -> None:
    letter = granted(office)
    table = block(letter, Table)
    assert isinstance(table, Table)
    rows = [(fact.label, fact.value.replace(HARD, " ")) for fact in table.facts]
    assert rows[0] == ("Faste kostnader dere oppga", "180 000 kroner")
    assert rows[-1] == ("Tilskudd", "86 800 kroner")
    conditions = block(letter, Section, "conditions")
    assert isinstance(conditions, Section)
    assert len(conditions.paragraphs) == 4
    assert letter.blocks[-1] == block(letter, Section, "rules")


def test_another_amount_shows_what_the_rules_gave(office: Office) -> None:
    case = case_in(office, "nb")
    line = Line(case.id, "granted", "other_amount", Decimal(50_000), "Dere har fått støtte fra fylket.")
    letter = letter_of(decided(office, case, line).snapshot)
    table, reasons = block(letter, Table), block(letter, Section, "reasons")
    assert isinstance(table, Table)
    assert [fact.label for fact in table.facts][-2:] == ["Beregnet etter reglene", "Tilskudd"]
    assert isinstance(reasons, Section)
    assert "Dere har fått støtte fra fylket." in reasons.paragraphs


def test_a_refusal_says_which_requirement_and_by_how_much(office: Office) -> None:
    letter = refused(office)
    summary = block(letter, Summary)
    assert isinstance(summary, Summary)
    first = summary.facts[0]
    assert letter.heading == "Brød AS får ikke tilskudd"
    assert first.label == "Fall i omsetning"
    assert "mangler 17,5 prosentpoeng" in first.value.replace(HARD, " ")
    assert summary.facts[-1].value.replace(HARD, " ") == "mandag 14. desember 2026"


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("outcome", ["granted", "refused"])
def test_every_kind_in_every_language_becomes_a_pdf(office: Office, language: str, outcome: str) -> None:
    case = case_in(office, language, **(RED if outcome == "refused" else {}))
    code = "all_met" if outcome == "granted" else "criteria_not_met"
    decision = decided(office, case, Line(case.id, outcome, code))
    content = letter_pdf(decision)
    assert content == letter_pdf(Decision.objects.get(id=decision.id))
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    assert case.number in text
    assert office.officer.name in text
    assert office.approver.name in text


def test_discretion_never_says_that_every_requirement_is_met(office: Office) -> None:
    case = case_in(office, "nb", revenue_period="580 000")
    line = Line(case.id, "granted", "discretion_granted", Decimal(40_000), "Lokalet var stengt i mai.", PAST)
    reasons = block(letter_of(decided(office, case, line).snapshot), Section, "reasons")
    assert isinstance(reasons, Section)
    told = [one.replace(HARD, " ") for one in reasons.paragraphs]
    assert told[:2] == [
        "Vi har vurdert særlige forhold, og de taler for at dere får tilskudd.",
        "Lokalet var stengt i mai.",
    ]
    assert told[2].startswith("Om kravet «Omsetningen må ha falt med minst 30")
    assert told[2].endswith("»: Stengt av kommunen i mai.")


def test_a_refusal_names_each_thing_once_in_the_box_and_all_in_the_table(office: Office) -> None:
    letter = refused(office)
    summary, criteria = block(letter, Summary), block(letter, Criteria)
    assert isinstance(summary, Summary)
    assert isinstance(criteria, Criteria)
    assert [fact.label for fact in summary.facts] == ["Fall i omsetning", "Tilskudd", "Siste dag å klage"]
    assert [row.is_met for row in criteria.rows] == [False] * 3 + [True] * 5


def test_a_decision_left_without_its_letter_is_asked_for_again(office: Office) -> None:
    case = case_in(office, "nb")
    decision = decided(office, case, Line(case.id, "granted", "all_met"))
    soon, later = office.at + timedelta(minutes=9), office.at + timedelta(minutes=11)
    assert queue_missing_letters(soon) == 0
    assert queue_missing_letters(later) == 1
    write_letters(decision_ids=[decision.id], at=later)
    assert queue_missing_letters(later) == 0


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "nb",
            "Vi har satt «Faste kostnader dere oppga» til 200 000 kroner. "
            "Etter reglene alene er tallet 180 000 kroner. Grunnen er denne: Husleien er delt.",
        ),
        (
            "nn",
            "Vi har sett «Faste kostnader de oppgav» til 200 000 kroner. Etter reglane åleine er talet 180 000 kroner. "
            "Grunnen er denne: Husleien er delt.",
        ),
        (
            "en",
            "We have set “Fixed costs you reported” to NOK 200,000. By the rules alone the figure is NOK 180,000. "
            "The reason is this: Husleien er delt.",
        ),
    ],
)
def test_a_figure_an_officer_has_set_is_told_with_its_reason(
    office: Office, language: str, told: str
) -> None:
    letter = letter_of(with_own_figure(office, language).snapshot)
    section = block(letter, Section, "reasons")
    assert isinstance(section, Section)
    assert told in [text.replace(HARD, " ") for text in section.paragraphs]


def test_the_reason_for_a_figure_is_left_out_of_the_public_version_when_it_is_exempt(office: Office) -> None:
    decision = with_own_figure(office, "nb")
    for ground, shown in (("offl. § 13", False), (None, True)):
        letter = public_letter(decision.snapshot, lambda name, private: None, reasons_ground=ground)
        section = block(letter, Section, "reasons")
        assert isinstance(section, Section)
        assert any("Husleien er delt." in text for text in section.paragraphs) is shown
        assert any("Vi har satt" in text for text in section.paragraphs)
    letter = public_letter(decision.snapshot, lambda name, private: "offl. § 13")
    section = block(letter, Section, "reasons")
    assert isinstance(section, Section)
    assert not any("200" in text for text in section.paragraphs)


def with_own_figure(office: Office, language: str) -> Decision:
    case = case_in(office, language)
    declare_impartiality(case_id=case.id, is_impartial=True, by=office.officer, at=office.at)
    override_value(
        case_id=case.id,
        name="costs",
        typed="200 000",
        reason="Husleien er delt.",
        by=office.officer,
        at=office.at,
    )
    return decided(office, case, Line(case.id, "granted", "all_met"))
