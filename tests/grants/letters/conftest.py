from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from runde.foundation.people.api import Actor, Role
from runde.foundation.trust.api import fence
from runde.grants.letters.api import (
    LetterTemplateVersion,
    approve_template,
    ask_template_approval,
    start_template,
    take_in_use,
    write_text,
)
from runde.grants.schemes.api import Scheme
from tests.factories import TenantFactory, an_actor
from tests.grants.casework.conftest import Office, an_office


@dataclass(frozen=True)
class Desk:
    """A municipality where one writes letters and another approves them."""

    office: Office
    writer: Actor
    approver: Actor
    at: datetime

    @property
    def scheme(self) -> Scheme:
        return self.office.call.scheme_version.scheme

    def draft(self, kind: str = "grant", **texts: str) -> LetterTemplateVersion:
        """A draft with these texts in bokmål, named as keys with "_" for "."."""
        version = start_template(kind=kind, scheme=self.scheme, by=self.writer, at=self.at)
        for key, typed in texts.items():
            version = write_text(
                version_id=version.id,
                key=key.replace("_", "."),
                language="nb",
                typed=typed,
                by=self.writer,
                at=self.at,
            )
        return version

    def in_use(self, version: LetterTemplateVersion) -> LetterTemplateVersion:
        ask_template_approval(version_id=version.id, by=self.writer, at=self.at)
        approve_template(version_id=version.id, by=self.approver, at=self.at)
        return take_in_use(version_id=version.id, by=self.writer, at=self.at)


@pytest.fixture
def desk(db: None, at: datetime, settings: Any, tmp_path: Path) -> Iterator[Desk]:
    settings.FILES = tmp_path / "files"
    tenant = TenantFactory.create(municipality_number="3407", name="Gjøvik kommune")
    with fence(tenant.id):
        office = an_office(tenant, at)
        yield Desk(office, an_actor(Role.OFFICER, at=at), an_actor(Role.SCHEME_MANAGER, at=at), at)
