"""The test run's database server and its clones."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from runde.adapters.postgres import launcher

ROOT = Path(__file__).resolve().parents[1]
HOME = Path("/tmp") / f"runde-test-{os.environ['RUNDE_TEST_RUN']}"  # noqa: S108 - short, for the socket's address
TEMPLATE = "runde_template"


@cache
def server() -> launcher.Server:
    return launcher.Server(data=HOME / "pg", socket=HOME / "pg", binaries=launcher.locate(ROOT).binaries)


def start_server() -> None:
    """Start from a kept copy of a migrated cluster when the migrations are the same, else make it."""
    HOME.mkdir(mode=0o755, exist_ok=True)
    kept = _kept_cluster()
    if kept.exists():
        _copy(kept, server().data)
    launcher.start(server(), dies_with_parent=True, durable=False)
    if not launcher.has_database(server(), TEMPLATE):
        launcher.create_database(server(), TEMPLATE)
        _migrate()
        _keep(kept)


def stop_server() -> None:
    launcher.stop(server())
    shutil.rmtree(HOME, ignore_errors=True)


@contextmanager
def clone(name: str) -> Iterator[None]:
    """Make a database from the template and point Django's connections at it until the end."""
    from django.db import connections

    launcher.create_database(server(), name, template=TEMPLATE)
    before = {alias: dict(connections.databases[alias]) for alias in connections.databases}
    close_connections()
    for alias in connections.databases:
        point = {"NAME": name, "HOST": str(server().socket), "CONN_MAX_AGE": 0}
        connections.databases[alias].update(point)
        connections[alias].settings_dict.update(point)
    try:
        yield
    finally:
        close_connections()
        for alias, settings in before.items():
            connections.databases[alias].update(settings)
            connections[alias].settings_dict.update(settings)
        launcher.drop_database(server(), name)


def close_connections() -> None:
    from django.db import connections

    for connection in connections.all():
        connection.close()


def environment(name: str) -> dict[str, str]:
    """For a process of its own: the addresses of the database `name` for each role."""
    roles = {
        "DATABASE_URL": launcher.APP,
        "DATABASE_OWNER_URL": launcher.OWNER,
        "DATABASE_CHECK_URL": launcher.CHECK,
    }
    address = {v: f"postgresql://{role}@/{name}?host={server().socket}" for v, role in roles.items()}
    return {**os.environ, **address}


def _migrate() -> None:
    """In a process of its own, so that the workers' Django never holds the owner's connection."""
    subprocess.run(
        [sys.executable, "-W", "ignore", str(ROOT / "manage.py"), "migrate", "--database=owner", "-v0"],
        env=environment(TEMPLATE),
        check=True,
        cwd=ROOT,
    )


def _kept_cluster() -> Path:
    sources = sorted((ROOT / "src").rglob("migrations/*.py"))
    sources += sorted((ROOT / "src/runde/adapters/postgres").glob("*.*"))
    sources += [ROOT / "requirements/base.txt", ROOT / "src/runde/foundation/trust/migration_operations.py"]
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:16]
    return Path("/tmp") / f"runde-test-cluster-{os.geteuid()}-{digest}"  # noqa: S108


def _keep(kept: Path) -> None:
    launcher.stop(server())
    making = kept.with_suffix(f".{os.getpid()}")
    _copy(server().data, making)
    try:
        making.rename(kept)
    except OSError:
        shutil.rmtree(making, ignore_errors=True)  # another run was first
    launcher.start(server(), dies_with_parent=True, durable=False)


def _copy(source: Path, target: Path) -> None:
    subprocess.run(["cp", "-a", str(source), str(target)], check=True)
