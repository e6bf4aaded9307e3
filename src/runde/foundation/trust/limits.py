"""Limits on calls, exact across processes, kept in the database (generic cell rate algorithm)."""

from __future__ import annotations

from django.db import connection

from .errors import Refused
from .models import RateLimit


class TooMany(Refused):
    """The caller has used up the limit; `retry_after` is whole seconds."""

    code = "too_many"


TAKE = """
INSERT INTO trust_bucket AS bucket (name, key, full_at) VALUES (%(name)s, %(key)s, now() + %(step)s)
ON CONFLICT (name, key) DO UPDATE SET full_at = greatest(bucket.full_at, now()) + %(step)s
WHERE greatest(bucket.full_at, now()) + %(step)s <= now() + %(room)s
RETURNING true
"""
WAIT = """
SELECT ceil(extract(epoch FROM full_at + %(step)s - now() - %(room)s)) FROM trust_bucket
WHERE name = %(name)s AND key = %(key)s
"""


def take(name: str, key: str) -> None:
    """Use one unit of the limit `name` for `key` (an address, an account); raises TooMany when none is left.

    The time of the database decides, so that several servers agree. A limit without a row is a mistake in
    the set-up and refuses.
    """
    limit = RateLimit.objects.get(name=name)
    if not limit.enforced:
        return
    step = f"{limit.period_ms} milliseconds"
    room = f"{limit.period_ms * limit.burst} milliseconds"
    facts = {"name": name, "key": key[:200], "step": step, "room": room}
    with connection.cursor() as cursor:
        cursor.execute(
            TAKE.replace("%(step)s", "%(step)s::interval").replace("%(room)s", "%(room)s::interval"), facts
        )
        if cursor.fetchone():
            return
        cursor.execute(
            WAIT.replace("%(step)s", "%(step)s::interval").replace("%(room)s", "%(room)s::interval"), facts
        )
        row = cursor.fetchone()
    seconds = max(1, int(row[0])) if row else 1
    raise TooMany("Det er gjort mange forsøk på kort tid. Prøv igjen om litt.", retry_after=seconds)
