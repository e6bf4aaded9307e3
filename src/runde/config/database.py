"""Where the database is, and as whom each part of the house speaks with it.

`default` is the site (runde_app), `owner` migrates, `check` reads everything and writes nothing.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from runde.adapters.postgres import launcher

DATABASE_NAME = os.environ.get("RUNDE_DATABASE", "runde")
ROLES = {
    "default": ("DATABASE_URL", launcher.APP),
    "owner": ("DATABASE_OWNER_URL", launcher.OWNER),
    "check": ("DATABASE_CHECK_URL", launcher.CHECK),
}


def uses_embedded() -> bool:
    return "DATABASE_URL" not in os.environ


def databases(project: Path) -> dict[str, dict[str, Any]]:
    """Django's DATABASES: the addresses in the environment, else the embedded server's."""
    if not uses_embedded():
        return {
            alias: _from_url(variable) for alias, (variable, _) in ROLES.items() if variable in os.environ
        }
    server = launcher.locate(project)
    return {alias: _embedded(server, role) for alias, (_, role) in ROLES.items()}


def _embedded(server: launcher.Server, role: str) -> dict[str, Any]:
    return _settings(name=DATABASE_NAME, user=role, host=str(server.socket))


def _from_url(variable: str) -> dict[str, Any]:
    try:
        parts = urlsplit(os.environ[variable])
        port = str(parts.port or "")
    except ValueError as problem:
        raise ImproperlyConfigured(
            f"{variable} er ikke en adresse. Skriv den som postgresql://bruker:passord@vert:5432/navn."
        ) from problem
    if parts.scheme not in ("postgres", "postgresql"):
        raise ImproperlyConfigured(
            f"{variable} må begynne med postgresql://. Runde bruker bare PostgreSQL 15–18."
        )
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", parts.hostname or "")
    settings = _settings(name=parts.path.lstrip("/"), user=unquote(parts.username or ""), host=host)
    settings |= {"PASSWORD": unquote(parts.password or ""), "PORT": port}
    settings["OPTIONS"] |= options
    return settings


def _settings(*, name: str, user: str, host: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": user,
        "HOST": host,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5},
        "TEST": {"NAME": name},
    }
