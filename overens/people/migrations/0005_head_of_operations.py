# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    """A role that is held at one unit of an organisation, which the mandate names."""

    dependencies = [
        ("people", "0004_contributor"),
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
                    ("head-of-operations", "head-of-operations"),
                    ("administrator", "administrator"),
                ],
                max_length=30,
            ),
        ),
        migrations.AddField("mandate", "unit", models.SlugField(blank=True, db_index=False, default="", max_length=60)),
        migrations.RemoveConstraint("mandate", "mandate_given_once"),
        migrations.AddConstraint(
            "mandate",
            models.UniqueConstraint(
                fields=["person", "organisation", "role", "agreement", "unit", "valid_from"],
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="mandate_given_once",
            ),
        ),
        migrations.AddConstraint(
            "mandate",
            models.CheckConstraint(
                condition=Q(role__in=["head-of-operations"]) & ~Q(unit="")
                | ~Q(role__in=["head-of-operations"]) & Q(unit=""),
                name="mandate_names_the_unit_of_its_role",
            ),
        ),
    ]
