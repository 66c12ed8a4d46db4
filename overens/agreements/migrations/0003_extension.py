# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Deadlines moved by decision, which are stored once and never changed."""

    dependencies = [
        ("agreements", "0002_guards"),
        ("people", "0003_mandates_end"),
        ("records", "0005_dispose"),
    ]

    operations = [
        migrations.CreateModel(
            name="Extension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("agreement", models.CharField(max_length=50)),
                ("deadline", models.CharField(max_length=50)),
                ("day", models.DateField()),
                ("decided_on", models.DateField()),
                ("registration_number", models.CharField(max_length=60)),
                ("decider", models.CharField(max_length=200)),
                ("presenting_officer", models.CharField(max_length=200)),
                ("reasons", models.TextField()),
                (
                    "paper",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extension",
                        to="records.documentversion",
                    ),
                ),
                ("recipients", models.ManyToManyField(related_name="extensions", to="people.organisation")),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["agreement", "deadline"], name="extension_of_deadline")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("registration_number", ""), _negated=True), name="extension_has_number"
                    )
                ],
            },
        ),
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE, TRUNCATE ON agreements_extension, agreements_extension_recipients FROM overens_app;",
            migrations.RunSQL.noop,
        ),
    ]
