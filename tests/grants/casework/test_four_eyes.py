"""Who may prepare, who may approve, and which cases fall out of a set."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from runde.foundation.approvals.api import OwnWork
from runde.foundation.journal.models import Event
from runde.foundation.people.api import Actor, Person, Role
from runde.foundation.trust.api import Conflict, NotAllowed, NotFound, Refused
from runde.grants.applications.api import Application, withdraw_application
from runde.grants.casework.api import (
    AlreadyDeclared,
    AlreadyHandled,
    Approved,
    Case,
    CaseDecided,
    Decision,
    Impartiality,
    Line,
    LinesRefused,
    NotDeclared,
    NothingLeft,
    Proposal,
    ProposalLine,
    TooLittleMoney,
    approve_proposal,
    decide_anew,
    declare_impartiality,
    propose,
    propose_as_checked,
    return_proposal,
    run_check,
)
from tests.factories import a_call, a_source, an_actor, an_applicant

from .conftest import Office
from .weighing import PAST


def proposed(office: Office, *cases: Case, by: Actor | None = None) -> Proposal:
    return propose_as_checked(
        case_ids=[case.id for case in cases], by=by or office.officer, at=office.at, declares_impartial=True
    )


def approved(office: Office, proposal: Proposal, *, by: Actor | None = None, **more: object) -> Approved:
    given = {"key": str(proposal.id), "by": by or office.approver, "at": office.at, **more}
    return approve_proposal(proposal_id=proposal.id, **given)  # type: ignore[arg-type]


def state_of(case: Case) -> str:
    return Case.objects.get(id=case.id).state


def test_the_preparer_cannot_approve_even_with_both_roles(office: Office) -> None:
    both = an_actor(Role.OFFICER, Role.APPROVER, at=office.at)
    [case] = office.green()
    proposal = proposed(office, case, by=both)
    with pytest.raises(OwnWork), transaction.atomic():
        approved(office, proposal, by=both)
    assert state_of(case) == "proposed"
    assert approved(office, proposal).granted == 1


def test_roles_decide_who_prepares_and_who_approves(office: Office) -> None:
    [case] = office.green()
    with pytest.raises(NotAllowed, match="saksbehandlere"):
        proposed(office, case, by=office.approver)
    proposal = proposed(office, case)
    with pytest.raises(NotAllowed, match="godkjennere"):
        approved(office, proposal, by=an_actor(Role.OFFICER, at=office.at))


def test_the_database_refuses_one_person_in_both_places(office: Office) -> None:
    [case] = office.green()
    approved(office, proposed(office, case))
    decision = Decision.objects.get()
    copy = {
        name: getattr(decision, name)
        for name in ("proposal", "check_run", "outcome", "amount_nok", "snapshot")
    }
    with pytest.raises(IntegrityError, match="casework_decision_four_eyes"), transaction.atomic():
        Decision.objects.create(
            **copy,
            case=case,
            number=2,
            replaces=decision,
            reason_code="all_met",
            prepared_by=office.approver.person_id,
            decided_by=office.approver.person_id,
            decided_at=office.at,
            appeal_by_date=decision.appeal_by_date,
            seal=decision.seal,
        )


def test_an_officer_must_speak_of_impartiality_first(office: Office) -> None:
    [case] = office.green()
    with pytest.raises(NotDeclared, match=case.number):
        propose_as_checked(case_ids=[case.id], by=office.officer, at=office.at)
    declare_impartiality(case_id=case.id, is_impartial=True, by=office.officer, at=office.at)
    assert propose_as_checked(case_ids=[case.id], by=office.officer, at=office.at).left_out == []


def test_an_officers_interest_leaves_the_case_out(office: Office) -> None:
    ours, theirs = office.green(2)
    interest(office, theirs, office.officer)
    proposal = proposed(office, ours, theirs)
    assert [line.case_id for line in proposal.lines.all()] == [ours.id]
    assert [(one["number"], one["why"]) for one in proposal.left_out] == [
        (theirs.number, "Du har meldt fra om at du ikke kan behandle saken.")
    ]
    with pytest.raises(NothingLeft):
        proposed(office, theirs)


@pytest.mark.parametrize("who", ["approver", "officer"])
def test_an_interest_declared_after_preparing_leaves_the_case_out(office: Office, who: str) -> None:
    ours, theirs = office.green(2)
    proposal = proposed(office, ours, theirs)
    interest(office, theirs, getattr(office, who))
    result = approved(office, proposal)
    assert [one["number"] for one in result.left_out] == [theirs.number]
    assert (state_of(ours), state_of(theirs)) == ("decided", "open")
    assert Decision.objects.get().case_id == ours.id


def test_the_database_refuses_a_decision_by_somebody_with_an_interest(office: Office) -> None:
    case = office.red()
    approved(office, proposed(office, case))
    first = Decision.objects.get()
    interest(office, case, office.officer)
    with pytest.raises(IntegrityError, match="declared interest"), transaction.atomic():
        Decision.objects.create(
            case=case,
            number=2,
            replaces=first,
            proposal=first.proposal,
            check_run=first.check_run,
            outcome="granted",
            amount_nok=1,
            reason_code="discretion_granted",
            prepared_by=office.officer.person_id,
            decided_by=office.approver.person_id,
            decided_at=office.at,
            appeal_by_date=first.appeal_by_date,
            snapshot={},
            seal="0" * 64,
        )


def test_an_interest_needs_a_reason_and_is_never_taken_back(office: Office) -> None:
    [case] = office.green()
    with pytest.raises(Refused, match="Skriv hvorfor"):
        declare_impartiality(case_id=case.id, is_impartial=False, by=office.officer, at=office.at)
    declare_impartiality(case_id=case.id, is_impartial=True, by=office.officer, at=office.at)
    interest(office, case, office.officer)
    with pytest.raises(AlreadyDeclared):
        declare_impartiality(case_id=case.id, is_impartial=True, by=office.officer, at=office.at)
    assert Impartiality.objects.count() == 2


def test_an_approver_is_declared_impartial_by_approving(office: Office) -> None:
    [case] = office.green()
    approved(office, proposed(office, case))
    spoken = Impartiality.objects.filter(case=case).values_list("person_id", "is_impartial")
    assert set(spoken) == {(office.officer.person_id, True), (office.approver.person_id, True)}


def test_the_approver_takes_cases_out(office: Office) -> None:
    keep, out = office.green(2)
    proposal = proposed(office, keep, out)
    result = approved(office, proposal, leave_out=[out.id])
    assert [one["number"] for one in result.left_out] == [out.number]
    assert (state_of(keep), state_of(out)) == ("decided", "open")
    again = proposed(office, out)
    assert approved(office, again).granted == 1


def test_cases_that_changed_since_fall_out(office: Office) -> None:
    same, checked, withdrawn = office.green(3)
    proposal = proposed(office, same, checked, withdrawn)
    run_check(case_id=checked.id, by=office.officer, at=office.at)
    take_back(office, withdrawn)
    result = approved(office, proposal)
    assert {one["number"] for one in result.left_out} == {checked.number, withdrawn.number}
    assert [state_of(case) for case in (same, checked, withdrawn)] == ["decided", "open", "withdrawn"]


def test_a_decided_case_cannot_be_withdrawn_checked_or_proposed_again(office: Office) -> None:
    [case] = office.green()
    approved(office, proposed(office, case))
    with pytest.raises(CaseDecided), transaction.atomic():
        take_back(office, case)
    with pytest.raises(CaseDecided):
        run_check(case_id=case.id, by=office.officer, at=office.at)
    with pytest.raises(NothingLeft) as refused:
        proposed(office, case)
    assert [one["why"] for one in refused.value.facts["left_out"]] == ["Saken er ikke lenger åpen."]  # type: ignore[attr-defined]


def test_the_same_key_twice_decides_once(office: Office) -> None:
    [case] = office.green()
    proposal = proposed(office, case)
    assert approved(office, proposal) == approved(office, proposal)
    assert Decision.objects.count() == 1
    with pytest.raises(AlreadyHandled):
        approved(office, proposal, key="another")
    with pytest.raises(Conflict):
        approved(office, proposal, leave_out=[case.id])


def test_a_returned_proposal_opens_its_cases(office: Office) -> None:
    [case] = office.green()
    proposal = proposed(office, case)
    with pytest.raises(Refused, match="Skriv hvorfor"):
        return_proposal(proposal_id=proposal.id, reason=" ", by=office.approver, at=office.at)
    return_proposal(proposal_id=proposal.id, reason="Se på beløpet", by=office.approver, at=office.at)
    assert state_of(case) == "open"
    with pytest.raises(AlreadyHandled):
        approved(office, proposal)
    assert approved(office, proposed(office, case)).granted == 1


def test_a_case_in_one_proposal_cannot_be_in_another(office: Office) -> None:
    [case] = office.green()
    proposal = proposed(office, case)
    with pytest.raises(NothingLeft):
        proposed(office, case)
    line = proposal.lines.get()
    with pytest.raises(IntegrityError, match="casework_one_open_proposal"), transaction.atomic():
        ProposalLine.objects.create(
            proposal=proposal,
            case=case,
            check_run=line.check_run,
            outcome="refused",
            amount_nok=0,
            reason_code="discretion_refused",
        )


def test_too_little_money_is_refused_with_how_much(office: Office) -> None:
    call = a_call(at=office.at, sources=(a_source(at=office.at, amount_nok=Decimal(100_000)),))
    poor = Office(office.tenant, call, office.officer, office.approver, office.at)
    proposal = proposed(poor, *poor.green(3))
    with pytest.raises(TooLittleMoney) as refused, transaction.atomic():
        approved(poor, proposal)
    assert refused.value.sentence.replace("\u00a0", " ") == (
        "Det er ikke nok vedtatte penger. Det mangler 147 200 kroner til 2 saker. "
        "Ta ut saker, eller vent til flere penger er vedtatt."
    )
    assert Decision.objects.count() == 0
    out = [line.case_id for line in proposal.lines.all()][1:]
    assert approved(poor, proposal, leave_out=out, key="two").granted == 1


def test_money_subject_to_decision_is_not_awarded(office: Office) -> None:
    waiting = a_source(at=office.at, decision_document="", decision_expected_date=date(2026, 12, 10))
    call = a_call(at=office.at, sources=(waiting,))
    poor = Office(office.tenant, call, office.officer, office.approver, office.at)
    proposal = proposed(poor, *poor.green())
    with pytest.raises(TooLittleMoney):
        approved(poor, proposal)


def test_discretion_needs_words_and_an_amount(office: Office) -> None:
    case = office.yellow()
    declare_impartiality(case_id=case.id, is_impartial=True, by=office.officer, at=office.at)

    def ask(**facts: object) -> Proposal:
        line = Line(case.id, "granted", "discretion_granted", deviations=PAST, **facts)  # type: ignore[arg-type]
        return propose(lines=[line], by=office.officer, at=office.at)

    with pytest.raises(LinesRefused, match="Skriv med egne ord"):
        ask(amount_nok=Decimal(40_000))
    with pytest.raises(LinesRefused, match="større enn 0"):
        ask(amount_nok=Decimal(0), reason_text="Stengt i mai")
    proposal = ask(amount_nok=Decimal(40_000), reason_text="Stengt i mai")
    assert approved(office, proposal).sum_nok == Decimal(40_000)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (
            {"outcome": "granted", "reason_code": "all_met", "amount_nok": Decimal(90_000)},
            "Skriv med egne ord",
        ),
        ({"outcome": "granted", "reason_code": "no_such"}, "Velg en begrunnelse"),
        ({"outcome": "refused", "reason_code": "all_met"}, "passer ikke"),
        ({"outcome": "refused", "reason_code": "discretion_refused"}, "Skriv med egne ord"),
        (
            {
                "outcome": "refused",
                "reason_code": "discretion_refused",
                "amount_nok": Decimal(5),
                "reason_text": "x",
            },
            "avslag kan ikke ha et beløp",
        ),
        (
            {
                "outcome": "granted",
                "reason_code": "other_amount",
                "amount_nok": Decimal("1.001"),
                "reason_text": "x",
            },
            "to desimaler",
        ),
    ],
)
def test_lines_that_do_not_hold_are_refused(office: Office, line: dict[str, object], words: str) -> None:
    [case] = office.green()
    with pytest.raises(LinesRefused, match=words):
        propose(
            lines=[Line(case.id, **line)],  # type: ignore[arg-type]
            by=office.officer,
            at=office.at,
            declares_impartial=True,
        )
    assert state_of(case) == "open"


def test_yellow_cases_are_left_out_of_a_batch(office: Office) -> None:
    [green], yellow, red = office.green(), office.yellow(), office.red()
    proposal = proposed(office, green, yellow, red)
    assert [one["number"] for one in proposal.left_out] == [yellow.number]
    result = approved(office, proposal)
    assert (result.granted, result.refused) == (1, 1)


def test_a_refusal_can_be_replaced_by_a_grant(office: Office) -> None:
    case = office.red()
    approved(office, proposed(office, case))
    first = Decision.objects.get()
    line = Line(case.id, "granted", "discretion_granted", Decimal(25_000), "Klagen viste nye tall.")
    proposal = decide_anew(line=line, by=office.officer, at=office.at)
    assert state_of(case) == "proposed"
    assert approved(office, proposal).granted == 1
    second = Decision.objects.get(replaces=first)
    assert (second.number, second.amount_nok, state_of(case)) == (2, Decimal(25_000), "decided")


def test_a_returned_new_decision_leaves_the_first_standing(office: Office) -> None:
    case = office.red()
    approved(office, proposed(office, case))
    line = Line(case.id, "granted", "discretion_granted", Decimal(25_000), "Klagen viste nye tall.")
    proposal = decide_anew(line=line, by=office.officer, at=office.at)
    return_proposal(proposal_id=proposal.id, reason="Nei", by=office.approver, at=office.at)
    assert state_of(case) == "decided"


def test_the_database_keeps_a_decided_case(office: Office) -> None:
    [case] = office.green()
    approved(office, proposed(office, case))
    for change in ({"state": "open"}, {"lane": "red"}, {"recommended_nok": 1}, {"number": "26/9999"}):
        with pytest.raises(DatabaseError, match="case"), transaction.atomic():
            Case.objects.filter(id=case.id).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Decision.objects.update(amount_nok=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        Decision.objects.all()._raw_delete("default")


def test_every_step_is_in_the_journal(office: Office) -> None:
    [case] = office.green()
    approved(office, proposed(office, case))
    actions = Event.objects.filter(subject_kind="case", subject_id=str(case.id)).order_by("seq")
    assert list(actions.values_list("action", flat=True)) == [
        "casework.opened",
        "casework.declared",
        "casework.proposed",
        "casework.declared",
        "casework.decided",
    ]


def test_an_unknown_case_is_not_found(office: Office) -> None:
    with pytest.raises(NotFound):
        propose_as_checked(case_ids=[UUID(int=0)], by=office.officer, at=office.at)


def interest(office: Office, case: Case, who: Actor) -> None:
    declare_impartiality(case_id=case.id, is_impartial=False, reason="Eier en del", by=who, at=office.at)


def take_back(office: Office, case: Case) -> None:
    application = Application.objects.get(id=case.application_id)
    applicant = Person.objects.get(id=application.applicant_id)
    by = an_applicant(application.organisation_number, at=office.at, person=applicant)
    withdraw_application(application=application, by=by, at=office.at)
