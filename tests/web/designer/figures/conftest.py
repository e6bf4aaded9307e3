"""Moss with a draft of its scheme, reckoned on a made-up register of some thousand companies."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from runde.engine.whatif import PlannedSource, Reach, Register, load_example_plan, open_register
from runde.foundation.organisations.api import Organisation
from runde.foundation.people.api import Actor, Person, Role, get_actor
from runde.foundation.trust.api import fence
from runde.grants.designs.api import (
    Content,
    Draft,
    change_draft,
    design_of,
    export_draft,
    import_draft,
    set_sources,
    set_value,
    start_draft_from_example,
    start_draft_from_version,
)
from runde.grants.designs.queries import reaching
from runde.web.designer.figures import reckoning
from tests.engine.whatif.companies import made_up, write_extract
from tests.factories import PersonFactory, TenantFactory, a_scheme_version, an_actor

HTMX = {"HX-Request": "true"}
ROLES = {
    "manager": Role.SCHEME_MANAGER,
    "officer": Role.OFFICER,
    "auditor": Role.AUDITOR,
    "finance": Role.FINANCE,
}


@dataclass(frozen=True)
class KnownExtract:
    """Stands for the extract of the register: only its path matters to what is kept."""

    path: Path


@pytest.fixture(scope="session")
def extract(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_extract(made_up(4000, seed=7), tmp_path_factory.mktemp("register"))


@pytest.fixture
def register(extract: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Register]:
    """The made-up register in place of the imported one."""
    with open_register(extract) as opened:
        monkeypatch.setattr(reaching, "register_now", lambda: opened)
        monkeypatch.setattr(reckoning, "register_extract", lambda: KnownExtract(extract))
        reckoning.forget()
        yield opened
        reckoning.forget()


@dataclass
class Planning:
    """Moss's draft, and how to look at it. `other` is Horten, which has a draft of its own."""

    moss: Organisation
    horten: Organisation
    people: dict[str, Person]
    register: Register
    sign_in: Callable[[Person], Client]
    draft: Draft
    theirs: Draft
    at: datetime
    clients: dict[str, Client] = field(default_factory=dict)

    @property
    def base(self) -> str:
        return f"/moss/ordninger/kladd/{self.draft.id}/"

    @property
    def manager(self) -> Actor:
        """Inside Moss's fence."""
        return get_actor(self.people["manager"], on=timezone.localdate(self.at))

    def as_(self, who: str) -> Client:
        if who not in self.clients:
            self.clients[who] = self.sign_in(self.people[who])
        return self.clients[who]

    def get(self, path: str, who: str = "manager", *, htmx: bool = False, **query: str) -> Any:
        return self.as_(who).get(self.base + path, query, headers=HTMX if htmx else None)

    def change(self, change: Callable[[Content], Content], what: str = "Endret") -> None:
        with fence(self.moss.id):
            self.draft = change_draft(
                draft_id=self.draft.id,
                content=change(self.draft.content),
                revision=self.draft.revision,
                what=what,
                by=self.manager,
                at=self.at,
            )

    def copy(self) -> Draft:
        """Another draft with the content as it is now."""
        with fence(self.moss.id):
            return import_draft(data=export_draft(self.draft), by=self.manager, at=self.at)

    def reach(self, *municipalities: str, content: Content | None = None) -> Reach:
        """Straight from the engine."""
        return self.register.reach(design_of(content or self.draft.content), today(), municipalities)


def today() -> date:
    return timezone.localdate()


@pytest.fixture
def planning(
    db: None, register: Register, signed_in: Callable[[Person], Client], settings: Settings
) -> Planning:
    """A draft from Moss's published version, with money and assumptions."""
    settings.STAFF_NEED_SECOND_FACTOR = False
    at = timezone.now()
    moss = TenantFactory.create(municipality_number="3103", name="Moss kommune", slug="moss")
    horten = TenantFactory.create(municipality_number="3901", name="Horten kommune", slug="horten")
    people = {who: PersonFactory.create() for who in ROLES}
    with fence(horten.id):
        manager = an_actor(Role.SCHEME_MANAGER, at=at)
        theirs = start_draft_from_example(name="smittevern", by=manager, at=at)
    with fence(moss.id):
        for who, role in ROLES.items():
            an_actor(role, at=at, person=people[who])
        manager = get_actor(people["manager"], on=timezone.localdate(at))
        draft = start_draft_from_version(version=a_scheme_version(at=at), by=manager, at=at)
    made = Planning(moss, horten, people, register, signed_in, draft, theirs, at)
    made.change(with_plan, "Penger og antakelser")
    return made


def with_plan(content: Content) -> Content:
    plan = load_example_plan("smittevern")
    money = (
        PlannedSource("Næringsfondet", Decimal(1_500_300)),
        PlannedSource("Fylket, bare reiseliv", Decimal(500_700), "nace_section = 'I'"),
    )
    assumed = {**content, "assumptions": plan["assumptions"], "take_up": plan["take_up"]}
    return set_sources(assumed, money)


def with_drop(content: Content, percent: str) -> Content:
    return set_value(content, "revenue_drop", "threshold", percent)
