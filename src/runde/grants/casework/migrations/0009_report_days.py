"""A report is due so many days after the payment, and the payment has no day yet when the decision is made."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0008_following_walls")]

    operations = [
        migrations.RemoveConstraint("decision", "casework_only_grants_are_accepted"),
        migrations.RemoveField("decision", "report_by_date"),
        migrations.AddField("decision", "report_days", models.PositiveSmallIntegerField(null=True)),
        migrations.AddConstraint(
            "decision",
            models.CheckConstraint(
                condition=models.Q(
                    ("outcome", "granted"),
                    models.Q(("accept_by_date__isnull", True), ("report_days__isnull", True)),
                    _connector="OR",
                ),
                name="casework_only_grants_are_accepted",
            ),
        ),
    ]
