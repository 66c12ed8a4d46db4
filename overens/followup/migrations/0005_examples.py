# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Consents to stand among the examples; one is only ended."""

    dependencies = [("followup", "0004_calls"), ("people", "0004_contributor")]

    operations = [
        migrations.CreateModel(
            name="ExampleConsent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.mandate"
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.mandate"
                    ),
                ),
                (
                    "measure_year",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="consents", to="followup.measureyear"
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)), fields=("measure_year",), name="example_consent_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None)),
                            models.Q(("ended_at__gte", models.F("at")), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="example_consent_ended_by_somebody",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE, TRUNCATE ON followup_exampleconsent FROM overens_app;"
            "GRANT UPDATE (ended_at, ended_by_id) ON followup_exampleconsent TO overens_app;",
            migrations.RunSQL.noop,
        ),
    ]
