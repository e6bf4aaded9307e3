"""A subject of our own for files, so that these tests are about files and not about applications."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.test import Client
from pytest_django import Settings

from runde.foundation.documents.api import Attachment, list_attachments
from runde.foundation.people.api import Actor, Person
from runde.foundation.trust.api import Conflict, NotFound, fence
from runde.web.uploads import subjects
from runde.web.uploads.api import Room
from tests.journeys.region import Region


@dataclass
class Board:
    """A notice board: `writers` may add and remove, `readers` may read. `is_closed` stops both writing acts."""

    id: UUID = field(default_factory=uuid4)
    writers: set[UUID] = field(default_factory=set)
    readers: set[UUID] = field(default_factory=set)
    most: int = 3
    kinds: tuple[str, ...] = ("pdf", "image")
    is_closed: bool = False

    def room(self, actor: Actor, subject_id: UUID, question: str) -> Room:
        if subject_id != self.id or actor.person_id not in self.writers or question != "papers":
            raise NotFound("Vi finner ikke tavlen.")
        if self.is_closed:
            raise Conflict("Tavlen er stengt.")
        return Room(self.most, self.kinds)

    def check_reader(self, actor: Actor, subject_id: UUID) -> None:
        if subject_id != self.id or actor.person_id not in self.writers | self.readers:
            raise NotFound("Vi finner ikke tavlen.")

    def check_remover(self, actor: Actor, attachment: Attachment) -> None:
        self.room(actor, attachment.subject_id, attachment.question)


@dataclass
class Desk:
    """The board in Moss, with Kari's and the officer's browsers."""

    board: Board
    tenant: UUID
    slug: str
    kari: Client
    officer: Client
    stranger: Client

    def address(self, *parts: str) -> str:
        return "/" + "/".join([self.slug, "vedlegg", *parts]) + "/"

    @property
    def of_board(self) -> str:
        return self.address("til", "board", str(self.board.id))

    @contextmanager
    def inside(self) -> Iterator[None]:
        with fence(self.tenant):
            yield

    def files(self) -> list[Attachment]:
        with self.inside():
            return list_attachments("board", self.board.id)


@pytest.fixture
def desk(
    region: Region,
    signed_in: Callable[[Person], Client],
    monkeypatch: pytest.MonkeyPatch,
    settings: Settings,
    tmp_path: Path,
) -> Desk:
    settings.FILES = tmp_path / "files"
    settings.SCANNER_ADDRESS = ""
    settings.STAFF_NEED_SECOND_FACTOR = False
    officer = region.moss.staff["officer"]
    board = Board(writers={region.applicant.id}, readers={officer.id})
    monkeypatch.setitem(subjects._subjects, "board", board)
    stranger = signed_in(region.horten.staff["manager"])
    return Desk(
        board,
        region.moss.tenant.id,
        region.moss.slug,
        signed_in(region.applicant),
        signed_in(officer),
        stranger,
    )
