"""The client against the fake, and both against the answer that Altinn documents."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runde.adapters.altinn import client
from runde.adapters.altinn.answers import rights_in
from runde.adapters.altinn.api import AltinnRefuses, AltinnRights, AltinnSilent, Identity, OddAnswer
from runde.foundation.people.api import Person, Right, RightsUnavailable

from .fake import KEY, TOKEN, Fake, party, running_fake

DOCUMENTED = json.loads("""
[{"partyUuid":"6f1f3c1e-0b1f-4d8e-9a55-2f0d7a0b1c11","name":"EKSEMPELBEDRIFT AS","organizationNumber":"310000027",
  "personId":null,"partyId":50000001,
  "type":"Organization","unitType":"AS","isDeleted":false,"onlyHierarchyElementWithNoAccess":false,
  "authorizedResources":["runde-tilskudd"],"authorizedAccessPackages":["tilskudd-stotte-erstatning"],
  "authorizedRoles":["DAGL"],"subunits":[]}]
""")
PACKAGE = "urn:altinn:accesspackage:tilskudd-stotte-erstatning"
KARI = Person(email="kari@kanalen.example", name="Kari Dahl")
CAFE, BRANCH, PIZZA = "310000027", "310100056", "310000035"
RIGHT = Right(CAFE, "EKSEMPELBEDRIFT AS", ("DAGL",), "AS")


@pytest.fixture
def fake() -> Iterator[Fake]:
    with running_fake() as running:
        yield running


@pytest.fixture
def altinn(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> AltinnRights:
    monkeypatch.setattr(client, "TIMEOUT_SECONDS", 0.3)
    return AltinnRights(
        base=fake.url,
        resource="runde-tilskudd",
        package=PACKAGE,
        token=lambda: TOKEN,
        key=lambda: KEY,
        identify=lambda person: Identity("urn:altinn:person:identifier-no", "kari"),
        parent_of={BRANCH: CAFE}.get,
        pause=lambda seconds: None,
    )


def read(answer: Any) -> tuple[Right, ...]:
    return rights_in(
        answer, resource="runde-tilskudd", package="tilskudd-stotte-erstatning", parent_of={BRANCH: CAFE}.get
    )


def test_the_fake_says_what_the_documentation_shows() -> None:
    assert [party(CAFE)] == DOCUMENTED


def test_the_client_asks_and_reads_as_documented(altinn: AltinnRights, fake: Fake) -> None:
    fake.parties["kari"] = DOCUMENTED
    assert altinn.rights_of(KARI) == (RIGHT,)
    [asked] = fake.asked
    assert asked["body"] == {"type": "urn:altinn:person:identifier-no", "value": "kari"}
    assert asked["path"] == "/accessmanagement/api/v1/resourceowner/authorizedparties"
    assert asked["flags"]["includeAccessPackages"] == ["true"]
    assert "kari" not in asked["path"]


def test_who_cannot_be_named_is_not_asked_about(altinn: AltinnRights, fake: Fake) -> None:
    assert replace(altinn, identify=lambda person: None).rights_of(KARI) == ()
    assert fake.asked == []


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_failure_that_passes_is_tried_once_more(altinn: AltinnRights, fake: Fake, status: int) -> None:
    fake.parties["kari"] = DOCUMENTED
    fake.troubles = [(status, {"Retry-After": "1"}, b"")]
    assert altinn.rights_of(KARI) == (RIGHT,)
    assert len(fake.asked) == 2


def test_a_failure_that_stays_is_silence(altinn: AltinnRights, fake: Fake) -> None:
    fake.troubles = [(503, {}, b"")] * 3
    with pytest.raises(AltinnSilent):
        altinn.rights_of(KARI)
    assert len(fake.asked) == 2


def test_the_wait_is_what_altinn_asks_for_but_never_long(altinn: AltinnRights, fake: Fake) -> None:
    waits: list[int] = []
    for asked in ("1", "3600", "soon"):
        fake.troubles = [(429, {"Retry-After": asked}, b"")]
        replace(altinn, pause=waits.append).rights_of(KARI)
    assert waits == [1, 2, 1]


def test_too_slow_is_silence(altinn: AltinnRights, fake: Fake) -> None:
    fake.troubles = [None, None]
    with pytest.raises(AltinnSilent):
        altinn.rights_of(KARI)


def test_nobody_there_is_silence(altinn: AltinnRights) -> None:
    with pytest.raises(AltinnSilent):
        replace(altinn, base="http://127.0.0.1:9").rights_of(KARI)


def test_a_wrong_token_is_for_the_operator(altinn: AltinnRights) -> None:
    with pytest.raises(AltinnRefuses):
        replace(altinn, token=lambda: "old").rights_of(KARI)


@pytest.mark.parametrize("base", ["http://platform.altinn.no", "ftp://x", "platform.altinn.no", "https://"])
def test_the_token_never_goes_unencrypted_to_another_machine(altinn: AltinnRights, base: str) -> None:
    with pytest.raises(ValueError, match="Not an address"):
        replace(altinn, base=base).rights_of(KARI)


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b'{"parties": []}', b"[1]", b"null", b"[[]]", b"[" * 100_000, b"\xff\xfe"]
)
def test_an_odd_answer_gives_no_right_and_has_a_name(altinn: AltinnRights, fake: Fake, body: bytes) -> None:
    fake.troubles = [(200, {}, body)]
    with pytest.raises(OddAnswer):
        altinn.rights_of(KARI)


def test_an_answer_without_end_is_not_read(
    altinn: AltinnRights, fake: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "LARGEST_ANSWER", 10)
    fake.troubles = [(200, {}, b"[" + b" " * 20 + b"]")]
    with pytest.raises(OddAnswer):
        altinn.rights_of(KARI)


@pytest.mark.parametrize(
    "odd",
    [
        {"organizationNumber": None},
        {"organizationNumber": "310000028"},
        {"organizationNumber": 310000027},
        {"onlyHierarchyElementWithNoAccess": "false"},
        {"isDeleted": 0},
        {"authorizedAccessPackages": "tilskudd-stotte-erstatning"},
        {"authorizedRoles": [None]},
        {"subunits": {}},
        {"subunits": ["x"]},
    ],
)
def test_one_odd_party_spoils_the_answer(odd: dict[str, Any]) -> None:
    with pytest.raises(OddAnswer):
        read([party(PIZZA), party(CAFE, **odd)])


def test_what_only_holds_the_hierarchy_gives_no_right_but_its_branches_do() -> None:
    branch = party(BRANCH, unitType="BEDR", name="KAFÉ KANALEN AVD KAIA")
    holding = party(CAFE, onlyHierarchyElementWithNoAccess=True, subunits=[branch])
    assert read([holding]) == (Right(CAFE, "KAFÉ KANALEN AVD KAIA", ("DAGL",), "BEDR", branch=BRANCH),)


def test_a_branch_by_itself_belongs_to_its_company_in_the_register() -> None:
    assert [one.orgnr for one in read([party(BRANCH, unitType="BEDR")])] == [CAFE]
    assert read([party("310100048", unitType="BEDR")]) == ()


def test_persons_deleted_units_and_other_rights_are_passed_by() -> None:
    person = {"type": "Person", "name": "KARI DAHL", "personId": "x", "subunits": []}
    deleted = party(PIZZA, isDeleted=True)
    other = party(PIZZA, authorizedResources=["skatt"], authorizedAccessPackages=["regnskap"])
    assert read([person, deleted, other, party(CAFE)]) == (RIGHT,)


@pytest.mark.parametrize(
    "facts",
    [
        {"authorizedResources": []},
        {"authorizedAccessPackages": []},
        {
            "authorizedResources": [],
            "authorizedAccessPackages": ["urn:altinn:accesspackage:tilskudd-stotte-erstatning"],
        },
        {"subunits": None},
    ],
)
def test_the_package_or_the_resource_is_enough_in_either_spelling(facts: dict[str, Any]) -> None:
    assert read([party(CAFE, **facts)]) == (RIGHT,)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(sorted(party(CAFE))), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(answer=JSON)
def test_whatever_is_answered_gives_rights_or_a_named_refusal(answer: Any) -> None:
    with suppress(RightsUnavailable):
        assert all(isinstance(one, Right) for one in read(answer))
