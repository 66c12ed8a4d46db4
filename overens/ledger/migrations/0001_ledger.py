# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from pathlib import Path

from django.db import migrations, models


class Migration(migrations.Migration):
    """The ledger is plain SQL: see sql/0001_ledger.sql. Django only knows the tables to read them."""

    initial = True
    dependencies = [("people", "0001_initial"), ("records", "0001_initial")]
    operations = [
        migrations.RunSQL(
            (Path(__file__).parents[1] / "sql" / "0001_ledger.sql").read_text(),
            state_operations=[
                migrations.CreateModel(
                    name="Line",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True)),
                        ("agreement", models.CharField(max_length=50)),
                        ("code", models.CharField(max_length=50)),
                        ("title", models.TextField()),
                        ("kronor", models.BigIntegerField()),
                    ],
                    options={"db_table": "ledger_line", "managed": False, "ordering": ["agreement", "id"]},
                ),
            ],
        ),
    ]
