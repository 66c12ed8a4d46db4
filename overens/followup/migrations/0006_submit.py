# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("followup", "0005_examples"),
        ("people", "0004_contributor"),
        ("records", "0008_attachments"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReportExamination",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outcome",
                    models.CharField(choices=[("accepted", "Accepted"), ("returned", "Returned")], max_length=10),
                ),
                ("reason", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "mandate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.mandate"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="examinations", to="followup.report"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.documentversion"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["accepted", "returned"])),
                        name="report_examination_outcome_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome", "accepted"), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="report_examination_return_has_reason",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE, TRUNCATE ON followup_reportexamination FROM overens_app;",
            migrations.RunSQL.noop,
        ),
    ]
