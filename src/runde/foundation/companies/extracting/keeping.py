"""The extract that belongs to the register we hold: made once for each import, found by everybody after that."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import duckdb
from django.conf import settings
from django.db import connection
from django.db.models import QuerySet

from runde.engine.whatif import open_register
from runde.engine.whatif.extract import LAYOUT, ExtractOrder, build_extract
from runde.foundation.companies.domain.register_fields import Content
from runde.foundation.companies.models import Import
from runde.foundation.trust.api import Refused

from .from_database import write_rows

SOURCE = "Enhetsregisteret"
KEPT = 2
"""The newest, and the one before: somebody may have been told of it a moment ago and not opened it yet."""
_UNFINISHED = ".unfinished-"


class NoRegister(Refused):
    """No company has been read in yet."""

    code = "no_register"

    def __init__(self) -> None:
        super().__init__(
            "Ingen virksomheter er lest inn ennå, så vi kan ikke regne ut hvem ordningen treffer. "
            "Les inn Enhetsregisteret med «runde companies import FIL»."
        )


class ExtractFailed(Refused):
    """The extract could not be made; what there was before is untouched."""

    code = "extract_failed"


@dataclass(frozen=True, slots=True)
class RegisterExtract:
    """A finished extract: where it lies, the register's name and day, its companies, and the import behind it."""

    path: Path
    source: str
    as_of_date: date
    companies: int
    import_id: int


def register_extract() -> RegisterExtract:
    """The extract of the register as it now stands; made first when it is not there, which takes some seconds.

    A path that was given may be removed once newer imports have come: ask again when it is gone. Raises
    NoRegister when nothing is imported, ExtractFailed with the reason when it cannot be made.
    """
    latest = _latest_import()
    path = _folder() / _name_of(latest)
    if not path.exists():
        latest, path = _build()
    return _described(path, latest.pk, _modified(path))


def _latest_import() -> Import:
    imports = _whole_imports().only("sha256", "started_at")
    found = imports.order_by("-id").first()
    if found is None:
        raise NoRegister
    return found


def _whole_imports() -> QuerySet[Import]:
    """A company looked up by itself does not make a new register, so no new extract of a million either."""
    return Import.objects.exclude(content=Content.SUB_UNITS).filter(is_look_up=False)


def _folder() -> Path:
    return Path(settings.VAR) / "extracts"


def _prefix() -> str:
    """Files of this database only: several may share a folder."""
    name = str(connection.settings_dict["NAME"])
    return f"register-{hashlib.sha256(name.encode()).hexdigest()[:8]}-"


def _name_of(latest: Import) -> str:
    told = f"{LAYOUT} {latest.pk} {latest.sha256} {latest.started_at.isoformat()}"
    return f"{_prefix()}{hashlib.sha256(told.encode()).hexdigest()[:16]}.duckdb"


def _modified(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except FileNotFoundError:
        raise ExtractFailed("Registeruttrekket ble borte mens vi skulle bruke det. Prøv igjen.") from None


@lru_cache(maxsize=8)
def _described(path: Path, import_id: int, modified: int) -> RegisterExtract:
    with open_register(path) as register:
        return RegisterExtract(path, register.source, register.as_of_date, register.companies, import_id)


def _build() -> tuple[Import, Path]:
    """Make the extract unless another process has just done so."""
    folder = _folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _alone(folder):
            return _build_alone(folder)
    except OSError as fault:
        raise ExtractFailed(f"Kan ikke skrive registeruttrekket i {folder}: {_reason(fault)}.") from fault
    except duckdb.Error as fault:
        first = str(fault).splitlines()[0][:200]
        raise ExtractFailed(f"Kan ikke lage registeruttrekket i {folder}: {first}") from fault


def _build_alone(folder: Path) -> tuple[Import, Path]:
    _clear_unfinished(folder)
    latest = _latest_import()
    path = folder / _name_of(latest)
    while not path.exists():
        unfinished = folder / f"{_UNFINISHED}{os.getpid()}"
        try:
            _write(unfinished, latest)
            now = _latest_import()
            if now.pk == latest.pk:
                _publish(unfinished, path)
            latest, path = now, folder / _name_of(now)  # a newer import may have come while we wrote
        finally:
            _clear_unfinished(folder)
    _remove_old(folder, path)
    return latest, path


def _write(target: Path, latest: Import) -> None:
    rows = target.with_name(f"{target.name}-rows.csv")
    with open(rows, "wb") as out:
        write_rows(out.write)
    days = _whole_imports().order_by("-register_date")
    as_of = days.values_list("register_date", flat=True)[0]
    build_extract(rows, ExtractOrder(SOURCE, as_of, latest.pk), target)


def _publish(unfinished: Path, path: Path) -> None:
    """Give a finished file its name, so that nobody ever opens half of one, not even after a power cut."""
    _sync(unfinished)
    unfinished.rename(path)
    _sync(path.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove_old(folder: Path, newest: Path) -> None:
    """Those who have a removed file open keep it until they close it."""
    found = [path for path in folder.glob(f"{_prefix()}*.duckdb") if path != newest]
    for path in sorted(found, key=_age_key)[: max(0, len(found) - (KEPT - 1))]:
        path.unlink(missing_ok=True)


def _age_key(path: Path) -> int:
    with suppress(FileNotFoundError):
        return path.stat().st_mtime_ns
    return 0


def _clear_unfinished(folder: Path) -> None:
    """Whoever holds the lock is alone, so what is unfinished is left behind by somebody who died."""
    for path in folder.glob(f"{_UNFINISHED}*"):
        if path.is_dir():
            for inner in path.iterdir():
                inner.unlink(missing_ok=True)
            path.rmdir()
        else:
            path.unlink(missing_ok=True)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Wait for other processes and threads; the lock is let go of even by one that is killed."""
    with open(folder / ".lock", "a", encoding="utf-8") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _reason(fault: OSError) -> str:
    return os.strerror(fault.errno) if fault.errno else str(fault)
