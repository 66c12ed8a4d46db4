# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2

from django.db import migrations, models

KINDS = [("workforce", "Workforce"), ("history", "History"), ("need", "Need")]


class Migration(migrations.Migration):
    """Tables that the need is computed from are data sets too."""

    dependencies = [("planner", "0004_guards_of_plans")]
    operations = [
        migrations.RemoveConstraint("dataset", "data_set_kind_known"),
        migrations.AlterField("dataset", "kind", models.CharField(choices=KINDS, max_length=12)),
        migrations.AlterField("incoming", "kind", models.CharField(choices=KINDS, max_length=12)),
        migrations.AddConstraint(
            "dataset",
            models.CheckConstraint(
                condition=models.Q(kind__in=["workforce", "history", "need"]), name="data_set_kind_known"
            ),
        ),
    ]
