"""Find what is below a unit without reading the whole register: few main units have one above them."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("companies", "0004_look_up")]

    operations: ClassVar = [
        migrations.AddIndex(
            model_name="company",
            index=models.Index(
                condition=~models.Q(parent_orgnr=""), fields=["parent_orgnr"], name="companies_below"
            ),
        ),
    ]
