"""Open the house for a command: the database answers, its tables are up to date, Django is ready."""

from __future__ import annotations

import atexit
import os
import shutil
from pathlib import Path

from runde.adapters.postgres import launcher

PROJECT = Path(os.environ.get("RUNDE_HOME", Path(__file__).resolve().parents[3]))
DEFAULT_DATABASE = "runde"
OWNER_MISSING = (
    "Tabellene kan bare endres av eieren. Sett DATABASE_OWNER_URL til rollen runde_owner, og prøv igjen."
)


def open_house(*, demo: bool = False, database: str = DEFAULT_DATABASE, migrates: bool = False) -> None:
    """Make everything ready that a command needs. Harmless when it already is.

    The embedded server is started when nothing answers, and stops with this process when this process started
    it. With DATABASE_URL the server is somebody else's, and only the tables are looked after.
    `migrates` says that bringing the tables up to date is what was asked for, and not only harmless.
    Raises launcher.ServerRefused with a sentence when the database cannot be had or gives too much power.
    """
    if demo:
        os.environ["RUNDE_DEMO"] = "1"
    os.environ.setdefault("RUNDE_DATABASE", database)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "runde.config.settings")
    if "DATABASE_URL" not in os.environ:
        _start_embedded(os.environ["RUNDE_DATABASE"])
    _set_up_django()
    _bring_tables_up_to_date(asked_for=migrates)
    _refuse_powerful_role()
    _settle()


def close_database(name: str) -> None:
    """Drop a database of the embedded server that was made for one run only."""
    from django.db import connections

    for connection in connections.all():
        connection.close()
    launcher.drop_database(launcher.locate(PROJECT), name)


def forget_everything() -> None:
    """Drop the demo's database and what lies beside it. Only for the embedded server, never for one in operation."""
    if "DATABASE_URL" in os.environ:
        raise launcher.ServerRefused("DATABASE_URL peker på en server i drift. Demoen sletter ingenting der.")
    server = launcher.locate(PROJECT)
    if launcher.start(server, dies_with_parent=True):
        atexit.register(launcher.stop, server)
    launcher.drop_database(server, DEFAULT_DATABASE)
    for folder in ("files", "manifests", "mail"):
        shutil.rmtree(PROJECT / "var" / folder, ignore_errors=True)


def _start_embedded(database: str) -> None:
    server = launcher.locate(PROJECT)
    if launcher.start(server, dies_with_parent=True):
        atexit.register(launcher.stop, server)
    if not launcher.has_database(server, database):
        launcher.create_database(server, database)


def _set_up_django() -> None:
    import django

    django.setup()


def _settle() -> None:
    from runde.foundation.jobs.api import settle

    settle()


def _refuse_powerful_role() -> None:
    from runde.foundation.trust.api import TooPowerful, refuse_powerful_role

    try:
        refuse_powerful_role()
    except TooPowerful as problem:
        raise launcher.ServerRefused(str(problem)) from problem


def _bring_tables_up_to_date(*, asked_for: bool) -> None:
    from django.core.management import call_command
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    if "owner" not in connections.databases:
        if asked_for:
            raise launcher.ServerRefused(OWNER_MISSING)
        return  # the operator migrates with DATABASE_OWNER_URL; `runde doctor` tells when it is due
    executor = MigrationExecutor(connections["owner"])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", database="owner", verbosity=0)
    connections["owner"].close()
