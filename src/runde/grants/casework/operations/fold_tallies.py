from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection

from runde.foundation.trust.api import current_tenant

from ..models import BulkAct, Selection

SELECTION_LIVES = timedelta(days=1)
BULK_ACT_LIVES = timedelta(days=30)
FOLD = """
WITH taken AS (
    DELETE FROM casework_tally WHERE tenant_id = %s AND call_id IN (
        SELECT call_id FROM casework_tally WHERE tenant_id = %s
        GROUP BY call_id HAVING count(*) > count(DISTINCT (kind, state, lane, key, until_date)))
    RETURNING tenant_id, call_id, kind, state, lane, key, until_date, cases, recommended_nok)
INSERT INTO casework_tally (id, tenant_id, call_id, kind, state, lane, key, until_date, cases, recommended_nok)
SELECT gen_random_uuid(), tenant_id, call_id, kind, state, lane, key, until_date, sum(cases), sum(recommended_nok)
FROM taken GROUP BY tenant_id, call_id, kind, state, lane, key, until_date
HAVING sum(cases) <> 0 OR sum(recommended_nok) <> 0
"""


def fold_tallies() -> None:
    """Add up the counts of each call into one row for each place. Whoever counts meanwhile sees the same sums.

    Rows added after the statement began are left for the next time.
    """
    with connection.cursor() as cursor:
        cursor.execute(FOLD, [current_tenant(), current_tenant()])


def forget_choices(*, at: datetime) -> None:
    """Chosen sets live a day, what can be undone a month; what was done stays in the journal."""
    Selection.objects.filter(made_at__lt=at - SELECTION_LIVES).delete()
    BulkAct.objects.filter(done_at__lt=at - BULK_ACT_LIVES).delete()
