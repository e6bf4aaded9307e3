"""A case after sending, met through the real pages: what the municipality does is done by its own operations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from runde.foundation.people.api import Person, make_link
from runde.foundation.trust.api import fence
from runde.grants.applications.api import Application
from runde.grants.casework.api import (
    Case,
    InformationRequest,
    ask_information,
    draft_message,
    get_case,
    save_message,
    send_message,
)
from runde.grants.schemes.api import CallTerms, open_call
from tests.journeys import region as regions
from tests.journeys.region import CAFE, Region, answers, decide_as_checked, pay, send_applications

TERMS = CallTerms(needs_acceptance=True, acceptance_days=14, report_due_days=30)


@dataclass
class Followed:
    """The café's case in Moss, and its pages as Kari meets them."""

    region: Region
    kari: Client
    application: Application = field(init=False)

    def sent(self, **given: int) -> Followed:
        [self.application] = send_applications(
            self.region.moss, {CAFE: answers(**given)}, by=self.region.applicant
        )
        return self

    @contextmanager
    def inside(self) -> Iterator[None]:
        with fence(self.region.moss.tenant.id):
            yield

    def case(self) -> Case:
        return get_case(Case.objects.get(application_id=self.application.id).id)

    def path(self, rest: str = "") -> str:
        return f"/moss/soknader/{self.application.id}/{rest}"

    def page(self, rest: str = "") -> Any:
        return self.kari.get(self.path(rest), follow=True)

    def post(self, rest: str, **data: Any) -> Any:
        return self.kari.post(self.path(rest), data, follow=True)

    def ask(self, text: str = "Har dere hatt åpent i mai?", days: int = 7) -> InformationRequest:
        at = timezone.now()
        with self.inside():
            return ask_information(
                case_id=self.case().id,
                text=text,
                due_date=timezone.localdate(at) + timedelta(days=days),
                by=self.region.moss.actor("officer", at),
                at=at,
            )

    def write(self, text: str) -> None:
        """From the municipality."""
        at = timezone.now()
        with self.inside():
            by = self.region.moss.actor("officer", at)
            draft = draft_message(case_id=self.case().id, by=by, at=at, from_applicant=False)
            save_message(message_id=draft.id, text=text, by=by, at=at)
            send_message(message_id=draft.id, text=text, by=by, at=at)

    def decided(self) -> Followed:
        decide_as_checked(self.region.moss)
        return self

    def paid(self) -> Followed:
        pay(self.region.moss)
        return self

    def decision_id(self) -> UUID:
        with self.inside():
            found: UUID = self.case().decisions.latest("number").id
            return found

    def read(self) -> Followed:
        self.post(f"vedtak/{self.decision_id()}/")
        return self

    def by_link(self, purpose: str, subject: UUID, last: date | None = None) -> tuple[Client, str]:
        """A browser that has followed a link from a mail, and where it stands. Nobody has signed in."""
        at = timezone.now()
        with self.inside():
            token = make_link(
                purpose=purpose,
                subject_id=subject,
                tenant_id=self.region.moss.tenant.id,
                person_id=self.region.applicant.id,
                expires_at=at + timedelta(days=30),
                at=at,
            )
        browser = Client(headers={"accept-language": "nb"})
        return browser, browser.get(f"/o/{token}/")["Location"]


@pytest.fixture
def followed(region: Region, kari: Client, settings: Settings, tmp_path: Path) -> Followed:
    settings.FILES, settings.MANIFESTS = tmp_path / "files", tmp_path / "manifests"
    return Followed(region, kari)


@pytest.fixture
def bound(
    db: None,
    signed_in: Callable[[Person], Client],
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Followed:
    """The same with a call whose grants must be accepted before they are paid, and reported on after."""
    settings.FILES, settings.MANIFESTS = tmp_path / "files", tmp_path / "manifests"
    monkeypatch.setattr(regions, "open_call", partial(open_call, terms=TERMS))
    made = regions.make_region()
    return Followed(made, signed_in(made.applicant))
