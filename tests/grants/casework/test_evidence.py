"""What a decision rests on is frozen with it: judged again years later it comes out the same. Tampering is found."""

from __future__ import annotations

import copy
import json
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from runde.foundation.companies.models import Company
from runde.grants.casework.domain.evidence import digest_of
from runde.grants.casework.domain.snapshot import seal_over
from runde.grants.casework.models import Case, Decision, FrozenPart
from runde.grants.casework.operations.approve_proposal import approve_proposal
from runde.grants.casework.operations.declare_impartiality import declare_impartiality
from runde.grants.casework.operations.propose import propose_as_checked
from runde.grants.casework.operations.run_check import run_check
from runde.grants.casework.queries import replay_decision as replaying
from runde.grants.casework.queries.replay_decision import (
    BROKEN_SEAL,
    NO_EVIDENCE,
    OTHER_COLUMNS,
    OTHER_SEAL,
    Parts,
    Replayed,
    find_decisions,
    replay_decision,
    replayed,
)

from .conftest import Office
from .versions import a_version

YEARS = timedelta(days=5 * 365)


def decided(office: Office, *cases: Case) -> list[Decision]:
    proposal = propose_as_checked(
        case_ids=[one.id for one in cases], by=office.officer, at=office.at, declares_impartial=True
    )
    approve_proposal(proposal_id=proposal.id, key=str(proposal.id), by=office.approver, at=office.at)
    found = Decision.objects.filter(case__in=cases).select_related("case")
    return list(found.order_by("case__ordinal"))


def parts_of(decision: Decision) -> dict[tuple[str, str], dict[str, Any]]:
    evidence = decision.snapshot["evidence"]
    kept = FrozenPart.objects.filter(digest__in=[evidence["rules"], evidence["texts"]])
    return {(one.kind, one.digest): copy.deepcopy(one.content) for one in kept}


def test_a_decision_comes_out_the_same_again(office: Office) -> None:
    for decision in decided(office, *office.green(2), office.red()):
        again = replay_decision(decision.id)
        assert (again.faults, again.differences) == ((), ())
        assert again.is_same
        assert again.lane == decision.snapshot["verdict"]["lane"]
        assert again.judged_on is not None


def test_everything_is_there_under_one_seal(office: Office) -> None:
    [decision] = decided(office, *office.green())
    snapshot, evidence = decision.snapshot, decision.snapshot["evidence"]
    assert decision.seal == seal_over(snapshot)
    assert snapshot["applicant"]["answers"]["fixed_costs"]
    assert evidence["known"]["revenue_period"]["source"] == "søknaden"
    register = {name for name, one in evidence["known"].items() if one["source"] != "søknaden"}
    assert register >= {"municipality", "legal_form"}
    parts = parts_of(decision)
    assert parts["rules", evidence["rules"]] == office.call.scheme_version.rules
    texts = parts["texts", evidence["texts"]]
    assert {"grant", "nb"} == {texts["kind"], texts["language"]}
    assert any(name.startswith("grant.") for name in texts["fixed"])
    assert texts["reason"]["all_met"]
    assert snapshot["verdict"]["rows"]


def test_it_holds_when_the_scheme_and_the_register_have_changed(office: Office) -> None:
    [decision] = decided(office, *office.green())
    before = replay_decision(decision.id)
    a_version(office.call, office.at + YEARS, smallest_grant="90000")
    Company.objects.filter(orgnr=decision.case.organisation_number).update(industry_1="01.110", bankrupt=True)
    after = replay_decision(decision.id)
    assert after.is_same
    assert (after.lane, after.amount_nok, after.rules_digest) == (
        before.lane,
        before.amount_nok,
        before.rules_digest,
    )


def test_neither_the_scheme_nor_the_register_is_asked(office: Office) -> None:
    [decision] = decided(office, *office.green())
    with connection.execute_wrapper(no_reading_of("schemes_", "companies_", "applications_", "forms_")):
        assert replay_decision(decision.id).is_same


def test_a_check_by_the_register_of_its_day_is_judged_by_that(office: Office) -> None:
    [case] = office.green()
    declare_impartiality(case_id=case.id, is_impartial=True, by=office.officer, at=office.at)
    company = Company.objects.filter(orgnr=case.organisation_number)
    company.update(employees=3)
    check = run_check(case_id=case.id, by=office.officer, at=office.at, with_register_now=True)
    assert check.known is not None
    company.update(employees=99)
    [decision] = decided(office, Case.objects.get(id=case.id))
    assert decision.snapshot["evidence"]["known"] == check.known
    assert replay_decision(decision.id).is_same


