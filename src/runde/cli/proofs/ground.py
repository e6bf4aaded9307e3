"""The ground a proof stands on: a database server of its own, with the tables in place, gone afterwards."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from runde.adapters.postgres import launcher
from runde.cli.house import PROJECT

PACKAGE = Path(__file__).resolve().parents[2]
TEMPLATE, DATABASE = "runde_template", "proof"
ROLES = {
    "DATABASE_URL": launcher.APP,
    "DATABASE_OWNER_URL": launcher.OWNER,
    "DATABASE_CHECK_URL": launcher.CHECK,
}


@dataclass(frozen=True, slots=True)
class Ground:
    """A running server with one migrated database, and a folder for what lies outside the database."""

    server: launcher.Server
    database: str
    home: Path

    def dsn(self, role: str) -> str:
        return self.server.dsn(self.database, role)

    def environment(self) -> dict[str, str]:
        """For a process that is to work on this ground."""
        addresses = {
            name: f"postgresql://{role}@/{self.database}?host={self.server.socket}"
            for name, role in ROLES.items()
        }
        return {
            **os.environ,
            **addresses,
            "DJANGO_SETTINGS_MODULE": "runde.config.settings",
            "PYTHONWARNINGS": "ignore",
            "RUNDE_DEMO": "1",
            "RUNDE_VAR": str(self.home),
            "RUNDE_SECRET_KEY": "only-for-proofs",
            "RUNDE_EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend",
        }


@contextmanager
def open_ground(*, durable: bool) -> Iterator[Ground]:
    """Start a server of this process's own. With `durable` it waits for the disk, as in service."""
    server = launcher.locate(PROJECT, name=f"proof-{os.getpid()}")
    ground = Ground(server, DATABASE, server.data.parent / f"proof-{os.getpid()}-home")
    _remove_left_behind(server.data.parent)
    try:
        ground.home.mkdir()
        _furnish(ground, durable=durable)
        yield ground
    finally:
        launcher.stop(server)
        _remove(ground)


def enter(ground: Ground) -> None:
    """Make this process a process of the site on this ground."""
    import django

    os.environ.update(ground.environment())
    django.setup()


def leave() -> None:
    """Close what this process holds open in the database."""
    from django.db import connections

    connections.close_all()


def _furnish(ground: Ground, *, durable: bool) -> None:
    kept = _kept_cluster(ground.server.data.parent)
    if not kept.exists():
        _make(ground, kept)
    _copy(kept, ground.server.data)
    launcher.start(ground.server, dies_with_parent=True, durable=durable)
    launcher.create_database(ground.server, ground.database, template=TEMPLATE)


def _make(ground: Ground, kept: Path) -> None:
    """A migrated cluster, kept for the next proofs until a migration changes."""
    launcher.start(ground.server, dies_with_parent=True, durable=False)
    launcher.create_database(ground.server, TEMPLATE)
    template = Ground(ground.server, TEMPLATE, ground.home)
    subprocess.run(  # noqa: S603 - fixed program, no shell
        [sys.executable, "-m", "django", "migrate", "--database=owner", "-v0"],
        env=template.environment(),
        check=True,
    )
    launcher.stop(ground.server)
    for older in kept.parent.glob("proof-kept-*"):
        shutil.rmtree(older, ignore_errors=True)
    try:
        ground.server.data.rename(kept)
    except OSError:
        shutil.rmtree(ground.server.data, ignore_errors=True)  # another proof was first


def _kept_cluster(home: Path) -> Path:
    told = os.environ.get("RUNDE_KEPT_CLUSTER")
    if told:
        return Path(told)
    sources = sorted(PACKAGE.rglob("migrations/*.py")) + sorted((PACKAGE / "adapters/postgres").glob("*.*"))
    sources.append(PACKAGE / "foundation/trust/migration_operations.py")
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:12]
    return home / f"proof-kept-{digest}"


def _copy(source: Path, target: Path) -> None:
    """With owners and modes: as root the files belong to the server's user."""
    subprocess.run(["cp", "-a", str(source), str(target)], check=True)  # noqa: S603, S607


def _remove_left_behind(home: Path) -> None:
    """What a proof left that was killed itself; its server ended with it."""
    for left in home.glob("proof-[0-9]*"):
        number = left.name.split("-")[1].split(".")[0]
        if not _lives(int(number)):
            shutil.rmtree(left) if left.is_dir() else left.unlink(missing_ok=True)


def _lives(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _remove(ground: Ground) -> None:
    data = ground.server.data
    for folder in (data, ground.home, ground.server.socket):
        shutil.rmtree(folder, ignore_errors=True)
    for name in (f"{data.name}.log", f"{data.name}.lock"):
        (data.parent / name).unlink(missing_ok=True)
