# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_mandates_end"),
    ]

    operations = [
        migrations.AlterField(
            model_name="mandate",
            name="role",
            field=models.CharField(
                choices=[
                    ("case-officer", "case-officer"),
                    ("contributor", "contributor"),
                    ("preparer", "preparer"),
                    ("head-of-finance", "head-of-finance"),
                    ("authorised-signatory", "authorised-signatory"),
                    ("payer", "payer"),
                    ("second-payer", "second-payer"),
                    ("ministry-officer", "ministry-officer"),
                    ("analyst", "analyst"),
                    ("negotiator", "negotiator"),
                    ("planner", "planner"),
                    ("administrator", "administrator"),
                ],
                max_length=30,
            ),
        ),
    ]
