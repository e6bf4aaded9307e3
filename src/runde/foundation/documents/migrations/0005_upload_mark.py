from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0004_attachment_walls"),
    ]

    operations = [
        migrations.AddField(
            model_name="upload",
            name="mark",
            field=models.CharField(blank=True, max_length=40),
        ),
    ]
