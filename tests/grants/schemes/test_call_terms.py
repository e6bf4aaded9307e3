"""What a call says beyond its clock: kind, grace, acceptance; drafts changed, deadlines moved, versions followed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.dispatch import Signal
from hypothesis import given
from hypothesis import strategies as st

from runde.engine.rules import RuleSet, load_example
from runde.foundation.ledger.api import Share, commit_many
from runde.foundation.notices.api import AddressRefused, list_notices
from runde.foundation.organisations.api import Organisation
from runde.foundation.people.api import Actor, Role
from runde.foundation.trust.api import Conflict, NotAllowed, new_id
from runde.grants.schemes.api import (
    Announcement,
    Call,
    CallExtension,
    CallRefused,
    CallTerms,
    CallVersionChange,
    Phase,
    SchemeVersion,
    announcement_phase,
    as_if_published,
    attach_funding,
    call_extended,
    call_moved,
    call_phase,
    call_published,
    call_withdrawn,
    change_call,
    change_contact,
    contact_of,
    detach_funding,
    extend_call,
    find_announcement,
    grace_ends_at,
    invite_company,
    money_left,
    move_call,
    open_call,
    publish_call,
    publish_version,
    refresh_announced_money,
    search_announcements,
    sources_of,
    withdraw_call,
)
from runde.grants.schemes.domain.ceilings import highest_amount
from runde.grants.schemes.domain.phases import phase_at
from tests.factories import a_call, a_scheme_version, a_source, an_actor

TEXTS = {"nb": "Kommer du for sent?", "nn": "Kjem du for seint?", "en": "Are you late?"}


def facts(version: SchemeVersion, at: datetime, **changes: Any) -> dict[str, Any]:
    return {
        "scheme_version": version,
        "slug": "sommer",
        "opens_at": at,
        "closes_at": at + timedelta(days=20),
        "answer_by_date": at.date() + timedelta(days=40),
        "euro_rate": Decimal("11.7"),
        "euro_rate_date": at.date(),
        "euro_rate_source": "Norges Bank",
        "at": at,
        **changes,
    }


def next_version(version: SchemeVersion, by: Actor, at: datetime) -> SchemeVersion:
    """The same again: only its number differs."""
    return publish_version(
        scheme=version.scheme,
        texts=version.texts,
        rules=version.rules,
        form=version.form,
        legal_basis=version.legal_basis,
        by=by,
        at=at,
    )


def announced(call: Call) -> Announcement:
    return Announcement.objects.get(call_id=call.id)


@given(minutes=st.integers(-200, 200), grace=st.integers(0, 120))
def test_grace_lies_between_the_deadline_and_closing(minutes: int, grace: int) -> None:
    closes = datetime.fromisoformat("2026-12-14T23:00:00+00:00")
    moment = closes + timedelta(minutes=minutes)
    phase = phase_at(
        state="published",
        opens_at=closes - timedelta(days=9),
        closes_at=closes,
        grace_minutes=grace,
        at=moment,
    )
    expected = Phase.OPEN if minutes < 0 else Phase.GRACE if minutes < grace else Phase.CLOSED
    assert phase is expected


class TestTerms:
    def test_they_stand_as_given(self, manager: Actor, at: datetime) -> None:
        terms = CallTerms(
            kind="running",
            grace_minutes=30,
            late_rule=TEXTS,
            contact_name="Ida",
            contact_email="ida@moss.example",
            needs_acceptance=True,
            acceptance_days=21,
            report_due_days=180,
        )
        call = open_call(**facts(a_scheme_version(at=at), at, terms=terms), by=manager)
        stored = Call.objects.get(id=call.id)
        assert (stored.kind, stored.grace_minutes, stored.late_rule) == ("running", 30, TEXTS)
        assert (stored.needs_acceptance, stored.acceptance_days, stored.report_due_days) == (True, 21, 180)
        assert (stored.keep_drafts_days, stored.withdrawn_reason) == (90, "")
        assert grace_ends_at(stored) == stored.closes_at + timedelta(minutes=30)

    @pytest.mark.parametrize(
        ("changes", "place"),
        [
            ({"grace_minutes": -1}, "grace_minutes"),
            ({"grace_minutes": 99_999}, "grace_minutes"),
            ({"needs_acceptance": True}, "acceptance_days"),
            ({"needs_acceptance": True, "acceptance_days": 0}, "acceptance_days"),
            ({"keep_drafts_days": 0}, "keep_drafts_days"),
            ({"late_rule": {"nb": "For sent"}}, "late_rule"),
            ({"kind": "evig"}, "kind"),
        ],
    )
    def test_what_makes_no_sense_is_refused_with_its_place(
        self, manager: Actor, at: datetime, changes: dict[str, Any], place: str
    ) -> None:
        terms = replace(CallTerms(), **changes)
        with pytest.raises(CallRefused) as refused:
            open_call(**facts(a_scheme_version(at=at), at, terms=terms), by=manager)
        assert refused.value.facts["place"] == place
        assert not Call.objects.exists()

    def test_acceptance_without_days_is_refused_in_sql_too(self, manager: Actor, at: datetime) -> None:
        call = a_call(at=at, publish=False)
        with pytest.raises(DatabaseError, match="days_to_accept"), transaction.atomic():
            Call.objects.filter(id=call.id).update(needs_acceptance=True)


class TestDrafts:
    def test_a_draft_is_written_anew(self, manager: Actor, at: datetime) -> None:
        call = a_call(at=at, publish=False)
        new = facts(call.scheme_version, at, slug="ny-adresse", terms=CallTerms(kind="running"))
        change_call(call=call, **new, by=manager)
        stored = Call.objects.get(id=call.id)
        assert (stored.slug, stored.kind, stored.closes_at) == ("ny-adresse", "running", new["closes_at"])

    def test_not_to_an_address_in_use_and_not_when_published(self, manager: Actor, at: datetime) -> None:
        version = a_scheme_version(at=at)
        published = a_call(at=at, scheme_version=version)
        draft = a_call(at=at, scheme_version=version, publish=False)
        taken = facts(version, at, slug=published.slug, terms=CallTerms())
        with pytest.raises(Conflict, match="adressen"):
            change_call(call=draft, **taken, by=manager)
        with pytest.raises(Conflict, match="publisert"):
            change_call(call=published, **facts(version, at, terms=CallTerms()), by=manager)

    def test_money_is_taken_away_only_from_a_draft(self, manager: Actor, at: datetime) -> None:
        source = a_source(at=at)
        draft = a_call(at=at, sources=(source,), publish=False)
        detach_funding(call=draft, source=source, by=manager, at=at)
        assert sources_of(draft) == []
        with pytest.raises(Conflict):
            detach_funding(call=draft, source=source, by=manager, at=at)
        published = a_call(at=at, sources=(source,))
        with pytest.raises(Conflict, match="publisert"):
            detach_funding(call=published, source=source, by=manager, at=at)

    def test_shown_as_if_published_it_is_still_a_draft(self, tenant: Organisation, at: datetime) -> None:
        call = a_call(at=at, publish=False)
        with as_if_published(call=call, at=at):
            assert call_phase(Call.objects.get(id=call.id), at) is Phase.OPEN
            assert find_announcement(tenant.slug, call.slug) is not None
        assert Call.objects.get(id=call.id).state == Call.State.DRAFT
        assert not Announcement.objects.exists()


class TestExtending:
    def extend(self, call: Call, by: Actor, at: datetime, **changes: Any) -> Call:
        later = call.closes_at + timedelta(days=7)
        new = {"closes_at": later, "answer_by_date": later.date() + timedelta(days=30), "reason": "Mer tid"}
        return extend_call(call=call, **(new | changes), by=by, at=at)

    def test_the_public_reads_the_new_deadline_and_the_first(self, manager: Actor, at: datetime) -> None:
        call = a_call(at=at)
        first = call.closes_at
        once = self.extend(call, manager, at)
        twice = self.extend(once, manager, at + timedelta(minutes=1))
        shown = announced(call)
        assert (shown.closes_at, shown.first_closes_at) == (twice.closes_at, first)
        assert [one.reason for one in CallExtension.objects.all()] == ["Mer tid", "Mer tid"]

    @pytest.mark.parametrize(
        ("changes", "place"),
        [
            ({"reason": " "}, "reason"),
            ({"closes_at": datetime.fromisoformat("2026-01-01T00:00:00+00:00")}, "closes_at"),
            ({"answer_by_date": date(2026, 1, 1)}, "answer_by_date"),
        ],
    )
    def test_what_is_no_extension_is_refused(
        self, manager: Actor, at: datetime, changes: dict[str, Any], place: str
    ) -> None:
        with pytest.raises(CallRefused) as refused:
            self.extend(a_call(at=at), manager, at, **changes)
        assert refused.value.facts["place"] == place

    def test_only_a_published_call_that_has_not_closed(self, manager: Actor, at: datetime) -> None:
        draft, closed = a_call(at=at, publish=False), a_call(at=at)
        with pytest.raises(Conflict):
            self.extend(draft, manager, at)
        with pytest.raises(Conflict, match="Lag en ny utlysning"):
            self.extend(closed, manager, closed.closes_at)
        withdraw_call(call=closed, reason="Feil", by=manager, at=at)
        with pytest.raises(Conflict):
            self.extend(closed, manager, at)


class TestMoving:
    def test_those_who_come_later_meet_the_other_version(self, manager: Actor, at: datetime) -> None:
        call = a_call(at=at)
        second = next_version(call.scheme_version, manager, at)
        change = move_call(call=call, to_version=second, reason="Skrivefeil", by=manager, at=at)
        assert (change.from_version, change.to_version) == (call.scheme_version, second)
        assert Call.objects.get(id=call.id).scheme_version == second
        assert announced(call).scheme_version_id == second.id

    def test_there_and_back_leaves_two_lines(self, manager: Actor, at: datetime) -> None:
        call = a_call(at=at)
        first, second = call.scheme_version, next_version(call.scheme_version, manager, at)
        for version in (second, first):
            move_call(call=call, to_version=version, reason="Prøve", by=manager, at=at)
        assert CallVersionChange.objects.count() == 2
        assert Call.objects.get(id=call.id).scheme_version == first

    def test_to_the_same_a_foreign_or_without_reason_is_refused(self, manager: Actor, at: datetime) -> None:
        call = a_call(at=at)
        second = next_version(call.scheme_version, manager, at)
        with pytest.raises(Conflict, match="allerede"):
            move_call(call=call, to_version=call.scheme_version, reason="x", by=manager, at=at)
        with pytest.raises(CallRefused, match="hvorfor"):
            move_call(call=call, to_version=second, reason=" ", by=manager, at=at)
        with pytest.raises(Conflict, match="Ingen kan søke"):
            move_call(call=call, to_version=second, reason="x", by=manager, at=call.closes_at)

    def test_without_a_line_of_its_own_it_is_refused_in_sql(self, manager: Actor, at: datetime) -> None:
        call = a_call(at=at)
        second = next_version(call.scheme_version, manager, at)
        with pytest.raises(DatabaseError, match="published call"), transaction.atomic():
            Call.objects.filter(id=call.id).update(scheme_version=second)


@pytest.mark.parametrize(
    "change",
    [
        "closes_at = closes_at - interval '1 minute'",
        "grace_minutes = 5",
        "kind = 'running'",
        "keep_drafts_days = 1",
        "needs_acceptance = true, acceptance_days = 1",
        'late_rule = \'{"nb": "x"}\'',
    ],
)
def test_what_applicants_were_told_stays_in_sql_too(tenant: Organisation, at: datetime, change: str) -> None:
    call = a_call(at=at)
    with pytest.raises(DatabaseError, match="published call"), transaction.atomic():
        _sql(f"UPDATE schemes_call SET {change} WHERE id = %s", call)


def test_a_withdrawn_call_stays_withdrawn_in_sql_too(manager: Actor, at: datetime) -> None:
    call = withdraw_call(call=a_call(at=at), reason="Feil", by=manager, at=at)
    with pytest.raises(DatabaseError, match="published call"), transaction.atomic():
        _sql("UPDATE schemes_call SET state = 'published' WHERE id = %s", call)


@pytest.mark.parametrize("table", ["schemes_callextension", "schemes_callversionchange"])
def test_what_was_done_is_never_rewritten(manager: Actor, at: datetime, table: str) -> None:
    call = a_call(at=at)
    TestExtending().extend(call, manager, at)
    move_call(
        call=call, to_version=next_version(call.scheme_version, manager, at), reason="x", by=manager, at=at
    )
    with pytest.raises(DatabaseError), transaction.atomic():
        _sql(f"UPDATE {table} SET reason = 'noe annet' WHERE call_id = %s", call)


def _sql(statement: str, call: Call) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [call.id])


class TestWithdrawing:
    def test_the_reason_is_kept(self, manager: Actor, at: datetime) -> None:
        call = withdraw_call(call=a_call(at=at), reason=" Nei i budsjettet ", by=manager, at=at)
        assert Call.objects.get(id=call.id).withdrawn_reason == "Nei i budsjettet"

    def test_there_must_be_one(self, manager: Actor, at: datetime) -> None:
        with pytest.raises(CallRefused, match="hvorfor"):
            withdraw_call(call=a_call(at=at), reason=" ", by=manager, at=at)


def test_the_contact_is_the_calls_or_the_municipalitys(manager: Actor, at: datetime) -> None:
    call = a_call(at=at)
    changed = change_contact(call=call, name="Ida", email="ida@moss.example", phone="", by=manager, at=at)
    assert contact_of(changed).email == "ida@moss.example"
    assert announced(call).contact == {"name": "Ida", "email": "ida@moss.example", "phone": ""}
    with pytest.raises(CallRefused):
        change_contact(call=call, name="", email="ida", phone="", by=manager, at=at)


class TestMoney:
    def test_decided_and_waiting_are_kept_apart(self, tenant: Organisation, at: datetime) -> None:
        waiting = a_source(
            at=at,
            amount_nok=Decimal(300),
            decision_document="",
            decision_expected_date=at.date(),
        )
        call = a_call(at=at, sources=(a_source(at=at, amount_nok=Decimal(1000)), waiting))
        left = money_left(call)
        assert (left.decided_nok, left.waiting_nok) == (Decimal(1000), Decimal(300))
        assert (left.awarded_nok, left.left_nok, left.is_used_up) == (Decimal(0), Decimal(1000), False)

    def test_awards_use_it_up_and_the_public_reads_it(self, manager: Actor, at: datetime) -> None:
        source = a_source(at=at, amount_nok=Decimal(1000))
        call = a_call(at=at, sources=(source,))
        share = Share(key="award", case_id=new_id(), source_id=source.id, amount_nok=Decimal(1000))
        commit_many([share], by=manager, at=at)
        assert money_left(call).is_used_up
        assert not announced(call).is_used_up
        refresh_announced_money(at=at + timedelta(minutes=10))
        shown = announced(call)
        assert (shown.is_used_up, shown.left_nok) == (True, Decimal(0))
        assert shown.money_at == at + timedelta(minutes=10)

    def test_money_that_only_waits_is_not_used_up(self, tenant: Organisation, at: datetime) -> None:
        waiting = a_source(at=at, decision_document="", decision_expected_date=at.date())
        assert not money_left(a_call(at=at, sources=(waiting,))).is_used_up


class TestCeilings:
    def test_the_ceiling_that_closes_the_calculation(self) -> None:
        rules = load_example("smittevern", municipality="3103", label={"nb": "Moss"})
        assert highest_amount(rules, date(2026, 11, 23)) == Decimal(500_000)

    def test_nothing_when_something_is_added_afterwards_or_there_is_none(self) -> None:
        rules = load_example("smittevern", municipality="3103", label={"nb": "Moss"})
        assert highest_amount(replace(rules, amount=()), date(2026, 11, 23)) is None
        uncapped = tuple(row for row in rules.amount if row.kind != "cap")
        assert highest_amount(replace(rules, amount=uncapped), date(2026, 11, 23)) is None
        added = replace(rules.amount[0], kind="addition")
        assert highest_amount(replace(rules, amount=(*rules.amount, added)), date(2026, 11, 23)) is None

    def test_the_public_reads_it(self, tenant: Organisation, at: datetime) -> None:
        call = a_call(at=at)
        assert announced(call).highest_amount_nok == Decimal(500_000)
        assert RuleSet.from_dict(call.scheme_version.rules).amount


class TestSearching:
    def test_words_places_states_and_kinds(self, tenant: Organisation, at: datetime) -> None:
        version = a_scheme_version(at=at)
        now = a_call(at=at, scheme_version=version)
        later = a_call(at=at, scheme_version=version, opens_at=at + timedelta(days=1))

        def found(**asked: Any) -> list[str]:
            return [one.call_slug for one in search_announcements(**asked, at=at)]

        assert found() == [now.slug, later.slug]
        assert found(text="SMITTEVERN gjøvik") == [now.slug, later.slug]
        assert found(text="infection") == [now.slug, later.slug]
        assert found(text="smittevern lillehammer") == []
        assert found(municipality="3407") == found(municipality="gjovik") == [now.slug, later.slug]
        assert found(municipality="3103") == []
        assert found(states=["open"]) == [now.slug]
        assert found(states=["not_open"]) == [later.slug]
        assert found(states=["not_open", "open"]) == [now.slug, later.slug]
        assert found(states=["closed"]) == found(states=["tull"]) == found(kind="running") == []
        assert found(kind="deadline", states=["open"]) == [now.slug]

    def test_every_announced_call_is_in_one_state_at_any_time(self, manager: Actor, at: datetime) -> None:
        terms = CallTerms(grace_minutes=30)
        call = open_call(**facts(a_scheme_version(at=at), at, terms=terms), by=manager)
        attach_funding(call=call, source=a_source(at=at), rank=1, by=manager, at=at)
        publish_call(call=call, by=manager, at=at)
        for minutes in (-1, 0, 29, 30, 31):
            moment = call.closes_at + timedelta(minutes=minutes)
            phase = announcement_phase(announced(call), moment)
            assert phase is call_phase(Call.objects.get(id=call.id), moment)
            [only] = search_announcements(states=[phase], at=moment)
            assert only.call_slug == call.slug
            others = set(Phase) - {phase}
            assert search_announcements(states=others, at=moment) == []


class TestInviting:
    def invite(self, call: Call, by: Actor, at: datetime, **changes: Any) -> None:
        given = {
            "organisation_number": "310000027",
            "company_name": "KAFÉ KANALEN AS",
            "email": "post@kanalen.example",
            "link": "https://runde.example/gjovik/utlysninger/x/sok/",
        }
        invite_company(call=call, **(given | changes), by=by, at=at)

    def test_one_mail_for_each_company_and_address(self, manager: Actor, at: datetime) -> None:
        call = a_call(at=at)
        for _ in range(2):
            self.invite(call, manager, at)
        self.invite(call, manager, at, email="sjef@kanalen.example")
        mails = list_notices("call", call.id)
        assert [one.to_email for one in mails] == ["post@kanalen.example", "sjef@kanalen.example"]
        assert "https://runde.example/gjovik/utlysninger/x/sok/" in mails[0].body
        assert "$" not in mails[0].subject + mails[0].body

    def test_not_when_nobody_can_begin_and_not_to_nobody(self, manager: Actor, at: datetime) -> None:
        with pytest.raises(Conflict):
            self.invite(a_call(at=at, publish=False), manager, at)
        call = a_call(at=at)
        with pytest.raises(Conflict):
            self.invite(call, manager, call.closes_at)
        with pytest.raises(AddressRefused):
            self.invite(call, manager, at, email="kanalen")


def test_each_act_is_announced_once(manager: Actor, at: datetime) -> None:
    heard: list[str] = []
    signals: dict[str, Signal] = {
        "published": call_published,
        "extended": call_extended,
        "moved": call_moved,
        "withdrawn": call_withdrawn,
    }
    listeners = {name: lambda name=name, **_: heard.append(name) for name in signals}  # type: ignore[misc]
    for name, signal in signals.items():
        signal.connect(listeners[name])
    try:
        call = a_call(at=at)
        TestExtending().extend(call, manager, at)
        second = next_version(call.scheme_version, manager, at)
        move_call(call=call, to_version=second, reason="x", by=manager, at=at)
        withdraw_call(call=call, reason="x", by=manager, at=at)
    finally:
        for name, signal in signals.items():
            signal.disconnect(listeners[name])
    assert heard == ["published", "extended", "moved", "withdrawn"]


def test_only_a_scheme_manager_acts(manager: Actor, at: datetime) -> None:
    call = a_call(at=at)
    second = next_version(call.scheme_version, manager, at)
    for role in set(Role) - {Role.SCHEME_MANAGER}:
        other = an_actor(role, at=at)
        with pytest.raises(NotAllowed):
            TestExtending().extend(call, other, at)
        with pytest.raises(NotAllowed):
            move_call(call=call, to_version=second, reason="x", by=other, at=at)
        with pytest.raises(NotAllowed):
            withdraw_call(call=call, reason="x", by=other, at=at)
        with pytest.raises(NotAllowed):
            TestInviting().invite(call, other, at)
