# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("followup", "0003_writing"),
        ("people", "0004_contributor"),
    ]

    operations = [
        migrations.CreateModel(
            name="Call",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("agreement", models.CharField(max_length=50)),
                ("number", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=200)),
                ("text", models.TextField(blank=True)),
                ("pot", models.CharField(max_length=50)),
                ("kronor", models.BigIntegerField()),
                ("last_day", models.DateField()),
                ("changed_at", models.DateTimeField()),
                (
                    "mandate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.mandate"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="calls", to="people.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ["organisation", "agreement", "-number"],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("name", models.CharField(max_length=300)),
                ("unit", models.CharField(max_length=200)),
                ("unit_kind", models.CharField(choices=[("own", "own"), ("private", "private")], max_length=10)),
                ("contact", models.CharField(blank=True, max_length=300)),
                ("area", models.CharField(blank=True, max_length=50)),
                ("purpose", models.TextField(blank=True)),
                ("plan", models.TextField(blank=True)),
                ("kronor", models.BigIntegerField(default=0)),
                ("measure", models.PositiveIntegerField(null=True)),
                ("changed_at", models.DateTimeField()),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="proposals", to="followup.call"
                    ),
                ),
                (
                    "mandate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.mandate"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="followup.report",
                    ),
                ),
            ],
            options={
                "ordering": ["call", "number"],
            },
        ),
        migrations.CreateModel(
            name="ProposalDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outcome",
                    models.CharField(choices=[("granted", "granted"), ("rejected", "rejected")], max_length=10),
                ),
                ("kronor", models.BigIntegerField(default=0)),
                ("reason", models.TextField()),
                ("decided_on", models.DateField()),
                ("reference", models.CharField(blank=True, max_length=100)),
                ("at", models.DateTimeField()),
                (
                    "mandate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.mandate"
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="followup.proposal"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="SharingWay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("agreement", models.CharField(max_length=50)),
                ("year", models.PositiveSmallIntegerField()),
                ("ways", models.JSONField(default=list)),
                ("note", models.TextField(blank=True)),
                ("changed_at", models.DateTimeField()),
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
                        related_name="sharing_ways",
                        to="people.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["organisation", "agreement", "-year"],
            },
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.UniqueConstraint(fields=("organisation", "agreement", "number"), name="call_once"),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(condition=models.Q(("kronor__gt", 0)), name="call_has_money"),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="call_has_title"),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.UniqueConstraint(fields=("call", "number"), name="proposal_once"),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("kronor__gte", 0)), name="proposal_kronor_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("unit_kind__in", ("own", "private"))), name="proposal_unit_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("measure", None), ("report", None)),
                    models.Q(("measure__isnull", False), ("report__isnull", False)),
                    _connector="OR",
                ),
                name="proposal_measure_in_a_report",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposaldecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kronor__gt", 0), ("outcome", "granted")),
                    models.Q(("kronor", 0), ("outcome", "rejected")),
                    _connector="OR",
                ),
                name="proposal_decision_has_its_sum",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposaldecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="proposal_decision_has_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="sharingway",
            constraint=models.UniqueConstraint(fields=("organisation", "agreement", "year"), name="sharing_way_once"),
        ),
        # What was decided stays; a new decision takes its place. Calls and proposals are changed, never deleted.
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE, TRUNCATE ON followup_proposaldecision FROM overens_app;"
            "REVOKE DELETE, TRUNCATE ON followup_call, followup_proposal, followup_sharingway FROM overens_app;",
            migrations.RunSQL.noop,
        ),
    ]
