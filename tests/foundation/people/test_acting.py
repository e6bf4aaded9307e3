"""Who may act for a company, who may let others, and that nothing of it is lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from runde.foundation.organisations.api import Organisation
from runde.foundation.people.api import (
    ActingRequest,
    Actor,
    Ground,
    Invitation,
    KeptOutside,
    Mandate,
    Person,
    Right,
    RightGone,
    RightsUnavailable,
    Role,
    answer_invitation,
    ask_to_act,
    call_back_invitation,
    connect_rights_source,
    consider_request,
    disconnect_rights_source,
    end_mandate,
    get_applicant,
    give_mandate,
    invite,
    list_acting_history,
    list_people_of,
    read_link,
    recheck_rights,
    refresh_rights,
    was_ended_by_another,
)
from runde.foundation.trust.api import Conflict, NotAllowed, fence
from tests.factories.organisations import TenantFactory
from tests.factories.people import PersonFactory, an_actor

pytestmark = pytest.mark.django_db
CAFE, PIZZA = "310000027", "310000035"
Source, Scope = Mandate.Source, Mandate.Scope
DAY = date(2026, 11, 23)


@pytest.fixture
def town() -> Organisation:
    made: Organisation = TenantFactory.create()
    return made


def person(name: str, *grounds: tuple[Mandate.Source, Mandate.Scope], company: str = CAFE) -> Person:
    made: Person = PersonFactory.create(name=name)
    for source, scope in grounds:
        give_mandate(
            person=made,
            organisation_number=company,
            source=source,
            scope=scope,
            valid_from=DAY - timedelta(days=9),
        )
    return made


def acting(made: Person, on: date = DAY) -> Actor:
    return get_applicant(made, on=on)


def invited(
    by: Person, email: str, town: Organisation, at: datetime, scope: Mandate.Scope = Scope.ALL
) -> Invitation:
    with fence(town.id):
        return invite(
            organisation_number=CAFE, email=email, scope=scope, tenant_id=town.id, by=acting(by), at=at
        )[0]


@pytest.mark.parametrize(
    ("grounds", "expected"),
    [
        ([(Source.REGISTER_ROLE, Scope.ALL)], (True, True, True)),
        ([(Source.ALTINN, Scope.FILLS_IN)], (True, True, False)),
        ([(Source.INVITED, Scope.FILLS_IN)], (True, True, False)),
        ([(Source.DECLARED, Scope.ALL)], (True, False, True)),
        ([(Source.DECLARED, Scope.ALL), (Source.INVITED, Scope.FILLS_IN)], (True, True, False)),
        ([(Source.APPROVED, Scope.ALL), (Source.INVITED, Scope.FILLS_IN)], (True, True, True)),
        ([], (False, False, False)),
    ],
)
def test_what_each_ground_lets_one_do(
    grounds: list[tuple[Mandate.Source, Mandate.Scope]], expected: tuple[bool, bool, bool]
) -> None:
    actor = acting(person("Kari", *grounds))
    assert (actor.acts_for(CAFE), actor.is_vouched_for(CAFE), actor.signs_for(CAFE)) == expected
    assert not actor.acts_for(PIZZA)


@pytest.mark.parametrize(
    "grounds",
    [
        [],
        [(Source.DECLARED, Scope.ALL)],
        [(Source.INVITED, Scope.FILLS_IN)],
        [(Source.ALTINN, Scope.FILLS_IN)],
    ],
)
def test_who_is_not_vouched_for_or_only_fills_in_invites_nobody(
    grounds: list[tuple[Mandate.Source, Mandate.Scope]], town: Organisation, at: datetime
) -> None:
    with pytest.raises(NotAllowed):
        invited(person("Ola", *grounds), "per@verket.example", town, at)
    assert not Invitation.objects.exists()


def test_an_invitation_gives_the_role_to_the_one_who_owns_the_address(
    town: Organisation, at: datetime
) -> None:
    kari, ola, other = person("Kari", (Source.REGISTER_ROLE, Scope.ALL)), person("Ola"), person("Per")
    asked = invited(kari, ola.email.upper(), town, at, Scope.FILLS_IN)
    with fence(town.id):
        with pytest.raises(NotAllowed):
            answer_invitation(invitation=asked, accept=True, by=acting(other), on=DAY, at=at)
        mandate = answer_invitation(invitation=asked, accept=True, by=acting(ola), on=DAY, at=at)
        with pytest.raises(Conflict):
            answer_invitation(invitation=asked, accept=True, by=acting(ola), on=DAY, at=at)
    assert mandate is not None
    assert (mandate.given_by, mandate.source, mandate.scope) == (kari, Source.INVITED, Scope.FILLS_IN)
    assert not acting(ola).signs_for(CAFE)


def test_an_invitation_called_back_opens_nothing(town: Organisation, at: datetime) -> None:
    kari, ola = person("Kari", (Source.REGISTER_ROLE, Scope.ALL)), person("Ola")
    with fence(town.id):
        asked, token = invite(
            organisation_number=CAFE,
            email=ola.email,
            scope=Scope.ALL,
            tenant_id=town.id,
            by=acting(kari),
            at=at,
        )
        assert read_link(token, "act_for_company", at=at).subject_id == asked.id
        call_back_invitation(invitation=asked, by=acting(kari), at=at)
        with pytest.raises(Conflict):
            answer_invitation(invitation=asked, accept=True, by=acting(ola), on=DAY, at=at)
    with pytest.raises(Exception, match="trukket den tilbake"):
        read_link(token, "act_for_company", at=at)
    assert not acting(ola).acts_for(CAFE)


def test_an_invitation_from_one_whose_own_role_has_ended_gives_nothing(
    town: Organisation, at: datetime
) -> None:
    kari, ola = person("Kari", (Source.APPROVED, Scope.ALL)), person("Ola")
    asked = invited(kari, ola.email, town, at)
    Mandate.objects.filter(person=kari).update(ended_at=at)
    with fence(town.id), pytest.raises(NotAllowed):
        answer_invitation(invitation=asked, accept=True, by=acting(ola), on=DAY, at=at)


def test_an_invitation_grows_too_old(town: Organisation, at: datetime) -> None:
    kari, ola = person("Kari", (Source.REGISTER_ROLE, Scope.ALL)), person("Ola")
    asked = invited(kari, ola.email, town, at)
    with fence(town.id), pytest.raises(Conflict):
        answer_invitation(invitation=asked, accept=True, by=acting(ola), on=DAY, at=asked.expires_at)


def test_a_new_invitation_to_the_same_address_replaces_the_old(town: Organisation, at: datetime) -> None:
    kari = person("Kari", (Source.REGISTER_ROLE, Scope.ALL))
    first, second = (invited(kari, "per@verket.example", town, at) for _ in range(2))
    first.refresh_from_db()
    assert (first.answer, second.answer) == (Invitation.Answer.CALLED_BACK, "")


def test_a_role_ends_at_once_and_stays_in_the_history(town: Organisation, at: datetime) -> None:
    kari, ola = person("Kari", (Source.REGISTER_ROLE, Scope.ALL)), person("Ola", (Source.DECLARED, Scope.ALL))
    [mandate] = Mandate.objects.filter(person=ola)
    with fence(town.id):
        end_mandate(mandate=mandate, by=acting(kari), at=at)
        with pytest.raises(Conflict):
            end_mandate(mandate=mandate, by=acting(kari), at=at)
    assert not acting(ola).acts_for(CAFE)
    assert was_ended_by_another(ola, CAFE)
    assert [(one.kind, one.name, one.by) for one in list_acting_history(CAFE)][:1] == [
        ("ended", "Ola", "Kari")
    ]
    assert [one.person for one in list_people_of(CAFE, on=DAY)] == [kari]


def test_roles_kept_in_registers_are_ended_there(town: Organisation, at: datetime) -> None:
    kari = person("Kari", (Source.REGISTER_ROLE, Scope.ALL))
    with fence(town.id), pytest.raises(KeptOutside):
        end_mandate(mandate=Mandate.objects.get(), by=acting(kari), at=at)


@pytest.mark.parametrize("ground", [(Source.DECLARED, Scope.ALL), (Source.INVITED, Scope.FILLS_IN)])
def test_others_roles_are_ended_only_by_those_who_may_invite(
    ground: tuple[Mandate.Source, Mandate.Scope], town: Organisation, at: datetime
) -> None:
    ola, per = person("Ola", ground), person("Per", (Source.DECLARED, Scope.ALL))
    with fence(town.id):
        with pytest.raises(NotAllowed):
            end_mandate(mandate=Mandate.objects.get(person=per), by=acting(ola), at=at)
        end_mandate(mandate=Mandate.objects.get(person=ola), by=acting(ola), at=at)
    assert not was_ended_by_another(ola, CAFE)


def test_the_database_keeps_what_was_given(at: datetime) -> None:
    person("Kari", (Source.REGISTER_ROLE, Scope.ALL))
    with pytest.raises(ProgrammingError), transaction.atomic():
        Mandate.objects.all().delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Mandate.objects.update(scope=Scope.FILLS_IN)


# --- Requests ---


@dataclass(frozen=True)
class Asking:
    request: ActingRequest
    asker: Person


@pytest.fixture
def asking(town: Organisation, at: datetime) -> Asking:
    ola = person("Ola", (Source.DECLARED, Scope.ALL))
    with fence(town.id):
        asked = ask_to_act(
            person=ola, organisation_number=CAFE, role="styreleder", message="", caretaker=town, at=at
        )
    return Asking(asked, ola)


def test_one_who_is_vouched_for_answers(asking: Asking, town: Organisation, at: datetime) -> None:
    kari = person("Kari", (Source.REGISTER_ROLE, Scope.ALL))
    with fence(town.id):
        consider_request(
            request=asking.request, approve=True, scope=Scope.FILLS_IN, by=acting(kari), on=DAY, at=at
        )
        with pytest.raises(Conflict):
            consider_request(
                request=asking.request, approve=False, reason="Nei", by=acting(kari), on=DAY, at=at
            )
    actor = acting(asking.asker)
    assert (actor.is_vouched_for(CAFE), actor.signs_for(CAFE)) == (True, False)


def test_nobody_answers_their_own_question(asking: Asking, town: Organisation, at: datetime) -> None:
    with fence(town.id):
        officer = an_actor(Role.OFFICER, at=at, person=asking.asker)
        for actor in (acting(asking.asker), officer):
            with pytest.raises(NotAllowed):
                consider_request(request=asking.request, approve=True, by=actor, on=DAY, at=at)


def test_the_municipality_answers_only_while_nobody_in_the_company_can(
    asking: Asking, town: Organisation, at: datetime
) -> None:
    kari = person("Kari", (Source.INVITED, Scope.FILLS_IN))
    with fence(town.id):
        officer, finance = an_actor(Role.OFFICER, at=at), an_actor(Role.FINANCE, at=at)
        with pytest.raises(NotAllowed):
            consider_request(request=asking.request, approve=True, by=finance, on=DAY, at=at)
        with pytest.raises(NotAllowed):
            consider_request(request=asking.request, approve=True, by=acting(kari), on=DAY, at=at)
        give_mandate(person=kari, organisation_number=CAFE, source=Source.ALTINN, valid_from=DAY)
        with pytest.raises(NotAllowed):
            consider_request(request=asking.request, approve=True, by=officer, on=DAY, at=at)
        Mandate.objects.filter(person=kari).update(ended_at=at)
        consider_request(request=asking.request, approve=True, by=officer, on=DAY, at=at)
    assert acting(asking.asker).is_vouched_for(CAFE)


def test_another_municipality_does_not_answer(asking: Asking, at: datetime) -> None:
    other = TenantFactory.create()
    with fence(other.id), pytest.raises(NotAllowed):
        consider_request(
            request=asking.request, approve=True, by=an_actor(Role.OFFICER, at=at), on=DAY, at=at
        )


# --- Rights from outside ---


class Altinn:
    """A source of rights that says what it is told to say, or nothing."""

    name = "Altinn"

    def __init__(self) -> None:
        self.rights: tuple[Right, ...] = (Right(CAFE, "KAFÉ KANALEN AS", ("DAGL",), "AS"),)
        self.is_silent = False
        self.asked = 0

    def rights_of(self, person: Person) -> tuple[Right, ...]:
        self.asked += 1
        if self.is_silent:
            raise RightsUnavailable
        return self.rights


@pytest.fixture
def source() -> object:
    made = Altinn()
    connect_rights_source(made)
    yield made
    disconnect_rights_source()


def test_rights_come_and_go_with_the_source(source: Altinn, at: datetime) -> None:
    kari = person("Kari")
    assert refresh_rights(person=kari, on=DAY, at=at)
    assert acting(kari).signs_for(CAFE)
    source.rights = (Right(PIZZA, "BAKGÅRDEN PIZZA AS", (), "AS"),)
    assert refresh_rights(person=kari, on=DAY, at=at + timedelta(hours=1))
    assert acting(kari).companies == {PIZZA}
    assert [one.kind for one in list_acting_history(CAFE)] == ["ended", "given"]


def test_a_silent_source_ends_nothing_and_is_told_of(source: Altinn, at: datetime) -> None:
    kari = person("Kari")
    refresh_rights(person=kari, on=DAY, at=at)
    source.is_silent = True
    assert not refresh_rights(person=kari, on=DAY, at=at + timedelta(hours=1))
    assert not refresh_rights(person=kari, on=DAY, at=at + timedelta(hours=1, minutes=1))
    assert (acting(kari).companies, source.asked) == ({CAFE}, 2)


def test_a_right_for_a_branch_is_enough_to_fill_in_for_the_company(source: Altinn, at: datetime) -> None:
    kari = person("Kari")
    source.rights = (Right(CAFE, "AVD KAIA", (), "BEDR", branch="310100056"),)
    refresh_rights(person=kari, on=DAY, at=at)
    assert (acting(kari).is_vouched_for(CAFE), acting(kari).signs_for(CAFE)) == (True, False)
    source.rights += (Right(CAFE, "KAFÉ KANALEN AS", (), "AS"),)
    refresh_rights(person=kari, on=DAY, at=at + timedelta(hours=1))
    assert acting(kari).signs_for(CAFE)


def test_binding_acts_ask_anew(source: Altinn, at: datetime) -> None:
    kari = person("Kari")
    refresh_rights(person=kari, on=DAY, at=at)
    assert recheck_rights(kari, CAFE, at) == Ground.CONFIRMED
    assert source.asked == 2
    source.rights = ()
    with pytest.raises(RightGone):
        recheck_rights(kari, CAFE, at)


def test_a_silent_source_is_trusted_for_a_day(source: Altinn, at: datetime) -> None:
    kari = person("Kari")
    refresh_rights(person=kari, on=DAY, at=at)
    source.is_silent = True
    assert recheck_rights(kari, CAFE, at + timedelta(hours=24)) == Ground.NOT_REFRESHED
    with pytest.raises(RightsUnavailable):
        recheck_rights(kari, CAFE, at + timedelta(hours=24, seconds=1))


def test_without_a_source_what_runde_knows_decides(at: datetime) -> None:
    kari, ola = person("Kari", (Source.INVITED, Scope.ALL)), person("Ola", (Source.DECLARED, Scope.ALL))
    assert recheck_rights(kari, CAFE, at) == Ground.CONFIRMED
    assert recheck_rights(ola, CAFE, at) == Ground.OWN_WORD
    with pytest.raises(RightGone):
        recheck_rights(kari, PIZZA, at)
    assert timezone.localdate(at) == DAY
