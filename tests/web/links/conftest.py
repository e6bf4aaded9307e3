"""A purpose with a view of its own, so that the door is tried without any room's task."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from runde.foundation.journal.api import record
from runde.foundation.people.api import Link, make_link, register_person
from runde.web.entrance import LinkedRequest
from runde.web.links import purposes
from runde.web.links.purposes import Purpose
from tests.factories.organisations import TenantFactory

ADDRESS = "kari@kanalen.example"


@dataclass
class Task:
    """A task in a municipality, what it looks like now, and what its view saw."""

    tenant: Any
    subject: UUID
    version: str | None = "1"
    seen: list[LinkedRequest] = field(default_factory=list)

    def view(self, request: LinkedRequest, link: Link) -> HttpResponse:
        self.seen.append(request)
        if request.method == "POST":
            record(
                action="test.reported",
                subject_kind="test",
                subject_id=link.subject_id,
                by=request.actor.person_id,
                at=request.at,
            )
            return render(request, "links/not_here.html", {"h1": "Takk for rapporten"})
        return render(request, "links/task.html", {"h1": "Send rapporten", "link": link})

    def link(self, *, at: datetime, days: int = 7, **facts: Any) -> str:
        wanted = {
            "purpose": "report",
            "subject_id": self.subject,
            "tenant_id": self.tenant.id,
            "person_id": register_person(email=ADDRESS, name="Kari Dahl").id,
            "version": "1",
        }
        return make_link(**{**wanted, **facts}, expires_at=at + timedelta(days=days), at=at)


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def task(db: None, monkeypatch: pytest.MonkeyPatch) -> Task:
    made = Task(TenantFactory.create(), uuid4())
    planted = Purpose(
        "report", made.view, actions=frozenset({"test.report"}), version=lambda link: made.version
    )
    monkeypatch.setattr(purposes, "_purposes", {**purposes._purposes, "report": planted})
    return made


Pressing = Callable[[str], Any]
