"""Limits on calls, exact across processes, kept in the database (generic cell rate algorithm)."""

from __future__ import annotations

from django.db import connection

from .errors import Refused


class NoSuchLimit(LookupError):
    """A limit that has no row: a mistake in the set-up."""


class TooMany(Refused):
    """The caller has used up the limit; `retry_after` is whole seconds."""

    code = "too_many"


TAKE = """
WITH rule AS (
    SELECT enforced, period_ms * interval '1 millisecond' AS step, burst * period_ms * interval '1 millisecond' AS room
    FROM trust_ratelimit WHERE name = %(name)s
), taken AS (
    INSERT INTO trust_bucket AS bucket (name, key, full_at)
    SELECT %(name)s, %(key)s, now() + step FROM rule WHERE enforced
    ON CONFLICT (name, key) DO UPDATE SET full_at = greatest(bucket.full_at, now()) + (SELECT step FROM rule)
    WHERE greatest(bucket.full_at, now()) + (SELECT step FROM rule) <= now() + (SELECT room FROM rule)
    RETURNING true
)
SELECT NOT enforced OR EXISTS (SELECT FROM taken) FROM rule
"""
WAIT = """
SELECT ceil(extract(epoch FROM full_at - now() - (burst - 1) * period_ms * interval '1 millisecond'))
FROM trust_bucket JOIN trust_ratelimit USING (name) WHERE name = %(name)s AND key = %(key)s
"""


def take(name: str, key: str) -> None:
    """Use one unit of the limit `name` for `key` (an address, an account); raises TooMany when none is left.

    The time of the database decides, so that several servers agree. A limit without a row is a mistake in
    the set-up and refuses.
    """
    facts = {"name": name, "key": key[:200]}
    with connection.cursor() as cursor:
        cursor.execute(TAKE, facts)
        row = cursor.fetchone()
        if row is None:
            raise NoSuchLimit(name)
        if row[0]:
            return
        cursor.execute(WAIT, facts)
        row = cursor.fetchone()
    seconds = max(1, int(row[0])) if row else 1
    raise TooMany("Det er gjort mange forsøk på kort tid. Prøv igjen om litt.", retry_after=seconds)
