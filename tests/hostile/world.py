"""A town where everything has happened once, so that every page has something on it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from uuid import UUID, uuid4

from django.test import Client
from django.utils import timezone

from runde.foundation.documents.api import list_documents
from runde.foundation.people.api import Mandate, Person, get_applicant, give_mandate
from runde.foundation.trust.api import fence
from runde.grants.applications.api import Application, start_application
from runde.grants.casework.api import (
    approve_proposal,
    declare_impartiality,
    list_cases,
    propose_as_checked,
    write_letters,
)
from runde.grants.payments.api import Payment, approve_batch, prepare_batch
from runde.grants.schemes.api import get_call, list_sources
from tests.journeys.region import CAFE, CALL, CASES, ELSEWHERE, Region, Town, make_region, send_applications
from tests.journeys.visitors import PASSWORD

ROUTES = Path(__file__).parents[1] / "house" / "routes.csv"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
CINEMA = "310100080"
VISITORS = {"public": ("nobody", "kari"), "signed_in": ("kari",)}
STAFF = ("officer", "approver", "finance", "second_finance", "manager", "auditor")


@dataclass
class World:
    """`people` are clients by nickname; `ids` what stands for each part of an address, in each town."""

    region: Region
    people: dict[str, Client] = field(default_factory=dict)
    ids: dict[str, list[str]] = field(default_factory=dict)

    def addresses(self) -> list[tuple[str, str]]:
        """Every address of the site with each id there is, our own and our neighbour's, and what it demands."""
        with ROUTES.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        return [(one, row["access"]) for row in rows for one in self.filled(row["address"])]

    def visits(self) -> list[tuple[str, str]]:
        """Who may see which address: everybody who gets further than the door."""
        return [
            (who, path)
            for path, access in self.addresses()
            for who in VISITORS.get(access) or _holders(access)
        ]

    def filled(self, pattern: str) -> Iterator[str]:
        if "(?P" in pattern:
            yield "/" + re.sub(r"\^|\$", "", re.sub(r"\(\?P<[^)]*\)", "abc", pattern))
            return
        names = re.findall(r"<\w+:(\w+)>", pattern)
        choices = {name: self.ids.get(name, ["1"]) for name in names}
        first = {name: one[0] for name, one in choices.items()}
        yield "/" + re.sub(r"<\w+:(\w+)>", partial(_part, first), pattern)
        for name, several in choices.items():
            for other in several[1:]:
                yield "/" + re.sub(r"<\w+:(\w+)>", partial(_part, {**first, name: other}), pattern)


def _part(parts: dict[str, str], found: re.Match[str]) -> str:
    return parts[found[1]]


def _holders(access: str) -> list[str]:
    """ "staff:approver|finance" -> the approver and one from finance."""
    roles = access.partition(":")[2].replace("scheme_manager", "manager").split("|")
    return [who for who in STAFF if who in roles]


def make_world() -> World:
    region = make_region()
    world = World(region, {"nobody": _client(None), "kari": _client(region.applicant)})
    # She has said her password once more, so that the pages about her own security open as well.
    world.people["kari"].post("/konto/reauthenticate/", {"password": PASSWORD})
    for who in STAFF:
        world.people[who] = _client(region.moss.staff[who])
    world.people["neighbour"] = _client(region.horten.staff["officer"])
    _live(region)
    foreign = _neighbours_case(region)
    _remember(world, foreign)
    return world


def _client(person: Person | None) -> Client:
    client = Client(headers={"accept-language": "nb"}, raise_request_exception=False)
    if person is not None:
        client.force_login(person, backend=BACKEND)
    return client


def _live(region: Region) -> None:
    """A draft, cases of each lane, a proposal that waits, decisions, a sealed batch and one that waits."""
    town, at = region.moss, timezone.now()
    send_applications(town, by=region.applicant)
    give_mandate(
        person=region.applicant,
        organisation_number=CINEMA,
        source=Mandate.Source.DECLARED,
        valid_from=timezone.localdate(at),
    )
    with fence(town.tenant.id):
        kari = get_applicant(region.applicant, on=timezone.localdate(at))
        start_application(call=get_call(CALL), organisation_number=CINEMA, by=kari, at=at)
        declare_impartiality(
            case_id=list_cases(get_call(CALL).id, lane="yellow")[0].id,
            is_impartial=True,
            reason="",
            by=town.actor("officer", at),
            at=at,
        )
        green = [case.id for case in list_cases(get_call(CALL).id, lane="green")]
        for case in green[:2]:
            _decide(town, case)
            _prepare(town, seal=case == green[0])
        propose_as_checked(case_ids=green[2:3], by=town.actor("officer", at), at=at, declares_impartial=True)


def _decide(town: Town, case: UUID) -> None:
    at = timezone.now()
    officer, approver = town.actor("officer", at), town.actor("approver", at)
    proposal = propose_as_checked(case_ids=[case], by=officer, at=at, declares_impartial=True)
    made = approve_proposal(proposal_id=proposal.id, key=str(proposal.id), by=approver, at=at)
    write_letters(decision_ids=made.decision_ids, at=at)


def _prepare(town: Town, *, seal: bool) -> None:
    at = timezone.now()
    day = max(payment.due_date for payment in Payment.objects.all())
    batch = prepare_batch(execution_date=day, by=town.actor("finance", at), at=at)
    if seal:
        approve_batch(batch_id=batch.id, key=str(batch.id), by=town.actor("second_finance", at), at=at)


def _neighbours_case(region: Region) -> dict[str, list[str]]:
    [sent] = send_applications(region.horten, {ELSEWHERE: CASES[CAFE]})
    with fence(region.horten.tenant.id):
        [case] = list_cases(get_call(CALL).id)
        sources = [str(source.id) for source in list_sources()]
    return {"application": [str(sent.id)], "case": [str(case.id)], "source": sources[:1]}


def _remember(world: World, foreign: dict[str, list[str]]) -> None:
    from runde.grants.casework.api import Case, Proposal
    from runde.grants.payments.api import Batch

    with fence(world.region.moss.tenant.id):
        own = {
            "application": [str(one.id) for one in Application.objects.order_by("state", "id")],
            "case": [str(one.id) for one in Case.objects.order_by("number")],
            "proposal": [str(one.id) for one in Proposal.objects.order_by("prepared_at")],
            "batch": [str(one.id) for one in Batch.objects.order_by("number")],
            "source": [str(one.id) for one in list_sources()],
        }
        decided = Case.objects.filter(state="decided").first()
        assert decided is not None
        letters = [str(one.id) for one in list_documents("case", decided.id)]
        form = get_call(CALL).scheme_version.form
    missing = str(uuid4())
    world.ids = {name: [*ids, *foreign.get(name, []), missing] for name, ids in own.items()}
    world.ids |= {"version": [*letters, missing], "document": [*letters, missing]}
    world.ids |= {
        "tenant": ["moss"],
        "call": [CALL],
        "section": [one["slug"] for one in form.definition["sections"]],
    }
