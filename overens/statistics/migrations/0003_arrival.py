# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2

import django.db.models.deletion
from django.db import migrations, models

import overens.records.clock


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_contributor"),
        ("statistics", "0002_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="Arrival",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("question", models.JSONField()),
                ("name", models.CharField(blank=True, max_length=200)),
                ("content", models.BinaryField(null=True)),
                ("findings", models.JSONField(default=list)),
                ("at", models.DateTimeField(default=overens.records.clock.now)),
                (
                    "mandate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.mandate"
                    ),
                ),
                (
                    "table",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="statistics.storedtable",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
    ]
