# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_mandates_end"),
        ("records", "0006_runs"),
    ]

    operations = [
        migrations.AlterField(
            model_name="storedfile",
            name="mandate",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.mandate"
            ),
        ),
    ]
