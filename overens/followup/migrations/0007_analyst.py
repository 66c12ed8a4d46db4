# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("followup", "0006_submit"),
        ("people", "0004_contributor"),
        ("records", "0008_attachments"),
    ]

    operations = [
        migrations.CreateModel(
            name="Commission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("agreement", models.CharField(max_length=50)),
                ("title", models.CharField(max_length=200)),
                ("text", models.TextField(blank=True)),
                ("registration_number", models.CharField(blank=True, max_length=50)),
                ("decided_by", models.CharField(blank=True, max_length=200)),
                ("decided_on", models.DateField(null=True)),
                ("at", models.DateTimeField()),
                (
                    "mandate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.mandate"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commissions",
                        to="people.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["-agreement", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Consultation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("consultation", "Consultation"), ("workshop", "Workshop"), ("meeting", "Meeting")],
                        max_length=15,
                    ),
                ),
                ("with_whom", models.CharField(max_length=300)),
                ("on", models.DateField()),
                ("notes", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                (
                    "commission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consultations",
                        to="followup.commission",
                    ),
                ),
                (
                    "mandate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.mandate"
                    ),
                ),
            ],
            options={
                "ordering": ["on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Deliverable",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.CharField(max_length=200)),
                (
                    "form",
                    models.CharField(
                        choices=[("report", "Report"), ("oral", "Oral"), ("workshop", "Workshop"), ("other", "Other")],
                        max_length=10,
                    ),
                ),
                ("to_whom", models.CharField(blank=True, max_length=200)),
                ("due", models.DateField(null=True)),
                ("deadline", models.CharField(blank=True, max_length=50)),
                ("delivered_on", models.DateField(null=True)),
                ("note", models.TextField(blank=True)),
                ("changed_at", models.DateTimeField()),
                (
                    "commission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliverables",
                        to="followup.commission",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.storedfile",
                    ),
                ),
                (
                    "mandate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.mandate"
                    ),
                ),
            ],
            options={
                "ordering": [models.OrderBy(models.F("due"), nulls_last=True), "pk"],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("text", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                (
                    "mandate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.mandate"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reminders", to="followup.report"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="RoundStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("act", models.CharField(max_length=20)),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("at", models.DateTimeField()),
                (
                    "mandate",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.mandate"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="followup.round"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="UndertakingStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("agreement", models.CharField(max_length=50)),
                ("undertaking", models.CharField(max_length=50)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("not-begun", "not-begun"),
                            ("under-way", "under-way"),
                            ("done", "done"),
                            ("not-done", "not-done"),
                        ],
                        max_length=12,
                    ),
                ),
                ("evidence", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.storedfile",
                    ),
                ),
                (
                    "mandate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.mandate"
                    ),
                ),
            ],
            options={
                "ordering": ["agreement", "undertaking", "pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="commission",
            constraint=models.UniqueConstraint(
                fields=("organisation", "agreement"), name="commission_once_an_agreement"
            ),
        ),
        migrations.AddConstraint(
            model_name="consultation",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["consultation", "workshop", "meeting"])),
                name="consultation_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="deliverable",
            constraint=models.CheckConstraint(
                condition=models.Q(("form__in", ["report", "oral", "workshop", "other"])), name="deliverable_form_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="deliverable",
            constraint=models.UniqueConstraint(
                condition=models.Q(("deadline", ""), _negated=True),
                fields=("commission", "deadline"),
                name="deliverable_once_a_deadline",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.UniqueConstraint(fields=("report", "day"), name="reminder_once_a_day"),
        ),
        migrations.AddIndex(
            model_name="undertakingstep",
            index=models.Index(fields=["agreement", "undertaking"], name="undertaking_of_agreement"),
        ),
        migrations.AddConstraint(
            model_name="undertakingstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["not-begun", "under-way", "done", "not-done"])),
                name="undertaking_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="undertakingstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["done", "not-done"]), _negated=True),
                    models.Q(("evidence", ""), _negated=True),
                    _connector="OR",
                ),
                name="undertaking_ended_on_grounds",
            ),
        ),
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE, TRUNCATE ON followup_roundstep, followup_reminder, followup_consultation,"
            " followup_undertakingstep FROM overens_app;"
            "REVOKE DELETE, TRUNCATE ON followup_commission, followup_deliverable FROM overens_app;",
            migrations.RunSQL.noop,
        ),
    ]
