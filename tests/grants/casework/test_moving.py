"""Open cases moved to another version: what the preview says is what happens, and it is written in every case."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from runde.engine.rules import RuleSet
from runde.foundation.companies.models import Company
from runde.foundation.journal.api import events_of
from runde.foundation.people.api import Actor, Role
from runde.foundation.trust.api import Conflict, NotAllowed, NotFound, Refused, fence, new_id
from runde.grants.applications.api import Application
from runde.grants.casework.api import (
    Case,
    CaseMove,
    Decision,
    Moved,
    MovePreview,
    VersionMissing,
    WrongVersion,
    approve_proposal,
    case_page,
    declare_impartiality,
    list_cases,
    move_cases,
    preview_move,
    propose_as_checked,
    run_check,
    versions_of,
)
from runde.grants.casework.domain.letters import letter_of
from runde.grants.schemes.api import SchemeVersion
from tests.factories import TenantFactory, a_scheme_version, a_submitted, an_actor

from .conftest import Office, an_office
from .versions import a_version, another_schemes_version, with_fact

REASON = "Kommunestyret senket kravet i sak 12/26."


@pytest.fixture
def manager(office: Office) -> Actor:
    return an_actor(Role.SCHEME_MANAGER, at=office.at)


def moved(office: Office, version: SchemeVersion, by: Actor, cases: list[Case], **more: object) -> Moved:
    return move_cases(
        call=office.call,
        version=version,
        case_ids=[case.id for case in cases],
        key=str(more.pop("key", "k")),
        reason=REASON,
        by=by,
        at=office.at,
        **more,  # type: ignore[arg-type]
    )


def proposed(office: Office, cases: list[Case]) -> UUID:
    ids = [case.id for case in cases]
    return propose_as_checked(case_ids=ids, by=office.officer, at=office.at, declares_impartial=True).id


def decided(office: Office, cases: list[Case]) -> None:
    approve_proposal(proposal_id=proposed(office, cases), key="d", by=office.approver, at=office.at)


def test_a_preview_shows_who_changes_and_changes_nothing(office: Office, manager: Actor) -> None:
    office.green(2)
    yellow = office.yellow()
    version = a_version(office.call, office.at, required_drop="0.25")
    before = list(Case.objects.order_by("id").values())
    preview = preview_move(office.call, version, by=manager, at=office.at)
    assert [row.case_id for row in preview.changed] == [yellow.id]
    assert (preview.before.lanes["green"].count, preview.after.lanes["green"].count) == (2, 3)
    assert list(Case.objects.order_by("id").values()) == before
    assert CaseMove.objects.count() == 0


def test_a_move_is_written_in_the_case_and_keeps_the_old_check(office: Office, manager: Actor) -> None:
    yellow = office.yellow()
    version = a_version(office.call, office.at, required_drop="0.25")
    done = moved(office, version, manager, [yellow])
    assert (done.case_ids, done.changed, done.left_out) == ((yellow.id,), 1, ())
    page = case_page(yellow.id, by=office.officer, at=office.at)
    assert page.history[0].what == f"Vurdert etter versjon 2 av ordningen: {REASON}"
    assert [check.number for check in yellow.checks.order_by("number")] == [1, 2]
    assert (page.case.lane, page.check.rules_digest) == ("green", version.rules_digest)
    assert versions_of([yellow])[yellow.id].id == version.id
    [move] = CaseMove.objects.all()
    assert (move.from_version_id, move.moved_by) == (office.call.scheme_version_id, manager.person_id)


def test_the_seal_still_names_the_version_it_was_sealed_with(office: Office, manager: Actor) -> None:
    [case] = office.green()
    moved(office, a_version(office.call, office.at, required_drop="0.25"), manager, [case])
    application = Application.objects.get(id=case.application_id)
    assert application.facts["scheme_version"] == str(office.call.scheme_version_id)


def test_a_moved_case_is_checked_and_decided_by_its_new_version(office: Office, manager: Actor) -> None:
    [case] = office.green()
    version = a_version(office.call, office.at, ceiling="50000")
    moved(office, version, manager, [case])
    check = run_check(case_id=case.id, by=office.officer, at=office.at)
    assert check.rules_digest == version.rules_digest
    decided(office, [case])
    [decision] = Decision.objects.all()
    assert decision.amount_nok == Decimal(50_000)
    assert decision.snapshot["scheme"]["version_id"] == str(version.id)
    letter = letter_of(decision.snapshot)
    assert any("versjon 2 av ordningen" in text and REASON in text for text in _paragraphs(letter))


def _paragraphs(letter: object) -> list[str]:
    blocks = letter.blocks  # type: ignore[attr-defined]
    return [text for block in blocks for text in getattr(block, "paragraphs", ())]


def test_a_case_that_stays_has_no_word_of_moving_in_its_letter(office: Office) -> None:
    decided(office, office.green())
    [decision] = Decision.objects.all()
    assert "move" not in decision.snapshot
    assert not any("versjon" in text for text in _paragraphs(letter_of(decision.snapshot)))


def test_cases_that_cannot_be_moved_are_left_out_and_told(office: Office, manager: Actor) -> None:
    [done], [waiting], [kept] = office.green(), office.green(), office.green()
    decided(office, [done])
    proposed(office, [waiting])
    version = a_version(office.call, office.at, required_drop="0.25")
    preview = preview_move(office.call, version, by=manager, at=office.at)
    assert {stay.case_id: stay.why.split(".")[0] for stay in preview.stays} == {
        done.id: "Saken er avgjort",
        waiting.id: "Saken ligger til godkjenning",
    }
    result = moved(office, version, manager, [done, waiting, kept])
    assert result.case_ids == (kept.id,)
    assert {one["case_id"]: one["why"] for one in result.left_out} == {
        str(stay.case_id): stay.why for stay in preview.stays
    }


def test_a_case_decided_between_preview_and_move_is_left_out(office: Office, manager: Actor) -> None:
    cases = office.green(2)
    version = a_version(office.call, office.at, required_drop="0.25")
    preview = preview_move(office.call, version, by=manager, at=office.at)
    decided(office, [cases[0]])
    result = moved(office, version, manager, cases, seen=preview.seen)
    assert result.case_ids == (cases[1].id,)
    [left] = result.left_out
    assert (left["number"], left["why"].split(".")[0]) == (cases[0].number, "Saken er avgjort")


def test_a_case_checked_again_since_the_preview_is_left_out(office: Office, manager: Actor) -> None:
    [case] = office.green()
    version = a_version(office.call, office.at, required_drop="0.25")
    preview = preview_move(office.call, version, by=manager, at=office.at)
    run_check(case_id=case.id, by=office.officer, at=office.at)
    result = moved(office, version, manager, [case], seen=preview.seen)
    assert (result.case_ids, result.left_out[0]["why"]) == ((), "Saken er endret siden du så på den.")


def test_the_same_key_moves_once_and_another_content_is_refused(office: Office, manager: Actor) -> None:
    cases = office.green(2)
    version = a_version(office.call, office.at, required_drop="0.25")
    first, again = [moved(office, version, manager, cases) for _ in range(2)]
    assert first == again
    assert CaseMove.objects.count() == 2
    with pytest.raises(Conflict):
        moved(office, version, manager, cases[:1])


def test_a_move_can_be_undone_by_moving_back(office: Office, manager: Actor) -> None:
    yellow = office.yellow()
    moved(office, a_version(office.call, office.at, required_drop="0.25"), manager, [yellow])
    moved(office, office.call.scheme_version, manager, [yellow], key="back")
    again = moved(office, office.call.scheme_version, manager, [yellow], key="again")
    assert again.left_out[0]["why"] == "Saken vurderes allerede etter denne versjonen."
    assert [move.number for move in yellow.moves.order_by("number")] == [1, 2]
    assert Case.objects.get(id=yellow.id).lane == "yellow"
    assert versions_of([yellow])[yellow.id].id == office.call.scheme_version_id


def test_a_form_that_never_asked_keeps_every_case_where_it_is(office: Office, manager: Actor) -> None:
    cases = office.green(2)
    asked = a_version(office.call, office.at, required_drop="0.25")
    rules = with_fact(office.call, name="brand_new", type="boolean")
    unasked = SchemeVersion.objects.create(
        scheme=asked.scheme,
        number=asked.number + 1,
        texts=asked.texts,
        rules=rules.to_dict(),
        rules_digest=rules.digest,
        form=asked.form,
        legal_basis=asked.legal_basis,
        made_at=office.at,
    )
    preview = preview_move(office.call, unasked, by=manager, at=office.at)
    assert preview.rows == ()
    assert {stay.why for stay in preview.stays} == {
        "Søknadsskjemaet spurte ikke om «Noe nytt», som denne versjonen trenger."
    }
    assert moved(office, unasked, manager, cases).case_ids == ()


def test_who_has_an_interest_in_a_case_does_not_move_it(office: Office) -> None:
    [case] = office.green()
    both = an_actor(Role.SCHEME_MANAGER, Role.OFFICER, at=office.at)
    declare_impartiality(case_id=case.id, is_impartial=False, reason="Eier", by=both, at=office.at)
    result = moved(office, a_version(office.call, office.at, required_drop="0.25"), both, [case])
    assert (result.case_ids, result.left_out[0]["why"][:18]) == ((), "Du har meldt fra o")


def test_moving_needs_the_role_and_a_reason(office: Office, manager: Actor) -> None:
    [case] = office.green()
    version = a_version(office.call, office.at, required_drop="0.25")
    for actor in (office.officer, office.approver):
        with pytest.raises(NotAllowed):
            moved(office, version, actor, [case])
        with pytest.raises(NotAllowed):
            preview_move(office.call, version, by=actor, at=office.at)
    for reason in ("  ", "a" * 501):
        with pytest.raises(Refused):
            move_cases(
                call=office.call,
                version=version,
                case_ids=[case.id],
                key="r",
                reason=reason,
                by=manager,
                at=office.at,
            )
    with pytest.raises(Refused):
        moved(office, version, manager, [])


def test_other_schemes_versions_are_refused(office: Office, manager: Actor) -> None:
    [case] = office.green()
    with pytest.raises(WrongVersion):
        moved(office, another_schemes_version(office.call, office.at), manager, [case])


def test_another_tenants_version_and_case_are_not_found(db: None, at: datetime) -> None:
    other = TenantFactory.create(municipality_number="3401")
    with fence(other.id):
        theirs = a_scheme_version(at=at)
    tenant = TenantFactory.create(municipality_number="3407", name="Gjøvik kommune")
    with fence(tenant.id):
        office = an_office(tenant, at)
        manager, cases = an_actor(Role.SCHEME_MANAGER, at=at), office.green()
        with pytest.raises(NotFound):
            preview_move(office.call, theirs, by=manager, at=at)
        with pytest.raises(NotFound):
            moved(office, theirs, manager, cases)
        with pytest.raises(NotFound):
            moved(office, a_version(office.call, at, required_drop="0.25"), manager, [Case(id=new_id())])


def test_a_missing_version_stops_everything(office: Office, manager: Actor) -> None:
    [case] = office.green()
    lost = a_sealed_without_version(office, case)
    version = a_version(office.call, office.at, required_drop="0.25")
    with pytest.raises(VersionMissing, match=lost.number):
        run_check(case_id=lost.id, by=office.officer, at=office.at)
    with pytest.raises(VersionMissing):
        preview_move(office.call, version, by=manager, at=office.at)
    with pytest.raises(VersionMissing):
        moved(office, version, manager, [case, lost])
    assert CaseMove.objects.count() == 0


def a_sealed_without_version(office: Office, like: Case) -> Case:
    """As if the version under the seal had been removed: another id stands there."""
    model = Application.objects.get(id=like.application_id)
    facts = model.facts | {"scheme_version": str(new_id())}
    model.pk, model.number, model.organisation_number, model.facts = new_id(), "26/9999", "399999999", facts
    model.save(force_insert=True)
    check = like.checks.get()
    case = Case.objects.create(
        application=model,
        call_id=office.call.id,
        number="26/9999",
        lane="green",
        opened_at=office.at,
        answer_by_date=like.answer_by_date,
        ordinal=9999,
    )
    check.pk, check.case = new_id(), case
    check.save(force_insert=True)
    return case


def test_the_database_itself_refuses_a_move_of_a_decided_case(office: Office) -> None:
    [case] = office.green()
    version = a_version(office.call, office.at, required_drop="0.25")
    decided(office, [case])
    with pytest.raises(IntegrityError, match="only an open, undecided case"), transaction.atomic():
        CaseMove.objects.create(
            case=case,
            number=1,
            from_version=office.call.scheme_version,
            to_version=version,
            check_run=case.checks.get(),
            reason=REASON,
            moved_by=new_id(),
            moved_at=office.at,
        )


def test_what_the_register_has_told_since_is_not_forgotten_by_a_move(office: Office, manager: Actor) -> None:
    [case] = office.green()
    Company.objects.filter(orgnr=case.application.organisation_number).update(bankrupt=True)
    run_check(case_id=case.id, by=office.officer, at=office.at, with_register_now=True)
    result = moved(office, a_version(office.call, office.at, required_drop="0.25"), manager, [case])
    assert result.case_ids == (case.id,)
    assert Case.objects.get(id=case.id).lane == "red"


@pytest.mark.parametrize("count", [1, 3])
def test_preview_and_move_take_a_fixed_number_of_queries(office: Office, manager: Actor, count: int) -> None:
    cases = office.green(count)
    version = a_version(office.call, office.at, required_drop="0.25")
    with CaptureQueriesContext(connection) as looking:
        preview_move(office.call, version, by=manager, at=office.at)
    with CaptureQueriesContext(connection) as moving:
        moved(office, version, manager, cases)
    assert (len(looking), len(moving)) == (10, 21)


REVENUES = st.lists(st.integers(300, 900).map(lambda one: f"{one} 000"), min_size=1, max_size=4)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    revenues=REVENUES,
    drop=st.integers(5, 60).map(lambda one: f"0.{one:02}"),
    ceiling=st.sampled_from(["20000", "60000", "500000"]),
)
def test_the_move_does_what_the_preview_says(
    office: Office, manager: Actor, revenues: list[str], drop: str, ceiling: str
) -> None:
    with transaction.atomic():
        for revenue in revenues:
            a_submitted(call=office.call, at=office.at, answers={"revenue_period": revenue})
        version = a_version(office.call, office.at, required_drop=drop, ceiling=ceiling)
        preview = preview_move(office.call, version, by=manager, at=office.at)
        done = moved(
            office, version, manager, list_cases(office.call.id), key=str(new_id()), seen=preview.seen
        )
        assert_done_as_shown(preview, done)
        transaction.set_rollback(True)


def assert_done_as_shown(preview: MovePreview, done: Moved) -> None:
    assert set(done.case_ids) == {row.case_id for row in preview.rows}
    assert done.changed == len(preview.changed)
    now = {case.id: (case.lane, case.recommended_nok) for case in Case.objects.filter(id__in=done.case_ids)}
    assert now == {row.case_id: (row.after.lane, row.after.amount_nok) for row in preview.rows}
    written = events_of([("case", case_id) for case_id in done.case_ids])
    assert sum(event.action == "casework.moved" for event in written) == len(done.case_ids)


def test_a_move_tomorrow_judges_by_tomorrows_figures(office: Office, manager: Actor) -> None:
    office.green()
    data = RuleSet.from_dict(office.call.scheme_version.rules).to_dict()
    [ceiling] = [one for one in data["parameters"] if one["name"] == "ceiling"]
    ceiling["values"].append({"value": "40000", "valid_from": "2026-11-24"})
    version = a_version(office.call, office.at, rules=RuleSet.from_dict(data))
    tomorrow = office.at + timedelta(days=1)
    today_row = preview_move(office.call, version, by=manager, at=office.at).rows[0]
    row = preview_move(office.call, version, by=manager, at=tomorrow).rows[0]
    assert (today_row.after.amount_nok, row.after.amount_nok) == (Decimal(86_800), Decimal(40_000))
