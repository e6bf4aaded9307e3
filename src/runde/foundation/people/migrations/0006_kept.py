"""Who could act for a company, who let them, and which links were sent, is kept as it was: rows may end, not change."""

from django.db import migrations

from runde.foundation.trust.migration_operations import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("people", "0005_acting"), ("trust", "0003_buckets")]

    operations = [
        AppendOnly("people_mandate", except_columns=("ended_at", "ended_by_id", "confirmed_at")),
        AppendOnly("people_invitation", except_columns=("answer", "answered_at", "answered_by_id")),
        AppendOnly(
            "people_actingrequest",
            except_columns=("answer", "scope", "reason", "answered_at", "answered_by_id"),
        ),
        AppendOnly("people_signedlink", except_columns=("ended_at", "end")),
    ]