def test_what_is_shared_is_kept_once(office: Office) -> None:
    decided(office, *office.green(3))
    kinds = sorted(FrozenPart.objects.values_list("kind", flat=True))
    assert kinds == ["rules", "texts"]
    decided(office, *office.green(2))
    assert FrozenPart.objects.count() == 2


def test_the_database_keeps_it(office: Office) -> None:
    decided(office, *office.green())
    for statement in ("UPDATE casework_frozenpart SET content = '{}'", "DELETE FROM casework_frozenpart"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def altered(decision: Decision, path: str, value: object) -> Decision:
    other = copy.deepcopy(decision)
    place = other.snapshot
    *way, last = path.split(".")
    for step in way:
        place = place[step]
    place[last] = value
    return other


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("outcome.amount_nok", "999999.00"),
        ("applicant.answers.fixed_costs", "1"),
        ("verdict.lane", "red"),
        ("evidence.known", {}),
        ("evidence.rules", "0" * 64),
        ("scheme.texts", {}),
    ],
)
def test_an_altered_snapshot_breaks_its_seal(office: Office, path: str, value: object) -> None:
    [decision] = decided(office, *office.green())
    parts = parts_of(decision)
    assert replayed(decision, parts).is_same
    assert BROKEN_SEAL in replayed(altered(decision, path, value), parts).faults


def test_a_verdict_altered_and_sealed_anew_comes_out_another_way(office: Office) -> None:
    [decision] = decided(office, *office.green())
    forged = altered(decision, "verdict.amount_nok", "999999.00")
    forged.seal = seal_over(forged.snapshot)
    again = replayed(forged, parts_of(decision))
    assert again.faults == ()
    [difference] = again.differences
    assert difference.what == "Beregnet tilskudd"
    assert difference.was == "999999.00"


def test_facts_altered_and_sealed_anew_come_out_another_way(office: Office) -> None:
    [decision] = decided(office, *office.green())
    known = copy.deepcopy(decision.snapshot["evidence"]["known"])
    known["revenue_period"]["value"] = "790000.00"
    forged = altered(decision, "evidence.known", known)
    forged.seal = seal_over(forged.snapshot)
    again = replayed(forged, parts_of(decision))
    assert again.lane == "red"
    assert any(one.what == "Kontrollen" for one in again.differences)


def test_the_journal_knows_the_seal_that_was_set(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    [decision] = decided(office, *office.green())
    forged = altered(decision, "applicant.company_name", "En annen")
    forged.seal = seal_over(forged.snapshot)
    assert OTHER_SEAL in replaying._journal_faults(forged)


def test_rules_or_texts_that_are_altered_or_gone_are_found(office: Office) -> None:
    [decision] = decided(office, *office.green())
    evidence = decision.snapshot["evidence"]
    parts = parts_of(decision)
    for kind in ("rules", "texts"):
        gone = {key: one for key, one in parts.items() if key[0] != kind}
        assert "mangler" in only_fault(decision, gone)
        bent = copy.deepcopy(parts)
        bent[kind, evidence[kind]]["title" if kind == "rules" else "kind"] = "noe annet"
        assert "er endret" in replayed(decision, bent).faults[0]


def test_columns_that_say_another_thing_than_the_seal_are_found(office: Office) -> None:
    [decision] = decided(office, *office.green())
    decision.amount_nok += Decimal(1)
    assert replayed(decision, parts_of(decision)).faults == (OTHER_COLUMNS,)


def test_a_decision_without_evidence_is_not_called_the_same(office: Office) -> None:
    [decision] = decided(office, *office.green())
    bare = copy.deepcopy(decision)
    del bare.snapshot["evidence"]
    bare.seal = seal_over(bare.snapshot)
    again = replayed(bare, {})
    assert NO_EVIDENCE in again.faults
    assert not again.is_same


def test_a_part_is_named_by_what_it_says() -> None:
    content = {"b": 1, "a": ["æ", None]}
    assert digest_of("rules", content) == digest_of("rules", json.loads(json.dumps(content)))
    assert digest_of("rules", content) != digest_of("texts", content)


def test_decisions_are_found_by_number_and_by_id(office: Office) -> None:
    one, other = decided(office, *office.green(2))
    assert find_decisions(one.case.number) == [one]
    assert find_decisions(str(other.case_id)) == [other]
    assert find_decisions(str(other.id)) == [other]
    assert find_decisions("99/99999") == []


def only_fault(decision: Decision, parts: Parts) -> str:
    again: Replayed = replayed(decision, parts)
    [fault] = again.faults
    return fault


def no_reading_of(*tables: str) -> Any:
    def refuse(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        assert not any(f'"{table}' in sql for table in tables), sql
        return execute(sql, params, many, context)

    return refuse
