"""Read a register file into the register. One file, one transaction, one `Import` row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from django.db import connection, transaction

from runde.engine.reference.api import Edition
from runde.foundation.companies.domain.register_fields import Content
from runde.foundation.companies.domain.rows import BadRow
from runde.foundation.companies.domain.showing import printable
from runde.foundation.companies.intake.opening import RegisterFile, file_digest
from runde.foundation.companies.intake.reading import rows_of
from runde.foundation.companies.models import Import

from .merge import Merge
from .staging import Stages

KEPT_REJECTIONS = 1_000
ROWS_BETWEEN_REPORTS = 5_000
WORK_MEMORY = "256MB"
ONE_IMPORT_AT_A_TIME = 0x72756E6465  # any fixed number; "runde"

Progress = Callable[[int, int, int], None]
"""Told now and then: bytes read, bytes in all, rows read."""


@dataclass(frozen=True, slots=True)
class Rejection:
    """A row that was not taken in: the line it begins on and why, in Norwegian."""

    line: int
    reason: str


@dataclass(slots=True)
class ImportResult:
    """How the reading of one file went: rows = imported + rejected.

    Among the imported, `duplicates` were replaced by a later row for the same unit; `added` units were new and
    `changed` had other facts than before; `unplaced` ones have a municipality number that was divided or is
    not known, and belong to no municipality until somebody finds out.
    """

    file_name: str
    register_date: date
    rows: int = 0
    imported: int = 0
    rejected: int = 0
    duplicates: int = 0
    added: int = 0
    changed: int = 0
    unplaced: int = 0
    broken: str = ""
    already_imported: bool = False
    rejections: list[Rejection] = field(default_factory=list)


def import_register(
    path: Path,
    *,
    register_date: date,
    at: datetime,
    edition: Edition | None = None,
    progress: Progress | None = None,
    on_rejection: Callable[[Rejection], None] | None = None,
) -> ImportResult:
    """Read one file of the business register, CSV or JSON, packed or not, and merge it into what we hold.

    `register_date` is the day the file tells about, `edition` the standard its industry codes belong to when
    the codes themselves do not tell. Bad rows are left out and reported; good ones are never
    lost to them. The first thousand rejections are kept with the import; `on_rejection` hears of every one. A
    file already read for that day is recognised by its content and not read again. Raises FileRefused when the
    file is no register file, and then nothing has changed.
    """
    digest = file_digest(path)
    result = ImportResult(printable(path.name), register_date)
    with transaction.atomic():
        _prepare_transaction()
        earlier = Import.objects.filter(sha256=digest, register_date=register_date).first()
        if earlier is not None:
            return _repeat(earlier, on_rejection)
        reading = _Reading(result, progress, on_rejection)
        reading.read(path)
        _store(reading, digest, started_at=at, edition=edition)
    _refresh_statistics()
    return result


class _Reading:
    """The way of one file into the stages."""

    def __init__(
        self,
        result: ImportResult,
        progress: Progress | None,
        on_rejection: Callable[[Rejection], None] | None,
    ) -> None:
        self.result = result
        self.stages = Stages()
        self._progress = progress
        self._on_rejection = on_rejection

    def read(self, path: Path) -> None:
        """Stage every good row and report the others; the file is read once, from beginning to end."""
        try:
            with RegisterFile(path) as file:
                self._read_rows(file)
        except BaseException as fault:
            self.stages.give_up(fault)
            raise
        self.stages.finish()
        self.result.imported = self.result.rows - self.result.rejected

    def _read_rows(self, file: RegisterFile) -> None:
        result, stages = self.result, self.stages
        for line, content, texts in rows_of(file, self._reject):
            result.rows += 1
            stage = stages[content]
            try:
                stages.add(stage, stage.reader.copy_line(texts, result.rows))
            except BadRow as fault:
                result.rows -= 1
                self._reject(line, str(fault))
            if self._progress and result.rows % ROWS_BETWEEN_REPORTS == 0:
                self._progress(file.read_so_far, file.size, result.rows)
        result.broken = file.broken
        if self._progress:
            self._progress(file.size, file.size, result.rows)

    def _reject(self, line: int, reason: str) -> None:
        rejection = Rejection(line, printable(reason))
        self.result.rows += 1
        self.result.rejected += 1
        if len(self.result.rejections) < KEPT_REJECTIONS:
            self.result.rejections.append(rejection)
        if self._on_rejection:
            self._on_rejection(rejection)


def _store(reading: _Reading, digest: str, *, started_at: datetime, edition: Edition | None) -> None:
    result = reading.result
    row = Import.objects.create(
        file_name=result.file_name[:255],
        sha256=digest,
        register_date=result.register_date,
        content=_content_name(reading),
        started_at=started_at,
        rows=result.rows,
        imported=result.imported,
        rejected=result.rejected,
        broken=result.broken,
        rejections=[[rejection.line, rejection.reason] for rejection in result.rejections],
    )
    for stage in reading.stages.all():
        told = edition or stage.reader.edition()
        merged = Merge(stage, register_date=result.register_date, edition=told, import_id=row.pk).run()
        result.added += merged.added
        result.changed += merged.changed
        result.duplicates += merged.duplicates
        result.unplaced += merged.unplaced
    row.added, row.changed = result.added, result.changed
    row.duplicates, row.unplaced = result.duplicates, result.unplaced
    row.save()


def _content_name(reading: _Reading) -> str:
    kinds = [stage.content for stage in reading.stages.all()]
    return "both" if len(kinds) > 1 else str(kinds[0]) if kinds else str(Content.UNITS)


def _repeat(earlier: Import, on_rejection: Callable[[Rejection], None] | None) -> ImportResult:
    rejections = [Rejection(line, reason) for line, reason in earlier.rejections]
    for rejection in rejections if on_rejection else ():
        on_rejection(rejection)  # type: ignore[misc]
    return ImportResult(
        file_name=earlier.file_name,
        register_date=earlier.register_date,
        rows=earlier.rows,
        imported=earlier.imported,
        rejected=earlier.rejected,
        duplicates=earlier.duplicates,
        unplaced=earlier.unplaced,
        broken=earlier.broken,
        already_imported=True,
        rejections=rejections,
    )


def _prepare_transaction() -> None:
    """Wait for other imports, and take room enough to join a million rows without spilling to disk."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('work_mem', %s, true)", [WORK_MEMORY])
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_IMPORT_AT_A_TIME])


def _refresh_statistics() -> None:
    """Let the planner know the new sizes; a database that does not let us do it does it in its own time."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE companies_company, companies_subunit, companies_searchword")
