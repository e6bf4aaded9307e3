# ruff: noqa: S608 - only names of our own tables and columns are put into statements
"""Take one answer of the register into what we hold, the same way as a file: one `Import` row, one merge."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from django.db import OperationalError, connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from psycopg.errors import LockNotAvailable

from runde.engine.reference.api import EDITIONS, Edition
from runde.foundation.companies.domain.looking_up import (
    DeletedUnit,
    FoundUnit,
    NoUnit,
    RegisterUnavailable,
    RemovedUnit,
    UnitAnswer,
)
from runde.foundation.companies.domain.rows import NAME
from runde.foundation.companies.domain.showing import printable
from runde.foundation.companies.models import Company, Confirmation, Import, Snapshot, SubUnit, Unit

from .import_register import ONE_IMPORT_AT_A_TIME
from .merge import Merge
from .staging import Stage, Stages

PATIENCE = "2s"
"""How long one unit waits for an import that is under way; then the page goes on without it."""


def take_in_unit(answer: UnitAnswer, *, at: datetime) -> None:
    """Write down what the register said of a unit on the day of `at`.

    Of a deleted unit we keep what we knew, with the day it was deleted; of one that is removed for legal reasons
    nothing is left. Raises RegisterUnavailable while a whole file is being read in.
    """
    match answer:
        case FoundUnit():
            _merge(answer, at=at)
        case DeletedUnit():
            _merge(_named(answer.unit), at=at, is_reduced=True)
        case RemovedUnit():
            _purge(answer.orgnr)
        case NoUnit():
            pass


@transaction.atomic
def _purge(orgnr: str) -> None:
    for model in (Company, SubUnit, Snapshot, Confirmation):
        model._default_manager.filter(orgnr=orgnr).delete()


def _merge(unit: FoundUnit, *, at: datetime, is_reduced: bool = False) -> None:
    with _patient(), transaction.atomic():
        _wait_for_imports()
        stage = _staged(unit)
        if is_reduced and not _keep_what_we_knew(stage) and not unit.name:
            stage.drop()  # a number and a day are no company
            return
        row = _import_row(unit, at)
        told = stage.reader.edition() or _edition_held(unit)
        merged = Merge(stage, register_date=row.register_date, edition=told, import_id=row.pk).run()
        row.added, row.changed, row.unplaced = merged.added, merged.changed, merged.unplaced
        row.save(update_fields=["added", "changed", "unplaced"])


@contextmanager
def _patient() -> Iterator[None]:
    try:
        yield
    except OperationalError as fault:
        if isinstance(fault.__cause__, LockNotAvailable):
            raise RegisterUnavailable("a file is being read in") from None
        raise


def _wait_for_imports() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('lock_timeout')")
        before = cursor.fetchone()[0]
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [PATIENCE])
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_IMPORT_AT_A_TIME])
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [before])


def _staged(unit: FoundUnit) -> Stage:
    stages = Stages()
    try:
        stage = stages[unit.content]
        stages.add(stage, stage.reader.copy_line(unit.texts, 1))
        stages.finish()
    except BaseException as fault:
        stages.give_up(fault)
        raise
    return stage


def _named(unit: FoundUnit) -> FoundUnit:
    """With the name we hold, when the answer is reduced to less: what it is found by is made of it."""
    held = _held(unit).values_list("name", flat=True).first()
    if unit.name or not held:
        return unit
    texts = list(unit.texts)
    texts[NAME] = held
    return replace(unit, texts=tuple(texts))


def _keep_what_we_knew(stage: Stage) -> int:
    """Give a reduced answer every fact we hold but the day of deletion; 0 when we hold none."""
    facts = [field.column for field in stage.reader.fields if field.column not in ("orgnr", "deleted_date")]
    settings = ", ".join(f"{fact} = ours.{fact}" for fact in facts)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {stage.table} theirs SET {settings} FROM {stage.target} ours WHERE ours.orgnr = theirs.orgnr"
        )
        return int(cursor.rowcount)


def _import_row(unit: FoundUnit, at: datetime) -> Import:
    return Import.objects.create(
        file_name=f"{'underenheter' if unit.is_sub_unit else 'enheter'}/{unit.orgnr}",
        sha256=hashlib.sha256(printable("\t".join(unit.texts)).encode(errors="replace")).hexdigest(),
        register_date=timezone.localdate(at),
        content=unit.content,
        started_at=at,
        rows=1,
        imported=1,
        rejected=0,
        is_look_up=True,
    )


def _edition_held(unit: FoundUnit) -> Edition:
    """Of a code that stands in both editions: as we have it, else the newest, which the register now uses."""
    held = _held(unit).filter(industry_1=unit.text("industry_1").strip())
    found = held.values_list("industry_standard", flat=True).first()
    return next((one for one in EDITIONS if one == found), EDITIONS[-1])


def _held(unit: FoundUnit) -> QuerySet[Unit]:
    model: type[Unit] = SubUnit if unit.is_sub_unit else Company
    return model._default_manager.filter(orgnr=unit.orgnr)
