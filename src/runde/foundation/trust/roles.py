"""The site must not hold more power over the database than it needs."""

from __future__ import annotations

from django.db import connections


class TooPowerful(Exception):
    """The site is connected with a role that could pass the fences."""


QUESTION = """
SELECT current_user,
       rolsuper,
       rolbypassrls,
       EXISTS (SELECT 1 FROM pg_class WHERE relowner = pg_roles.oid AND relname = 'django_migrations')
FROM pg_roles WHERE rolname = current_user
"""


def refuse_powerful_role(alias: str = "default") -> None:
    """Raise TooPowerful when the connection's role is superuser, passes row-level security or owns the tables."""
    with connections[alias].cursor() as cursor:
        cursor.execute(QUESTION)
        user, is_super, bypasses, owns = cursor.fetchone()
    if is_super or bypasses or owns:
        raise TooPowerful(
            f"Nettstedet er koblet til databasen som «{user}», som kan gå forbi gjerdene mellom kommunene. "
            "Bruk rollen runde_app i DATABASE_URL."
        )
